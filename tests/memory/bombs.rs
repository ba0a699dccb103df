//! Decompression bombs: bodies of at most 1.25 MiB that decode to a gibibyte.

use std::io::Write;
use std::time::Duration;

use onward::decompress;
use onward::http;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{CHUNK, GIB, Growth, connect};

/// A gibibyte of zeros, compressed by Node: `zlib.createBrotliCompress` with quality 9.
const BROTLI: &[u8] = include_bytes!("../data/gibibyte.br");

/// Returns a bomb. Members of gzip and frames of zstd may follow one another, so one compressed mebibyte is repeated.
fn bomb(coding: &str) -> Vec<u8> {
    let zeros = vec![0; 1 << 20];
    match coding {
        "gzip" => {
            let level = flate2::Compression::best();
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
            encoder.write_all(&zeros).unwrap();
            encoder.finish().unwrap().repeat(1024)
        }
        "zstd" => zstd::stream::encode_all(&zeros[..], 3)
            .unwrap()
            .repeat(1024),
        _ => BROTLI.to_vec(),
    }
}

#[server]
async fn site(mut req: Request, mut res: Response) -> Result {
    decompress(&mut req, &mut res)?;
    route!(POST "/whole" => req.body.bytes().await?.len().to_string());
    route!(POST "/limited" => req.body.limit(100).bytes().await?.len().to_string());
    route!(POST "/chunks" => count(req.body).await?);
    route!(POST "/unlimited" => count(req.body.limit(2 * GIB)).await?);
}

async fn count(mut body: http::Body) -> Result<String> {
    let mut bytes = 0;
    while let Some(chunk) = body.next().await? {
        bytes += chunk.len();
    }
    Ok(bytes.to_string())
}

/// Sends a body and reads the response. The server may respond and close before the end of the body.
async fn post(path: &str, coding: &str, body: &[u8], growth: &mut Growth) -> String {
    let mut stream = connect(&http::create_server(site)).await;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-encoding: {coding}\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    for part in body.chunks(CHUNK / 4) {
        if stream.write_all(part).await.is_err() {
            break;
        }
        growth.sample();
    }
    let mut response = Vec::new();
    let mut part = [0; 1024];
    while let Ok(len @ 1..) = stream.read(&mut part).await {
        response.extend_from_slice(&part[..len]);
        growth.sample();
    }
    String::from_utf8(response).unwrap()
}

async fn is_a_413_in_constant_memory(coding: &str) {
    let bomb = bomb(coding);
    assert!(bomb.len() <= 5 << 18, "{coding}: {}", bomb.len());
    let mut growth = Growth::new();
    for path in ["/whole", "/limited", "/chunks"] {
        let response = post(path, coding, &bomb, &mut growth).await;
        assert!(response.starts_with("HTTP/1.1 413 "), "{path}: {response}");
    }
    growth.is_small();
}

#[tokio::test]
async fn a_gzip_bomb_is_a_413() {
    is_a_413_in_constant_memory("gzip").await;
}

#[tokio::test]
async fn a_brotli_bomb_is_a_413() {
    is_a_413_in_constant_memory("br").await;
}

#[tokio::test]
async fn a_zstd_bomb_is_a_413() {
    is_a_413_in_constant_memory("zstd").await;
}

/// Checks that memory use does not depend on the limit of the body if the handler does not store the body.
async fn a_gibibyte_is_decoded_in_constant_memory(coding: &str) {
    let bomb = bomb(coding);
    let mut growth = Growth::new();
    let mut own = Growth::new();
    let posting = post("/unlimited", coding, &bomb, &mut own);
    tokio::pin!(posting);
    // The handler runs in another task of the same thread.
    let response = loop {
        tokio::select! {
            response = &mut posting => break response,
            () = tokio::time::sleep(Duration::from_millis(5)) => growth.sample(),
        }
    };
    assert!(response.ends_with(&format!("\r\n\r\n{GIB}")), "{response}");
    growth.is_small();
    assert!(growth.looks > 10, "{} samples", growth.looks);
}

#[tokio::test]
async fn a_gibibyte_of_every_coding_is_decoded_in_constant_memory() {
    for coding in ["gzip", "br", "zstd"] {
        a_gibibyte_is_decoded_in_constant_memory(coding).await;
    }
}

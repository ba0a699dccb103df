//! Two gibibytes in either direction through tower: axum in Onward, and Onward in axum.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use axum::routing::{get, post};
use bytes::Bytes;
use futures_util::StreamExt;
use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;

use crate::{CHUNK, GIB, Growth};

const LEN: usize = 2 * GIB;

/// Creates axum routes that send and receive.
fn axum() -> Router {
    let much = || async {
        let parts = futures_util::stream::repeat(Bytes::from(vec![b'x'; CHUNK]));
        let parts = parts.take(LEN / CHUNK).map(Ok::<_, Infallible>);
        axum::body::Body::from_stream(parts)
    };
    let count = |body: axum::body::Body| async {
        let mut body = body.into_data_stream();
        let mut bytes = 0;
        while let Some(Ok(chunk)) = body.next().await {
            bytes += chunk.len();
        }
        bytes.to_string()
    };
    Router::new()
        .route("/much", get(much))
        .route("/count", post(count))
}

/// Creates a server whose handler has the same routes.
fn onward() -> Server {
    http::create_server(|mut req: Request, mut res: Response| async move {
        if req.url == "/much" {
            let chunk = Bytes::from(vec![b'x'; CHUNK]);
            for _ in 0..LEN / CHUNK {
                res.write(chunk.clone()).await?;
            }
            return Ok::<_, Error>(res.end());
        }
        let mut bytes = 0;
        while let Some(chunk) = req.body.next().await? {
            bytes += chunk.len();
        }
        Ok(res.send(bytes.to_string()))
    })
}

async fn axum_in_onward() -> SocketAddr {
    let stack = ServiceBuilder::new().layer(TraceLayer::new_for_http());
    let stack = stack.layer(CompressionLayer::new()).service(axum());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(http::create_server(http::service(stack)).listen(listener));
    addr
}

async fn onward_in_axum() -> SocketAddr {
    let stack = ServiceBuilder::new().layer(TraceLayer::new_for_http());
    let stack = stack.layer(CompressionLayer::new()).service(onward());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let router = Router::new().fallback_service(stack);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    addr
}

async fn download(addr: SocketAddr) {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let head = b"GET /much HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    stream.write_all(head).await.unwrap();
    let mut growth = Growth::new();
    let mut buffer = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        growth.look();
        match stream.read(&mut buffer).await.unwrap() {
            0 => break,
            read => bytes += buffer[..read].iter().filter(|byte| **byte == b'x').count(),
        }
    }
    assert_eq!(bytes, LEN);
    growth.is_small();
}

async fn upload(addr: SocketAddr) {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let head = "POST /count HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut growth = Growth::new();
    let part = [format!("{CHUNK:x}\r\n").as_bytes(), &[b'x'; CHUNK], b"\r\n"].concat();
    for _ in 0..LEN / CHUNK {
        stream.write_all(&part).await.unwrap();
        growth.look();
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    assert!(response.ends_with(&format!("\r\n\r\n{LEN}")), "{response}");
    growth.is_small();
}

#[tokio::test]
async fn axum_in_onward_sends_with_little_memory() {
    download(axum_in_onward().await).await;
}

#[tokio::test]
async fn axum_in_onward_receives_with_little_memory() {
    upload(axum_in_onward().await).await;
}

#[tokio::test]
async fn onward_in_axum_sends_with_little_memory() {
    download(onward_in_axum().await).await;
}

#[tokio::test]
async fn onward_in_axum_receives_with_little_memory() {
    upload(onward_in_axum().await).await;
}

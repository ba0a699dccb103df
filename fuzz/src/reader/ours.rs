//! This server as a reader.

use std::sync::{Arc, Mutex, PoisonError};

use onward::http;
use onward::http::{HeaderMap, Version};
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::ReadRequest;

type Requests = Arc<Mutex<Vec<ReadRequest>>>;

pub(crate) async fn read(bytes: &[u8]) -> Vec<ReadRequest> {
    let requests = Requests::default();
    let log = Arc::clone(&requests);
    let server = http::create_server(move |req, res| {
        let log = Arc::clone(&log);
        async move {
            let read = read_request(req).await;
            log.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(read);
            res.end()
        }
    });
    let log = Arc::clone(&requests);
    server.on(event::Connect, move |pending| {
        let request = pending.peek(head_of).expect("the only listener");
        let request = ReadRequest {
            is_complete: true,
            ..request
        };
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
    });
    let log = Arc::clone(&requests);
    // Without this listener, requests with an expectation other than `100-continue` get a 417 and do not reach the
    // handler.
    server.on(event::CheckExpectation, move |pending| {
        let log = Arc::clone(&log);
        if let Some((req, res)) = pending.take() {
            tokio::spawn(async move {
                let read = read_request(req).await;
                log.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(read);
                res.end();
            });
        }
    });
    let (client, stream) = tokio::io::duplex(64 * 1024);
    server
        .serve(stream)
        .expect("a new server accepts connections");
    let (mut receiver, mut sender) = tokio::io::split(client);
    let reading = tokio::spawn(async move {
        let _ = receiver.read_to_end(&mut Vec::new()).await;
    });
    let _ = sender.write_all(bytes).await;
    let _ = sender.shutdown().await;
    reading.await.expect("reading does not panic");
    let requests = requests.lock().unwrap_or_else(PoisonError::into_inner);
    requests.clone()
}

fn head_of(req: &Request) -> ReadRequest {
    let headers = req.raw_headers().into_iter();
    ReadRequest {
        method: req.method.to_string(),
        target: req.url.to_string(),
        is_http10: req.version == Version::HTTP_10,
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.as_bytes().to_vec()))
            .collect(),
        ..ReadRequest::default()
    }
}

async fn read_request(mut req: Request) -> ReadRequest {
    let mut read = head_of(&req);
    loop {
        match req.body.next().await {
            Ok(Some(chunk)) => read.body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(_) => return read,
        }
    }
    read.trailers = pairs(req.body.trailers());
    read.is_complete = true;
    read
}

pub(crate) fn pairs(map: &HeaderMap) -> Vec<(String, Vec<u8>)> {
    map.iter()
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

//! Responses that are longer than the socket buffers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{Wire, get, serve, soon};

/// A length that exceeds the socket buffers of a connection.
const LONG: usize = 32 << 20;

/// The numbers of requests that were received and of responses that were sent.
#[derive(Clone, Default)]
struct Counts {
    requested: Arc<AtomicUsize>,
    finished: Arc<AtomicUsize>,
}

impl Counts {
    fn server(&self) -> Server {
        let counts = self.clone();
        let body = Bytes::from(vec![b'x'; LONG]);
        http::create_server(move |req, res| {
            counts.requested.fetch_add(1, Ordering::Relaxed);
            let finished = Arc::clone(&counts.finished);
            res.on(event::Finish, move |_| {
                finished.fetch_add(1, Ordering::Relaxed);
            });
            let body = body.clone();
            async move {
                match req.url.path() {
                    "/long" => res.end_with(body),
                    path => res.send(path.to_owned()),
                }
            }
        })
    }

    fn so_far(&self) -> (usize, usize) {
        let [requested, finished] =
            [&self.requested, &self.finished].map(|n| n.load(Ordering::Relaxed));
        (requested, finished)
    }
}

#[tokio::test]
async fn a_pipelined_response_waits_for_the_long_one_before_it() {
    let counts = Counts::default();
    let served = serve(counts.server());
    let mut wire = served.connect().await;
    wire.send(get("/long") + &get("/next") + &get("/last"))
        .await;
    let head = wire.head().await;
    assert_eq!(head.header("content-length"), Some("33554432"));
    assert_eq!(counts.so_far(), (1, 0));
    let body = wire.read(LONG).await;
    assert!(body.iter().all(|&byte| byte == b'x'));
    for path in ["/next", "/last"] {
        assert_eq!(wire.response().await.text(), path);
    }
    served.server.close();
    served.closed().await;
    assert_eq!(counts.so_far(), (3, 3));
}

#[tokio::test]
async fn the_connection_is_closed_after_a_long_response() {
    let counts = Counts::default();
    let served = serve(counts.server());
    let mut wire = served.connect().await;
    wire.send("GET /long HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await;
    let head = wire.head().await;
    assert_eq!(head.header("connection"), Some("close"));
    served.server.close();
    assert_eq!(wire.rest().await.len(), LONG);
    served.closed().await;
    assert_eq!(counts.so_far(), (1, 1));
}

/// `Finish` is not emitted while the server still buffers the rest of the response.
#[tokio::test]
async fn finish_is_emitted_when_a_streamed_response_is_sent() {
    let finished = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&finished);
    let server = http::create_server(move |_req, mut res| {
        let counter = Arc::clone(&counter);
        res.on(event::Finish, move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        async move {
            res.write("x".repeat(50_000));
            res.end()
        }
    });
    let (client, stream) = tokio::io::duplex(1024);
    server.serve(stream).unwrap();
    let mut wire = Wire::new(client);
    wire.send(get("/")).await;
    wire.head().await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(finished.load(Ordering::Relaxed), 0);
    assert_eq!(wire.chunk().await.unwrap().len(), 50_000);
    assert_eq!(wire.chunk().await.unwrap(), b"");
    server.close();
    soon("the end of the server", server.closed()).await;
    assert_eq!(finished.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn disconnecting_during_a_long_response_ends_the_connection() {
    let counts = Counts::default();
    let served = serve(counts.server());
    let mut wire = served.connect().await;
    wire.send(get("/long") + &get("/next")).await;
    wire.head().await;
    drop(wire);
    served.server.close();
    soon("the end of the connection", served.closed()).await;
    assert_eq!(counts.so_far(), (1, 0));
}

#[tokio::test]
async fn a_long_head_response_has_a_length_and_no_body() {
    let served = serve(Counts::default().server());
    let mut wire = served.connect().await;
    wire.send("HEAD /long HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let head = wire.head().await;
    assert_eq!(head.header("content-length"), Some("33554432"));
    wire.send(get("/next")).await;
    assert_eq!(wire.response().await.text(), "/next");
}

/// The length of a response does not affect its headers.
#[tokio::test]
async fn a_long_response_keeps_the_headers_of_its_handler() {
    let served = serve(http::create_server(|req, mut res| async move {
        let body = "x".repeat(100_000);
        res.set_header("x-a", "1");
        match req.url.path() {
            "/length" => res.set_header("content-length", body.len()),
            "/chunked" => res.set_header("transfer-encoding", "chunked"),
            "/undated" => {
                res.send_date = false;
                &mut res
            }
            _ => &mut res,
        };
        res.end_with(body)
    }));
    let mut wire = served.connect().await;
    for path in ["/", "/length", "/undated"] {
        wire.send(get(path)).await;
        let response = wire.response().await;
        assert_eq!(response.text().len(), 100_000);
        assert_eq!(response.header("content-length"), Some("100000"));
        assert_eq!(response.head.matches("content-length").count(), 1, "{path}");
        assert_eq!(response.header("x-a"), Some("1"));
        assert_eq!(response.header("date").is_none(), path == "/undated");
    }
    wire.send(get("/chunked")).await;
    let response = wire.head().await;
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
    assert_eq!(response.header("content-length"), None);
    let mut length = 0;
    while let Some(chunk) = wire.chunk().await.filter(|chunk| !chunk.is_empty()) {
        length += chunk.len();
    }
    assert_eq!(length, 100_000);
    // HTTP/1.0 has no transfer codings.
    let response = served.ask("GET /chunked HTTP/1.0\r\n\r\n").await;
    assert_eq!(response.header("transfer-encoding"), None);
    assert_eq!(response.text().len(), 100_000);
}

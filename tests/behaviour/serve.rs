//! Connections that were accepted elsewhere.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::io::DuplexStream;

use crate::client::{Wire, get, serve, soon};

fn server() -> Server {
    http::create_server(|req, res| async move { res.send(req.socket.remote_addr.to_string()) })
}

fn pipe() -> (Wire<DuplexStream>, DuplexStream) {
    let (client, stream) = tokio::io::duplex(1024);
    (Wire::new(client), stream)
}

#[tokio::test]
async fn a_stream_is_served_as_a_connection() {
    let server = server();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let see = Arc::clone(&seen);
    server.on(event::Connection, move |socket| {
        see.lock().unwrap().push(socket.remote_addr.to_string());
    });
    let (mut wire, stream) = pipe();
    server.serve(stream).unwrap();
    assert_eq!(server.connections(), 1);
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.text(), "127.0.0.1:0");
    }
    let (mut second, stream) = pipe();
    server
        .serve_from(stream, SocketAddr::from(([10, 0, 0, 7], 1234)))
        .unwrap();
    assert_eq!(server.connections(), 2);
    second.send(get("/")).await;
    assert_eq!(second.response().await.text(), "10.0.0.7:1234");
    assert_eq!(*seen.lock().unwrap(), ["127.0.0.1:0", "10.0.0.7:1234"]);
    server.close();
    soon("the end", server.closed()).await;
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_closed_server_serves_no_connection() {
    let server = server();
    server.close();
    let (mut wire, stream) = pipe();
    let error = server.serve(stream).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    assert!(wire.rest().await.is_empty());
    soon("the end", server.closed()).await;
}

#[tokio::test]
async fn a_stream_above_max_connections_is_rejected() {
    let server = server().max_connections(1);
    let dropped = Arc::new(Mutex::new(None));
    let shared = Arc::clone(&dropped);
    server.on(event::Drop, move |dropped| {
        *shared.lock().unwrap() = Some(dropped.remote_addr.to_string());
    });
    let (_first, stream) = pipe();
    server.serve(stream).unwrap();
    let (_second, stream) = pipe();
    let remote_addr = SocketAddr::from(([10, 0, 0, 7], 1234));
    let error = server.serve_from(stream, remote_addr).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    assert_eq!(dropped.lock().unwrap().as_deref(), Some("10.0.0.7:1234"));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_stream_is_served_alongside_accepted_connections() {
    let served = serve(server());
    let (mut wire, stream) = pipe();
    served.server.serve(stream).unwrap();
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.status, 200);
    assert_eq!(served.get("/").await.status, 200);
    served.server.close();
    served.closed().await;
    assert!(wire.rest().await.is_empty());
}

#[test]
fn serving_without_a_runtime_is_an_error() {
    let (_client, stream) = tokio::io::duplex(1024);
    server().serve(stream).unwrap_err();
}

/// TLS streams also buffer what is written to them.
#[tokio::test]
async fn a_buffered_stream_is_flushed() {
    let server = http::create_server(|req, mut res| async move {
        if req.url == "/parts" {
            res.write("one").await?;
            tokio::task::yield_now().await;
            res.write("two").await?;
            return Ok(res.end());
        }
        Ok::<_, Error>(res.send(req.url.to_string()))
    });
    let (mut wire, stream) = pipe();
    server.serve(tokio::io::BufStream::new(stream)).unwrap();
    for path in ["/a", "/b"] {
        wire.send(get(path)).await;
        assert_eq!(wire.response().await.text(), path);
    }
    wire.send(get("/parts")).await;
    assert_eq!(wire.response().await.text(), "onetwo");
}

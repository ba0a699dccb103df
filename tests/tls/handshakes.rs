//! Handshakes that fail or are slow, and many handshakes at once.

use std::io;
use std::time::Duration;

use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{REQUEST, Site, facts, failures, serve, soon};

async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    // A reset also ends the connection.
    let _ = soon("the end", stream.read_to_end(&mut rest)).await;
    rest
}

#[tokio::test]
async fn a_request_without_tls_gets_a_400() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let mut failed = failures(&served.server);
    for request in [REQUEST, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"G"] {
        let mut stream = TcpStream::connect(served.addr).await.unwrap();
        stream.write_all(request).await.unwrap();
        let response = String::from_utf8(rest(&mut stream).await).unwrap();
        assert!(response.starts_with("HTTP/1.1 400 Bad Request\r\n"));
        assert!(response.contains("this port requires HTTPS"), "{response}");
        let (kind, text) = failed.recv().await.unwrap();
        assert_eq!(kind, io::ErrorKind::InvalidData);
        assert!(text.ends_with("an HTTP request without TLS"), "{text}");
    }
}

#[tokio::test]
async fn bytes_that_are_not_tls_close_the_connection() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let mut failed = failures(&served.server);
    for bytes in [
        &b"\0\0\0"[..],
        b"\x16\x03\x01\x00\x04\x05\x00\x00\x00",
        &[0x16; 70_000],
    ] {
        let mut stream = TcpStream::connect(served.addr).await.unwrap();
        // The server may have closed the connection before it received everything.
        let _ = stream.write_all(bytes).await;
        assert!(!rest(&mut stream).await.starts_with(b"HTTP"));
        assert_eq!(failed.recv().await.unwrap().0, io::ErrorKind::InvalidData);
    }
    let mut stream = TcpStream::connect(served.addr).await.unwrap();
    stream.write_all(b"\x16\x03").await.unwrap();
    drop(stream);
    assert_eq!(failed.recv().await.unwrap().0, io::ErrorKind::UnexpectedEof);
}

#[tokio::test]
async fn a_handshake_has_a_deadline_and_counts_as_a_connection() {
    let site = Site::new();
    let tls = site
        .tls
        .clone()
        .handshake_timeout(Duration::from_millis(200));
    let served = serve(facts().tls(tls).max_connections(1));
    let mut failed = failures(&served.server);
    let (drops, mut dropped) = tokio::sync::mpsc::unbounded_channel();
    served
        .server
        .on(event::Drop, move |_| drops.send(()).unwrap());
    let mut slow = TcpStream::connect(served.addr).await.unwrap();
    let mut further = TcpStream::connect(served.addr).await.unwrap();
    soon("a drop", dropped.recv()).await.unwrap();
    assert!(rest(&mut further).await.is_empty());
    assert_eq!(served.server.connections(), 1);
    assert!(rest(&mut slow).await.is_empty());
    assert_eq!(failed.recv().await.unwrap().0, io::ErrorKind::TimedOut);
}

/// Returns the bytes that a client sends first.
async fn hello(site: &Site) -> Vec<u8> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let client = site.authority.client(None, &[]);
    let connecting = tokio::spawn(async move { client.connect(addr, "a.example").await });
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut hello = vec![0; 4096];
    let len = stream.read(&mut hello).await.unwrap();
    connecting.abort();
    hello.truncate(len);
    hello
}

#[tokio::test]
async fn a_handshake_above_the_limit_waits_for_another_one() {
    let site = Site::new();
    let tls = site
        .tls
        .clone()
        .max_handshakes(1)
        .handshake_timeout(Duration::from_secs(2));
    let served = site.serve(tls);
    let mut failed = failures(&served.server);
    let mut stalled = TcpStream::connect(served.addr).await.unwrap();
    stalled.write_all(&hello(&site).await).await.unwrap();
    // The server responds, so its handshake has begun.
    stalled.read_u8().await.unwrap();
    // A client that has sent nothing does not count.
    let silent = TcpStream::connect(served.addr).await.unwrap();
    let waiting = site.get(served.addr, "a.example");
    let release = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(stalled);
    };
    let (response, ()) = tokio::join!(waiting, release);
    assert!(response.unwrap().contains("TLSv1.3"));
    failed.recv().await.unwrap();
    drop(silent);
}

#[tokio::test]
async fn a_closing_server_ends_handshakes() {
    let site = Site::new();
    let served = site.serve(site.tls.clone());
    let mut first = TcpStream::connect(served.addr).await.unwrap();
    first.write_all(b"\x16").await.unwrap();
    while served.server.connections() == 0 {
        tokio::task::yield_now().await;
    }
    served.server.close();
    assert!(rest(&mut first).await.is_empty());
    served.closed().await;

    let served = site.serve(site.tls.clone());
    let mut second = TcpStream::connect(served.addr).await.unwrap();
    while served.server.connections() == 0 {
        tokio::task::yield_now().await;
    }
    served.server.close_all_connections();
    assert!(rest(&mut second).await.is_empty());
    assert_eq!(served.server.connections(), 0);
}

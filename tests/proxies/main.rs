//! The address of a client behind proxies, over sockets.

#![expect(
    clippy::unwrap_used,
    reason = "a panic fails the test and reports the line"
)]

mod chain;
#[path = "../support/tool.rs"]
mod tool;

use std::net::SocketAddr;
use std::time::Duration;

use onward::http::{self, Server};
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(20);

/// Creates a server that responds with the address of its client.
pub(crate) fn whoami() -> Server {
    http::create_server(|req: Request, res: Response| async move {
        let client = req.client_addr().map(|ip| ip.to_string());
        let remote = req.socket.remote_addr.to_string();
        res.send(format!("{} {remote}", client.unwrap_or_default()))
    })
}

pub(crate) fn serve(server: Server) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(server.listen(listener));
    addr
}

/// Sends these bytes from this address, and returns the body of the response.
pub(crate) async fn ask(addr: SocketAddr, from: &str, bytes: &[u8]) -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    let mut stream: TcpStream = socket.connect(addr).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut response = String::new();
    let read = stream.read_to_string(&mut response);
    // A connection that is rejected may be reset.
    let _ = tokio::time::timeout(HANGS, read)
        .await
        .expect("a response in time");
    let body = response.split_once("\r\n\r\n").map(|(_, body)| body);
    body.unwrap_or_default().to_owned()
}

pub(crate) fn request(headers: &str) -> String {
    format!("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n")
}

#[tokio::test]
async fn a_dispatched_request_comes_from_a_proxy_if_the_proxy_is_trusted() {
    let forwarded = || Request::get("/").header("x-forwarded-for", "192.0.2.7");
    let trusting = whoami().trust_proxy(["127.0.0.1"]);
    let sent = trusting.dispatch(forwarded(), Response::new()).await;
    assert_eq!(sent.text(), "192.0.2.7 127.0.0.1:0");
    let sent = whoami().dispatch(forwarded(), Response::new()).await;
    assert_eq!(sent.text(), "127.0.0.1 127.0.0.1:0");
}

#[tokio::test]
async fn headers_are_not_trusted_by_default() {
    let addr = serve(whoami());
    let forged = request("x-forwarded-for: 6.6.6.6\r\nforwarded: for=6.6.6.6\r\n");
    let body = ask(addr, "127.0.0.1", forged.as_bytes()).await;
    assert!(body.starts_with("127.0.0.1 127.0.0.1:"), "{body}");
}

#[tokio::test]
async fn only_the_chosen_header_of_a_trusted_proxy_is_read() {
    let both = request("x-forwarded-for: 192.0.2.7\r\nforwarded: for=192.0.2.8\r\n");
    let addr = serve(whoami().trust_proxy(["127.0.0.1"]));
    let body = ask(addr, "127.0.0.1", both.as_bytes()).await;
    assert!(body.starts_with("192.0.2.7 127.0.0.1:"), "{body}");
    let body = ask(addr, "127.0.0.2", both.as_bytes()).await;
    assert!(body.starts_with("127.0.0.2 127.0.0.2:"), "{body}");
    let addr = serve(whoami().trust_forwarded(["127.0.0.0/31"]));
    let body = ask(addr, "127.0.0.1", both.as_bytes()).await;
    assert!(body.starts_with("192.0.2.8 127.0.0.1:"), "{body}");
}

#[tokio::test]
async fn the_proxy_protocol_announces_the_client() {
    let server = whoami().proxy_protocol(["127.0.0.1"]);
    let (errors, mut reported) = tokio::sync::mpsc::unbounded_channel();
    server.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap()
    });
    let addr = serve(server);
    let request = request("");
    let line = format!("PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\r\n{request}");
    let body = ask(addr, "127.0.0.1", line.as_bytes()).await;
    assert_eq!(body, "192.0.2.7 192.0.2.7:4711");
    let mut binary = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c".to_vec();
    binary.extend([192, 0, 2, 7, 10, 0, 0, 1, 0x12, 0x67, 0, 80]);
    binary.extend(request.as_bytes());
    let body = ask(addr, "127.0.0.1", &binary).await;
    assert_eq!(body, "192.0.2.7 192.0.2.7:4711");
    let unknown = format!("PROXY UNKNOWN\r\n{request}");
    let body = ask(addr, "127.0.0.1", unknown.as_bytes()).await;
    assert!(body.starts_with("127.0.0.1 127.0.0.1:"), "{body}");
    // A client that is not a proxy sends no PROXY header.
    let body = ask(addr, "127.0.0.2", request.as_bytes()).await;
    assert!(body.starts_with("127.0.0.2 127.0.0.2:"), "{body}");
    for invalid in [request.as_str(), "PROXY TCP4 192.0.2.7 10.0.0.1 x 80\r\n"] {
        assert_eq!(ask(addr, "127.0.0.1", invalid.as_bytes()).await, "");
        let error = reported.recv().await.unwrap();
        assert!(error.contains("PROXY protocol"), "{error}");
    }
}

#[tokio::test]
async fn a_connection_that_waits_for_its_header_counts_and_is_closed_with_the_server() {
    let server = whoami().proxy_protocol(["127.0.0.1"]).max_connections(1);
    let (drops, mut dropped) = tokio::sync::mpsc::unbounded_channel();
    server.on(event::Drop, move |_| drops.send(()).unwrap());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let listening = tokio::spawn(server.clone().listen(listener));
    let mut waiting = TcpStream::connect(addr).await.unwrap();
    waiting.write_all(b"PROXY").await.unwrap();
    let mut further = TcpStream::connect(addr).await.unwrap();
    dropped.recv().await.unwrap();
    assert_eq!(server.connections(), 1);
    assert_eq!(further.read(&mut [0]).await.unwrap(), 0);
    server.close();
    let ended = tokio::time::timeout(HANGS, listening).await;
    ended.expect("the end of the server").unwrap().unwrap();
    assert_eq!(waiting.read(&mut [0]).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn the_connections_of_a_client_are_limited_even_behind_proxies() {
    let server = whoami()
        .max_connections_per_address(1)
        .trust_proxy(["127.0.0.3"])
        .proxy_protocol(["127.0.0.2"]);
    let (drops, mut dropped) = tokio::sync::mpsc::unbounded_channel();
    server.on(event::Drop, move |dropped| {
        let client = dropped.remote_addr.ip().unwrap().to_string();
        drops.send((client, dropped.reason)).unwrap();
    });
    let addr = serve(server.clone());
    let connect = async |from: &str, header: &str| {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
        let mut stream = socket.connect(addr).await.unwrap();
        let request = format!("{header}GET / HTTP/1.1\r\nhost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut response = [0; 1000];
        let read = tokio::time::timeout(HANGS, stream.read(&mut response)).await;
        let is_open = read.expect("a response in time").is_ok_and(|read| read > 0);
        is_open.then_some(stream)
    };
    let announce = |client: &str| format!("PROXY TCP4 {client} 10.0.0.1 4711 80\r\n");
    let first = connect("127.0.0.1", "").await;
    assert!(first.is_some());
    assert!(connect("127.0.0.1", "").await.is_none());
    let reason = http::DropReason::ConnectionsPerAddress;
    let expected = ("127.0.0.1".to_owned(), reason);
    assert_eq!(dropped.recv().await.unwrap(), expected);
    let other = connect("127.0.0.4", "").await;
    let proxied = [
        connect("127.0.0.3", "").await,
        connect("127.0.0.3", "").await,
    ];
    assert!(other.is_some() && proxied.iter().all(Option::is_some));
    let announced = [
        connect("127.0.0.2", &announce("192.0.2.7")).await,
        connect("127.0.0.2", &announce("192.0.2.8")).await,
    ];
    assert!(announced.iter().all(Option::is_some));
    assert!(connect("127.0.0.2", &announce("192.0.2.7")).await.is_none());
    let expected = ("192.0.2.7".to_owned(), reason);
    assert_eq!(dropped.recv().await.unwrap(), expected);
    // Connections that were dropped do not count, and neither do those that have ended.
    let open = server.connections();
    drop(first);
    while server.connections() == open {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(connect("127.0.0.1", "").await.is_some());
}

#[tokio::test]
async fn a_closing_server_serves_a_connection_whose_header_arrives() {
    let server = whoami().proxy_protocol(["127.0.0.1"]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let listening = tokio::spawn(server.clone().listen(listener));
    let mut waiting = TcpStream::connect(addr).await.unwrap();
    waiting.write_all(b"PROXY ").await.unwrap();
    while server.connections() == 0 {
        tokio::task::yield_now().await;
    }
    server.close();
    let rest = format!("TCP4 192.0.2.7 10.0.0.1 4711 80\r\n{}", request(""));
    waiting.write_all(rest.as_bytes()).await.unwrap();
    let mut response = String::new();
    waiting.read_to_string(&mut response).await.unwrap();
    assert!(response.ends_with("192.0.2.7 192.0.2.7:4711"), "{response}");
    let ended = tokio::time::timeout(HANGS, listening).await;
    ended.expect("the end of the server").unwrap().unwrap();
}

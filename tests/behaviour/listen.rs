//! The addresses that a server listens on.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use onward::http;
use onward::http::{Listen, Server};
use onward::prelude::*;
use tokio::net::TcpStream;

use crate::client::soon;

/// Listens, closes the server as soon as it is listening, and returns the address.
async fn at(addr: impl Listen) -> io::Result<http::Address> {
    let server = hello();
    let handle = server.clone();
    let (sender, receiver) = std::sync::mpsc::channel();
    server.on(event::Listening, move |at| {
        assert_eq!(handle.address().as_ref(), Some(at));
        sender.send(at.clone()).unwrap();
        handle.close();
    });
    soon("the end of the server", server.clone().listen(addr)).await?;
    assert_eq!(server.address(), None);
    Ok(receiver.recv().unwrap())
}

fn hello() -> Server {
    http::create_server(|_req, res| async move { res.send("hello") })
}

#[tokio::test]
async fn an_address_has_many_types() {
    let loopback = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    for addr in [
        at(loopback).await,
        at("127.0.0.1:0").await,
        at(String::from("127.0.0.1:0")).await,
        at((Ipv4Addr::LOCALHOST, 0)).await,
        at(std::net::TcpListener::bind(loopback).unwrap()).await,
        at(tokio::net::TcpListener::bind(loopback).await.unwrap()).await,
    ] {
        let addr = addr.unwrap().socket_addr().unwrap();
        assert_eq!(addr.ip(), loopback.ip());
        assert_ne!(addr.port(), 0);
    }
    assert!(
        at("localhost:0")
            .await
            .unwrap()
            .socket_addr()
            .unwrap()
            .ip()
            .is_loopback()
    );
}

#[tokio::test]
async fn a_port_listens_on_all_interfaces() {
    for addr in [at(0).await, at("0").await] {
        let addr = addr.unwrap();
        assert!(addr.socket_addr().unwrap().ip().is_unspecified());
        let port = addr.port().unwrap();
        assert_eq!(addr.to_string(), format!("http://localhost:{port}"));
    }
}

#[tokio::test]
async fn an_ipv4_client_of_a_port_has_its_ipv4_address() {
    let server = http::create_server(|req, res| async move {
        res.send(req.socket.remote_addr.ip().map(|ip| ip.to_string()))
    });
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| sender.send(at.port()).unwrap());
    tokio::spawn(server.clone().listen(0));
    let port = soon("the port", receiver).await.unwrap().unwrap();
    let response = tokio::task::spawn_blocking(move || {
        let url = format!("http://127.0.0.1:{port}/");
        ureq::get(url).call().unwrap().body_mut().read_to_string()
    });
    assert_eq!(response.await.unwrap().unwrap(), "127.0.0.1");
}

#[tokio::test]
async fn a_port_in_use_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let error = at(taken.local_addr().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let taken = std::net::TcpListener::bind("[::]:0").unwrap();
    let error = at(taken.local_addr().unwrap().port()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn an_invalid_address_is_an_error() {
    at("not an address").await.unwrap_err();
    at("127.0.0.1:99999").await.unwrap_err();
}

#[tokio::test]
async fn a_server_listens_once_at_a_time() {
    let server = hello();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| sender.send(at.clone()).unwrap());
    let listening = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let first = soon("the address", receiver).await.unwrap();
    let error = server.clone().listen("127.0.0.1:0").await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    assert_eq!(server.address(), Some(first));
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_closed_server_does_not_listen() {
    let server = hello();
    server.on(event::Listening, |_| panic!("the server listens"));
    server.close();
    soon("the end", server.listen(0)).await.unwrap();
}

#[tokio::test]
async fn dropping_listen_releases_the_port() {
    let server = hello();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        sender.send(at.socket_addr()).unwrap()
    });
    let listening = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let addr = soon("the address", receiver).await.unwrap().unwrap();
    TcpStream::connect(addr).await.unwrap();
    listening.abort();
    assert!(listening.await.unwrap_err().is_cancelled());
    assert_eq!(server.address(), None);
    TcpStream::connect(addr).await.unwrap_err();
}

#[tokio::test]
async fn an_unspecified_address_listens_on_all_interfaces() {
    let addr = at("[::]:0").await.unwrap();
    assert!(addr.socket_addr().unwrap().is_ipv6());
}

#[tokio::test]
async fn ipv6_only_rejects_ipv4_clients() {
    let server = hello().ipv6_only(true);
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| sender.send(at.port()).unwrap());
    let listening = tokio::spawn(server.clone().listen(0));
    let port = soon("the port", receiver).await.unwrap().unwrap();
    TcpStream::connect((Ipv4Addr::LOCALHOST, port))
        .await
        .unwrap_err();
    TcpStream::connect((Ipv6Addr::LOCALHOST, port))
        .await
        .unwrap();
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_bind_error_is_emitted_and_returned() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap();
    let server = hello();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Error, move |error| {
        sender.send(error.to_string()).unwrap()
    });
    let error = server.clone().listen(addr).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let text = format!("cannot listen on {addr}: Address already in use");
    assert!(error.to_string().starts_with(&text), "{error}");
    let emitted = receiver.await.unwrap();
    assert!(emitted.ends_with(&error.to_string()), "{emitted}");
    // The server can still listen on another address.
    let handle = server.clone();
    server.once(event::Listening, move |_| handle.close());
    soon("the end", server.listen(0)).await.unwrap();
}

#[tokio::test]
async fn listening_is_true_from_binding_to_closing() {
    let server = hello();
    assert!(!server.listening());
    let handle = server.clone();
    server.once(event::Listening, move |_| {
        assert!(handle.listening());
        handle.close();
    });
    soon("the end", server.clone().listen("127.0.0.1:0"))
        .await
        .unwrap();
    assert!(!server.listening());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn reuse_port_shares_a_port() {
    let first = hello().reuse_port(true);
    let (sender, receiver) = tokio::sync::oneshot::channel();
    first.once(event::Listening, move |at| {
        sender.send(at.socket_addr()).unwrap()
    });
    let listening = tokio::spawn(first.clone().listen("127.0.0.1:0"));
    let addr = soon("the address", receiver).await.unwrap().unwrap();
    let error = at(addr).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let second = hello().reuse_port(true);
    let handle = second.clone();
    second.once(event::Listening, move |_| handle.close());
    soon("the second", second.listen(addr)).await.unwrap();
    first.close();
    soon("the end", listening).await.unwrap().unwrap();
}

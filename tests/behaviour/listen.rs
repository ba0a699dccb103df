//! Where a server listens.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use onward::http::{Listen, Server};
use onward::prelude::*;
use tokio::net::TcpStream;

use crate::client::soon;

/// Listens, and closes as soon as it does: where that was.
async fn at(addr: impl Listen) -> io::Result<http::Address> {
    let server = hello();
    let handle = server.clone();
    let (tell, told) = std::sync::mpsc::channel();
    server.on(event::Listening, move |at| {
        assert_eq!(handle.address().as_ref(), Some(at));
        tell.send(at.clone()).unwrap();
        handle.close();
    });
    soon("the end of the server", server.clone().listen(addr)).await?;
    assert_eq!(server.address(), None);
    Ok(told.recv().unwrap())
}

fn hello() -> Server {
    http::create_server(|_req, res| async move { res.send("hello") })
}

#[tokio::test]
async fn an_address_may_be_written_in_many_ways() {
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
async fn a_port_alone_is_every_interface() {
    for addr in [at(0).await, at("0").await] {
        let addr = addr.unwrap();
        assert!(addr.socket_addr().unwrap().ip().is_unspecified());
        let port = addr.port().unwrap();
        assert_eq!(addr.to_string(), format!("http://localhost:{port}"));
    }
}

#[tokio::test]
async fn a_port_alone_is_reached_over_ipv4_which_shows_as_such() {
    let server = http::create_server(|req, res| async move {
        res.send(req.socket.remote_addr.ip().map(|ip| ip.to_string()))
    });
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| tell.send(at.port()).unwrap());
    tokio::spawn(server.clone().listen(0));
    let port = soon("the port", told).await.unwrap().unwrap();
    let answer = tokio::task::spawn_blocking(move || {
        let url = format!("http://127.0.0.1:{port}/");
        ureq::get(url).call().unwrap().body_mut().read_to_string()
    });
    assert_eq!(answer.await.unwrap().unwrap(), "127.0.0.1");
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let error = at(taken.local_addr().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let taken = std::net::TcpListener::bind("[::]:0").unwrap();
    let error = at(taken.local_addr().unwrap().port()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
}

#[tokio::test]
async fn what_is_no_address_is_an_error() {
    at("not an address").await.unwrap_err();
    at("127.0.0.1:99999").await.unwrap_err();
}

#[tokio::test]
async fn a_server_listens_once_at_a_time() {
    let server = hello();
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| tell.send(at.clone()).unwrap());
    let listening = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let first = soon("the address", told).await.unwrap();
    let error = server.clone().listen("127.0.0.1:0").await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    assert_eq!(server.address(), Some(first));
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_server_that_is_closed_before_it_listens_never_does() {
    let server = hello();
    server.on(event::Listening, |_| panic!("it listens"));
    server.close();
    soon("the end", server.listen(0)).await.unwrap();
}

#[tokio::test]
async fn a_dropped_listen_gives_the_port_back() {
    let server = hello();
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        tell.send(at.socket_addr()).unwrap()
    });
    let listening = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let addr = soon("the address", told).await.unwrap().unwrap();
    TcpStream::connect(addr).await.unwrap();
    listening.abort();
    assert!(listening.await.unwrap_err().is_cancelled());
    assert_eq!(server.address(), None);
    TcpStream::connect(addr).await.unwrap_err();
}

#[tokio::test]
async fn every_interface_may_be_written_as_an_address() {
    let addr = at("[::]:0").await.unwrap();
    assert!(addr.socket_addr().unwrap().is_ipv6());
}

#[tokio::test]
async fn ipv4_is_left_alone_if_asked() {
    let server = hello().ipv6_only(true);
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| tell.send(at.port()).unwrap());
    let listening = tokio::spawn(server.clone().listen(0));
    let port = soon("the port", told).await.unwrap().unwrap();
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
async fn an_error_of_binding_is_told_and_returned() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap();
    let server = hello();
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Error, move |error| {
        tell.send(error.to_string()).unwrap()
    });
    let error = server.clone().listen(addr).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let text = format!("cannot listen at {addr}: Address already in use");
    assert!(error.to_string().starts_with(&text), "{error}");
    let told = told.await.unwrap();
    assert!(told.ends_with(&error.to_string()), "{told}");
    // It may try again elsewhere.
    let handle = server.clone();
    server.once(event::Listening, move |_| handle.close());
    soon("the end", server.listen(0)).await.unwrap();
}

#[tokio::test]
async fn it_listens_from_binding_to_closing() {
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
async fn a_port_is_shared_by_those_who_want_it() {
    let first = hello().reuse_port(true);
    let (tell, told) = tokio::sync::oneshot::channel();
    first.once(event::Listening, move |at| {
        tell.send(at.socket_addr()).unwrap()
    });
    let listening = tokio::spawn(first.clone().listen("127.0.0.1:0"));
    let addr = soon("the address", told).await.unwrap().unwrap();
    let error = at(addr).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    let second = hello().reuse_port(true);
    let handle = second.clone();
    second.once(event::Listening, move |_| handle.close());
    soon("the second", second.listen(addr)).await.unwrap();
    first.close();
    soon("the end", listening).await.unwrap().unwrap();
}

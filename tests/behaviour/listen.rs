//! Where a server listens.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

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
    soon("the end of the server", server.listen(addr)).await?;
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
    tokio::spawn(server.listen(0));
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
    let listening = tokio::spawn(server.listen("127.0.0.1:0"));
    let first = soon("the address", told).await.unwrap();
    let error = server.listen("127.0.0.1:0").await.unwrap_err();
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
    let listening = tokio::spawn(server.listen("127.0.0.1:0"));
    let addr = soon("the address", told).await.unwrap().unwrap();
    TcpStream::connect(addr).await.unwrap();
    listening.abort();
    assert!(listening.await.unwrap_err().is_cancelled());
    assert_eq!(server.address(), None);
    TcpStream::connect(addr).await.unwrap_err();
}

#[cfg(unix)]
#[tokio::test]
async fn a_unix_socket_is_served_and_its_file_removed() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::UnixStream;

    let path = std::env::temp_dir().join(format!("onward-{}.sock", std::process::id()));
    let server = http::create_server(|req, res| async move {
        assert!(req.socket.remote_addr.socket_addr().is_none());
        res.send(req.socket.local_addr.to_string())
    });
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        tell.send(at.to_string()).unwrap()
    });
    let listening = tokio::spawn(server.listen(path.clone()));
    let shown = format!("unix:{}", path.display());
    assert_eq!(soon("the address", told).await.unwrap(), shown);
    let mut stream = UnixStream::connect(&path).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    soon("the answer", stream.read_to_string(&mut answer))
        .await
        .unwrap();
    assert!(answer.ends_with(&shown), "{answer}");
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
    assert!(!path.exists());
}

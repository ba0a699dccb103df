//! Connections that switch to another protocol.

use onward::http;
use onward::prelude::*;
use tokio::io::AsyncWriteExt;

use crate::client::{get, serve};

const UPGRADE: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
const CONNECT: &str = "CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n";

fn server() -> http::Server {
    http::create_server(|_req, res| async move { res.send("hello") })
}

fn speak(pending: &http::PendingUpgrade) {
    let (_, mut stream) = pending.take().unwrap();
    tokio::spawn(async move { stream.write_all(b"another protocol").await });
}

#[tokio::test]
async fn responses_are_sent_before_another_protocol() {
    let server = server();
    server.on(event::Upgrade, speak);
    server.on(event::Connect, speak);
    let served = serve(server);
    for request in [UPGRADE, CONNECT] {
        let mut wire = served.connect().await;
        wire.send([&get("/"), &get("/"), request].concat()).await;
        assert_eq!(wire.response().await.text(), "hello");
        assert_eq!(wire.response().await.text(), "hello");
        assert_eq!(wire.rest().await, b"another protocol");
    }
}

#[tokio::test]
async fn responses_are_sent_before_an_unhandled_tunnel() {
    let served = serve(server());
    let mut wire = served.connect().await;
    wire.send([&get("/"), CONNECT, &get("/")].concat()).await;
    assert_eq!(wire.response().await.text(), "hello");
    assert_eq!(wire.rest().await, b"");
}

/// While a listener inspects a request, the request cannot be taken; afterwards it can.
#[tokio::test]
async fn a_listener_that_inspects_a_request_does_not_wait_for_itself() {
    let server = server();
    server.on(event::CheckContinue, |pending| {
        let nested = pending.peek(|_| (pending.take().is_none(), pending.peek(|_| ()).is_none()));
        assert_eq!(nested, Some((true, true)));
        let (_req, res) = pending.take().unwrap();
        res.send("taken");
    });
    server.on(event::Upgrade, |pending| {
        let nested = pending.peek(|_| (pending.take().is_none(), pending.peek(|_| ()).is_none()));
        assert_eq!(nested, Some((true, true)));
        drop(pending.take().unwrap());
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n")
        .await;
    assert_eq!(wire.response().await.text(), "taken");
    let mut wire = served.connect().await;
    wire.send(UPGRADE).await;
    assert!(wire.rest().await.is_empty());
}

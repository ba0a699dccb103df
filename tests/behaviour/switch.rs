//! Responses that switch to another protocol.

use std::sync::Arc;

use onward::http::{self, Server, UpgradedStream};
use onward::prelude::*;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::unbounded_channel;

use crate::client::{get, serve, soon};

const UPGRADE: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";

async fn echo(stream: UpgradedStream) {
    let (mut from, mut to) = tokio::io::split(stream);
    // Copying fails if the client has disconnected.
    let _ = tokio::io::copy(&mut from, &mut to).await;
    let _ = to.shutdown().await;
}

fn server() -> Server {
    http::create_server(|req, mut res| async move {
        res.send_date = false;
        match req.url.path() {
            "/plain" => Ok(res.send("plain")),
            _ => res.switch_protocols("echo", echo),
        }
    })
}

#[tokio::test]
async fn the_protocol_follows_the_responses_before_it() {
    let served = serve(server());
    let mut wire = served.connect().await;
    wire.send([&get("/plain"), UPGRADE, "ping"].concat()).await;
    wire.finish().await;
    assert_eq!(wire.response().await.text(), "plain");
    let rest = String::from_utf8(wire.rest().await).unwrap();
    let head = "HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n";
    assert_eq!(rest, format!("{head}ping"));
}

#[tokio::test]
async fn a_request_that_does_not_ask_for_the_protocol_gets_a_426() {
    let served = serve(server());
    for request in [
        get("/"),
        UPGRADE.replace("upgrade: echo", "upgrade: other"),
        UPGRADE.replace("connection: upgrade\r\n", ""),
        UPGRADE.replace("HTTP/1.1", "HTTP/1.0"),
        UPGRADE.replace("GET", "HEAD"),
    ] {
        let mut wire = served.connect().await;
        wire.send(&request).await;
        let head = wire.head().await;
        assert_eq!(
            (head.status, head.header("upgrade")),
            (426, Some("echo")),
            "{request}"
        );
    }
    let listed = UPGRADE.replace("upgrade: echo", "upgrade: other/1, ECHO");
    let mut wire = served.connect().await;
    wire.send(listed).await;
    assert_eq!(wire.head().await.status, 101);
}

#[tokio::test]
async fn the_protocol_begins_after_the_request_body() {
    let served = serve(server());
    let head = "POST / HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: echo\r\n";
    for request in [
        format!("{head}content-length: 5\r\n\r\nhello"),
        format!("{head}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    ] {
        let all = format!("{request}stream");
        for at in 0..=all.len() {
            let mut wire = served.connect().await;
            wire.send(&all[..at]).await;
            tokio::task::yield_now().await;
            wire.send(&all[at..]).await;
            wire.finish().await;
            let rest = String::from_utf8(wire.rest().await).unwrap();
            assert!(rest.starts_with("HTTP/1.1 101 "), "split at {at}: {rest}");
            assert!(rest.ends_with("\r\n\r\nstream"), "split at {at}: {rest}");
        }
    }
}

#[tokio::test]
async fn a_client_that_waits_before_its_body_gets_a_100_first() {
    let served = serve(server());
    let mut wire = served.connect().await;
    let head = "POST / HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: echo\r\n";
    wire.send(format!(
        "{head}expect: 100-continue\r\ncontent-length: 5\r\n\r\n"
    ))
    .await;
    assert_eq!(wire.read(CONTINUE.len()).await, CONTINUE.as_bytes());
    assert_eq!(wire.head().await.status, 101);
    wire.send("hellostream").await;
    wire.finish().await;
    assert_eq!(wire.rest().await, b"stream");
}

#[tokio::test]
async fn a_long_unread_body_closes_the_connection() {
    let (calls, mut called) = unbounded_channel();
    let server = http::create_server(move |_req, res| {
        let calls = calls.clone();
        async move {
            res.switch_protocols("echo", move |_| async move {
                let _ = calls.send(());
            })
        }
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    let head = "POST / HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: echo\r\n";
    let body = "x".repeat(400_000);
    wire.send(format!(
        "{head}content-length: {}\r\n\r\n{body}",
        body.len()
    ))
    .await;
    wire.rest().await;
    served.server.close();
    served.closed().await;
    assert!(called.recv().await.is_none());
}

#[tokio::test]
async fn the_response_finishes_and_the_socket_closes_with_the_stream() {
    let (events, mut event) = unbounded_channel();
    let server = http::create_server(move |req, res| {
        let (finish, close) = (events.clone(), events.clone());
        res.on(event::Finish, move |_| finish.send("finish").unwrap());
        req.socket
            .on(event::Close, move |_| close.send("close").unwrap());
        async move { res.switch_protocols("echo", echo) }
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(UPGRADE).await;
    wire.head().await;
    assert_eq!(soon("the event", event.recv()).await, Some("finish"));
    wire.send("ping").await;
    assert_eq!(wire.read(4).await, b"ping");
    assert_eq!(served.server.connections(), 1);
    wire.finish().await;
    wire.rest().await;
    assert_eq!(soon("the event", event.recv()).await, Some("close"));
}

#[tokio::test]
async fn a_closing_server_notifies_the_protocol_and_waits_for_it() {
    let server = http::create_server(|req, res| async move {
        let closing = req.socket.server_closing();
        res.switch_protocols("x", |mut stream| async move {
            closing.await;
            stream.write_all(b"the server closes").await.unwrap();
            stream.shutdown().await.unwrap();
        })
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(UPGRADE.replace("echo", "x")).await;
    wire.head().await;
    served.server.close();
    assert_eq!(wire.rest().await, b"the server closes");
    served.closed().await;
}

struct Guard(tokio::sync::mpsc::UnboundedSender<()>);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[tokio::test]
async fn closing_all_connections_and_destroying_a_socket_drop_the_stream() {
    for destroys in [false, true] {
        let (drops, mut dropped) = unbounded_channel();
        let (sockets, mut socket) = unbounded_channel();
        let server = http::create_server(move |req, res| {
            let guard = Guard(drops.clone());
            sockets.send(req.socket.clone()).unwrap();
            async move {
                res.switch_protocols("echo", move |stream| async move {
                    std::future::pending::<()>().await;
                    drop((guard, stream));
                })
            }
        });
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send(UPGRADE).await;
        wire.head().await;
        match destroys {
            true => socket.recv().await.unwrap().destroy(),
            false => served.server.close_all_connections(),
        }
        assert_eq!(wire.rest().await, b"");
        assert!(soon("the drop", dropped.recv()).await.is_some());
        served.server.close();
        served.closed().await;
    }
}

#[tokio::test]
async fn a_panic_is_reported_and_closes_the_connection() {
    let (errors, mut error) = unbounded_channel();
    let server = http::create_server(|req, res| async move {
        let early = req.url.path() == "/early";
        res.switch_protocols("echo", move |_stream| {
            assert!(!early, "expected early");
            async { panic!("expected late") }
        })
    });
    server.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap()
    });
    let served = serve(server);
    for path in ["/early", "/late"] {
        let mut wire = served.connect().await;
        wire.send(UPGRADE.replace("GET /", &format!("GET {path}")))
            .await;
        assert_eq!(wire.head().await.status, 101);
        assert_eq!(wire.rest().await, b"");
        let error = soon("the error", error.recv()).await.unwrap();
        assert!(error.contains("expected"), "{error}");
    }
}

#[tokio::test]
async fn a_dispatched_request_switches_the_connection_of_its_response() {
    let inner = Arc::new(server());
    let outer = http::create_server(move |req, res| {
        let inner = Arc::clone(&inner);
        async move { inner.dispatch(req, res).await }
    });
    let served = serve(outer);
    let mut wire = served.connect().await;
    wire.send(UPGRADE).await;
    wire.send("ping").await;
    assert_eq!(wire.head().await.status, 101);
    assert_eq!(wire.read(4).await, b"ping");
}

#[tokio::test]
async fn a_response_with_written_or_invalid_headers_cannot_switch() {
    let server = http::create_server(|req, mut res| async move {
        if req.url.path() == "/written" {
            res.write("written");
        } else {
            res.set_header("bad name", "1");
        }
        res.switch_protocols("echo", echo)
    });
    let served = serve(server);
    let written = served.ask(&UPGRADE.replace("GET /", "GET /written")).await;
    assert_eq!((written.status, written.text()), (200, "written"));
    assert_eq!(served.ask(UPGRADE).await.status, 500);
}

#[tokio::test]
async fn a_hook_adds_headers_or_prevents_the_switch() {
    let server = http::create_server(|req, mut res| async move {
        let is_refused = req.url.path() == "/refused";
        res.before_head(move |head| {
            head.set_header("x-hook", "1");
            if is_refused {
                head.status_code = StatusCode::FORBIDDEN;
            }
        });
        res.switch_protocols("echo", echo)
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(UPGRADE).await;
    wire.send("ping").await;
    let head = wire.head().await;
    assert_eq!((head.status, head.header("x-hook")), (101, Some("1")));
    assert_eq!(wire.read(4).await, b"ping");
    let refused = served.ask(&UPGRADE.replace("GET /", "GET /refused")).await;
    assert_eq!((refused.status, refused.header("x-hook")), (403, Some("1")));
}

//! Connections that leave HTTP: the start of the other protocol, and the server's control of these connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use onward::http;
use onward::http::{PendingUpgrade, Server, UpgradedStream};
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::client::{Served, get, serve, soon};

const HEAD: &str = "POST /u HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: echo\r\n";
const CONTINUE: &str = "HTTP/1.1 100 Continue\r\n\r\n";
const SWITCHING: &str = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
const UPGRADE: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
const CONNECT: &str = "CONNECT a:1 HTTP/1.1\r\nhost: a:1\r\n\r\n";

fn hello() -> Server {
    http::create_server(|_req, res| async move { res.send("hello") })
}

/// Starts a server that echoes the body of an upgrade and all bytes after it. After each read, the total number of
/// bytes read from the connection is sent over the channel.
fn echo() -> (Served, UnboundedReceiver<usize>) {
    let (sender, receiver) = unbounded_channel();
    let server = hello();
    server.on(event::Connection, move |socket| {
        let (sender, read) = (sender.clone(), AtomicUsize::new(0));
        socket.on(event::Data, move |len| {
            let before = read.fetch_add(*len, Ordering::Relaxed);
            // The test may already have ended.
            let _ = sender.send(before + len);
        });
    });
    server.on(event::Upgrade, |pending| {
        let (req, mut stream) = pending.take().unwrap();
        tokio::spawn(async move {
            let body = req.body.text().await.unwrap();
            let mut rest = String::new();
            stream.read_to_string(&mut rest).await.unwrap();
            let text = format!("{SWITCHING}body {body}, stream {rest}");
            stream.write_all(text.as_bytes()).await.unwrap();
        });
    });
    (serve(server), receiver)
}

async fn until_read(read: &mut UnboundedReceiver<usize>, bytes: usize) {
    while soon("the bytes", read.recv()).await.unwrap() < bytes {}
}

/// Checks that a request with a body and an upgrade, split at every byte, gives the same body and the same stream.
async fn upgrades_alike(request: &str, expected: &str) {
    let (served, mut read) = echo();
    for at in 0..=request.len() {
        for waits in [true, false] {
            let (first, second) = request.split_at(at);
            let mut wire = served.connect().await;
            wire.send(first).await;
            if waits && at > 0 {
                until_read(&mut read, at).await;
            }
            wire.send(second).await;
            wire.finish().await;
            let response = String::from_utf8(wire.rest().await).unwrap();
            assert_eq!(response, expected, "split at {at}, waiting: {waits}");
            while read.try_recv().is_ok() {}
        }
    }
}

#[tokio::test]
async fn an_upgraded_stream_begins_after_a_body_with_a_length() {
    let request = format!("{HEAD}content-length: 4\r\n\r\nbodyframe");
    let expected = format!("{SWITCHING}body body, stream frame");
    upgrades_alike(&request, &expected).await;
}

#[tokio::test]
async fn an_upgraded_stream_begins_after_a_chunked_body() {
    let chunks = "2\r\nbo\r\n2;x=y\r\ndy\r\n0\r\nx-sum: 1\r\n\r\n";
    let request = format!("{HEAD}transfer-encoding: chunked\r\n\r\n{chunks}frame");
    let expected = format!("{SWITCHING}body body, stream frame");
    upgrades_alike(&request, &expected).await;
}

#[tokio::test]
async fn an_upgrade_that_waits_before_its_body_gets_a_100() {
    for (framing, body) in [
        ("content-length: 4", "body"),
        ("transfer-encoding: chunked", "4\r\nbody\r\n0\r\n\r\n"),
    ] {
        let request = format!("{HEAD}expect: 100-continue\r\n{framing}\r\n\r\n{body}frame");
        let expected = format!("{CONTINUE}{SWITCHING}body body, stream frame");
        upgrades_alike(&request, &expected).await;
        // This client waits for the 100 (Continue).
        let (served, _read) = echo();
        let mut wire = served.connect().await;
        wire.send(format!("{HEAD}expect: 100-continue\r\n{framing}\r\n\r\n"))
            .await;
        assert_eq!(wire.head().await.status, 100);
        wire.send(format!("{body}frame")).await;
        wire.finish().await;
        let rest = String::from_utf8(wire.rest().await).unwrap();
        assert_eq!(rest, format!("{SWITCHING}body body, stream frame"));
    }
}

#[tokio::test]
async fn an_upgrade_without_a_body_gets_no_100() {
    for framing in ["", "content-length: 0\r\n"] {
        let request = format!("{HEAD}expect: 100-continue\r\n{framing}\r\nframe");
        upgrades_alike(&request, &format!("{SWITCHING}body , stream frame")).await;
    }
}

#[tokio::test]
async fn an_upgrade_follows_pipelined_responses_however_it_is_split() {
    let request = format!("{HEAD}content-length: 4\r\n\r\nbodyframe");
    let (served, mut read) = echo();
    let before = get("/");
    for at in 0..=request.len() {
        let (first, second) = request.split_at(at);
        let mut wire = served.connect().await;
        wire.send(format!("{before}{first}")).await;
        until_read(&mut read, before.len() + at).await;
        wire.send(second).await;
        wire.finish().await;
        assert_eq!(wire.response().await.text(), "hello");
        let rest = String::from_utf8(wire.rest().await).unwrap();
        assert_eq!(rest, format!("{SWITCHING}body body, stream frame"), "{at}");
        while read.try_recv().is_ok() {}
    }
}

#[tokio::test]
async fn the_body_of_an_upgrade_is_limited_however_it_arrives() {
    let server = hello().max_body_size(3);
    server.on(event::Upgrade, |_| panic!("the body is too long"));
    let served = serve(server);
    for (framing, body) in [
        ("content-length: 4", "body"),
        ("transfer-encoding: chunked", "4\r\nbody\r\n0\r\n\r\n"),
    ] {
        for expect in ["", "expect: 100-continue\r\n"] {
            for method in ["POST", "HEAD"] {
                let head = HEAD.replace("POST", method);
                let head = format!("{head}{expect}{framing}\r\n\r\n");
                for parts in [
                    [format!("{head}{body}"), String::new()],
                    [head, body.into()],
                ] {
                    let mut wire = served.connect().await;
                    for part in parts {
                        wire.send(part).await;
                        tokio::task::yield_now().await;
                    }
                    let mut response = wire.head().await;
                    if response.status == 100 {
                        response = wire.head().await;
                    }
                    assert_eq!(response.status, 413, "{method} {framing} {expect}");
                    let has_body = !wire.rest().await.is_empty();
                    assert_eq!(has_body, method == "POST", "{framing}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_body_of_an_upgrade_that_is_not_valid_is_a_400() {
    let server = hello();
    server.on(event::Upgrade, |_| panic!("there is no whole body"));
    let served = serve(server);
    for (framing, body, finishes) in [
        ("transfer-encoding: chunked", "zz\r\n", false),
        ("transfer-encoding: chunked", "4\r\nbo", true),
        ("content-length: 4", "bo", true),
    ] {
        let mut wire = served.connect().await;
        wire.send(format!("{HEAD}{framing}\r\n\r\n{body}")).await;
        if finishes {
            wire.finish().await;
        }
        assert_eq!(wire.response().await.status, 400, "{framing} {body}");
        assert!(wire.rest().await.is_empty());
    }
}

#[tokio::test]
async fn the_body_of_an_upgrade_must_arrive_within_the_request_timeout() {
    let server = hello().request_timeout(Duration::from_millis(20));
    server.on(event::Upgrade, |_| panic!("there is no whole body"));
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(format!("{HEAD}content-length: 4\r\n\r\nbo"))
        .await;
    assert_eq!(wire.response().await.status, 408);
    assert!(wire.rest().await.is_empty());
}

/// An `upgrade` without a protocol requests none, and HTTP/1.0 has no upgrade.
#[tokio::test]
async fn an_upgrade_without_a_protocol_is_an_ordinary_request() {
    let server = hello();
    server.on(event::Upgrade, |_| panic!("no protocol is named"));
    let served = serve(server);
    for head in [
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade:\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: , \t,\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nupgrade: x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrades\r\nupgrade: x\r\n\r\n",
        "GET / HTTP/1.0\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    ] {
        assert_eq!(served.ask(head).await.text(), "hello", "{head:?}");
    }
}

/// An upgrade without a listener is ignored: the request is handled as if it did not ask for one.
#[tokio::test]
async fn an_ignored_upgrade_keeps_its_expectation() {
    let (checks, mut checked) = unbounded_channel();
    let server = http::create_server(|req, res| async move { res.send(req.body.text().await) });
    server.on(event::CheckContinue, move |_| checks.send(()).unwrap());
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(format!(
        "{HEAD}expect: 100-continue\r\ncontent-length: 4\r\n\r\n"
    ))
    .await;
    assert_eq!(wire.head().await.status, 100);
    wire.send("body").await;
    assert_eq!(wire.response().await.text(), "body");
    soon("the event", checked.recv()).await.unwrap();
    wire.send(format!("{HEAD}expect: x\r\n\r\n")).await;
    assert_eq!(wire.response().await.status, 417);
}

#[tokio::test]
async fn an_upgrade_may_be_listed_among_others() {
    let (served, _read) = echo();
    for head in [
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: , Upgrade\r\nupgrade: , x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\nconnection: keep-alive\r\nconnection: UPGRADE\r\nupgrade:\r\nUpgrade: x/1\r\n\r\n",
    ] {
        let mut wire = served.connect().await;
        wire.send(format!("{head}frame")).await;
        wire.finish().await;
        let rest = String::from_utf8(wire.rest().await).unwrap();
        assert_eq!(rest, format!("{SWITCHING}body , stream frame"));
    }
}

/// Makes a server send its upgraded streams, and the `Close` events of their sockets, over channels.
fn keeping(server: &Server) -> (UnboundedReceiver<UpgradedStream>, UnboundedReceiver<bool>) {
    let (streams, kept) = unbounded_channel();
    let (closes, closed) = unbounded_channel();
    let listener = |streams: UnboundedSender<UpgradedStream>| {
        move |pending: &PendingUpgrade| {
            let (_, stream) = pending.take().unwrap();
            streams.send(stream).unwrap();
        }
    };
    server.on(event::Upgrade, listener(streams.clone()));
    server.on(event::Connect, listener(streams));
    server.on(event::Connection, move |socket| {
        let closes = closes.clone();
        socket.on(event::Close, move |had_error| {
            closes.send(*had_error).unwrap();
        });
    });
    (kept, closed)
}

#[tokio::test]
async fn an_upgraded_connection_counts_until_its_stream_is_dropped() {
    for request in [UPGRADE, CONNECT] {
        let server = hello().max_connections(1);
        let (mut kept, mut closed) = keeping(&server);
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send(request).await;
        let stream = soon("the stream", kept.recv()).await.unwrap();
        assert_eq!(served.server.connections(), 1);
        assert!(closed.try_recv().is_err());
        assert!(served.connect().await.rest().await.is_empty());
        drop(stream);
        assert!(!soon("the end", closed.recv()).await.unwrap());
        assert!(wire.rest().await.is_empty());
        while served.server.connections() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(served.get("/").await.text(), "hello");
    }
}

#[tokio::test]
async fn a_closing_server_waits_for_an_upgraded_connection() {
    let server = hello();
    let (mut kept, _closed) = keeping(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(UPGRADE).await;
    let mut stream = soon("the stream", kept.recv()).await.unwrap();
    served.server.close();
    let mut closing = Box::pin(served.closed());
    assert!(
        tokio::time::timeout(Duration::from_millis(100), &mut closing)
            .await
            .is_err()
    );
    stream.write_all(b"bye").await.unwrap();
    drop(stream);
    assert_eq!(wire.rest().await, b"bye");
    closing.await;
}

/// The two halves are in separate tasks: one waits to read, and then the other one writes.
#[tokio::test]
async fn closing_all_connections_aborts_an_upgraded_one_in_two_halves() {
    let server = hello();
    let (mut kept, mut closed) = keeping(&server);
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(UPGRADE).await;
    let stream = soon("the stream", kept.recv()).await.unwrap();
    let (mut from, mut to) = tokio::io::split(stream);
    let reading = tokio::spawn(async move { from.read_u8().await });
    tokio::task::yield_now().await;
    let writing = tokio::spawn(async move {
        to.write_all(b"x").await.unwrap();
        to
    });
    let mut to = writing.await.unwrap();
    assert_eq!(wire.read(1).await, b"x");
    served.server.close_all_connections();
    let error = soon("the error", reading).await.unwrap().unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionAborted);
    let error = to.write_all(b"x").await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionAborted);
    assert!(wire.rest().await.is_empty());
    assert!(!soon("the end", closed.recv()).await.unwrap());
    assert!(closed.try_recv().is_err(), "`Close` is emitted once");
}

/// The holder of the stream does not use it.
#[tokio::test]
async fn an_upgraded_connection_is_aborted_regardless_of_its_holder() {
    for abort in ["close_all_connections", "deadline", "destroy"] {
        let trigger = Arc::new(tokio::sync::Notify::new());
        let triggered = Arc::clone(&trigger);
        let deadline = Duration::from_millis(20);
        let server = hello().close_on(async move { triggered.notified().await }, deadline);
        let (mut kept, mut closed) = keeping(&server);
        let (sockets, mut socket) = unbounded_channel();
        server.on(event::Connection, move |socket| {
            sockets.send(socket.clone()).unwrap();
        });
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send(UPGRADE).await;
        let stream = soon("the stream", kept.recv()).await.unwrap();
        match abort {
            "close_all_connections" => served.server.close_all_connections(),
            "destroy" => socket.recv().await.unwrap().destroy(),
            _ => trigger.notify_one(),
        }
        assert!(wire.rest().await.is_empty(), "{abort}");
        assert!(!soon("the end", closed.recv()).await.unwrap());
        served.server.close();
        served.closed().await;
        drop(stream);
    }
}

#[tokio::test]
async fn an_upgrade_that_no_listener_takes_is_closed() {
    for panics in [false, true] {
        let server = hello();
        let (closes, mut closed) = unbounded_channel();
        server.on(event::Connection, move |socket| {
            let closes = closes.clone();
            socket.on(event::Close, move |_| closes.send(()).unwrap());
        });
        server.on(event::Upgrade, move |_| assert!(!panics, "expected"));
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send(UPGRADE).await;
        assert!(wire.rest().await.is_empty());
        soon("the end", closed.recv()).await.unwrap();
        assert!(closed.try_recv().is_err());
        served.server.close();
        served.closed().await;
    }
}

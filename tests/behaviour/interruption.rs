//! The end of an exchange: its events, each of which is emitted once, their order, and the messages of its errors.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::client::{Served, Wire, get, serve, soon};
use crate::gate::Gate;

const SHORT: Duration = Duration::from_millis(30);
const SHUTDOWN: &str = "the server was shut down before the response was complete";
const CLOSED: &str = "the server closed the connection before the response was complete";
const LEFT: &str = "the client has disconnected";

type Events = UnboundedSender<String>;

/// Sends the events of a request and its response.
fn follow(events: &Events, req: &Request, res: &Response) {
    let send = |text: &'static str| {
        let events = events.clone();
        // The test may already have ended.
        move || drop(events.send(text.to_owned()))
    };
    let [end, aborted, close] = ["end", "aborted", "close"].map(send);
    req.on(event::End, move |()| end());
    req.on(event::Aborted, move |()| aborted());
    req.on(event::Close, move |()| close());
    let [finish, close] = ["res finish", "res close"].map(send);
    res.on(event::Finish, move |()| finish());
    res.on(event::Close, move |()| close());
    let sender = events.clone();
    req.on(event::Data, move |chunk| {
        drop(sender.send(format!("data {}", chunk.len())))
    });
    let sender = events.clone();
    req.on(event::Error, move |error| {
        drop(sender.send(format!("error {}", error.message())))
    });
}

/// Creates a server whose handler acts as the path specifies, up to the gate, which may never open.
fn server(gate: &Gate) -> (Server, UnboundedReceiver<String>) {
    let (events, received) = unbounded_channel();
    let gate = gate.clone();
    let server = http::create_server(move |req, mut res| {
        follow(&events, &req, &res);
        let (gate, events) = (gate.clone(), events.clone());
        async move {
            match req.url.path() {
                "/head" => drop(res.write("a").await),
                // Unlike the handler, a task outlives the connection.
                "/writing" => {
                    tokio::spawn(async move {
                        gate.pass().await;
                        while res.write("a").await.is_ok() {
                            tokio::task::yield_now().await;
                        }
                        let error = res.write("a").await.unwrap_err();
                        events.send(format!("write {}", error.message())).unwrap();
                    });
                    return pending().await;
                }
                "/reading" => {
                    let body = req.body;
                    tokio::spawn(async move {
                        gate.pass().await;
                        let error = body.bytes().await.unwrap_err();
                        events.send(format!("read {}", error.message())).unwrap();
                    });
                    return pending().await;
                }
                _ => {}
            }
            gate.pass().await;
            res.send("hello")
        }
    });
    (server, received)
}

async fn expect(received: &mut UnboundedReceiver<String>, events: &[&str], what: &str) {
    for expected in events {
        let event = soon(what, received.recv()).await.unwrap();
        assert_eq!(event, *expected, "{what}");
    }
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert_eq!(received.try_recv().ok(), None, "{what}");
}

/// The cause that ends the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Client,
    Reset,
    CloseAll,
    Deadline,
    Destroy,
    IdleTimeout,
}

impl By {
    const ALL: [Self; 6] = [
        Self::Client,
        Self::Reset,
        Self::CloseAll,
        Self::Deadline,
        Self::Destroy,
        Self::IdleTimeout,
    ];

    fn message(self) -> &'static str {
        match self {
            Self::Client | Self::Reset => LEFT,
            Self::CloseAll | Self::Destroy | Self::IdleTimeout => CLOSED,
            Self::Deadline => SHUTDOWN,
        }
    }
}

/// Sends a request and interrupts it while its handler waits at the gate. Returns the events.
async fn interrupted(by: By, request: &str, gate: &Gate) -> UnboundedReceiver<String> {
    let (server, received) = server(gate);
    let trigger = Arc::new(Notify::new());
    let triggered = Arc::clone(&trigger);
    let server = server
        .allow_half_open(false)
        .close_on(async move { triggered.notified().await }, SHORT);
    let server = match by {
        By::IdleTimeout => server.idle_timeout(SHORT),
        _ => server,
    };
    let (sockets, mut socket) = unbounded_channel();
    server.on(event::Connection, move |socket| {
        sockets.send(socket.clone()).unwrap()
    });
    let served = serve(server);
    let stream = tokio::net::TcpStream::connect(served.addr).await.unwrap();
    if by == By::Reset {
        stream.set_zero_linger().unwrap();
    }
    let mut wire = Wire::new(stream);
    wire.send(request).await;
    gate.reached().await;
    match by {
        By::Client | By::Reset => return left(wire, served, received).await,
        By::CloseAll => served.server.close_all_connections(),
        By::Deadline => trigger.notify_one(),
        By::Destroy => socket.recv().await.unwrap().destroy(),
        By::IdleTimeout => {}
    }
    wire.rest().await;
    left(wire, served, received).await
}

/// Disconnects the client, and waits until the server is closed.
async fn left(
    wire: Wire,
    served: Served,
    received: UnboundedReceiver<String>,
) -> UnboundedReceiver<String> {
    drop(wire);
    served.server.close();
    served.closed().await;
    received
}

#[tokio::test]
async fn an_interrupted_exchange_reports_what_ended_it() {
    for by in By::ALL {
        for (what, request) in [
            ("waits", get("/")),
            ("streams", get("/head")),
            (
                "has a body",
                "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nbody".to_owned(),
            ),
            ("HEAD", "HEAD / HTTP/1.1\r\nhost: a\r\n\r\n".to_owned()),
            ("HTTP/1.0", "GET /head HTTP/1.0\r\n\r\n".to_owned()),
        ] {
            let mut received = interrupted(by, &request, &Gate::default()).await;
            let error = format!("error {}", by.message());
            let events = ["aborted", &error, "close", "res close"];
            expect(&mut received, &events, &format!("{by:?}, {what}")).await;
        }
    }
}

#[tokio::test]
async fn a_task_that_writes_or_reads_learns_what_ended_the_exchange() {
    for by in By::ALL {
        let gate = Gate::default();
        let mut received = interrupted(by, &get("/writing"), &gate).await;
        gate.open();
        let (error, write) = (
            format!("error {}", by.message()),
            format!("write {}", by.message()),
        );
        let events = ["aborted", &error, "close", "res close", &write];
        expect(&mut received, &events, &format!("{by:?}, writing")).await;

        let gate = Gate::default();
        let request = "POST /reading HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nbody";
        let mut received = interrupted(by, request, &gate).await;
        gate.open();
        // Nothing is emitted after `Close`.
        let read = match by.message() {
            LEFT => "read the request body ended prematurely".to_owned(),
            message => format!("read {message}"),
        };
        let events = ["aborted", &error, "close", "res close", &read];
        expect(&mut received, &events, &format!("{by:?}, reading")).await;
    }
}

/// The request of an upgrade has no response that could end, so only its body emits events.
#[tokio::test]
async fn an_upgraded_request_emits_the_events_of_its_body() {
    for framing in [
        "content-length: 4\r\n\r\nbody",
        "transfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
    ] {
        for reads in [true, false] {
            let (events, mut received) = unbounded_channel();
            let server = http::create_server(|_req, res| async move { res.end() });
            server.on(event::Upgrade, move |pending| {
                let (req, stream) = pending.take().unwrap();
                follow(&events, &req, &Response::new());
                tokio::spawn(async move {
                    if reads {
                        assert_eq!(req.body.text().await.unwrap(), "body");
                    }
                    drop(stream);
                });
            });
            let served = serve(server);
            let mut wire = served.connect().await;
            let head = "POST / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: x\r\n";
            wire.send(format!("{head}{framing}")).await;
            assert!(wire.rest().await.is_empty());
            served.server.close();
            served.closed().await;
            // The response was created by the test and not sent, so it emits nothing.
            let expected: &[&str] = if reads { &["data 4", "end"] } else { &[] };
            expect(&mut received, expected, framing).await;
        }
    }
}

/// A write of a dispatched handler fails with the same error as on a connection.
#[tokio::test]
async fn a_dispatched_handler_learns_what_ended_the_exchange() {
    for by in [By::Client, By::CloseAll, By::Deadline] {
        let gate = Gate::default();
        let (inner, mut received) = server(&gate);
        let trigger = Arc::new(Notify::new());
        let triggered = Arc::clone(&trigger);
        let outer = http::create_server(move |req, mut res| {
            let inner = inner.clone();
            async move {
                // The outer response has a header, but no head is sent, because the inner handler waits at the gate.
                res.set_header("x-outer", "1");
                inner.dispatch(req, res).await
            }
        });
        let outer = outer.close_on(async move { triggered.notified().await }, SHORT);
        let served = serve(outer.allow_half_open(false));
        let mut wire = served.connect().await;
        wire.send(get("/writing")).await;
        gate.reached().await;
        match by {
            By::Client => {}
            By::CloseAll => served.server.close_all_connections(),
            _ => trigger.notify_one(),
        }
        if by != By::Client {
            wire.rest().await;
        }
        drop(wire);
        served.server.close();
        served.closed().await;
        gate.open();
        let write = format!("write {}", by.message());
        let mut last = String::new();
        while last != write {
            last = soon("the error", received.recv()).await.unwrap();
            assert!(!last.starts_with("write ") || last == write, "{last}");
        }
    }
}

#[tokio::test]
async fn writing_to_a_client_that_expects_no_body_is_an_error() {
    let (gate, request) = (Gate::default(), "HEAD /writing HTTP/1.1\r\nhost: a\r\n\r\n");
    let (server, mut received) = server(&gate);
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(request).await;
    gate.reached().await;
    gate.open();
    assert_eq!(wire.head().await.status, 200);
    let mut events = Vec::new();
    for _ in 0..5 {
        events.push(soon("an event", received.recv()).await.unwrap());
    }
    events.sort();
    let write = "write this response has no body to send";
    assert_eq!(events, ["close", "end", "res close", "res finish", write]);
}

#[tokio::test]
async fn a_complete_exchange_ends_once() {
    let gate = Gate::default();
    let (server, mut received) = server(&gate);
    let served = serve(server);
    let mut wire = served.connect().await;
    for (request, body) in [(get("/"), "hello"), (get("/head"), "ahello")] {
        wire.send(&request).await;
        gate.reached().await;
        gate.open();
        assert_eq!(wire.response().await.text(), body);
        expect(
            &mut received,
            &["res finish", "res close", "end", "close"],
            &request,
        )
        .await;
    }
    drop(wire);
    served.server.close();
    served.closed().await;
    expect(&mut received, &[], "the end of the connection").await;
}

/// A listener decides whether an inactive connection is kept or destroyed.
#[tokio::test]
async fn a_listener_of_timeout_keeps_or_destroys_a_connection() {
    for (on_socket, destroys, panics) in [
        (false, false, false),
        (false, true, false),
        (true, false, false),
        (true, true, false),
        (false, false, true),
    ] {
        let gate = Gate::default();
        let (server, mut received) = server(&gate);
        let server = server.idle_timeout(SHORT);
        let (timeouts, mut timed_out) = unbounded_channel();
        let decide = move |socket: &http::Socket| {
            let _ = timeouts.send(());
            if destroys {
                socket.destroy();
            }
            assert!(!panics, "expected");
        };
        if on_socket {
            server.on(event::Connection, move |socket| {
                let (same, decide) = (socket.clone(), decide.clone());
                socket.on(event::Timeout, move |()| decide(&same));
            });
        } else {
            server.on(event::Timeout, decide);
        }
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send(get("/")).await;
        gate.reached().await;
        soon("the timeout", timed_out.recv()).await.unwrap();
        if destroys {
            assert!(wire.rest().await.is_empty());
            let error = format!("error {CLOSED}");
            expect(
                &mut received,
                &["aborted", &error, "close", "res close"],
                "destroy",
            )
            .await;
            continue;
        }
        gate.open();
        assert_eq!(wire.response().await.text(), "hello");
        expect(
            &mut received,
            &["res finish", "res close", "end", "close"],
            "the connection is kept",
        )
        .await;
    }
}

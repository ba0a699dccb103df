//! Closing a server.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use onward::http;
use onward::prelude::*;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::client::{Served, Wire, get, serve, soon};
use crate::gate::Gate;

const SHORT: Duration = Duration::from_millis(50);

/// Lets all other tasks make progress.
async fn yield_many_times() {
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn closing_lets_a_request_finish() {
    let gate = Gate::default();
    let inside = gate.clone();
    let closed = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&closed);
    let server = http::create_server(move |_req, res| {
        let (gate, closed) = (inside.clone(), Arc::clone(&closed));
        async move {
            gate.pass().await;
            yield_many_times().await;
            assert!(
                !closed.load(Ordering::Relaxed),
                "the server is closed too early"
            );
            res.send("finished")
        }
    });
    server.on(event::Close, move |_| shared.store(true, Ordering::Relaxed));
    let served = serve(server);
    let addr = served.addr;
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    served.server.close();
    served.server.close();
    gate.open();
    let response = wire.response().await;
    assert_eq!(response.text(), "finished");
    assert_eq!(response.header("connection"), Some("close"));
    assert!(wire.rest().await.is_empty());
    served.closed().await;
    TcpStream::connect(addr).await.unwrap_err();
}

#[tokio::test]
async fn closing_ends_idle_and_new_connections() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let connected = Arc::new(Notify::new());
    let shared = Arc::clone(&connected);
    server.on(event::Connection, move |_| shared.notify_one());
    let served = serve(server);
    let mut idle = served.connect().await;
    idle.send(get("/")).await;
    idle.response().await;
    soon("the first connection", connected.notified()).await;
    let mut new = served.connect().await;
    soon("the second connection", connected.notified()).await;
    assert_eq!(served.server.connections(), 2);
    served.server.close();
    assert!(idle.rest().await.is_empty());
    assert!(new.rest().await.is_empty());
    served.closed().await;
}

#[tokio::test]
async fn closing_lets_a_slow_client_receive_its_response() {
    const SIZE: usize = 16 << 20;
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            res.end_with(vec![7; SIZE]);
            // The handler continues in its own task, with the response complete but not yet sent.
            gate.pass().await;
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    let head = wire.head().await;
    served.server.close();
    gate.open();
    assert_eq!(head.header("content-length"), Some(&*SIZE.to_string()));
    assert_eq!(wire.read(SIZE).await, vec![7; SIZE]);
    assert!(wire.rest().await.is_empty());
    served.closed().await;
}

#[tokio::test]
async fn closing_waits_for_a_handler_after_its_response() {
    let gate = Gate::default();
    let inside = gate.clone();
    let done = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&done);
    let served = serve(http::create_server(move |_req, res| {
        let (gate, shared) = (inside.clone(), Arc::clone(&shared));
        async move {
            res.send("answered");
            gate.pass().await;
            yield_many_times().await;
            shared.store(true, Ordering::Relaxed);
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.text(), "answered");
    drop(wire);
    gate.reached().await;
    served.server.close();
    gate.open();
    served.closed().await;
    assert!(done.load(Ordering::Relaxed));
}

#[tokio::test]
async fn an_active_client_gets_one_more_response() {
    let served = serve(http::create_server(
        |_req, res| async move { res.send("hello") },
    ));
    let mut wires = Vec::new();
    for _ in 0..20 {
        let mut wire = served.connect().await;
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.header("connection"), None);
        wires.push(wire);
    }
    served.server.close();
    for mut wire in wires {
        wire.send(get("/")).await;
        let response = wire.response().await;
        assert_eq!(response.text(), "hello");
        assert_eq!(response.header("connection"), Some("close"));
        assert!(wire.rest().await.is_empty());
    }
    served.closed().await;
}

fn connect(addr: SocketAddr) -> std::net::TcpStream {
    let stream = std::net::TcpStream::connect(addr).unwrap();
    stream.set_nonblocking(true).unwrap();
    stream
}

#[tokio::test]
async fn connections_in_the_queue_are_served_at_the_end() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        sender.send(at.socket_addr()).unwrap()
    });
    let listening = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let addr = soon("the address", receiver).await.unwrap().unwrap();
    // There is no `.await` here, so the connections cannot have been accepted on this one thread.
    let mut streams: Vec<_> = std::iter::repeat_with(|| connect(addr)).take(20).collect();
    for stream in &mut streams {
        std::io::Write::write_all(stream, get("/").as_bytes()).unwrap();
    }
    // One of the connections sends no request, and the server does not wait for it.
    let silent = TcpStream::from_std(connect(addr)).unwrap();
    server.close();
    assert!(Wire::new(silent).rest().await.is_empty());
    for stream in streams {
        let mut wire = Wire::new(TcpStream::from_std(stream).unwrap());
        let response = wire.response().await;
        assert_eq!(response.text(), "hello");
        assert_eq!(response.header("connection"), Some("close"));
    }
    soon("the end", listening).await.unwrap().unwrap();
}

/// Starts a server with an idle connection and a connection whose handler waits.
async fn idle_and_busy() -> (Served, Wire, Wire, Gate) {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        let gate = inside.clone();
        async move {
            if req.url == "/slow" {
                gate.pass().await;
            }
            res.send("hello")
        }
    }));
    let mut idle = served.connect().await;
    idle.send(get("/")).await;
    idle.response().await;
    let mut busy = served.connect().await;
    busy.send(get("/slow")).await;
    gate.reached().await;
    (served, idle, busy, gate)
}

#[tokio::test]
async fn idle_connections_can_be_closed_separately() {
    let (served, mut idle, mut busy, gate) = idle_and_busy().await;
    served.server.close_idle_connections();
    assert!(idle.rest().await.is_empty());
    gate.open();
    let response = busy.response().await;
    assert_eq!(
        (response.text(), response.header("connection")),
        ("hello", None)
    );
    // The server keeps running, and closes idle connections again.
    assert_eq!(served.get("/").await.text(), "hello");
    served.server.close_idle_connections();
    assert!(busy.rest().await.is_empty());
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn all_connections_can_be_closed() {
    let (served, mut idle, mut busy, _gate) = idle_and_busy().await;
    served.server.close_all_connections();
    assert!(idle.rest().await.is_empty());
    assert!(busy.rest().await.is_empty());
    assert_eq!(served.get("/").await.text(), "hello");
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn a_trigger_closes_a_server_and_its_deadline_closes_the_remaining_connections() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = http::create_server(move |req, mut res| {
        let gate = inside.clone();
        async move {
            if req.url == "/after" {
                res.write("hello");
                res.end();
            }
            gate.pass().await;
            std::future::pending::<()>().await;
        }
    });
    let served = serve(server.close_on(stopped, SHORT));
    let mut busy = served.connect().await;
    busy.send(get("/")).await;
    gate.reached().await;
    // The handler of this connection continues after the response, and the server does not wait for it.
    let mut after = served.connect().await;
    after.send(get("/after")).await;
    gate.reached().await;
    assert_eq!(after.response().await.text(), "hello");
    stop.send(()).unwrap();
    assert!(busy.rest().await.is_empty());
    served.closed().await;
}

/// A client that gets an error and continues to send has some time to read the error, but not beyond the deadline.
#[tokio::test]
async fn a_connection_that_is_being_closed_ends_at_the_deadline() {
    for by_destroy in [false, true] {
        let trigger = Arc::new(Notify::new());
        let triggered = Arc::clone(&trigger);
        let server = http::create_server(|_req, res| async move { res.send("hello") })
            .close_on(async move { triggered.notified().await }, SHORT);
        let (sockets, mut socket) = tokio::sync::mpsc::unbounded_channel();
        server.on(event::Connection, move |socket| {
            sockets.send(socket.clone()).unwrap();
        });
        let served = serve(server);
        let mut wire = served.connect().await;
        wire.send("nonsense\r\n\r\n").await;
        assert_eq!(wire.response().await.status, 400);
        let begin = std::time::Instant::now();
        match by_destroy {
            true => socket.recv().await.unwrap().destroy(),
            false => trigger.notify_one(),
        }
        served.server.close();
        served.closed().await;
        assert!(begin.elapsed() < Duration::from_secs(4));
        drop(wire);
    }
}

#[tokio::test]
async fn closed_can_be_awaited_alongside_listen() {
    let served = serve(http::create_server(
        |_req, res| async move { res.send("hello") },
    ));
    let closes = Arc::new(Notify::new());
    let shared = Arc::clone(&closes);
    served.server.on(event::Close, move |_| shared.notify_one());
    let closed = tokio::spawn(served.server.closed());
    served.get("/").await;
    served.server.close();
    soon("the end", closed).await.unwrap();
    soon("its event", closes.notified()).await;
    served.closed().await;
}

#[tokio::test]
async fn a_server_that_moved_to_another_task_can_be_closed() {
    let server = http::create_server(|_req, res| async move { res.end() });
    let mut listening = Box::pin(server.clone().listen(([127, 0, 0, 1], 0)));
    let mut cx = Context::from_waker(Waker::noop());
    while server.address().is_none() {
        assert!(listening.as_mut().poll(&mut cx).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(listening.as_mut().poll(&mut cx).is_pending());
    let moved = tokio::spawn(listening);
    // The server now waits for connections in that task.
    tokio::task::yield_now().await;
    server.close();
    soon("the end", moved).await.unwrap().unwrap();
}

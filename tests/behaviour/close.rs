//! How a server ends.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use onward::prelude::*;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::client::{Served, Wire, get, serve, soon};
use crate::gate::Gate;

const SHORT: Duration = Duration::from_millis(50);

/// Gives everything else the time that it needs, and more.
async fn dawdle() {
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn closing_lets_a_request_finish() {
    let gate = Gate::default();
    let inside = gate.clone();
    let closed = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&closed);
    let server = http::create_server(move |_req, res| {
        let (gate, closed) = (inside.clone(), Arc::clone(&closed));
        async move {
            gate.pass().await;
            dawdle().await;
            assert!(!closed.load(Ordering::Relaxed), "it is closed too early");
            res.send("finished")
        }
    });
    server.on(event::Close, move |_| tell.store(true, Ordering::Relaxed));
    let served = serve(server);
    let addr = served.addr;
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    served.server.close();
    served.server.close();
    gate.open();
    let answer = wire.answer().await;
    assert_eq!(answer.text(), "finished");
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(wire.rest().await.is_empty());
    served.closed().await;
    TcpStream::connect(addr).await.unwrap_err();
}

#[tokio::test]
async fn closing_ends_idle_and_fresh_connections() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let connected = Arc::new(Notify::new());
    let tell = Arc::clone(&connected);
    server.on(event::Connection, move |_| tell.notify_one());
    let served = serve(server);
    let mut idle = served.connect().await;
    idle.send(get("/")).await;
    idle.answer().await;
    soon("the first connection", connected.notified()).await;
    let mut fresh = served.connect().await;
    soon("the second connection", connected.notified()).await;
    assert_eq!(served.server.connections(), 2);
    served.server.close();
    assert!(idle.rest().await.is_empty());
    assert!(fresh.rest().await.is_empty());
    served.closed().await;
}

#[tokio::test]
async fn closing_lets_a_slow_client_have_its_answer() {
    const SIZE: usize = 16 << 20;
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            res.end_with(vec![7; SIZE]);
            // Goes on in a task of its own, with the answer complete and not yet taken.
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
async fn closing_waits_for_what_a_handler_does_after_its_answer() {
    let gate = Gate::default();
    let inside = gate.clone();
    let done = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&done);
    let served = serve(http::create_server(move |_req, res| {
        let (gate, tell) = (inside.clone(), Arc::clone(&tell));
        async move {
            res.send("answered");
            gate.pass().await;
            dawdle().await;
            tell.store(true, Ordering::Relaxed);
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "answered");
    drop(wire);
    gate.reached().await;
    served.server.close();
    gate.open();
    served.closed().await;
    assert!(done.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_client_that_keeps_asking_is_told() {
    let served = serve(http::create_server(
        |_req, res| async move { res.send("hello") },
    ));
    let mut wires = Vec::new();
    for _ in 0..20 {
        let mut wire = served.connect().await;
        wire.send(get("/")).await;
        assert_eq!(wire.answer().await.header("connection"), None);
        wires.push(wire);
    }
    served.server.close();
    for mut wire in wires {
        wire.send(get("/")).await;
        let answer = wire.answer().await;
        assert_eq!(answer.text(), "hello");
        assert_eq!(answer.header("connection"), Some("close"));
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
async fn who_waits_to_be_accepted_is_served_at_the_end() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        tell.send(at.socket_addr()).unwrap()
    });
    let listening = tokio::spawn(server.clone().listen("127.0.0.1:0"));
    let addr = soon("the address", told).await.unwrap().unwrap();
    // Nothing is awaited in between: on this one thread they cannot have been accepted.
    let mut streams: Vec<_> = std::iter::repeat_with(|| connect(addr)).take(20).collect();
    for stream in &mut streams {
        std::io::Write::write_all(stream, get("/").as_bytes()).unwrap();
    }
    // One of them has nothing to ask, and is not waited for.
    let silent = TcpStream::from_std(connect(addr)).unwrap();
    server.close();
    assert!(Wire::new(silent).rest().await.is_empty());
    for stream in streams {
        let mut wire = Wire::new(TcpStream::from_std(stream).unwrap());
        let answer = wire.answer().await;
        assert_eq!(answer.text(), "hello");
        assert_eq!(answer.header("connection"), Some("close"));
    }
    soon("the end", listening).await.unwrap().unwrap();
}

/// A server with a connection that waits, and one whose handler does.
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
    idle.answer().await;
    let mut busy = served.connect().await;
    busy.send(get("/slow")).await;
    gate.reached().await;
    (served, idle, busy, gate)
}

#[tokio::test]
async fn idle_connections_can_be_closed_alone() {
    let (served, mut idle, mut busy, gate) = idle_and_busy().await;
    served.server.close_idle_connections();
    assert!(idle.rest().await.is_empty());
    gate.open();
    let answer = busy.answer().await;
    assert_eq!(
        (answer.text(), answer.header("connection")),
        ("hello", None)
    );
    // The server goes on, and obeys again.
    assert_eq!(served.get("/").await.text(), "hello");
    served.server.close_idle_connections();
    assert!(busy.rest().await.is_empty());
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn all_connections_can_be_cut() {
    let (served, mut idle, mut busy, _gate) = idle_and_busy().await;
    served.server.close_all_connections();
    assert!(idle.rest().await.is_empty());
    assert!(busy.rest().await.is_empty());
    assert_eq!(served.get("/").await.text(), "hello");
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn a_server_closes_when_told_and_cuts_what_is_left_at_the_deadline() {
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
    // Its handler goes on after its answer, and is not waited for.
    let mut after = served.connect().await;
    after.send(get("/after")).await;
    gate.reached().await;
    assert_eq!(after.answer().await.text(), "hello");
    stop.send(()).unwrap();
    assert!(busy.rest().await.is_empty());
    served.closed().await;
}

#[tokio::test]
async fn the_end_can_be_awaited_beside_listening() {
    let served = serve(http::create_server(
        |_req, res| async move { res.send("hello") },
    ));
    let closes = Arc::new(Notify::new());
    let tell = Arc::clone(&closes);
    served.server.on(event::Close, move |_| tell.notify_one());
    let closed = tokio::spawn(served.server.closed());
    served.get("/").await;
    served.server.close();
    soon("the end", closed).await.unwrap();
    soon("its event", closes.notified()).await;
    served.closed().await;
}

#[tokio::test]
async fn a_server_that_listens_in_another_task_than_at_first_is_closed() {
    let server = http::create_server(|_req, res| async move { res.end() });
    let mut listening = Box::pin(server.clone().listen(([127, 0, 0, 1], 0)));
    let mut here = Context::from_waker(Waker::noop());
    while server.address().is_none() {
        assert!(listening.as_mut().poll(&mut here).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(listening.as_mut().poll(&mut here).is_pending());
    let there = tokio::spawn(listening);
    // It waits for connections there.
    tokio::task::yield_now().await;
    server.close();
    soon("the end", there).await.unwrap().unwrap();
}

//! How a server ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use onward::prelude::*;
use tokio::net::TcpStream;
use tokio::sync::Notify;

use crate::client::{get, serve, soon};
use crate::gate::Gate;

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

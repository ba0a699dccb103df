//! Clients that disconnect, and clients that do not read.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use onward::http;
use onward::prelude::*;
use tokio::sync::oneshot;

use crate::client::{get, serve, soon};
use crate::gate::Gate;

#[tokio::test]
async fn a_handler_is_dropped_when_its_client_disconnects() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (alive, dropped) = oneshot::channel::<()>();
    let alive = Mutex::new(Some(alive));
    let served = serve(http::create_server(move |_req, res| {
        let gate = inside.clone();
        let alive = alive.lock().unwrap().take();
        async move {
            gate.pass().await;
            drop(alive);
            res.send("the gate stays closed")
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    drop(wire);
    soon("the end of the handler", dropped).await.unwrap_err();
}

#[tokio::test]
async fn a_streaming_handler_is_dropped_when_its_client_disconnects() {
    let gate = Gate::default();
    let inside = gate.clone();
    let (alive, dropped) = oneshot::channel::<()>();
    let alive = Mutex::new(Some(alive));
    let served = serve(http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        let alive = alive.lock().unwrap().take();
        async move {
            res.write("the beginning");
            gate.pass().await;
            drop(alive);
            res.send("the gate stays closed")
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.head().await.status, 200);
    assert_eq!(wire.chunk().await.unwrap(), b"the beginning");
    drop(wire);
    soon("the end of the handler", dropped).await.unwrap_err();
}

#[tokio::test]
async fn a_writing_task_gets_an_error_when_its_client_disconnects() {
    let (sender, receiver) = oneshot::channel();
    let sender = Mutex::new(Some(sender));
    let served = serve(http::create_server(move |_req, mut res| {
        let sender = sender.lock().unwrap().take().unwrap();
        async move {
            tokio::spawn(async move {
                let error = loop {
                    if let Err(error) = res.write("more and more ").await {
                        break error;
                    }
                    tokio::task::yield_now().await;
                };
                sender.send(error).unwrap();
            });
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.head().await.status, 200);
    drop(wire);
    let error = soon("the error", receiver).await.unwrap();
    assert_eq!(error.message(), "the client has disconnected");
}

#[tokio::test]
async fn awaited_writes_wait_for_the_client() {
    const CHUNK: usize = 64 << 10;
    const CHUNKS: usize = 1 << 10;
    /// A number of bytes that exceeds what the sockets and the server buffer.
    const BETWEEN: usize = 24 << 20;
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let served = serve(http::create_server(move |_req, mut res| {
        let count = Arc::clone(&count);
        async move {
            res.set_header("content-length", CHUNK * CHUNKS);
            for _ in 0..CHUNKS {
                res.write(vec![7; CHUNK]).await?;
                count.fetch_add(CHUNK, Ordering::Relaxed);
            }
            Ok::<_, Error>(res.end())
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    wire.head().await;
    for read in 0..CHUNKS {
        let ahead = written.load(Ordering::Relaxed).saturating_sub(read * CHUNK);
        assert!(ahead < BETWEEN, "{ahead} bytes were written ahead");
        wire.read(CHUNK).await;
    }
}

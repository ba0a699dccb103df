//! A response that is not written completely never looks complete, regardless of how it was dropped.

use std::future::{pending, ready};
use std::sync::Arc;
use std::time::Duration;

use onward::http;
use onward::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::client::{Served, serve, soon};
use crate::gate::Gate;

/// The ways in which a response is dropped after its first chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dropping {
    TaskAborted,
    TaskPanics,
    TaskReturns,
    ThreadDrops,
    Timeout,
    Select,
    Explicitly,
    HandlerFails,
    HandlerPanics,
}

const ALL: [Dropping; 9] = [
    Dropping::TaskAborted,
    Dropping::TaskPanics,
    Dropping::TaskReturns,
    Dropping::ThreadDrops,
    Dropping::Timeout,
    Dropping::Select,
    Dropping::Explicitly,
    Dropping::HandlerFails,
    Dropping::HandlerPanics,
];

async fn drop_it(how: Dropping, mut res: Response, gate: Gate) -> Result<()> {
    // The handler continues without its response.
    let goes_on = gate.clone();
    let held = async move {
        res.write("a");
        gate.pass().await;
        match how {
            Dropping::TaskPanics | Dropping::HandlerPanics => panic!("expected"),
            Dropping::TaskReturns | Dropping::HandlerFails | Dropping::Explicitly => {}
            _ => pending().await,
        }
        drop(res);
    };
    match how {
        Dropping::TaskAborted => {
            let task = tokio::spawn(held);
            goes_on.pass().await;
            task.abort();
        }
        Dropping::TaskPanics | Dropping::TaskReturns => drop(tokio::spawn(held)),
        Dropping::ThreadDrops => {
            let mut held = Box::pin(held);
            poll_once(&mut held).await;
            goes_on.pass().await;
            std::thread::spawn(move || drop(held));
            pending().await
        }
        Dropping::Timeout => {
            let _ = tokio::time::timeout(Duration::from_millis(10), held).await;
            pending().await
        }
        Dropping::Select => {
            tokio::select! {
                () = held => {}
                () = goes_on.pass() => {}
            }
            pending().await
        }
        Dropping::Explicitly => {
            held.await;
            pending().await
        }
        Dropping::HandlerFails => {
            held.await;
            return Err(Error::new(StatusCode::BAD_GATEWAY, "expected"));
        }
        Dropping::HandlerPanics => held.await,
    }
    Ok(())
}

/// Polls a future once.
async fn poll_once(future: &mut (impl Future<Output = ()> + Unpin)) {
    tokio::select! {
        biased;
        () = future => {}
        () = ready(()) => {}
    }
}

/// Starts a server, and collects its errors and the events of its requests and responses.
fn dropping(how: Dropping, gate: &Gate) -> (Served, UnboundedReceiver<String>) {
    let (events, received) = unbounded_channel();
    let inside = gate.clone();
    let emitted = events.clone();
    let server = http::create_server(move |req, res| {
        let gate = inside.clone();
        let sender = events.clone();
        req.on(event::Close, move |()| {
            sender.send("req close".into()).unwrap()
        });
        let sender = events.clone();
        req.on(event::Aborted, move |()| {
            sender.send("req aborted".into()).unwrap()
        });
        let sender = events.clone();
        req.on(event::Error, move |error| {
            sender
                .send(format!("req error {}", error.message()))
                .unwrap();
        });
        let sender = events.clone();
        res.on(event::Finish, move |()| {
            sender.send("res finish".into()).unwrap()
        });
        let sender = events.clone();
        res.on(event::Close, move |()| {
            sender.send("res close".into()).unwrap()
        });
        let mut res = res;
        if req.url == "/length" {
            res.set_header("content-length", 2);
        }
        drop_it(how, res, gate)
    });
    server.on(event::Error, move |error| {
        emitted.send(format!("error {}", error.status())).unwrap();
    });
    (serve(server), received)
}

#[tokio::test]
async fn a_response_that_is_dropped_early_is_visibly_truncated() {
    for how in ALL {
        for (url, version) in [
            ("/", "1.1"),
            ("/length", "1.1"),
            ("/", "1.0"),
            ("/length", "1.0"),
        ] {
            let gate = Gate::default();
            let (served, mut received) = dropping(how, &gate);
            let mut wire = served.connect().await;
            wire.send(format!("GET {url} HTTP/{version}\r\nhost: a\r\n\r\n"))
                .await;
            let what = format!("{how:?} {url} {version}");
            let head = wire.head().await;
            assert_eq!(head.status, 200, "{what}");
            let is_chunked = head.header("transfer-encoding").is_some();
            assert_eq!(is_chunked, url == "/" && version == "1.1", "{what}");
            let first = if is_chunked { "1\r\na\r\n" } else { "a" };
            assert_eq!(wire.read(first.len()).await, first.as_bytes(), "{what}");
            gate.open();
            gate.open();
            let until_close = url == "/" && version == "1.0";
            let end = wire.end().await;
            // The last chunk or the rest of the declared length is missing. If the end of the connection would end the
            // body, the connection is reset.
            assert_eq!(end, (Vec::new(), until_close), "{what}");
            let mut events = Vec::new();
            while events.last().is_none_or(|last| last != "res close") {
                events.push(soon("an event", received.recv()).await.unwrap());
            }
            let errors = events.iter().filter(|it| it.starts_with("error 5")).count();
            assert_eq!(errors, 1, "{what}: {events:?}");
            events.retain(|event| !event.starts_with("error "));
            let aborted = "req error the response was aborted after its headers were sent";
            assert_eq!(
                events,
                ["req aborted", aborted, "req close", "res close"],
                "{what}"
            );
            assert!(received.try_recv().is_err(), "{what}");
        }
    }
}

/// Nothing was sent, so an error response is sent instead.
#[tokio::test]
async fn a_response_that_is_dropped_before_its_headers_are_sent_is_a_500() {
    let served = serve(http::create_server(|req, mut res| async move {
        let select = req.url == "/select";
        let held = async move {
            res.write("a");
            pending::<()>().await;
            res.end();
        };
        if select {
            tokio::select! {
                biased;
                () = held => {}
                () = ready(()) => {}
            }
            pending().await
        } else {
            let mut held = Box::pin(held);
            poll_once(&mut held).await;
            // The response is dropped in another thread, before the connection is polled again.
            std::thread::spawn(move || drop(held)).join().unwrap();
        }
    }));
    let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    served.server.on(event::Error, move |_| {
        counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    for url in ["/select", "/thread"] {
        assert_eq!(served.get(url).await.status, 500, "{url}");
    }
    assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 2);
}

/// A handler that returns thereby ends its response, and a body of the declared length is complete.
#[tokio::test]
async fn a_response_that_is_complete_may_be_dropped() {
    let served = serve(http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/returns" => {
                res.write("hello").await?;
                tokio::task::yield_now().await;
            }
            "/length" => {
                res.set_header("content-length", 5);
                res.write("hello");
                tokio::spawn(async move { drop(res) });
            }
            _ => {
                res.status_code = StatusCode::NO_CONTENT;
                res.flush_headers();
                tokio::spawn(async move { drop(res) });
            }
        }
        Ok::<_, Error>(())
    }));
    let mut wire = served.connect().await;
    for (url, text) in [("/returns", "hello"), ("/length", "hello"), ("/204", "")] {
        wire.send(crate::client::get(url)).await;
        let response = wire.response().await;
        assert_eq!(response.text(), text, "{url}");
        assert_eq!(response.header("connection"), None, "{url}");
    }
}

//! Handlers that fail, and clients that disconnect.

use std::sync::Arc;
use std::time::Duration;

use onward::http;
use onward::prelude::*;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::client::{Protocol, get, post};
use crate::over_both;
use crate::server::{Counter, Gate, serve, soon};

async fn handler(req: Request, mut res: Response) -> Result<()> {
    match req.url.path() {
        "/error" => return Err(Error::bad_request("no")),
        "/panic" => panic!("on purpose"),
        "/dropped" => drop(res),
        "/late-error" => {
            res.write("some");
            tokio::task::yield_now().await;
            return Err(Error::bad_request("too late"));
        }
        "/late-panic" => {
            res.write("some");
            tokio::task::yield_now().await;
            panic!("on purpose");
        }
        "/short" => {
            res.set_header("content-length", 10);
            res.write("some");
            res.end();
        }
        "/task" => {
            tokio::spawn(async move {
                tokio::task::yield_now().await;
                res.send("from a task")
            });
        }
        _ => {
            res.send("hello");
        }
    }
    Ok(())
}

async fn a_failure_is_a_response(protocol: Protocol) {
    let server = http::create_server(handler);
    let reported = Counter::default();
    let count = reported.clone();
    server.on(event::Error, move |_| count.add());
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for (path, status, reports) in [
        ("/error", 400, 0),
        ("/panic", 500, 1),
        ("/dropped", 404, 1),
        ("/short", 500, 2),
        ("/task", 200, 2),
        ("/", 200, 2),
    ] {
        let answer = client.ask(get(path)).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(reported.get(), reports, "{path}");
    }
}

async fn a_response_that_fails_late_is_not_whole(protocol: Protocol) {
    let server = http::create_server(handler);
    server.on(event::Error, |_| {});
    let served = serve(server);
    for path in ["/late-error", "/late-panic"] {
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&get(path), false).await;
        if let Some(head) = call.head().await {
            assert!(!call.rest(head).await.is_whole, "{path}");
        }
    }
}

async fn a_client_that_disconnects_drops_the_handler(protocol: Protocol) {
    let (gate, dropped, aborted) = (Gate::default(), Counter::default(), Counter::default());
    let inside = (gate.clone(), dropped.clone(), aborted.clone());
    let server = http::create_server(move |req: Request, mut res: Response| {
        let (gate, dropped, aborted) = inside.clone();
        async move {
            let _guard = dropped.on_drop();
            req.on(event::Aborted, move |_| aborted.add());
            if req.url == "/begun" {
                res.write("some");
            }
            gate.pass().await;
            res.send("hello")
        }
    });
    let served = serve(server);
    for (number, path) in ["/", "/begun"].into_iter().enumerate() {
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&post(path), true).await;
        if path == "/begun" {
            call.head().await.unwrap();
        }
        gate.reached().await;
        drop(call);
        client.abort();
        dropped.reaches(number + 1).await;
        aborted.reaches(number + 1).await;
    }
}

async fn a_handler_continues_after_its_response(protocol: Protocol) {
    let (gate, ended) = (Gate::default(), Counter::default());
    let inside = (gate.clone(), ended.clone());
    let server = http::create_server(move |req: Request, mut res: Response| {
        let (gate, ended) = inside.clone();
        async move {
            if req.url == "/begun" {
                res.write("hel").await?;
                res.end_with("lo");
            } else {
                res.send("hello");
            }
            gate.pass().await;
            ended.add();
            Ok::<_, Error>(())
        }
    });
    let served = serve(server);
    for (number, path) in ["/", "/begun"].into_iter().enumerate() {
        let mut client = served.connect(protocol).await;
        let answer = client.ask(get(path)).await;
        assert_eq!((answer.text(), answer.is_whole), ("hello", true));
        client.abort();
        gate.reached().await;
        gate.open();
        ended.reaches(number + 1).await;
    }
}

/// The causes that end a connection while a handler waits.
#[derive(Clone, Copy, Debug)]
enum By {
    Client,
    CloseAll,
    Deadline,
    Destroy,
    IdleTimeout,
}

async fn an_interrupted_exchange_reports_what_ended_it(protocol: Protocol) {
    const CLIENT: &str = "the client has disconnected";
    const CLOSED: &str = "the server closed the connection before the response was complete";
    const SHUTDOWN: &str = "the server was shut down before the response was complete";
    for path in ["/", "/begun"] {
        for (by, message, read) in [
            (By::Client, CLIENT, "the request body ended prematurely"),
            (By::CloseAll, CLOSED, CLOSED),
            (By::Deadline, SHUTDOWN, SHUTDOWN),
            (By::Destroy, CLOSED, CLOSED),
            (By::IdleTimeout, CLOSED, CLOSED),
        ] {
            let mut errors = interrupted(by, protocol, path).await;
            errors.sort_unstable_by_key(|error| error.starts_with("read "));
            assert_eq!(
                errors,
                [message.to_owned(), format!("read {read}")],
                "{by:?}, {path}"
            );
        }
    }
}

/// Ends the connection of a request, and returns what the request reports and the error of reading its body.
async fn interrupted(by: By, protocol: Protocol, path: &str) -> [String; 2] {
    const SHORT: Duration = Duration::from_millis(30);
    let (errors, mut received) = unbounded_channel();
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |req: Request, mut res: Response| {
        let (gate, errors) = (inside.clone(), errors.clone());
        let events = errors.clone();
        req.on(event::Error, move |error| {
            let _ = events.send(error.message().to_owned());
        });
        async move {
            if req.url == "/begun" {
                res.write("some").await?;
            }
            // Unlike the handler, a task outlives the connection.
            tokio::spawn(async move {
                let error = req.body.bytes().await.unwrap_err();
                let _ = errors.send(format!("read {}", error.message()));
            });
            gate.pass().await;
            Ok::<_, Error>(res.end())
        }
    });
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
        drop(sockets.send(socket.clone()))
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&post(path), true).await;
    if path == "/begun" {
        call.head().await.unwrap();
    }
    gate.reached().await;
    match by {
        By::Client => {
            drop(call);
            client.abort();
            return [next(&mut received).await, next(&mut received).await];
        }
        By::CloseAll => served.server.close_all_connections(),
        By::Deadline => trigger.notify_one(),
        By::Destroy => soon("the socket", socket.recv()).await.unwrap().destroy(),
        By::IdleTimeout => {}
    }
    // The stream is kept until both errors are received, because dropping it would reset it.
    let errors = [next(&mut received).await, next(&mut received).await];
    drop(call);
    errors
}

async fn next(received: &mut UnboundedReceiver<String>) -> String {
    soon("an error", received.recv()).await.unwrap()
}

over_both!(
    an_interrupted_exchange_reports_what_ended_it,
    a_failure_is_a_response,
    a_response_that_fails_late_is_not_whole,
    a_client_that_disconnects_drops_the_handler,
    a_handler_continues_after_its_response,
);

#[tokio::test]
async fn a_stream_that_is_reset_drops_its_handler_and_no_other() {
    let (gate, dropped) = (Gate::default(), Counter::default());
    let inside = (gate.clone(), dropped.clone());
    let server = http::create_server(move |_req: Request, res: Response| {
        let (gate, dropped) = inside.clone();
        async move {
            let _guard = dropped.on_drop();
            gate.pass().await;
            res.send("hello")
        }
    });
    let served = serve(server);
    let mut client = served.connect(Protocol::Http2).await;
    let reset = client.open(&get("/"), false).await;
    gate.reached().await;
    let crate::client::Call::Http2(reset) = reset else {
        unreachable!("HTTP/2");
    };
    let mut other = client.open(&get("/"), false).await;
    gate.reached().await;
    drop(reset);
    dropped.reaches(1).await;
    gate.open();
    assert_eq!(other.answer().await.text(), "hello");
}

//! `Server::dispatch`: requests that a program passes to a server, whether or not it received them on a connection.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{Served, Wire, get, serve, soon};
use crate::gate::Gate;

fn shop() -> Server {
    shop_with(Gate::default())
}

fn shop_with(gate: Gate) -> Server {
    http::create_server(move |req, res| shop_handler(req, res, gate.clone()))
}

async fn shop_handler(req: Request, mut res: Response, gate: Gate) -> Result {
    match req.url.path() {
        "/" => {
            let before = res.has_header("x-before").to_string();
            Ok(res.send(before))
        }
        "/body" => Ok(res.send(req.body.text().await?)),
        "/streamed" => {
            res.write("bit ");
            gate.pass().await;
            Ok(res.send("by bit"))
        }
        "/trailers" => {
            res.write("bit ");
            gate.pass().await;
            res.add_trailers([("x-bits", "1")]);
            Ok(res.end())
        }
        "/bad" => Err(Error::bad_request("no")),
        "/worse" => Err(std::io::Error::other("disk full").into()),
        "/panic" => panic!("on purpose"),
        "/broken" => {
            res.write("bit ");
            gate.pass().await;
            panic!("on purpose");
        }
        _ => Ok(res.end()),
    }
}

#[tokio::test]
async fn dispatch_calls_the_handler() {
    let server = shop();
    let mut res = Response::new();
    res.set_header("x-before", "1");
    let sent = server.dispatch(Request::get("/"), res).await;
    assert_eq!(sent.text(), "true");
    assert_eq!(sent.header("x-before").unwrap(), "1");
    let req = Request::post("/body").body("hello");
    assert_eq!(server.dispatch(req, Response::new()).await.text(), "hello");
}

#[tokio::test]
async fn a_streamed_response_is_complete_at_the_end() {
    let gate = Gate::default();
    gate.open();
    let server = shop_with(gate);
    let req = Request::get("/streamed");
    assert_eq!(
        server.dispatch(req, Response::new()).await.text(),
        "bit by bit"
    );
}

#[tokio::test]
async fn trailers_are_part_of_the_response() {
    let gate = Gate::default();
    gate.open();
    let req = Request::get("/trailers");
    let sent = shop_with(gate).dispatch(req, Response::new()).await;
    assert_eq!(sent.text(), "bit ");
    assert_eq!(sent.trailers()["x-bits"], "1");
}

#[tokio::test]
async fn failures_get_an_error_response_and_are_reported() {
    let server = shop();
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&recorded);
    server.on(event::Request, move |req| {
        recorder.lock().unwrap().push(req.url.to_string())
    });
    let recorder = Arc::clone(&recorded);
    server.on(event::Error, move |error| {
        recorder.lock().unwrap().push(error.to_string())
    });
    for (url, status) in [("/bad", 400), ("/worse", 500), ("/panic", 500)] {
        let mut res = Response::new();
        res.set_header("x-before", "1");
        let sent = server.dispatch(Request::get(url), res).await;
        assert_eq!(sent.status_code(), status);
        assert_eq!(sent.header("x-before").unwrap(), "1");
        assert_eq!(
            sent.header("content-type").unwrap(),
            "application/problem+json"
        );
    }
    assert_eq!(
        *recorded.lock().unwrap(),
        [
            "/bad",
            "/worse",
            "500 Internal Server Error: disk full",
            "/panic",
            "500 Internal Server Error: a handler panicked: on purpose",
        ]
    );
}

#[tokio::test]
async fn a_handler_that_sends_no_response_is_a_404() {
    let server = http::create_server(|_req, _res| async {});
    let sent = server.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(sent.status_code(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_handler_can_dispatch_to_another_server() {
    let gate = Gate::default();
    let inner = shop_with(gate.clone());
    let handle = inner.clone();
    inner.on(event::Error, |_| {});
    let outer = http::create_server(move |req, mut res| {
        let inner = handle.clone();
        async move {
            res.set_header("x-before", "1");
            inner.dispatch(req, res).await
        }
    });
    outer.on(event::Error, |_| {});
    let served = serve(outer);
    assert_eq!(served.get("/").await.text(), "true");
    let mut wire = served.connect().await;
    wire.send(get("/streamed")).await;
    assert_eq!(
        wire.head().await.header("transfer-encoding"),
        Some("chunked")
    );
    assert_eq!(wire.chunk().await.unwrap(), b"bit ");
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"by bit");
    assert_eq!(served.get("/bad").await.detail(), "no");
    assert_eq!(served.get("/panic").await.status, 500);
    let mut wire = served.connect().await;
    wire.send(get("/broken")).await;
    wire.head().await;
    assert_eq!(wire.chunk().await.unwrap(), b"bit ");
    gate.open();
    assert_eq!(
        wire.chunk().await,
        None,
        "a truncated response looks complete"
    );
}

/// Starts a server that dispatches every request to `inner`.
fn serve_dispatching(inner: Server) -> Served {
    serve(http::create_server(move |req, res| {
        inner.dispatch(req, res)
    }))
}

#[tokio::test]
async fn the_reason_phrase_and_the_missing_date_are_forwarded() {
    let inner = http::create_server(|req, mut res| async move {
        res.status_message = Some("Fine".into());
        res.send_date = false;
        match req.url.path() {
            "/bad" => Err(Error::bad_request("no")),
            "/streamed" => {
                res.write("bit by ");
                Ok(res.send("bit"))
            }
            _ => Ok(res.send("whole")),
        }
    });
    let sent = inner.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(sent.status_message().as_deref(), Some("Fine"));
    let served = serve_dispatching(inner);
    for (url, line) in [
        ("/", "HTTP/1.1 200 Fine\r\n"),
        ("/streamed", "HTTP/1.1 200 Fine\r\n"),
        ("/bad", "HTTP/1.1 400 Bad Request\r\n"),
    ] {
        let response = served.get(url).await;
        assert!(response.head.starts_with(line), "{}", response.head);
        assert_eq!(response.header("date"), None);
    }
}

#[tokio::test]
async fn the_inner_handler_can_change_what_the_outer_one_set() {
    let inner = http::create_server(|req, mut res| async move {
        if req.url == "/otherwise" {
            res.status_message = None;
            res.send_date = true;
        }
        res.send("hello")
    });
    let served = serve(http::create_server(move |req, mut res| {
        res.status_message = Some("Fine".into());
        res.send_date = false;
        inner.dispatch(req, res)
    }));
    let response = served.get("/").await;
    assert!(response.head.starts_with("HTTP/1.1 200 Fine\r\n"));
    assert_eq!(response.header("date"), None);
    let response = served.get("/otherwise").await;
    assert!(response.head.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(response.header("date").is_some());
}

/// The events of a response, in order.
#[derive(Clone, Default)]
struct EventLog(Arc<Mutex<Vec<&'static str>>>);

impl EventLog {
    fn listen(&self, res: &Response) {
        let recorder = self.clone();
        res.on(event::Drain, move |_| recorder.push("drain"));
        let recorder = self.clone();
        res.on(event::Finish, move |_| recorder.push("finish"));
        let recorder = self.clone();
        res.on(event::Close, move |_| recorder.push("close"));
    }

    fn push(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }

    fn so_far(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }
}

/// Creates a server whose handler writes, waits and ends. Also returns the events of its response.
fn logged_shop(gate: Gate) -> (Server, EventLog) {
    let log = EventLog::default();
    let logger = log.clone();
    let server = http::create_server(move |req, mut res| {
        let (gate, logger) = (gate.clone(), logger.clone());
        async move {
            logger.listen(&res);
            if req.url == "/bad" {
                return Err(Error::bad_request("no"));
            }
            res.write("a".repeat(100_000));
            gate.pass().await;
            Ok(res.end())
        }
    });
    (server, log)
}

/// Starts a server that dispatches to [`logged_shop`], and sends a request. Returns when the client has received
/// everything that the handler writes before it waits.
async fn half_sent(gate: &Gate) -> (Served, Wire, EventLog) {
    let (inner, log) = logged_shop(gate.clone());
    let served = serve_dispatching(inner);
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    wire.head().await;
    // A long chunk is sent as two chunks.
    assert_eq!(wire.chunk().await.unwrap().len(), 64 * 1024);
    assert_eq!(wire.chunk().await.unwrap().len(), 100_000 - 64 * 1024);
    (served, wire, log)
}

#[tokio::test]
async fn events_are_emitted_on_the_response_of_the_handler() {
    let gate = Gate::default();
    gate.open();
    let (server, log) = logged_shop(gate);
    server.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(log.so_far(), ["drain", "finish", "close"]);
    server.dispatch(Request::get("/bad"), Response::new()).await;
    assert_eq!(log.so_far()[3..], ["finish", "close"]);
}

#[tokio::test]
async fn finish_is_emitted_when_the_client_has_the_response() {
    let gate = Gate::default();
    let (served, mut wire, log) = half_sent(&gate).await;
    assert_eq!(log.so_far(), ["drain"]);
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"");
    wire.send(get("/bad")).await;
    wire.response().await;
    served.server.close();
    served.closed().await;
    let all = ["drain", "finish", "close", "finish", "close"];
    assert_eq!(log.so_far(), all);
}

#[tokio::test]
async fn a_handler_can_wait_for_finish() {
    let ended = Arc::new(Mutex::new(0));
    let count = Arc::clone(&ended);
    let inner = http::create_server(move |_req, res| {
        let count = Arc::clone(&count);
        async move {
            let finish = onward::events::once(&res, event::Finish);
            res.send("hello");
            soon("the end of the response", finish).await.unwrap();
            *count.lock().unwrap() += 1;
        }
    });
    inner.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(*ended.lock().unwrap(), 1);
    let served = serve_dispatching(inner);
    assert_eq!(served.get("/").await.text(), "hello");
    served.server.close();
    served.closed().await;
    assert_eq!(*ended.lock().unwrap(), 2);
}

#[tokio::test]
async fn close_is_emitted_when_the_client_disconnects() {
    let gate = Gate::default();
    let (served, wire, log) = half_sent(&gate).await;
    drop(wire);
    served.server.close_all_connections();
    served.server.close();
    served.closed().await;
    assert_eq!(log.so_far(), ["drain", "close"]);
}

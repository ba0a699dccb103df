//! Requests that come over no connection.

use std::sync::{Arc, Mutex};

use onward::http::Server;
use onward::prelude::*;

use crate::client::{Served, Wire, get, serve, soon};
use crate::gate::Gate;

fn shop() -> Server {
    shop_with(Gate::default())
}

fn shop_with(gate: Gate) -> Server {
    http::create_server(move |req, res| shop_answer(req, res, gate.clone()))
}

async fn shop_answer(req: Request, mut res: Response, gate: Gate) -> Result {
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
async fn the_handler_answers() {
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
async fn a_streamed_answer_is_whole_at_the_end() {
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
async fn trailers_are_part_of_an_answer() {
    let gate = Gate::default();
    gate.open();
    let req = Request::get("/trailers");
    let sent = shop_with(gate).dispatch(req, Response::new()).await;
    assert_eq!(sent.text(), "bit ");
    assert_eq!(sent.trailers()["x-bits"], "1");
}

#[tokio::test]
async fn failures_are_answered_and_told() {
    let server = shop();
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    server.on(event::Request, move |req| {
        tell.lock().unwrap().push(req.url.to_string())
    });
    let tell = Arc::clone(&told);
    server.on(event::Error, move |error| {
        tell.lock().unwrap().push(error.to_string())
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
        *told.lock().unwrap(),
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
async fn what_is_not_answered_is_not_found() {
    let server = http::create_server(|_req, _res| async {});
    let sent = server.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(sent.status_code(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_handler_may_have_another_server_answer() {
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
    assert_eq!(wire.chunk().await, None, "a broken answer looks whole");
}

/// A server that has `inner` answer.
fn behind(inner: Server) -> Served {
    serve(http::create_server(move |req, res| {
        inner.dispatch(req, res)
    }))
}

#[tokio::test]
async fn the_words_of_a_status_and_the_absence_of_a_date_are_handed_on() {
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
    let served = behind(inner);
    for (url, line) in [
        ("/", "HTTP/1.1 200 Fine\r\n"),
        ("/streamed", "HTTP/1.1 200 Fine\r\n"),
        ("/bad", "HTTP/1.1 400 Bad Request\r\n"),
    ] {
        let answer = served.get(url).await;
        assert!(answer.head.starts_with(line), "{}", answer.head);
        assert_eq!(answer.header("date"), None);
    }
}

#[tokio::test]
async fn what_was_said_of_the_answer_before_counts_until_the_handler_says_otherwise() {
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
    let answer = served.get("/").await;
    assert!(answer.head.starts_with("HTTP/1.1 200 Fine\r\n"));
    assert_eq!(answer.header("date"), None);
    let answer = served.get("/otherwise").await;
    assert!(answer.head.starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(answer.header("date").is_some());
}

/// What the listeners of an answer hear, in order.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<&'static str>>>);

impl Heard {
    fn listen(&self, res: &Response) {
        let tell = self.clone();
        res.on(event::Drain, move |_| tell.hear("drain"));
        let tell = self.clone();
        res.on(event::Finish, move |_| tell.hear("finish"));
        let tell = self.clone();
        res.on(event::Close, move |_| tell.hear("close"));
    }

    fn hear(&self, what: &'static str) {
        self.0.lock().unwrap().push(what);
    }

    fn so_far(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().clone()
    }
}

/// A server whose handler writes, waits and ends, and what the listeners of its answer hear.
fn heard_shop(gate: Gate) -> (Server, Heard) {
    let heard = Heard::default();
    let hear = heard.clone();
    let server = http::create_server(move |req, mut res| {
        let (gate, hear) = (gate.clone(), hear.clone());
        async move {
            hear.listen(&res);
            if req.url == "/bad" {
                return Err(Error::bad_request("no"));
            }
            res.write("a".repeat(100_000));
            gate.pass().await;
            Ok(res.end())
        }
    });
    (server, heard)
}

/// A client of such a server that has what was written, and what was heard until then.
async fn half_answered(gate: &Gate) -> (Served, Wire, Heard) {
    let (inner, heard) = heard_shop(gate.clone());
    let served = behind(inner);
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    wire.head().await;
    // A long chunk goes out in parts.
    assert_eq!(wire.chunk().await.unwrap().len(), 64 * 1024);
    assert_eq!(wire.chunk().await.unwrap().len(), 100_000 - 64 * 1024);
    (served, wire, heard)
}

#[tokio::test]
async fn listeners_of_the_handlers_response_hear_what_becomes_of_the_answer() {
    let gate = Gate::default();
    gate.open();
    let (server, heard) = heard_shop(gate);
    server.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(heard.so_far(), ["drain", "finish", "close"]);
    server.dispatch(Request::get("/bad"), Response::new()).await;
    assert_eq!(heard.so_far()[3..], ["finish", "close"]);
}

#[tokio::test]
async fn listeners_of_the_handlers_response_hear_when_the_client_has_the_answer() {
    let gate = Gate::default();
    let (served, mut wire, heard) = half_answered(&gate).await;
    assert_eq!(heard.so_far(), ["drain"]);
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"");
    wire.send(get("/bad")).await;
    wire.answer().await;
    served.server.close();
    served.closed().await;
    let all = ["drain", "finish", "close", "finish", "close"];
    assert_eq!(heard.so_far(), all);
}

#[tokio::test]
async fn a_handler_may_wait_for_the_end_of_its_answer() {
    let ended = Arc::new(Mutex::new(0));
    let count = Arc::clone(&ended);
    let inner = http::create_server(move |_req, res| {
        let count = Arc::clone(&count);
        async move {
            let finish = onward::events::once(&res, event::Finish);
            res.send("hello");
            soon("the end of the answer", finish).await.unwrap();
            *count.lock().unwrap() += 1;
        }
    });
    inner.dispatch(Request::get("/"), Response::new()).await;
    assert_eq!(*ended.lock().unwrap(), 1);
    let served = behind(inner);
    assert_eq!(served.get("/").await.text(), "hello");
    served.server.close();
    served.closed().await;
    assert_eq!(*ended.lock().unwrap(), 2);
}

#[tokio::test]
async fn listeners_of_the_handlers_response_hear_of_a_client_that_left() {
    let gate = Gate::default();
    let (served, wire, heard) = half_answered(&gate).await;
    drop(wire);
    served.server.close_all_connections();
    served.server.close();
    served.closed().await;
    assert_eq!(heard.so_far(), ["drain", "close"]);
}

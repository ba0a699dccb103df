//! Requests that come over no connection.

use std::sync::{Arc, Mutex};

use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, serve};
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

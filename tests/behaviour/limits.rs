//! What a server does not put up with.

use std::time::Duration;

use onward::prelude::*;

use crate::client::{get, serve};
use crate::gate::Gate;

const SHORT: Duration = Duration::from_millis(20);

async fn hello(_req: Request, res: Response) -> Sent {
    res.send("hello")
}

#[tokio::test]
async fn a_head_over_16_kib_is_a_431() {
    let served = serve(http::create_server(hello));
    let fine = "x".repeat(15 << 10);
    let answer = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {fine}\r\n\r\n"))
        .await;
    assert_eq!(answer.status, 200);
    let large = "x".repeat(17 << 10);
    let answer = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {large}\r\n\r\n"))
        .await;
    assert_eq!(answer.status, 431);
    let served = serve(http::create_server(hello).max_header_size(1 << 10));
    let answer = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {fine}\r\n\r\n"))
        .await;
    assert_eq!(answer.status, 431);
}

#[tokio::test]
async fn a_head_that_does_not_come_is_a_408() {
    let served = serve(http::create_server(hello).headers_timeout(SHORT));
    for begin in ["", "GET / HTTP/1.1\r\nhost"] {
        let mut wire = served.connect().await;
        wire.send(begin).await;
        let answer = wire.answer().await;
        assert_eq!(answer.status, 408);
        assert_eq!(answer.header("connection"), Some("close"));
        assert!(wire.rest().await.is_empty());
    }
}

#[tokio::test]
async fn a_second_head_that_does_not_come_is_a_408() {
    let server = http::create_server(hello)
        .headers_timeout(SHORT)
        .keep_alive_timeout(None);
    let mut wire = serve(server).connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "hello");
    wire.send("GET / HTTP/1.1\r\nhost").await;
    assert_eq!(wire.answer().await.status, 408);
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let served = serve(http::create_server(hello).keep_alive_timeout(SHORT));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "hello");
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_connection_is_idle_after_a_streamed_answer() {
    let server = http::create_server(|_req, mut res| async move {
        res.write("bit ");
        tokio::task::yield_now().await;
        res.send("by bit")
    });
    let mut wire = serve(server.keep_alive_timeout(SHORT)).connect().await;
    wire.send(get("/")).await;
    let answer = wire.answer().await;
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    assert_eq!(answer.text(), "bit by bit");
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_handler_may_take_longer_than_a_connection_may_idle() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            tokio::time::sleep(3 * SHORT).await;
            res.write("slow ");
            gate.pass().await;
            tokio::time::sleep(3 * SHORT).await;
            res.send("and steady")
        }
    });
    let served = serve(server.keep_alive_timeout(SHORT).headers_timeout(SHORT));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    gate.reached().await;
    gate.open();
    assert_eq!(wire.answer().await.text(), "slow and steady");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_a_408() {
    let server =
        http::create_server(
            |req, res| async move { Ok::<_, Error>(res.send(req.body.text().await?)) },
        );
    let served = serve(server.request_timeout(SHORT));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhel")
        .await;
    let answer = wire.answer().await;
    assert_eq!(answer.status, 408);
    assert_eq!(
        answer.detail(),
        "the request took longer than 20ms to arrive"
    );
}

#[tokio::test]
async fn a_connection_may_bring_so_many_requests() {
    let served = serve(http::create_server(hello).max_requests_per_socket(2));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.header("connection"), None);
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.header("connection"), Some("close"));
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn there_may_be_so_many_connections() {
    let served = serve(http::create_server(hello).max_connections(1));
    let mut first = served.connect().await;
    first.send(get("/")).await;
    assert_eq!(first.answer().await.text(), "hello");
    let mut second = served.connect().await;
    assert!(second.rest().await.is_empty());
    first.send(get("/")).await;
    assert_eq!(first.answer().await.text(), "hello");
}

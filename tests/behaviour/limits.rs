//! The limits of a server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http;
use onward::prelude::*;

use crate::client::{get, post, serve};
use crate::gate::Gate;

const SHORT: Duration = Duration::from_millis(20);

async fn hello(_req: Request, res: Response) -> Sent {
    res.send("hello")
}

#[tokio::test]
async fn max_header_size_has_no_upper_bound() {
    let served = serve(http::create_server(hello).max_header_size(usize::MAX));
    let long = "x".repeat(1 << 20);
    let response = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {long}\r\n\r\n"))
        .await;
    assert_eq!((response.status, response.text()), (200, "hello"));
}

#[tokio::test]
async fn headers_over_16_kib_are_a_431() {
    let served = serve(http::create_server(hello));
    let fine = "x".repeat(15 << 10);
    let response = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {fine}\r\n\r\n"))
        .await;
    assert_eq!(response.status, 200);
    let large = "x".repeat(17 << 10);
    let response = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {large}\r\n\r\n"))
        .await;
    assert_eq!(response.status, 431);
    let served = serve(http::create_server(hello).max_header_size(1 << 10));
    let response = served
        .ask(&format!("GET / HTTP/1.1\r\nhost: a\r\nx: {fine}\r\n\r\n"))
        .await;
    assert_eq!(response.status, 431);
}

#[tokio::test]
async fn headers_that_do_not_arrive_are_a_408() {
    let served = serve(http::create_server(hello).headers_timeout(SHORT));
    for begin in ["", "GET / HTTP/1.1\r\nhost"] {
        let mut wire = served.connect().await;
        wire.send(begin).await;
        let response = wire.response().await;
        assert_eq!(response.status, 408);
        assert_eq!(response.header("connection"), Some("close"));
        assert!(wire.rest().await.is_empty());
    }
}

#[tokio::test]
async fn headers_of_a_second_request_that_do_not_arrive_are_a_408() {
    let server = http::create_server(hello)
        .headers_timeout(SHORT)
        .keep_alive_timeout(None);
    let mut wire = serve(server).connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.text(), "hello");
    wire.send("GET / HTTP/1.1\r\nhost").await;
    assert_eq!(wire.response().await.status, 408);
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let served = serve(http::create_server(hello).keep_alive_timeout(SHORT));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.text(), "hello");
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_connection_is_idle_after_a_streamed_response() {
    let server = http::create_server(|_req, mut res| async move {
        res.write("bit ");
        tokio::task::yield_now().await;
        res.send("by bit")
    });
    let mut wire = serve(server.keep_alive_timeout(SHORT)).connect().await;
    wire.send(get("/")).await;
    let response = wire.response().await;
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
    assert_eq!(response.text(), "bit by bit");
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_handler_may_take_longer_than_keep_alive_timeout() {
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
    assert_eq!(wire.response().await.text(), "slow and steady");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_a_408() {
    let server =
        http::create_server(
            |req, res| async move { Ok::<_, Error>(res.send(req.body.text().await?)) },
        );
    let served = serve(server.request_timeout(SHORT));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhel")
        .await;
    let response = wire.response().await;
    assert_eq!(response.status, 408);
    assert_eq!(
        response.detail(),
        "the request took longer than 20ms to arrive"
    );
}

#[tokio::test]
async fn max_requests_per_socket_closes_a_connection() {
    let served = serve(http::create_server(hello).max_requests_per_socket(2));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.header("connection"), None);
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.header("connection"), Some("close"));
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn max_connections_drops_further_connections() {
    let server = http::create_server(hello).max_connections(1);
    let dropped = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&dropped);
    server.on(event::Drop, move |dropped| {
        shared
            .lock()
            .unwrap()
            .push(dropped.local_addr.socket_addr());
        panic!("in a listener");
    });
    let served = serve(server);
    let mut first = served.connect().await;
    first.send(get("/")).await;
    assert_eq!(first.response().await.text(), "hello");
    for _ in 0..2 {
        let mut second = served.connect().await;
        assert!(second.rest().await.is_empty());
    }
    assert_eq!(*dropped.lock().unwrap(), [Some(served.addr); 2]);
    first.send(get("/")).await;
    assert_eq!(first.response().await.text(), "hello");
}

#[tokio::test]
async fn a_request_has_up_to_max_headers() {
    let head = |headers: usize| {
        let more: String = (1..headers).map(|n| format!("x-{n}: {n}\r\n")).collect();
        format!("GET / HTTP/1.1\r\nhost: a\r\n{more}\r\n")
    };
    let served = serve(http::create_server(hello));
    assert_eq!(served.ask(&head(100)).await.status, 200);
    assert_eq!(served.ask(&head(101)).await.status, 431);
    let served = serve(http::create_server(hello).max_headers(200));
    assert_eq!(served.ask(&head(200)).await.status, 200);
    assert_eq!(served.ask(&head(201)).await.status, 431);
}

#[tokio::test]
async fn tcp_keep_alive_accepts_any_duration() {
    for idle in [Duration::ZERO, Duration::from_secs(60), Duration::MAX] {
        let served = serve(
            http::create_server(hello)
                .tcp_keep_alive(idle)
                .tcp_no_delay(false),
        );
        assert_eq!(served.get("/").await.text(), "hello");
    }
}

#[tokio::test]
async fn idle_timeout_closes_an_inactive_connection() {
    let pending = http::create_server(|_req, res| async move {
        std::future::pending::<()>().await;
        res.send("hello")
    });
    let served = serve(pending.idle_timeout(SHORT));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_host_header_is_required_by_default() {
    const WITHOUT_HOST: &str = "GET / HTTP/1.1\r\n\r\n";
    let served = serve(http::create_server(hello));
    assert_eq!(served.ask(WITHOUT_HOST).await.status, 400);
    let served = serve(http::create_server(hello).require_host_header(false));
    assert_eq!(served.ask(WITHOUT_HOST).await.text(), "hello");
}

#[tokio::test]
async fn a_half_closed_client_gets_its_response_by_default() {
    for (half_open, responds) in [(true, true), (false, false)] {
        let gate = Gate::default();
        let inside = gate.clone();
        let server = http::create_server(move |_req, res| {
            let gate = inside.clone();
            async move {
                gate.pass().await;
                res.send("hello")
            }
        });
        let served = serve(server.allow_half_open(half_open));
        let mut wire = served.connect().await;
        wire.send(get("/")).await;
        gate.reached().await;
        wire.finish().await;
        if responds {
            gate.open();
            assert_eq!(wire.response().await.text(), "hello");
        } else {
            assert!(wire.rest().await.is_empty());
        }
    }
}

#[tokio::test]
async fn an_unread_body_up_to_max_drain_size_keeps_the_connection() {
    let posted = |size: usize| {
        let body = "x".repeat(size);
        format!("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: {size}\r\n\r\n{body}")
    };
    let served = serve(http::create_server(hello).max_drain_size(100_000));
    let mut wire = served.connect().await;
    wire.send(posted(90_000)).await;
    assert_eq!(wire.response().await.text(), "hello");
    wire.send(posted(1_000_000)).await;
    assert_eq!(wire.response().await.text(), "hello");
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_handler_may_respond_to_its_own_timeout() {
    let served = serve(http::create_server(|_req, res| async move {
        match tokio::time::timeout(SHORT, std::future::pending::<()>()).await {
            Ok(()) => res.end(),
            Err(_) => res.send(StatusCode::GATEWAY_TIMEOUT),
        }
    }));
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.status, 504);
    }
}

/// A listener of `Timeout` responds in place of a handler that takes too long, unless the response has begun.
#[tokio::test]
async fn a_listener_of_timeout_responds_until_the_response_has_begun() {
    const LATE: &str =
        "HTTP/1.1 504 Gateway Timeout\r\nconnection: close\r\ncontent-length: 4\r\n\r\nlate";
    let server = http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/begun" => drop(res.write("a").await),
            "/fast" => return res.send("hello"),
            _ => {}
        }
        std::future::pending::<()>().await;
        res.end()
    });
    let server = server.idle_timeout(Duration::from_millis(50));
    server.on(event::Timeout, |socket| socket.end(LATE));
    let served = serve(server);
    for request in [get("/"), post("/", "text/plain", "a body that is not read")] {
        let mut wire = served.connect().await;
        wire.send(request).await;
        assert_eq!(wire.rest().await, LATE.as_bytes());
    }
    let mut wire = served.connect().await;
    wire.send(get("/fast") + &get("/")).await;
    assert_eq!(wire.response().await.text(), "hello");
    assert_eq!(wire.rest().await, LATE.as_bytes());
    // Nothing is sent if the response has begun, or if there is no request to respond to.
    let mut wire = served.connect().await;
    wire.send(get("/begun")).await;
    assert_eq!(wire.head().await.status, 200);
    assert_eq!(wire.rest().await, b"1\r\na\r\n");
    assert!(served.connect().await.rest().await.is_empty());
}

//! Interim responses, the `date`, raw headers and the socket.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::prelude::*;

use crate::client::{get, serve};
use crate::gate::Gate;

#[tokio::test]
async fn interim_responses_are_sent_before_the_response() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, mut res| {
        let gate = inside.clone();
        async move {
            if req.url == "/begun" {
                res.write_head(StatusCode::OK, [("x-a", "1")]);
            }
            res.write_processing();
            res.write_early_hints([("link", "</s.css>; rel=preload"), ("X-Trace", "1")]);
            gate.pass().await;
            res.end_with("x")
        }
    }));
    let mut wire = served.connect().await;
    for url in ["/", "/begun"] {
        wire.send(get(url)).await;
        assert_eq!(wire.head().await.head, "HTTP/1.1 102 Processing\r\n\r\n");
        assert_eq!(
            wire.head().await.head,
            "HTTP/1.1 103 Early Hints\r\nlink: </s.css>; rel=preload\r\nx-trace: 1\r\n\r\n"
        );
        gate.reached().await;
        gate.open();
        let response = wire.response().await;
        assert_eq!((response.status, response.text()), (200, "x"));
        assert_eq!(response.header("link"), None);
    }
}

#[tokio::test]
async fn a_late_interim_response_is_reported() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.write("he");
            gate.pass().await;
            res.write_processing();
            res.end_with("llo")
        }
    });
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        recorder.lock().unwrap().push(error.message().to_owned())
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    wire.head().await;
    assert_eq!(wire.chunk().await.unwrap(), b"he");
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"llo");
    assert_eq!(wire.chunk().await.unwrap(), b"");
    assert_eq!(
        *errors.lock().unwrap(),
        ["an interim response was written after the headers were sent"]
    );
}

#[tokio::test]
async fn an_http_1_0_client_gets_no_interim_responses() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.write_processing();
        res.end_with("x")
    }));
    let response = served.ask("GET / HTTP/1.0\r\n\r\n").await;
    assert_eq!((response.status, response.text()), (200, "x"));
}

#[tokio::test]
async fn a_handler_can_send_100_continue_itself() {
    let served = serve(http::create_server(|req, mut res| async move {
        if req.url == "/asks" {
            res.write_continue();
        }
        Ok::<_, Error>(res.send(req.body.text().await?))
    }));
    let mut wire = served.connect().await;
    for url in ["/asks", "/reads"] {
        let head = "host: a\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n";
        wire.send(format!("POST {url} HTTP/1.1\r\n{head}")).await;
        assert_eq!(wire.head().await.head, "HTTP/1.1 100 Continue\r\n\r\n");
        wire.send("hi").await;
        let response = wire.response().await;
        assert_eq!(
            (response.status, response.text()),
            (200, "hi"),
            "once, {url}"
        );
    }
}

#[tokio::test]
async fn a_response_can_omit_the_date() {
    let served = serve(http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/none" => res.send_date = false,
            "/its" => {
                res.send_date = false;
                res.set_header("date", "yesterday");
            }
            "/own" => drop(res.set_header("date", "yesterday")),
            _ => {}
        }
        res.end_with("x")
    }));
    let mut wire = served.connect().await;
    for url in ["/none", "/", "/own", "/its", "/none"] {
        wire.send(get(url)).await;
        let response = wire.response().await;
        match (url, response.header("date")) {
            ("/none", None) | ("/own" | "/its", Some("yesterday")) => {}
            ("/", Some(date)) => assert!(date.ends_with(" GMT"), "{date}"),
            (_, date) => panic!("{url}: {date:?}"),
        }
    }
}

#[tokio::test]
async fn raw_headers_are_as_received() {
    let served = serve(http::create_server(|req, res| async move {
        let headers = req.raw_headers();
        let headers = headers
            .iter()
            .map(|(name, value)| format!("{name}={value:?}"));
        res.send(headers.collect::<Vec<_>>().join(" "))
    }));
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send("GET / HTTP/1.1\r\nHost: a\r\nX-FoO:1\r\nb: 2\r\nx-foo:  3 \r\n\r\n")
            .await;
        let response = wire.response().await;
        assert_eq!(
            response.text(),
            "Host=\"a\" X-FoO=\"1\" b=\"2\" x-foo=\"3\""
        );
    }
}

#[tokio::test]
async fn a_socket_counts_bytes_and_can_be_destroyed() {
    let served = serve(http::create_server(|req, res| async move {
        if req.url == "/destroy" {
            req.socket.destroy();
            std::future::pending::<()>().await;
        }
        let (read, written) = (req.socket.bytes_read(), req.socket.bytes_written());
        res.send(format!("{read} {written}"))
    }));
    let mut wire = served.connect().await;
    let request = get("/");
    wire.send(&request).await;
    let response = wire.response().await;
    assert_eq!(response.text(), format!("{} 0", request.len()));
    let sent = response.head.len() + response.body.len();
    wire.send(&request).await;
    assert_eq!(
        wire.response().await.text(),
        format!("{} {sent}", 2 * request.len())
    );
    wire.send(get("/destroy")).await;
    assert!(wire.rest().await.is_empty());
}

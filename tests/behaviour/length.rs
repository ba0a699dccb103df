//! The declared length of responses.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::prelude::*;

use crate::client::{get, serve};
use crate::gate::Gate;

#[tokio::test]
async fn an_incorrect_content_length_is_a_500() {
    let server = http::create_server(|req, mut res| async move {
        let length = req.url.query::<String>("length")?;
        res.set_header("content-length", length);
        res.set_header("x-a", "1");
        if req.url.path() == "/written" {
            res.write("he");
            return Ok(res.end_with("llo"));
        }
        Ok::<_, Error>(res.end_with("hello"))
    });
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        recorder.lock().unwrap().push(error.to_string())
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    for path in ["/", "/written"] {
        for (length, error) in [
            ("4", "content-length is 4 but the response body has 5 bytes"),
            ("6", "content-length is 6 but the response body has 5 bytes"),
            ("%2b5", "invalid content-length `+5`"),
        ] {
            wire.send(get(&format!("{path}?length={length}"))).await;
            let response = wire.response().await;
            assert_eq!(response.status, 500);
            assert_eq!(response.detail(), "");
            assert_eq!(response.header("x-a"), Some("1"));
            let reported = errors.lock().unwrap().pop().unwrap();
            assert_eq!(reported, format!("500 Internal Server Error: {error}"));
        }
        wire.send(get(&format!("{path}?length=5"))).await;
        let response = wire.response().await;
        assert_eq!((response.status, response.text()), (200, "hello"));
        assert_eq!(response.header("content-length"), Some("5"));
        assert_eq!(response.header("transfer-encoding"), None);
    }
    assert!(errors.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_response_that_does_not_match_its_length_is_aborted() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |req, mut res| {
        let gate = inside.clone();
        async move {
            res.set_header("content-length", 5);
            res.write("he");
            gate.pass().await;
            match req.url.path() {
                "/long" => {
                    res.write("llo, world");
                    res.write("!");
                    drop(res.end());
                }
                "/short" => drop(res.end()),
                _ => {}
            }
        }
    });
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        recorder.lock().unwrap().push(error.to_string())
    });
    let served = serve(server);
    for url in ["/long", "/short", "/unended"] {
        let mut wire = served.connect().await;
        wire.send(get(url)).await;
        gate.reached().await;
        assert_eq!(wire.head().await.header("content-length"), Some("5"));
        gate.open();
        assert_eq!(wire.rest().await, b"he", "{url}");
        assert_eq!(errors.lock().unwrap().drain(..).count(), 1, "{url}");
    }
}

#[tokio::test]
async fn a_streamed_response_keeps_its_content_length() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.set_header("content-length", 5);
            res.write("he");
            gate.pass().await;
            res.end_with("llo")
        }
    }));
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        gate.reached().await;
        gate.open();
        let response = wire.response().await;
        assert_eq!(response.header("content-length"), Some("5"));
        assert_eq!(response.text(), "hello");
    }
}

#[tokio::test]
async fn transfer_encoding_takes_precedence_over_content_length() {
    let served = serve(http::create_server(|req, mut res| async move {
        res.set_header("transfer-encoding", "chunked");
        res.set_header("content-length", 1000);
        if req.url == "/empty" {
            return res.end();
        }
        res.end_with("hello")
    }));
    let mut wire = served.connect().await;
    for (url, body) in [("/", "hello"), ("/empty", ""), ("/", "hello")] {
        wire.send(get(url)).await;
        let response = wire.response().await;
        assert_eq!(response.header("transfer-encoding"), Some("chunked"));
        assert_eq!(response.header("content-length"), None);
        assert_eq!((response.text(), response.whole), (body, true));
    }
}

#[tokio::test]
async fn a_handler_continues_after_the_last_declared_byte() {
    let (sent, ended) = (Gate::default(), Gate::default());
    let inside = (sent.clone(), ended.clone());
    let server = http::create_server(move |_req, mut res| {
        let (sent, ended) = inside.clone();
        async move {
            res.set_header("content-length", 5);
            res.write("hello").await?;
            sent.pass().await;
            let sent_response = res.end();
            ended.pass().await;
            Ok::<_, Error>(sent_response)
        }
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.text(), "hello");
        sent.reached().await;
        sent.open();
        ended.reached().await;
        ended.open();
    }
}

#[tokio::test]
async fn a_response_with_a_declared_length_of_zero_is_complete_with_its_head() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.set_header("content-length", 0);
            res.flush_headers();
            gate.pass().await;
            res.end_with("excess")
        }
    }));
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        gate.reached().await;
        assert_eq!(wire.response().await.header("content-length"), Some("0"));
        gate.open();
    }
}

/// The client has the response that was declared, so its next request is served as well.
#[tokio::test]
async fn data_beyond_the_declared_length_is_reported_and_not_sent() {
    let server = http::create_server(|_req, mut res| async move {
        res.set_header("content-length", 5);
        res.flush_headers();
        // The connection sends the head before the rest is written.
        tokio::task::yield_now().await;
        res.write("hello");
        res.end_with("excess")
    });
    let errors = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        reported.lock().unwrap().push(error.to_string());
    });
    let served = serve(server);
    let mut wire = served.connect().await;
    for _ in 0..2 {
        wire.send(get("/")).await;
        let response = wire.response().await;
        assert_eq!((response.text(), response.whole), ("hello", true));
    }
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 2, "{errors:?}");
}

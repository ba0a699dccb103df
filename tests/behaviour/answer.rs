//! What an answer looks like on the wire.

use onward::prelude::*;
use tokio::sync::oneshot;

use crate::client::{get, serve, soon};
use crate::gate::Gate;

fn head(url: &str) -> String {
    format!("HEAD {url} HTTP/1.1\r\nhost: a\r\n\r\n")
}

#[tokio::test]
async fn a_head_request_has_the_length_and_no_body() {
    let served = serve(http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/text" => drop(res.send("hello")),
            "/length" => {
                res.set_header("content-length", 1000);
                res.end();
            }
            _ => {}
        }
    }));
    let mut wire = served.connect().await;
    for (url, status, length) in [
        ("/text", 200, "5"),
        ("/length", 200, "1000"),
        ("/", 404, "55"),
    ] {
        wire.send(head(url)).await;
        let answer = wire.head().await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-length"), Some(length), "{url}");
    }
    // If there had been a body, it would stand before this answer.
    wire.send(get("/text")).await;
    assert_eq!(wire.answer().await.text(), "hello");
}

#[tokio::test]
async fn a_head_request_of_a_stream_ends_its_handler() {
    let (tell, told) = oneshot::channel::<()>();
    let tell = std::sync::Mutex::new(Some(tell));
    let served = serve(http::create_server(move |_req, mut res| {
        let alive = tell.lock().unwrap().take();
        async move {
            loop {
                res.write("on and on ").await?;
                tokio::task::yield_now().await;
                let _ = &alive;
            }
            #[expect(unreachable_code, reason = "it says what the block returns")]
            Ok::<(), Error>(())
        }
    }));
    let mut wire = served.connect().await;
    wire.send(head("/")).await;
    let answer = wire.head().await;
    assert_eq!(
        (answer.status, answer.header("content-length")),
        (200, None)
    );
    soon("the end of the handler", told).await.unwrap_err();
}

#[tokio::test]
async fn no_content_and_not_modified_have_no_body() {
    let served = serve(http::create_server(|req, res| async move {
        match req.url.path() {
            "/204" => res.send(StatusCode::NO_CONTENT),
            "/304" => res.send(StatusCode::NOT_MODIFIED),
            "/204-text" => res.send((StatusCode::NO_CONTENT, "not to be sent")),
            _ => res.send((StatusCode::NOT_MODIFIED, "not to be sent")),
        }
    }));
    let mut wire = served.connect().await;
    for (url, status) in [
        ("/204", 204),
        ("/304", 304),
        ("/204-text", 204),
        ("/304-text", 304),
    ] {
        wire.send(get(url)).await;
        let answer = wire.answer().await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-length"), None, "{url}");
        assert_eq!(answer.header("transfer-encoding"), None, "{url}");
    }
    served.server.close();
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_length_that_is_not_true_is_mended() {
    let served = serve(http::create_server(|req, mut res| async move {
        res.set_header("content-length", 1000);
        if req.url == "/" {
            res.send("hello");
        } else {
            res.end();
        }
    }));
    let mut wire = served.connect().await;
    for (url, length) in [("/", "5"), ("/empty", "0"), ("/", "5")] {
        wire.send(get(url)).await;
        assert_eq!(wire.answer().await.header("content-length"), Some(length));
    }
}

#[tokio::test]
async fn what_is_written_bit_by_bit_is_sent_bit_by_bit() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.set_header("x-a", "1");
            res.write("one");
            gate.pass().await;
            res.write("two");
            gate.pass().await;
            res.write("three");
            res.end()
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    let answer = wire.head().await;
    assert_eq!(answer.header("x-a"), Some("1"));
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    assert_eq!(wire.chunk().await.unwrap(), b"one");
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"two");
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"three");
    assert_eq!(wire.chunk().await.unwrap(), b"");
    wire.send(get("/")).await;
    assert_eq!(wire.head().await.status, 200);
}

#[tokio::test]
async fn flushed_headers_go_out_before_any_body() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.write_head(StatusCode::ACCEPTED, [("x-a", "1"), ("x-b", "2")]);
            gate.pass().await;
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    let answer = wire.head().await;
    assert_eq!(answer.status, 202);
    assert_eq!(answer.header("x-b"), Some("2"));
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"");
}

#[tokio::test]
async fn another_task_may_answer() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, mut res| {
        let gate = inside.clone();
        async move {
            tokio::spawn(async move {
                gate.pass().await;
                match req.url.path() {
                    "/whole" => drop(res.send("from afar")),
                    "/unended" => drop(res.write("from afar")),
                    "/parts" => {
                        res.write("from ").await.unwrap();
                        gate.pass().await;
                        res.write("afar");
                        res.end();
                    }
                    _ => {}
                }
            });
        }
    }));
    let mut wire = served.connect().await;
    for url in ["/whole", "/unended", "/parts"] {
        wire.send(get(url)).await;
        gate.reached().await;
        gate.open();
        if url == "/parts" {
            gate.reached().await;
            gate.open();
        }
        let answer = wire.answer().await;
        assert_eq!((answer.status, answer.text()), (200, "from afar"), "{url}");
    }
    wire.send(get("/nothing")).await;
    gate.reached().await;
    gate.open();
    assert_eq!(wire.answer().await.status, 404);
}

#[tokio::test]
async fn a_handler_may_go_on_after_its_answer() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        let gate = inside.clone();
        async move {
            res.send("answered");
            if req.url == "/on" {
                gate.pass().await;
                gate.pass().await;
            }
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/on")).await;
    assert_eq!(wire.answer().await.text(), "answered");
    gate.reached().await;
    // The connection is free for others, and the client may leave.
    wire.send(get("/")).await;
    assert_eq!(wire.answer().await.text(), "answered");
    drop(wire);
    gate.open();
    gate.reached().await;
    gate.open();
}

#[tokio::test]
async fn an_answer_of_many_parts_is_whole() {
    let served = serve(http::create_server(|_req, mut res| async move {
        for n in 0..10_000 {
            res.write(format!("{n:099}\n")).await?;
        }
        Ok::<_, Error>(res.end())
    }));
    let answer = served.get("/").await;
    assert!(answer.whole);
    assert_eq!(answer.body.len(), 1_000_000);
    for (n, line) in answer.text().lines().enumerate() {
        assert_eq!(line.parse::<usize>().unwrap(), n);
    }
}

#[tokio::test]
async fn a_status_below_200_is_a_500() {
    let server = http::create_server(|_req, mut res| async move {
        res.status_code = StatusCode::EARLY_HINTS;
        res.send("hello")
    });
    server.on(event::Error, |error| {
        assert!(error.message().starts_with("103 Early Hints"), "{error}");
    });
    let answer = serve(server).get("/").await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.detail(), "");
}

#[tokio::test]
async fn an_http_1_0_client_gets_a_body_until_the_end() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.write("one ");
            gate.pass().await;
            res.write("two");
            res.end()
        }
    }));
    let mut wire = served.connect().await;
    wire.send("GET / HTTP/1.0\r\n\r\n").await;
    gate.reached().await;
    gate.open();
    let answer = wire.answer().await;
    assert_eq!(answer.header("transfer-encoding"), None);
    assert_eq!(answer.text(), "one two");
}

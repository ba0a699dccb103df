//! Responses on the wire.

use onward::http;
use onward::prelude::*;
use tokio::sync::oneshot;

use crate::client::{get, serve, soon};
use crate::gate::Gate;

fn head(url: &str) -> String {
    format!("HEAD {url} HTTP/1.1\r\nhost: a\r\n\r\n")
}

#[tokio::test]
async fn head_responses_have_the_length_and_no_body() {
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
        let response = wire.head().await;
        assert_eq!(response.status, status);
        assert_eq!(response.header("content-length"), Some(length), "{url}");
    }
    // If the HEAD response had a body, it would precede this one.
    wire.send(get("/text")).await;
    assert_eq!(wire.response().await.text(), "hello");
}

#[tokio::test]
async fn a_head_request_ends_the_handler_of_a_streamed_response() {
    let (sender, dropped) = oneshot::channel::<()>();
    let sender = std::sync::Mutex::new(Some(sender));
    let served = serve(http::create_server(move |_req, mut res| {
        let alive = sender.lock().unwrap().take();
        async move {
            loop {
                res.write("more and more ").await?;
                tokio::task::yield_now().await;
                let _ = &alive;
            }
            #[expect(
                unreachable_code,
                reason = "this expression determines the type of the block"
            )]
            Ok::<(), Error>(())
        }
    }));
    let mut wire = served.connect().await;
    wire.send(head("/")).await;
    let response = wire.head().await;
    assert_eq!(
        (response.status, response.header("content-length")),
        (200, None)
    );
    soon("the end of the handler", dropped).await.unwrap_err();
}

#[tokio::test]
async fn no_content_and_not_modified_have_no_body() {
    let served = serve(http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/204-written" => {
                res.set_header("content-length", 14);
                res.status_code = StatusCode::NO_CONTENT;
                res.write("not to be sent");
                res.end()
            }
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
        ("/204-written", 204),
    ] {
        wire.send(get(url)).await;
        let response = wire.response().await;
        assert_eq!(response.status, status);
        assert_eq!(response.header("content-length"), None, "{url}");
        assert_eq!(response.header("transfer-encoding"), None, "{url}");
    }
    served.server.close();
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn each_write_is_sent_when_the_handler_waits() {
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
    let response = wire.head().await;
    assert_eq!(response.header("x-a"), Some("1"));
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
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
async fn flushed_headers_are_sent_before_any_body() {
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
    let response = wire.head().await;
    assert_eq!(response.status, 202);
    assert_eq!(response.header("x-b"), Some("2"));
    gate.open();
    assert_eq!(wire.chunk().await.unwrap(), b"");
}

#[tokio::test]
async fn another_task_can_send_the_response() {
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
    for url in ["/whole", "/parts"] {
        wire.send(get(url)).await;
        gate.reached().await;
        gate.open();
        if url == "/parts" {
            gate.reached().await;
            gate.open();
        }
        let response = wire.response().await;
        assert_eq!(
            (response.status, response.text()),
            (200, "from afar"),
            "{url}"
        );
    }
    // A task that returns looks like one that was aborted: it may have written only a part of the body.
    for (url, status) in [("/unended", 500), ("/nothing", 404)] {
        wire.send(get(url)).await;
        gate.reached().await;
        gate.open();
        assert_eq!(wire.response().await.status, status, "{url}");
    }
}

#[tokio::test]
async fn a_handler_continues_after_its_response() {
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        let gate = inside.clone();
        async move {
            res.send("sent");
            if req.url == "/on" {
                gate.pass().await;
                gate.pass().await;
            }
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/on")).await;
    assert_eq!(wire.response().await.text(), "sent");
    gate.reached().await;
    // The connection handles further requests, and the client may disconnect.
    wire.send(get("/")).await;
    assert_eq!(wire.response().await.text(), "sent");
    drop(wire);
    gate.open();
    gate.reached().await;
    gate.open();
}

#[tokio::test]
async fn a_response_of_many_writes_is_complete() {
    let served = serve(http::create_server(|_req, mut res| async move {
        for n in 0..10_000 {
            res.write(format!("{n:099}\n")).await?;
        }
        Ok::<_, Error>(res.end())
    }));
    let response = served.get("/").await;
    assert!(response.whole);
    assert_eq!(response.body.len(), 1_000_000);
    for (n, line) in response.text().lines().enumerate() {
        assert_eq!(line.parse::<usize>().unwrap(), n);
    }
}

#[tokio::test]
async fn an_informational_status_is_replaced_by_a_500() {
    let server = http::create_server(|_req, mut res| async move {
        res.status_code = StatusCode::EARLY_HINTS;
        res.send("hello")
    });
    server.on(event::Error, |error| {
        assert!(error.message().starts_with("103 Early Hints"), "{error}");
    });
    let response = serve(server).get("/").await;
    assert_eq!(response.status, 500);
    assert_eq!(response.detail(), "");
}

#[tokio::test]
async fn an_http_1_0_body_ends_with_the_connection() {
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
    let response = wire.response().await;
    assert_eq!(response.header("transfer-encoding"), None);
    assert_eq!(response.text(), "one two");
}

#[tokio::test]
async fn each_write_becomes_a_chunk() {
    let served = serve(http::create_server(|req, mut res| async move {
        if req.url == "/end" {
            return res.end_with("hello");
        }
        res.write("he");
        res.write("");
        res.write("ll");
        res.end_with("o")
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    let response = wire.head().await;
    assert_eq!(response.header("transfer-encoding"), Some("chunked"));
    assert_eq!(response.header("content-length"), None);
    for chunk in ["he", "ll", "o", ""] {
        assert_eq!(wire.chunk().await.unwrap(), chunk.as_bytes());
    }
    wire.send(get("/end")).await;
    let response = wire.response().await;
    assert_eq!(response.header("content-length"), Some("5"));
    assert_eq!(response.header("content-type"), None);
    assert_eq!(response.text(), "hello");
}

#[tokio::test]
async fn the_handler_can_replace_the_reason_phrase() {
    let served = serve(http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/fine" => res.status_message = Some("Fine".into()),
            "/599" => res.status_code = StatusCode::from_u16(599)?,
            "/split" => res.status_message = Some("a\r\nx: y".into()),
            _ => {}
        }
        if req.url.query_string().is_some() {
            res.write("hello");
        }
        Ok::<_, Error>(res.end())
    }));
    let mut wire = served.connect().await;
    for (url, line) in [
        ("/", "HTTP/1.1 200 OK"),
        ("/fine", "HTTP/1.1 200 Fine"),
        ("/fine?written", "HTTP/1.1 200 Fine"),
        ("/599", "HTTP/1.1 599 unknown"),
        ("/split", "HTTP/1.1 500 Internal Server Error"),
        ("/split?written", "HTTP/1.1 500 Internal Server Error"),
    ] {
        wire.send(get(url)).await;
        let response = wire.response().await;
        assert_eq!(response.head.lines().next(), Some(line), "{url}");
        assert_eq!(response.header("x"), None);
    }
}

#[tokio::test]
async fn an_error_response_has_the_standard_reason_phrase() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.status_message = Some("Fine".into());
        res.set_header("x-a", "1");
        Err::<(), _>(Error::not_found())
    }));
    let response = served.get("/").await;
    assert!(
        response.head.starts_with("HTTP/1.1 404 Not Found\r\n"),
        "{}",
        response.head
    );
}

#[tokio::test]
async fn trailers_are_sent_to_clients_that_accept_them() {
    let served = serve(http::create_server(|req, mut res| async move {
        match req.url.path() {
            "/whole" => {}
            "/written" => {
                res.write("he");
            }
            _ => {
                res.set_header("trailer", "X-Sum, x-other");
                res.write("he").await?;
                tokio::task::yield_now().await;
            }
        }
        res.add_trailers([("x-sum", "5"), ("x-other", "1")]);
        Ok::<_, Error>(res.end_with("llo"))
    }));
    let mut wire = served.connect().await;
    for url in ["/whole", "/written", "/early"] {
        wire.send(format!(
            "GET {url} HTTP/1.1\r\nhost: a\r\nte: trailers\r\n\r\n"
        ))
        .await;
        let response = wire.head().await;
        assert_eq!(response.header("transfer-encoding"), Some("chunked"));
        let named = response.header("trailer").unwrap().to_ascii_lowercase();
        assert_eq!(named, "x-sum, x-other", "{url}");
        assert_eq!(
            wire.after("0\r\n").await,
            "x-sum: 5\r\nx-other: 1\r\n\r\n",
            "{url}"
        );
        wire.send(get(url)).await;
        wire.head().await;
        assert_eq!(wire.after("0\r\n").await, "\r\n", "{url}");
    }
}

#[tokio::test]
async fn an_error_response_has_no_trailers() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.write("half");
        res.add_trailers([("x-sum", "5")]);
        Err::<(), _>(Error::bad_request("no"))
    }));
    let response = served.get("/").await;
    assert_eq!((response.status, response.header("trailer")), (400, None));
    assert_eq!(response.detail(), "no");
}

#[tokio::test]
async fn a_header_can_have_several_values() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.set_header("set-cookie", "old=1");
        res.set_header("Set-Cookie", ["a=1", "b=2"]);
        res.append_header("set-cookie", "c=3");
        res.set_header("x-l", vec![7, 8]);
        res.set_header("x-none", "1");
        res.set_header("x-none", [""; 0]);
        res.end_with("x")
    }));
    let response = served.get("/").await;
    let (head, _) = response.head.split_once("content-length").unwrap();
    let headers: Vec<_> = head.lines().skip(1).collect();
    assert_eq!(
        headers,
        [
            "set-cookie: a=1",
            "set-cookie: b=2",
            "set-cookie: c=3",
            "x-l: 7",
            "x-l: 8"
        ]
    );
}

#[tokio::test]
async fn invalid_early_hints_are_a_500() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.write_early_hints([("link", "a\r\nb: c")]);
        res.send("hello")
    }));
    assert_eq!(served.get("/").await.status, 500);
}

const TEXT: &str = "text/plain; charset=utf-8";

#[tokio::test]
async fn large_and_small_responses_share_a_connection() {
    let served = serve(http::create_server(|req, res| async move {
        let length: usize = req.url.query("length")?;
        Ok::<_, Error>(res.send("x".repeat(length)))
    }));
    let mut wire = served.connect().await;
    let lengths = [5, 1 << 20, 7, 0, 1 << 14, (1 << 14) - 100, 1 << 21, 3];
    for length in lengths {
        wire.send(get(&format!("/?length={length}"))).await;
        let response = wire.response().await;
        assert_eq!(response.text().len(), length);
        assert_eq!(response.header("content-type"), Some(TEXT));
    }
    // The same requests are sent again, pipelined.
    let requests = lengths.map(|length| get(&format!("/?length={length}")));
    wire.send(requests.concat()).await;
    for length in lengths {
        let response = wire.response().await;
        assert_eq!(response.text().len(), length);
        assert_eq!(response.header("content-type"), Some(TEXT));
    }
}

#[tokio::test]
async fn each_response_has_its_own_content_type_once() {
    let served = serve(http::create_server(|req, mut res| async move {
        let body = req.body.text().await?;
        Ok::<_, Error>(match req.url.path() {
            "/own" => {
                res.set_header("Content-Type", "text/csv");
                res.send(body)
            }
            "/headers" => {
                res.set_header("x-a", "1");
                res.send(Json([7]))
            }
            "/undated" => {
                res.send_date = false;
                res.send(Html("x".repeat(20_000)))
            }
            "/trailers" => {
                res.add_trailers([("x-b", "2")]);
                res.send(Json([7]))
            }
            "/none" => res.end_with("x"),
            "/error" => return Err(Error::bad_request("no")),
            "/nothing" => res.send((StatusCode::NO_CONTENT, "x")),
            _ => res.send(body.into_bytes()),
        })
    }));
    let types = [
        ("/", Some("application/octet-stream")),
        ("/own", Some("text/csv")),
        ("/headers", Some("application/json")),
        ("/none", None),
        ("/undated", Some("text/html; charset=utf-8")),
        ("/error", Some("application/problem+json")),
        ("/nothing", Some(TEXT)),
        ("/none", None),
    ];
    let expects = "expect: 100-continue\r\ncontent-length: 4\r\n";
    for (fields, body) in [
        ("", ""),
        ("content-length: 4\r\n", "text"),
        (expects, "text"),
    ] {
        let mut wire = served.connect().await;
        for (url, content_type) in types {
            let fields = format!("content-type: text/plain\r\n{fields}");
            wire.send(format!("POST {url} HTTP/1.1\r\nhost: a\r\n{fields}\r\n"))
                .await;
            if fields.contains("expect") {
                assert_eq!(wire.head().await.head, "HTTP/1.1 100 Continue\r\n\r\n");
            }
            wire.send(body).await;
            let response = match url {
                "/nothing" => wire.head().await,
                _ => wire.response().await,
            };
            assert_eq!(response.header("content-type"), content_type, "{url}");
            let named = response.head.to_ascii_lowercase();
            assert_eq!(
                named.matches("content-type").count(),
                content_type.iter().count()
            );
            assert_eq!(response.header("date").is_some(), url != "/undated");
        }
    }
    let mut wire = served.connect().await;
    wire.send("GET /trailers HTTP/1.1\r\nhost: a\r\nte: trailers\r\n\r\n")
        .await;
    let response = wire.head().await;
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert_eq!(wire.after("0\r\n").await, "x-b: 2\r\n\r\n");
}

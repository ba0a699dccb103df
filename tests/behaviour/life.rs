//! The events of a request and its response, from the first byte of the body to the end of both.

use std::sync::{Arc, Mutex};

use onward::http;
use onward::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::client::{get, post, serve, soon};
use crate::gate::Gate;

#[derive(Clone)]
struct Recorder(UnboundedSender<String>);

struct Recorded(UnboundedReceiver<String>);

fn recorder() -> (Recorder, Recorded) {
    let (recorder, recorded) = unbounded_channel();
    (Recorder(recorder), Recorded(recorded))
}

impl Recorder {
    fn record(&self, what: impl Into<String>) {
        // The receiver is dropped at the end of the test.
        let _ = self.0.send(what.into());
    }

    fn follow(&self, req: &Request, res: &Response) {
        let recorder = self.clone();
        req.on(event::Data, move |chunk| {
            recorder.record(format!("data {}", chunk.len()))
        });
        let recorder = self.clone();
        req.on(event::End, move |()| recorder.record("end"));
        let recorder = self.clone();
        req.on(event::Aborted, move |()| recorder.record("aborted"));
        let recorder = self.clone();
        req.on(event::Error, move |error| {
            recorder.record(format!("error {}", error.message()))
        });
        let recorder = self.clone();
        req.on(event::Close, move |()| recorder.record("close"));
        let recorder = self.clone();
        res.on(event::Drain, move |()| recorder.record("res drain"));
        let recorder = self.clone();
        res.on(event::Finish, move |()| recorder.record("res finish"));
        let recorder = self.clone();
        res.on(event::Close, move |()| recorder.record("res close"));
    }
}

impl Recorded {
    async fn next(&mut self) -> String {
        soon("an event", self.0.recv()).await.unwrap()
    }

    async fn expect<const N: usize>(&mut self, events: [&str; N]) {
        for event in events {
            assert_eq!(self.next().await, event);
        }
    }

    fn is_empty(&mut self) -> bool {
        self.0.try_recv().is_err()
    }
}

#[tokio::test]
async fn a_request_without_a_body_ends_with_its_response() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, mut res| {
        recorder.follow(&req, &res);
        async move {
            match req.url.path() {
                "/written" => {
                    res.write("hel");
                    res.end_with("lo")
                }
                "/204" => res.send(StatusCode::NO_CONTENT),
                _ => res.send("hello"),
            }
        }
    }));
    let mut wire = served.connect().await;
    for url in ["/", "/written", "/204"] {
        wire.send(get(url)).await;
        wire.response().await;
        recorded
            .expect(["res finish", "res close", "end", "close"])
            .await;
        wire.send(get(url).replace("GET", "HEAD")).await;
        wire.head().await;
        recorded
            .expect(["res finish", "res close", "end", "close"])
            .await;
    }
    drop(wire);
    served.server.close();
    served.closed().await;
    assert!(recorded.is_empty());
}

#[tokio::test]
async fn events_do_not_depend_on_when_the_body_arrives() {
    let (recorder, mut recorded) = recorder();
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        recorder.follow(&req, &res);
        let gate = inside.clone();
        async move {
            gate.pass().await;
            assert!(!req.complete());
            match req.url.path() {
                "/read" => Ok(res.send(req.body.text().await?)),
                "/kept" => {
                    let sent = res.send("hello");
                    drop(req.body);
                    Ok::<_, Error>(sent)
                }
                _ => Ok(res.send("hello")),
            }
        }
    }));
    let mut wire = served.connect().await;
    for (url, events) in [
        (
            "/read",
            ["data 5", "end", "res finish", "res close", "close"].as_slice(),
        ),
        ("/kept", &["res finish", "res close", "end", "close"]),
        ("/", &["res finish", "res close", "end", "close"]),
    ] {
        let request = post(url, "text/plain", "hello");
        let (head, body) = request.split_at(request.len() - 5);
        // The body arrives in three ways: together with its head, after it, and chunked.
        let chunked = head.replace("content-length: 5", "transfer-encoding: chunked");
        for (first, second) in [
            (request.as_str(), ""),
            (head, body),
            (chunked.as_str(), "5\r\nhello\r\n0\r\n\r\n"),
        ] {
            wire.send(first).await;
            gate.reached().await;
            wire.send(second).await;
            gate.open();
            assert_eq!(wire.response().await.text(), "hello");
            for event in events {
                assert_eq!(recorded.next().await, *event, "{url} {first:?}");
            }
            assert!(recorded.is_empty());
        }
    }
}

#[tokio::test]
async fn data_is_emitted_as_the_body_is_read() {
    let (recorder, mut recorded) = recorder();
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        recorder.follow(&req, &res);
        let gate = inside.clone();
        async move {
            let mut body = req.body;
            while let Some(chunk) = body.next().await? {
                assert_eq!(chunk.len(), 3);
                gate.pass().await;
            }
            Ok::<_, Error>(res.end())
        }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 6\r\n\r\nabc")
        .await;
    gate.reached().await;
    recorded.expect(["data 3"]).await;
    gate.open();
    wire.send("def").await;
    gate.reached().await;
    recorded.expect(["data 3"]).await;
    assert!(recorded.is_empty());
    gate.open();
    assert_eq!(wire.response().await.status, 200);
    recorded
        .expect(["end", "res finish", "res close", "close"])
        .await;
}

#[tokio::test]
async fn an_unread_body_is_discarded() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, res| {
        recorder.follow(&req, &res);
        async move { res.send(req.url.to_string()) }
    }));
    let mut wire = served.connect().await;
    let body = "x".repeat(100_000);
    for head in [
        "content-length: 200000\r\n\r\n",
        "transfer-encoding: chunked\r\n\r\n30d40\r\n",
    ] {
        wire.send(format!("POST /1 HTTP/1.1\r\nhost: a\r\n{head}"))
            .await;
        let response = wire.response().await;
        assert_eq!(
            (response.text(), response.header("connection")),
            ("/1", None)
        );
        recorded.expect(["res finish", "res close"]).await;
        wire.send(&body).await;
        assert!(recorded.is_empty());
        wire.send(&body).await;
        if head.contains("chunked") {
            wire.send("\r\n0\r\n\r\n").await;
        }
        recorded.expect(["end", "close"]).await;
        wire.send(get("/2")).await;
        assert_eq!(wire.response().await.text(), "/2");
        recorded
            .expect(["res finish", "res close", "end", "close"])
            .await;
    }
}

#[tokio::test]
async fn a_long_unread_body_closes_the_connection() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, res| {
        recorder.follow(&req, &res);
        async move { res.send("hello") }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 300000\r\n\r\n")
        .await;
    let response = wire.response().await;
    assert_eq!(
        (response.text(), response.header("connection")),
        ("hello", Some("close"))
    );
    recorded.expect(["res finish", "res close", "close"]).await;
    wire.finish().await;
    assert!(wire.rest().await.is_empty());

    // The length of a chunked body is not known in advance.
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n493e0\r\n")
        .await;
    assert_eq!(wire.response().await.header("connection"), None);
    wire.send("x".repeat(300_000)).await;
    wire.finish().await;
    assert!(wire.rest().await.is_empty());
    recorded.expect(["res finish", "res close", "close"]).await;
}

#[tokio::test]
async fn a_response_before_100_continue_closes_the_connection() {
    let served = serve(http::create_server(|_req, res| async move {
        res.send(StatusCode::UNAUTHORIZED)
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n")
        .await;
    let response = wire.response().await;
    assert_eq!(
        (response.status, response.header("connection")),
        (401, Some("close"))
    );
    wire.finish().await;
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_body_can_be_read_after_the_response() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, res| {
        let recorder = recorder.clone();
        async move {
            res.send("the response");
            recorder.record(req.body.text().await.unwrap());
        }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n")
        .await;
    assert_eq!(wire.response().await.text(), "the response");
    wire.send("hello").await;
    recorded.expect(["hello"]).await;
}

#[tokio::test]
async fn a_client_that_disconnects_aborts_its_request() {
    let (recorder, mut recorded) = recorder();
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, mut res| {
        recorder.follow(&req, &res);
        let gate = inside.clone();
        async move {
            if req.url == "/begun" {
                res.write("the beginning");
            }
            gate.pass().await;
            res.send("the gate stays closed")
        }
    }));
    for url in ["/", "/begun"] {
        let mut wire = served.connect().await;
        wire.send(get(url)).await;
        gate.reached().await;
        drop(wire);
        recorded
            .expect([
                "aborted",
                "error the client has disconnected",
                "close",
                "res close",
            ])
            .await;
    }
    assert!(recorded.is_empty());
}

#[tokio::test]
async fn an_invalid_chunk_aborts_its_request() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, res| {
        recorder.follow(&req, &res);
        let recorder = recorder.clone();
        async move {
            let mut body = req.body;
            let error = loop {
                if let Err(error) = body.next().await {
                    break error;
                }
            };
            // Later reads fail in the same way.
            let again = body.next().await.unwrap_err();
            assert_eq!(again.message(), error.message());
            assert_eq!(body.bytes().await.unwrap_err().message(), error.message());
            recorder.record("tried");
            Err::<(), _>(error)
        }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n")
        .await;
    recorded.expect(["data 2"]).await;
    wire.send("zz\r\n").await;
    let response = wire.response().await;
    assert_eq!(
        (response.status, &*response.detail()),
        (
            400,
            "the framing or the trailers of the request body are invalid"
        )
    );
    assert_eq!(response.header("connection"), Some("close"));
    recorded
        .expect([
            "aborted",
            "error the framing or the trailers of the request body are invalid",
            "tried",
        ])
        .await;
    recorded.expect(["res finish", "res close", "close"]).await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_an_error_but_not_aborted() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, res| {
        recorder.follow(&req, &res);
        async move { Ok::<_, Error>(res.send(req.body.limit(4).text().await?)) }
    }));
    let mut wire = served.connect().await;
    wire.send(post("/", "text/plain", "hello")).await;
    assert_eq!(wire.response().await.status, 413);
    recorded
        .expect(["error the request body exceeds the limit of 4 bytes"])
        .await;
    recorded
        .expect(["res finish", "res close", "end", "close"])
        .await;
}

#[tokio::test]
async fn drain_is_emitted_when_the_buffer_was_sent() {
    const SIZE: usize = 8 << 20;
    let (recorder, mut recorded) = recorder();
    let response = Arc::new(Mutex::new(None::<Response>));
    let inside = Arc::clone(&response);
    let served = serve(http::create_server(move |_req, mut res| {
        let kept = Arc::clone(&inside);
        let recorder = recorder.clone();
        async move {
            res.write(vec![7; SIZE / 2]);
            res.write(vec![7; SIZE / 2]);
            assert!(res.writable_need_drain());
            assert_eq!(res.writable_length(), SIZE);
            res.once(event::Drain, {
                let kept = Arc::clone(&kept);
                move |()| {
                    let res = kept.lock().unwrap().take().unwrap();
                    assert!(!res.writable_need_drain());
                    recorder.record("drain");
                    res.end_with("that is all");
                }
            });
            *kept.lock().unwrap() = Some(res);
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    let response = wire.response().await;
    assert!(response.whole);
    assert_eq!(response.body.len(), SIZE + 11);
    recorded.expect(["drain"]).await;
}

#[tokio::test]
async fn a_listener_receives_the_events_of_its_own_request_only() {
    let (recorder, mut recorded) = recorder();
    let served = serve(http::create_server(move |req, res| {
        if req.url == "/first" {
            recorder.follow(&req, &res);
        }
        async move { res.send("hello") }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/first")).await;
    wire.response().await;
    recorded
        .expect(["res finish", "res close", "end", "close"])
        .await;
    wire.send(get("/second")).await;
    wire.response().await;
    drop(wire);
    served.server.close();
    served.closed().await;
    assert!(recorded.is_empty());
}

#[tokio::test]
async fn trailers_are_available_after_the_body() {
    let served = serve(http::create_server(|mut req, res| async move {
        assert!(!req.complete());
        while req.body.next().await?.is_some() {
            assert!(req.body.trailers().is_empty());
        }
        assert!(req.complete());
        let sum = req.body.trailers()["x-sum"].to_str()?.to_owned();
        Ok::<_, Error>(res.send(sum))
    }));
    let request = "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let response = served
        .ask(&format!("{request}2\r\nhi\r\n0\r\nX-Sum: 17\r\n\r\n"))
        .await;
    assert_eq!(response.text(), "17");
}

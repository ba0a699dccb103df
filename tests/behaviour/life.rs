//! What a request and its answer tell, from the first byte of a body to the end of both.

use std::sync::{Arc, Mutex};

use onward::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::client::{get, post, serve, soon};
use crate::gate::Gate;

#[derive(Clone)]
struct Tell(UnboundedSender<String>);

struct Told(UnboundedReceiver<String>);

fn tell() -> (Tell, Told) {
    let (tell, told) = unbounded_channel();
    (Tell(tell), Told(told))
}

impl Tell {
    fn tell(&self, what: impl Into<String>) {
        // A test that has seen enough has dropped its end.
        let _ = self.0.send(what.into());
    }

    fn follow(&self, req: &Request, res: &Response) {
        let tell = self.clone();
        req.on(event::Data, move |chunk| {
            tell.tell(format!("data {}", chunk.len()))
        });
        let tell = self.clone();
        req.on(event::End, move |()| tell.tell("end"));
        let tell = self.clone();
        req.on(event::Aborted, move |()| tell.tell("aborted"));
        let tell = self.clone();
        req.on(event::Error, move |error| {
            tell.tell(format!("error {}", error.message()))
        });
        let tell = self.clone();
        req.on(event::Close, move |()| tell.tell("close"));
        let tell = self.clone();
        res.on(event::Drain, move |()| tell.tell("res drain"));
        let tell = self.clone();
        res.on(event::Finish, move |()| tell.tell("res finish"));
        let tell = self.clone();
        res.on(event::Close, move |()| tell.tell("res close"));
    }
}

impl Told {
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
async fn a_request_ends_when_it_is_answered() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, mut res| {
        tell.follow(&req, &res);
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
        wire.answer().await;
        told.expect(["res finish", "res close", "end", "close"])
            .await;
        wire.send(get(url).replace("GET", "HEAD")).await;
        wire.head().await;
        told.expect(["res finish", "res close", "end", "close"])
            .await;
    }
    drop(wire);
    served.server.close();
    served.closed().await;
    assert!(told.is_empty());
}

/// A body may come with its head, or behind it: nobody can tell by what follows.
#[tokio::test]
async fn a_body_that_comes_with_its_head_is_told_as_any_other() {
    let (tell, mut told) = tell();
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        tell.follow(&req, &res);
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
        // With its head, behind it, and chunked.
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
            assert_eq!(wire.answer().await.text(), "hello");
            for event in events {
                assert_eq!(told.next().await, *event, "{url} {first:?}");
            }
            assert!(told.is_empty());
        }
    }
}

#[tokio::test]
async fn a_body_is_told_as_it_is_read() {
    let (tell, mut told) = tell();
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, res| {
        tell.follow(&req, &res);
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
    told.expect(["data 3"]).await;
    gate.open();
    wire.send("def").await;
    gate.reached().await;
    told.expect(["data 3"]).await;
    assert!(told.is_empty());
    gate.open();
    assert_eq!(wire.answer().await.status, 200);
    told.expect(["end", "res finish", "res close", "close"])
        .await;
}

#[tokio::test]
async fn what_is_not_read_of_a_body_is_thrown_away() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, res| {
        tell.follow(&req, &res);
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
        let answer = wire.answer().await;
        assert_eq!((answer.text(), answer.header("connection")), ("/1", None));
        told.expect(["res finish", "res close"]).await;
        wire.send(&body).await;
        assert!(told.is_empty());
        wire.send(&body).await;
        if head.contains("chunked") {
            wire.send("\r\n0\r\n\r\n").await;
        }
        told.expect(["end", "close"]).await;
        wire.send(get("/2")).await;
        assert_eq!(wire.answer().await.text(), "/2");
        told.expect(["res finish", "res close", "end", "close"])
            .await;
    }
}

#[tokio::test]
async fn a_connection_is_not_kept_for_a_body_that_is_too_long_to_throw_away() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, res| {
        tell.follow(&req, &res);
        async move { res.send("hello") }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 300000\r\n\r\n")
        .await;
    let answer = wire.answer().await;
    assert_eq!(
        (answer.text(), answer.header("connection")),
        ("hello", Some("close"))
    );
    told.expect(["res finish", "res close", "close"]).await;
    wire.finish().await;
    assert!(wire.rest().await.is_empty());

    // Of a chunked one nobody knows before.
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n493e0\r\n")
        .await;
    assert_eq!(wire.answer().await.header("connection"), None);
    wire.send("x".repeat(300_000)).await;
    wire.finish().await;
    assert!(wire.rest().await.is_empty());
    told.expect(["res finish", "res close", "close"]).await;
}

#[tokio::test]
async fn a_client_that_still_waits_to_send_its_body_is_not_waited_for() {
    let served = serve(http::create_server(|_req, res| async move {
        res.send(StatusCode::UNAUTHORIZED)
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nexpect: 100-continue\r\n\r\n")
        .await;
    let answer = wire.answer().await;
    assert_eq!(
        (answer.status, answer.header("connection")),
        (401, Some("close"))
    );
    wire.finish().await;
    assert!(wire.rest().await.is_empty());
}

#[tokio::test]
async fn a_body_may_be_read_behind_the_answer() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, res| {
        let tell = tell.clone();
        async move {
            res.send("first the answer");
            tell.tell(req.body.text().await.unwrap());
        }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n")
        .await;
    assert_eq!(wire.answer().await.text(), "first the answer");
    wire.send("hello").await;
    told.expect(["hello"]).await;
}

#[tokio::test]
async fn a_client_that_leaves_aborts_its_request() {
    let (tell, mut told) = tell();
    let gate = Gate::default();
    let inside = gate.clone();
    let served = serve(http::create_server(move |req, mut res| {
        tell.follow(&req, &res);
        let gate = inside.clone();
        async move {
            if req.url == "/begun" {
                res.write("the beginning");
            }
            gate.pass().await;
            res.send("nobody opens the gate")
        }
    }));
    for url in ["/", "/begun"] {
        let mut wire = served.connect().await;
        wire.send(get(url)).await;
        gate.reached().await;
        drop(wire);
        told.expect([
            "aborted",
            "error the client has disconnected",
            "close",
            "res close",
        ])
        .await;
    }
    assert!(told.is_empty());
}

#[tokio::test]
async fn a_body_that_breaks_off_aborts_its_request() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, res| {
        tell.follow(&req, &res);
        let tell = tell.clone();
        async move {
            let mut body = req.body;
            let error = loop {
                if let Err(error) = body.next().await {
                    break error;
                }
            };
            // It stays so: nobody takes what came for the whole.
            let again = body.next().await.unwrap_err();
            assert_eq!(again.message(), error.message());
            assert_eq!(body.bytes().await.unwrap_err().message(), error.message());
            tell.tell("tried");
            Err::<(), _>(error)
        }
    }));
    let mut wire = served.connect().await;
    wire.send("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n")
        .await;
    told.expect(["data 2"]).await;
    wire.send("zz\r\n").await;
    let answer = wire.answer().await;
    assert_eq!(
        (answer.status, &*answer.detail()),
        (400, "the request body is not valid HTTP")
    );
    assert_eq!(answer.header("connection"), Some("close"));
    told.expect([
        "aborted",
        "error the request body is not valid HTTP",
        "tried",
    ])
    .await;
    told.expect(["res finish", "res close", "close"]).await;
}

#[tokio::test]
async fn a_body_that_is_too_long_is_an_error_and_no_abortion() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, res| {
        tell.follow(&req, &res);
        async move { Ok::<_, Error>(res.send(req.body.limit(4).text().await?)) }
    }));
    let mut wire = served.connect().await;
    wire.send(post("/", "text/plain", "hello")).await;
    assert_eq!(wire.answer().await.status, 413);
    told.expect(["error the request body exceeds the limit of 4 bytes"])
        .await;
    told.expect(["res finish", "res close", "end", "close"])
        .await;
}

#[tokio::test]
async fn a_writer_that_does_not_wait_hears_when_there_is_room() {
    const SIZE: usize = 8 << 20;
    let (tell, mut told) = tell();
    let response = Arc::new(Mutex::new(None::<Response>));
    let inside = Arc::clone(&response);
    let served = serve(http::create_server(move |_req, mut res| {
        let kept = Arc::clone(&inside);
        let tell = tell.clone();
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
                    tell.tell("drain");
                    res.end_with("that is all");
                }
            });
            *kept.lock().unwrap() = Some(res);
        }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/")).await;
    let answer = wire.answer().await;
    assert!(answer.whole);
    assert_eq!(answer.body.len(), SIZE + 11);
    told.expect(["drain"]).await;
}

#[tokio::test]
async fn a_listener_hears_of_its_own_request_alone() {
    let (tell, mut told) = tell();
    let served = serve(http::create_server(move |req, res| {
        if req.url == "/first" {
            tell.follow(&req, &res);
        }
        async move { res.send("hello") }
    }));
    let mut wire = served.connect().await;
    wire.send(get("/first")).await;
    wire.answer().await;
    told.expect(["res finish", "res close", "end", "close"])
        .await;
    wire.send(get("/second")).await;
    wire.answer().await;
    drop(wire);
    served.server.close();
    served.closed().await;
    assert!(told.is_empty());
}

#[tokio::test]
async fn trailers_of_a_body_are_there_behind_it() {
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
    let answer = served
        .ask(&format!("{request}2\r\nhi\r\n0\r\nX-Sum: 17\r\n\r\n"))
        .await;
    assert_eq!(answer.text(), "17");
}

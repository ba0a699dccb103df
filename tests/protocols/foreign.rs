//! Responses with the body of another crate, and requests that another crate received.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::Full;
use onward::http;
use onward::prelude::*;
use tokio::sync::mpsc;

use crate::client::{Protocol, ask, get, post};
use crate::over_both;
use crate::server::{AddOnDrop, Counter, serve, soon};

/// The result of polling a body once.
enum Step {
    Data(&'static str),
    Trailers,
    Fail,
    Panic,
}

/// A body that performs its steps. It counts how often it is polled and dropped.
struct Script {
    steps: VecDeque<Step>,
    size: Option<u64>,
    polls: Counter,
    _dropped: AddOnDrop,
}

impl HttpBody for Script {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.polls.add();
        Poll::Ready(self.steps.pop_front().map(|step| match step {
            Step::Data(text) => Ok(Frame::data(Bytes::from(text))),
            Step::Trailers => {
                let mut trailers = http::HeaderMap::new();
                trailers.insert("x-sum", http::HeaderValue::from_static("5"));
                Ok(Frame::trailers(trailers))
            }
            Step::Fail => Err(io::Error::other("the disk is on fire")),
            Step::Panic => panic!("on purpose"),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        self.size.map_or(SizeHint::default(), SizeHint::with_exact)
    }
}

#[derive(Clone, Default)]
struct Counts {
    polls: Counter,
    dropped: Counter,
}

impl Counts {
    fn body(&self, size: Option<u64>, steps: impl IntoIterator<Item = Step>) -> Script {
        Script {
            steps: steps.into_iter().collect(),
            size,
            polls: self.polls.clone(),
            _dropped: self.dropped.on_drop(),
        }
    }
}

async fn script(req: Request, mut res: Response, counts: Counts) -> Sent {
    use Step::{Data, Fail, Panic, Trailers};
    match req.url.path() {
        "/exact" => res.end_body(counts.body(Some(5), [Data("he"), Data("llo")])),
        "/unknown" => res.end_body(counts.body(None, [Data("he"), Data(""), Data("llo")])),
        "/empty" => res.end_body(counts.body(Some(0), [])),
        "/full" => res.end_body(Full::from("hello")),
        "/full-empty" => res.end_body(Full::from("")),
        "/trailers" => res.end_body(counts.body(None, [Data("hello"), Trailers])),
        "/exact-trailers" => res.end_body(counts.body(Some(5), [Data("hello"), Trailers])),
        "/fails" => res.end_body(counts.body(None, [Data("hello"), Fail])),
        "/panics" => res.end_body(counts.body(None, [Data("hello"), Panic])),
        "/short" => res.end_body(counts.body(Some(9), [Data("hello")])),
        "/long" => res.end_body(counts.body(Some(3), [Data("hello")])),
        "/status" => {
            let code = req.url.query("code").unwrap();
            res.status_code = StatusCode::from_u16(code).unwrap();
            res.end_body(counts.body(Some(5), [Data("hello")]))
        }
        "/declared" => {
            res.set_header("content-length", 9);
            res.end_body(counts.body(Some(5), [Data("hello")]))
        }
        "/begun" => {
            res.write("oh, ").await.unwrap();
            res.end_body(counts.body(Some(5), [Data("hello")]))
        }
        "/idle" => {
            let steps = (0..10_000).map(|_| Data(""));
            res.end_body(counts.body(None, steps.chain([Data("hello")])))
        }
        _ => res.send(StatusCode::NOT_FOUND),
    }
}

fn server(counts: &Counts) -> http::Server {
    let counts = counts.clone();
    http::create_server(move |req, res| script(req, res, counts.clone()))
}

async fn a_foreign_body_is_framed_by_its_size(protocol: Protocol) {
    let counts = Counts::default();
    let served = serve(server(&counts));
    let mut client = served.connect(protocol).await;
    for (path, length, text) in [
        ("/exact", Some("5"), "hello"),
        ("/unknown", None, "hello"),
        ("/empty", Some("0"), ""),
        ("/full", Some("5"), "hello"),
        ("/full-empty", Some("0"), ""),
        ("/trailers", None, "hello"),
        ("/exact-trailers", Some("5"), "hello"),
        ("/begun", None, "oh, hello"),
        ("/idle", None, "hello"),
    ] {
        let answer = client.ask(get(path)).await;
        assert_eq!(answer.header("content-length"), length, "{path}");
        assert_eq!((answer.text(), answer.is_whole), (text, true), "{path}");
    }
    counts.dropped.reaches(7).await;
}

async fn trailers_of_a_foreign_body_are_sent_to_clients_that_accept_them(protocol: Protocol) {
    let served = serve(server(&Counts::default()));
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/trailers").header("te", "trailers")).await;
    assert_eq!((answer.text(), answer.is_whole), ("hello", true));
    assert_eq!(answer.trailers["x-sum"], "5");
    let answer = client
        .ask(get("/exact-trailers").header("te", "trailers"))
        .await;
    // HTTP/1 cannot send trailers with a `content-length`.
    assert_eq!(
        answer.trailers.len(),
        usize::from(protocol == Protocol::Http2)
    );
    assert_eq!(client.ask(get("/full")).await.text(), "hello");
}

async fn a_body_that_is_not_sent_is_not_polled(protocol: Protocol) {
    let counts = Counts::default();
    let served = serve(server(&counts));
    let mut client = served.connect(protocol).await;
    for (number, (path, length)) in [
        ("/exact", Some("5")),
        ("/empty", None),
        ("/unknown", None),
        ("/status?code=204", None),
        ("/status?code=304", Some("5")),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = client.ask(ask("HEAD", path)).await;
        assert!(answer.body.is_empty() && answer.is_whole, "{path}");
        assert_eq!(answer.header("content-length"), length, "{path}");
        counts.dropped.reaches(number + 1).await;
    }
    for code in [204, 205, 304] {
        let answer = client.ask(get(&format!("/status?code={code}"))).await;
        assert!(answer.body.is_empty() && answer.is_whole, "{code}");
    }
    counts.dropped.reaches(8).await;
    assert_eq!(counts.polls.get(), 0);
    assert_eq!(client.ask(get("/full")).await.text(), "hello");
}

async fn a_body_that_fails_is_visibly_truncated(protocol: Protocol) {
    let counts = Counts::default();
    let server = server(&counts);
    let (errors, mut reported) = mpsc::unbounded_channel();
    server.on(event::Error, move |error| {
        errors.send(error.to_string()).unwrap();
    });
    let served = serve(server);
    for (path, cause) in [
        ("/fails", "the disk is on fire"),
        ("/panics", "on purpose"),
        (
            "/short",
            "content-length is 9 but the response body has 5 bytes",
        ),
        (
            "/long",
            "content-length is 3 but the response body has 5 bytes",
        ),
    ] {
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&get(path), false).await;
        if let Some(head) = call.head().await {
            assert!(!call.rest(head).await.is_whole, "{path}");
        }
        let error = soon("the report", reported.recv()).await.unwrap();
        assert!(error.contains(cause), "{path}: {error}");
    }
    let mut client = served.connect(protocol).await;
    assert_eq!(client.ask(get("/declared")).await.status, 500);
    let error = soon("the report", reported.recv()).await.unwrap();
    assert!(error.contains("content-length is 9"), "{error}");
    assert!(reported.try_recv().is_err());
    counts.dropped.reaches(5).await;
}

/// A body without an end. Its parts are ready immediately, or never if `part` is empty.
struct Endless {
    part: &'static [u8],
    polls: Counter,
    _dropped: AddOnDrop,
}

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.polls.add();
        match self.part.is_empty() {
            true => Poll::Pending,
            false => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(self.part))))),
        }
    }
}

async fn a_client_that_disconnects_drops_the_body(protocol: Protocol) {
    static PART: [u8; 16 << 10] = [b'x'; 16 << 10];
    let counts = Counts::default();
    let inside = counts.clone();
    let server = http::create_server(move |req: Request, res: Response| {
        let body = Endless {
            part: if req.url == "/ready" { &PART } else { &[] },
            polls: inside.polls.clone(),
            _dropped: inside.dropped.on_drop(),
        };
        async move { res.end_body(body) }
    });
    let served = serve(server);
    for (number, path) in ["/ready", "/pending"].into_iter().enumerate() {
        let mut client = served.connect(protocol).await;
        let mut call = client.open(&get(path), false).await;
        call.head().await.unwrap();
        let polled = counts.polls.get();
        match path {
            "/ready" => drop(call.read(100_000).await),
            _ => counts.polls.reaches(polled.max(1)).await,
        }
        drop(call);
        client.abort();
        counts.dropped.reaches(number + 1).await;
    }
    // The sockets of both sides buffer a few megabytes; the rest of the endless body was not polled.
    assert!(counts.polls.get() < 4_000, "{}", counts.polls.get());
}

async fn parts_arrive_as_they_are_produced(protocol: Protocol) {
    let (parts, received) = mpsc::unbounded_channel::<&'static str>();
    let received = std::sync::Mutex::new(Some(received));
    let server = http::create_server(move |_req: Request, res: Response| {
        let received = received.lock().unwrap().take().unwrap();
        async move { res.end_body(Channel(received)) }
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), false).await;
    let head = call.head().await.unwrap();
    for part in ["one", "two", "three"] {
        parts.send(part).unwrap();
        assert_eq!(call.read(part.len()).await, part.as_bytes());
    }
    drop(parts);
    assert!(call.rest(head).await.is_whole);
}

struct Channel(mpsc::UnboundedReceiver<&'static str>);

impl HttpBody for Channel {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let received = self.0.poll_recv(cx);
        received.map(|part| part.map(|part| Ok(Frame::data(Bytes::from(part)))))
    }
}

/// Checks that a handler can return before its body is sent, and that the body then reads the request.
async fn a_request_body_can_be_the_response(protocol: Protocol) {
    let server = http::create_server(|req: Request, res: Response| async move {
        let request = ::http::Request::from(req);
        let response = ::http::Response::new(request.into_body());
        res.send(response)
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let data = vec![b'x'; 100_000];
    let answer = client.send(post("/"), &data).await;
    assert!(answer.is_whole && answer.body == data);
    assert_eq!(answer.header("content-length"), Some("100000"));
    let mut call = client.open(&post("/"), true).await;
    let head = call.head().await.unwrap();
    for _ in 0..3 {
        assert!(call.send(b"hello").await);
        assert_eq!(call.read(5).await, b"hello");
    }
    call.end(&[]).await;
    assert!(call.rest(head).await.is_whole);
}

async fn a_response_of_the_http_crate_is_a_reply(protocol: Protocol) {
    let server = http::create_server(|_req: Request, mut res: Response| async move {
        res.set_header("vary", "origin");
        res.set_header("x-kind", "ours");
        res.set_header("x-ours", "1");
        let response = ::http::Response::builder()
            .status(201)
            .header("vary", "accept")
            .header("x-kind", "theirs")
            .header("transfer-encoding", "chunked")
            .header("x-many", "1")
            .header("x-many", "2");
        res.send(response.body(Full::from("made")).unwrap())
    });
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/")).await;
    assert_eq!((answer.status, answer.text()), (201, "made"));
    let all = |name| answer.headers.get_all(name).iter().collect::<Vec<_>>();
    assert_eq!(all("vary"), ["origin", "accept"]);
    assert_eq!(all("x-kind"), ["theirs"]);
    assert_eq!(all("x-many"), ["1", "2"]);
    assert_eq!(all("x-ours"), ["1"]);
    assert_eq!(all("content-length"), ["4"]);
}

over_both!(
    a_foreign_body_is_framed_by_its_size,
    trailers_of_a_foreign_body_are_sent_to_clients_that_accept_them,
    a_body_that_is_not_sent_is_not_polled,
    a_body_that_fails_is_visibly_truncated,
    a_client_that_disconnects_drops_the_body,
    parts_arrive_as_they_are_produced,
    a_request_body_can_be_the_response,
    a_response_of_the_http_crate_is_a_reply,
);

#[tokio::test]
async fn a_detached_response_is_read_by_the_test() {
    let counts = Counts::default();
    let ask = |path: &str| script(Request::get(path), Response::new(), counts.clone());
    let sent = ask("/trailers").await;
    assert_eq!(sent.text(), "hello");
    assert_eq!(sent.trailers()["x-sum"], "5");
    assert_eq!(ask("/begun").await.read_body().await.unwrap(), "oh, hello");
    let sent = ask("/fails").await;
    assert_eq!(sent.text(), "hello");
    assert_eq!(sent.read_body().await.unwrap_err().status(), 500);
    let (parts, received) = mpsc::unbounded_channel();
    let sent = Response::new().end_body(Channel(received));
    assert_eq!(sent.text(), "");
    parts.send("one").unwrap();
    assert_eq!(sent.text(), "one");
    let read = tokio::spawn(async move { sent.read_body().await });
    parts.send("two").unwrap();
    drop(parts);
    assert_eq!(soon("the end", read).await.unwrap().unwrap(), "onetwo");
}

#[tokio::test]
async fn a_dispatched_request_gets_the_body() {
    let counts = Counts::default();
    let server = server(&counts);
    server.on(event::Error, |_| {});
    let dispatch = |path| server.dispatch(Request::get(path), Response::new());
    let sent = dispatch("/exact").await;
    assert_eq!((sent.text(), sent.headers().len()), ("hello".to_owned(), 1));
    assert_eq!(dispatch("/trailers").await.trailers()["x-sum"], "5");
    counts.dropped.reaches(2).await;
}

/// A request that another crate received, as a type of the `http` crate, can be converted.
#[tokio::test]
async fn a_request_of_the_http_crate_is_a_request() {
    let request = |body: Full<Bytes>| {
        let request = ::http::Request::post("/a?b=1").header("content-type", "application/json");
        Request::from(request.body(body).unwrap())
    };
    let req = request(Full::from("[1]"));
    assert!(req.url == "/a?b=1" && req.method == Method::POST);
    assert_eq!(req.body.json::<Vec<u8>>().await.unwrap(), [1]);
    let failing = || Counts::default().body(None, [Step::Data("[1"), Step::Fail]);
    let failing = || ::http::Request::post("/").body(failing()).unwrap();
    let error = Request::from(failing()).body.bytes().await.unwrap_err();
    assert_eq!(error.status(), 400);
    assert!(error.source().is_some());
    let limited = failing().map(|body| http_body_util::Limited::new(body, 1));
    let error = Request::from(limited).body.bytes().await.unwrap_err();
    assert_eq!(error.status(), 413);
    let mut req = Request::from(failing());
    assert_eq!(req.body.next().await.unwrap().unwrap(), "[1");
    for _ in 0..2 {
        assert_eq!(req.body.next().await.unwrap_err().status(), 400);
    }
}

#[tokio::test]
async fn a_request_that_is_converted_back_keeps_its_body_and_socket() {
    let mut req = Request::post("/a").body("hello");
    req.body = req.body.limit(4);
    let socket = req.socket.clone();
    let read = Counter::default();
    let count = read.clone();
    req.on(event::Data, move |_| count.add());
    let req = Request::from(::http::Request::from(req));
    assert_eq!(req.socket, socket);
    let error = req.body.bytes().await.unwrap_err();
    assert_eq!(
        (error.status(), read.get()),
        (StatusCode::PAYLOAD_TOO_LARGE, 0)
    );
}

//! `Finish` of a server: emitted once for each request, with its outcome.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use onward::http;
use onward::http::{FinishedRequest, ResponseOutcome, Server, Version};
use onward::prelude::*;
use tokio::sync::mpsc;

use crate::client::{Protocol, ask, get, post};
use crate::over_both;
use crate::server::{Gate, serve, soon};

/// The requests that finish.
struct Log(mpsc::UnboundedReceiver<FinishedRequest>);

impl Log {
    fn of(server: &Server) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        server.on(event::Finish, move |finished| {
            sender.send(finished.clone()).unwrap();
        });
        Self(receiver)
    }

    async fn next(&mut self) -> FinishedRequest {
        soon("the end of a request", self.0.recv()).await.unwrap()
    }
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/" => "admin");
    route!("/users/{id: u32}" if id > 0 => format!("user {id}"));
    route!(mount "/{tenant}" => deep(req, res, tenant).await);
}

#[server]
async fn deep(req: Request, res: Response, tenant: &str) -> Result {
    route!("/deep/{rest..}" => format!("{tenant} {rest}"));
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => "hello");
    route!(POST "/upload" => {
        let body = req.body.bytes().await?;
        body.len().to_string()
    });
    route!("/error" => Err::<&str, _>(std::io::Error::other("disk full"))?);
    route!("/panic" => panic_now());
    route!("/stream" => {
        for _ in 0..3 {
            res.write("12345").await?;
            tokio::task::yield_now().await;
        }
        res.end()
    });
    route!("/broken" => {
        res.write("12345").await?;
        tokio::task::yield_now().await;
        fail()?;
        res.end()
    });
    route!("/replaced" => {
        res.before_head(|head| {
            head.status_code = StatusCode::ACCEPTED;
            head.replace_body("123");
        });
        res.send("12345")
    });
    route!(mount "/admin" => admin(req, res).await);
    route!(ANY "/by-hand/{rest..}" => admin(req.at(rest), res).await);
}

fn panic_now() -> &'static str {
    panic!("on purpose")
}

fn fail() -> Result<()> {
    Err(std::io::Error::other("in the middle").into())
}

async fn every_request_is_reported_once(protocol: Protocol) {
    let server = http::create_server(shop);
    let mut log = Log::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for (method, path, route, status, bytes) in [
        ("GET", "/?x=1", Some("/"), 200, 5),
        ("HEAD", "/", Some("/"), 200, 0),
        ("GET", "/missing", None, 404, 64),
        ("PUT", "/", None, 405, 0),
        ("OPTIONS", "/", None, 204, 0),
        ("GET", "/error", Some("/error"), 500, 0),
        ("GET", "/panic", Some("/panic"), 500, 0),
        ("GET", "/stream", Some("/stream"), 200, 15),
        ("GET", "/replaced", Some("/replaced"), 202, 3),
        ("GET", "/admin", Some("/admin"), 200, 5),
        (
            "GET",
            "/admin/users/7",
            Some("/admin/users/{id: u32}"),
            200,
            6,
        ),
        (
            "GET",
            "/admin/t/deep/a/b",
            Some("/admin/{tenant}/deep/{rest..}"),
            200,
            5,
        ),
        (
            "GET",
            "/by-hand/users/7",
            Some("/by-hand/users/{id: u32}"),
            200,
            6,
        ),
        ("GET", "/admin/missing", None, 404, 64),
    ] {
        let answer = client.ask(ask(method, path)).await;
        assert_eq!(answer.status, status, "{method} {path}");
        let finished = log.next().await;
        assert_eq!(finished.method.as_str(), method);
        assert_eq!(finished.url.to_string(), path);
        assert_eq!(finished.route, route, "{path}");
        assert_eq!(finished.status.unwrap().as_u16(), status, "{path}");
        assert_eq!(finished.response_bytes, answer.body.len() as u64, "{path}");
        if bytes > 0 && status < 400 {
            assert_eq!(finished.response_bytes, bytes, "{path}");
        }
        assert_eq!(finished.request_bytes, 0);
        assert!(finished.is_complete(), "{path}: {:?}", finished.outcome);
        assert!(finished.time_to_head.unwrap() <= finished.duration);
        assert!(finished.socket.remote_addr.ip().unwrap().is_loopback());
        assert_eq!(finished.headers.get("x-none"), None);
        let version = match protocol {
            Protocol::Http1 => Version::HTTP_11,
            Protocol::Http2 => Version::HTTP_2,
        };
        assert_eq!(finished.version, version);
        let cause = match path {
            "/error" => Some("500 Internal Server Error: disk full"),
            "/panic" => Some("500 Internal Server Error: a handler panicked: on purpose"),
            _ => None,
        };
        assert_eq!(finished.cause.as_deref(), cause);
    }
    assert!(log.0.try_recv().is_err());
}

async fn bytes_of_request_bodies_are_counted(protocol: Protocol) {
    let server = http::create_server(shop);
    let mut log = Log::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for len in [0, 5, 200_000] {
        let answer = client.send(post("/upload"), &vec![b'x'; len]).await;
        assert_eq!(answer.text(), len.to_string());
        let finished = log.next().await;
        assert_eq!(finished.request_bytes, len as u64);
        assert_eq!(finished.route, Some("/upload"));
    }
}

async fn a_response_that_is_aborted_is_not_complete(protocol: Protocol) {
    let server = http::create_server(shop);
    let errors = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        let route = error.request().and_then(|req| req.route);
        recorder.lock().unwrap().push(route);
    });
    let mut log = Log::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let answer = client.ask(get("/broken")).await;
    assert!(!answer.is_whole);
    let finished = log.next().await;
    assert_eq!(finished.status, Some(StatusCode::OK));
    assert_eq!(finished.response_bytes, 5);
    assert_eq!(finished.outcome, ResponseOutcome::Aborted);
    let cause = finished.cause.unwrap();
    assert!(cause.ends_with("in the middle"), "{cause}");
    assert_eq!(*errors.lock().unwrap(), [Some("/broken")]);
}

async fn a_client_that_disconnects_is_reported(protocol: Protocol) {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            gate.pass().await;
            res.send("hello")
        }
    });
    let mut log = Log::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let call = client.open(&get("/gone"), true).await;
    gate.reached().await;
    drop(call);
    client.abort();
    let finished = log.next().await;
    assert_eq!(finished.outcome, ResponseOutcome::ClientDisconnected);
    assert_eq!((finished.status, finished.time_to_head), (None, None));
    assert_eq!((finished.route, finished.url.path()), (None, "/gone"));
    assert_eq!(finished.response_bytes, 0);
}

async fn the_id_of_a_request_is_reported(protocol: Protocol) {
    let server = http::create_server(|req, mut res| async move {
        res.set_request_id(req.url.path());
        if req.url.path() == "/error" {
            return Err(Error::from("an error"));
        }
        Ok(res.send("hello"))
    });
    let ids = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&ids);
    server.on(event::Error, move |error| {
        let id = error.request().and_then(|req| req.request_id.clone());
        recorder.lock().unwrap().push(id.unwrap().to_string());
    });
    let mut log = Log::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    for path in ["/a", "/error", "/b"] {
        client.ask(get(path)).await;
        assert_eq!(log.next().await.request_id.as_deref(), Some(path));
    }
    assert_eq!(*ids.lock().unwrap(), ["/error"]);
}

async fn the_times_are_those_of_the_head_and_of_the_end(protocol: Protocol) {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, mut res| {
        let gate = inside.clone();
        async move {
            res.write("hello");
            gate.pass().await;
            res.end()
        }
    });
    let mut log = Log::of(&server);
    let served = serve(server);
    let mut client = served.connect(protocol).await;
    let mut call = client.open(&get("/"), true).await;
    let head = call.head().await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    gate.open();
    call.rest(head).await;
    let finished = log.next().await;
    let body = finished.duration - finished.time_to_head.unwrap();
    assert!(body >= Duration::from_millis(20), "{finished:?}");
}

over_both!(
    every_request_is_reported_once,
    bytes_of_request_bodies_are_counted,
    a_response_that_is_aborted_is_not_complete,
    a_client_that_disconnects_is_reported,
    the_id_of_a_request_is_reported,
    the_times_are_those_of_the_head_and_of_the_end,
);

#[tokio::test]
async fn a_dispatched_request_is_reported_by_its_server() {
    let server = http::create_server(shop);
    let mut log = Log::of(&server);
    for (path, route, status) in [
        ("/admin/users/7", Some("/admin/users/{id: u32}"), 200),
        ("/panic", Some("/panic"), 500),
        ("/stream", Some("/stream"), 200),
    ] {
        let sent = server.dispatch(Request::get(path), Response::new()).await;
        assert_eq!(sent.status_code(), status);
        let finished = log.next().await;
        assert_eq!((finished.route, finished.is_complete()), (route, true));
        assert_eq!(finished.status, Some(sent.status_code()));
        assert_eq!(finished.response_bytes, sent.body_bytes().len() as u64);
    }
}

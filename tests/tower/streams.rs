//! Streams in both directions: unbuffered, with backpressure, and dropped with their client.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::axum::Router;
use ::axum::response::Sse;
use ::axum::response::sse::Event;
use futures_util::StreamExt;
use onward::http::{self, Server};
use onward::prelude::{Error, Request, Response, StatusCode, event};
use tokio::io::AsyncWriteExt;
use tokio::sync::{Notify, mpsc};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::client::{Call, soon};
use crate::serving::by_both;

/// All layers, with a service inside.
macro_rules! layered {
    ($service:expr) => {
        ServiceBuilder::new()
            .layer(TraceLayer::new_for_http())
            .layer(CatchPanicLayer::new())
            .layer(CorsLayer::permissive())
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                Duration::from_secs(20),
            ))
            .layer(CompressionLayer::new())
            .layer(RequestBodyLimitLayer::new(usize::MAX))
            .service($service)
    };
}

type Events = Arc<Mutex<Option<mpsc::UnboundedReceiver<String>>>>;

fn events() -> (mpsc::UnboundedSender<String>, Events) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (sender, Arc::new(Mutex::new(Some(receiver))))
}

/// Creates a router whose handler writes the events.
fn axum_events(events: Events) -> Router {
    let stream = move || {
        let mut events = events.lock().unwrap().take().unwrap();
        let events = futures_util::stream::poll_fn(move |cx| events.poll_recv(cx));
        let events = events.map(|text| Ok::<_, Infallible>(Event::default().data(text)));
        async { Sse::new(events) }
    };
    Router::new().route("/", ::axum::routing::get(stream))
}

/// Creates a server whose handler writes the events.
fn written_events(events: Events) -> Server {
    http::create_server(move |_req, mut res: Response| {
        let events = events.lock().unwrap().take();
        async move {
            res.set_header("content-type", "text/event-stream");
            let mut events = events.unwrap();
            while let Some(text) = events.recv().await {
                res.write(format!("data: {text}\n\n")).await?;
            }
            Ok::<_, Error>(res.end())
        }
    })
}

/// Creates another Onward server, which passes every request to the service.
fn passed_on(service: Server) -> Server {
    http::create_server(move |req: Request, res: Response| {
        let service = service.clone();
        async move { Ok::<_, Error>(res.send(req.forward(layered!(service)).await?)) }
    })
}

#[tokio::test]
async fn an_event_arrives_before_the_next_is_sent() {
    async fn check(addr: std::net::SocketAddr, sender: mpsc::UnboundedSender<String>) {
        let head = "GET / HTTP/1.1\r\naccept-encoding: gzip";
        let mut call = Call::open(addr, head, &[]).await;
        for text in ["one", "two", "three"] {
            sender.send(text.to_owned()).unwrap();
            call.until(&format!("data: {text}\n\n")).await;
        }
        drop(sender);
        assert!(call.answer().await.is_whole);
    }
    for kind in 0..2 {
        let (sender, events) = events();
        check(
            by_both!(layered!(axum_events(events.clone())))[kind],
            sender,
        )
        .await;
        let (sender, events) = self::events();
        check(
            by_both!(layered!(written_events(events.clone())))[kind],
            sender,
        )
        .await;
        let (sender, events) = self::events();
        let server = passed_on(written_events(events));
        check(by_both!(layered!(server.clone()))[kind], sender).await;
    }
}

/// The client receives its own data back before it sends more.
#[tokio::test]
async fn a_request_body_is_passed_on_as_it_arrives() {
    let echo =
        || http::create_server(|req: Request, res: Response| async { res.end_body(req.body) });
    let axum = ::axum::routing::post(|body: ::axum::body::Body| async { body });
    let axum = Router::new().route("/", axum);
    let servers = [
        by_both!(layered!(echo())),
        by_both!(layered!(axum.clone())),
        by_both!(layered!(passed_on(echo()))),
    ];
    for addr in servers.into_iter().flatten() {
        let head = "POST / HTTP/1.1\r\ntransfer-encoding: chunked";
        let mut call = Call::open(addr, head, &[]).await;
        for text in ["one", "two", "three"] {
            let chunk = format!("{:x}\r\n{text}\r\n", text.len());
            call.stream.write_all(chunk.as_bytes()).await.unwrap();
            call.until(text).await;
        }
        call.stream.write_all(b"0\r\n\r\n").await.unwrap();
        assert!(call.answer().await.is_whole);
    }
}

#[derive(Clone, Default)]
struct Dropped(Arc<Notify>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[tokio::test]
async fn a_client_that_disconnects_drops_the_stream() {
    let notify = Arc::new(Notify::new());
    let endless = || {
        let notify = notify.clone();
        http::create_server(move |_req, mut res: Response| {
            let guard = Dropped(notify.clone());
            async move {
                res.write("begun").await?;
                std::future::pending::<()>().await;
                drop(guard);
                Ok::<_, Error>(res.end())
            }
        })
    };
    let from_axum = || {
        let guard = Dropped(notify.clone());
        let guard = Arc::new(Mutex::new(Some(guard)));
        let stream = move || {
            let guard = guard.lock().unwrap().take();
            let begun = futures_util::stream::iter([Ok::<_, Infallible>("begun")]);
            let rest = futures_util::stream::pending();
            let body = begun.chain(rest).inspect(move |_| assert!(guard.is_some()));
            async { ::axum::body::Body::from_stream(body) }
        };
        Router::new().route("/", ::axum::routing::get(stream))
    };
    for kind in 0..2 {
        let addrs = [
            by_both!(layered!(endless()))[kind],
            by_both!(layered!(passed_on(endless())))[kind],
            by_both!(layered!(from_axum()))[kind],
        ];
        for addr in addrs {
            let mut call = Call::open(addr, "GET / HTTP/1.1", &[]).await;
            call.until("begun").await;
            drop(call);
            soon("the drop", notify.notified()).await;
        }
    }
}

/// The handler writes as much as can be buffered, and then waits for the client.
#[tokio::test]
async fn a_client_that_does_not_read_holds_the_handler_up() {
    let written = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = written.clone();
    let much = http::create_server(move |_req, mut res: Response| {
        let written = count.clone();
        async move {
            let part = bytes::Bytes::from(vec![b'x'; 64 << 10]);
            loop {
                res.write(part.clone()).await?;
                written.fetch_add(part.len(), std::sync::atomic::Ordering::SeqCst);
            }
            #[expect(unreachable_code, reason = "the type of the result")]
            Ok::<_, Error>(res.end())
        }
    });
    for addr in by_both!(layered!(passed_on(much.clone()))) {
        written.store(0, std::sync::atomic::Ordering::SeqCst);
        let mut call = Call::open(addr, "GET / HTTP/1.1", &[]).await;
        call.until("xxxx").await;
        for _ in 0..10_000 {
            tokio::task::yield_now().await;
        }
        // The sockets of both sides buffer less than this limit.
        let written = written.load(std::sync::atomic::Ordering::SeqCst);
        assert!(written < 16 << 20, "{written}");
    }
}

/// The events of a mounted server's requests and responses.
#[tokio::test]
async fn the_exchange_emits_its_events() {
    let (log, mut logged) = mpsc::unbounded_channel();
    let server = http::create_server(move |req: Request, mut res: Response| {
        let log = |what: &'static str| {
            let log = log.clone();
            move |_: &()| log.send(what).unwrap()
        };
        req.on(event::End, log("request end"));
        req.on(event::Aborted, log("aborted"));
        req.on(event::Close, log("request close"));
        res.on(event::Finish, log("finish"));
        res.on(event::Close, log("response close"));
        async move {
            if req.url == "/endless" {
                res.write("begun").await?;
                std::future::pending::<()>().await;
            }
            req.body.bytes().await?;
            Ok::<_, Error>(res.end_with("hello"))
        }
    });
    for addr in by_both!(server.clone()) {
        let mut next = async || soon("an event", logged.recv()).await.unwrap();
        let head = "POST / HTTP/1.1\r\ncontent-length: 5";
        let answer = Call::open(addr, head, b"hello").await.answer().await;
        assert_eq!(answer.text(), "hello");
        for event in ["request end", "finish", "response close", "request close"] {
            assert_eq!(next().await, event);
        }
        let mut call = Call::open(addr, "GET /endless HTTP/1.1", &[]).await;
        call.until("begun").await;
        drop(call);
        for event in ["aborted", "request close", "response close"] {
            assert_eq!(next().await, event);
        }
    }
}

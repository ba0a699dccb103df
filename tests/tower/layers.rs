//! The layers of tower-http around Onward and inside it.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use http_body_util::Full;
use onward::http::{self, Body, Server};
use onward::prelude::*;
use tower::{ServiceBuilder, service_fn};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::client::{Call, ask, chunked, get};
use crate::serving::{by_both, by_onward, hello};

type Inner = ::http::Response<Full<bytes::Bytes>>;

/// Starts an Onward server that calls the service for every request, and evaluates to its address.
macro_rules! inside {
    ($service:expr) => {{
        let service = $service;
        by_onward(http::create_server(move |req: Request, res: Response| {
            let service = service.clone();
            async move { Ok::<_, Error>(res.send(req.forward(service).await?)) }
        }))
    }};
}

fn text() -> String {
    "compress me ".repeat(1000)
}

fn long() -> Server {
    http::create_server(|_req, res| async move { res.send(text()) })
}

#[tokio::test]
async fn compression() {
    let inner = service_fn(|_req: ::http::Request<Body>| async {
        let response = ::http::Response::builder().header("content-type", "text/plain");
        Ok::<Inner, Infallible>(response.body(Full::from(text())).unwrap())
    });
    let layer = CompressionLayer::new();
    let around = by_both!(
        ServiceBuilder::new()
            .layer(CompressionLayer::new())
            .service(long())
    );
    let inside = inside!(ServiceBuilder::new().layer(layer).service(inner));
    for addr in around.into_iter().chain([inside]) {
        let answer = ask(addr, "GET / HTTP/1.1\r\naccept-encoding: gzip").await;
        assert_eq!(answer.header("content-encoding"), Some("gzip"));
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert!(answer.is_whole && answer.body.len() < 1000);
        assert!(answer.body.starts_with(&[0x1f, 0x8b]));
        let answer = get(addr, "/").await;
        assert_eq!((answer.text(), answer.is_whole), (text().as_str(), true));
        assert_eq!(answer.header("content-length"), Some("12000"));
        let answer = ask(addr, "HEAD / HTTP/1.1\r\naccept-encoding: gzip").await;
        assert!(answer.body.is_empty() && answer.is_whole);
    }
}

#[tokio::test]
async fn cors() {
    let layer = || CorsLayer::permissive();
    let inner = service_fn(|_req: ::http::Request<Body>| async {
        Ok::<Inner, Infallible>(::http::Response::new(Full::from("hello /")))
    });
    let around = by_both!(ServiceBuilder::new().layer(layer()).service(hello()));
    let inside = inside!(ServiceBuilder::new().layer(layer()).service(inner));
    for addr in around.into_iter().chain([inside]) {
        let preflight =
            "OPTIONS / HTTP/1.1\r\norigin: http://b\r\naccess-control-request-method: PUT";
        let answer = ask(addr, preflight).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-methods"), Some("*"));
        let answer = ask(addr, "GET / HTTP/1.1\r\norigin: http://b").await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.text(), "hello /");
    }
}

#[tokio::test]
async fn trace() {
    let (responses, chunks, ends) =
        <(Arc<AtomicUsize>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
    let layer = || {
        let (responses, chunks, ends) = (responses.clone(), chunks.clone(), ends.clone());
        TraceLayer::new_for_http()
            .on_response(
                move |_: &::http::Response<_>, _: Duration, _: &tracing::Span| {
                    responses.fetch_add(1, SeqCst);
                },
            )
            .on_body_chunk(move |_: &bytes::Bytes, _: Duration, _: &tracing::Span| {
                chunks.fetch_add(1, SeqCst);
            })
            .on_eos(
                move |_: Option<&http::HeaderMap>, _: Duration, _: &tracing::Span| {
                    ends.fetch_add(1, SeqCst);
                },
            )
    };
    let streamed = || {
        http::create_server(|_req, mut res: Response| async move {
            res.write("hello ").await?;
            tokio::task::yield_now().await;
            res.write("/").await?;
            Ok::<_, Error>(res.end())
        })
    };
    let around = by_both!(ServiceBuilder::new().layer(layer()).service(streamed()));
    let inside = inside!(ServiceBuilder::new().layer(layer()).service(streamed()));
    for (number, addr) in around.into_iter().chain([inside]).enumerate() {
        let answer = get(addr, "/").await;
        assert_eq!((answer.text(), answer.is_whole), ("hello /", true));
        assert_eq!(responses.load(SeqCst), number + 1);
        assert_eq!(chunks.load(SeqCst), 2 * (number + 1));
        assert_eq!(ends.load(SeqCst), number + 1);
    }
}

#[tokio::test]
async fn timeout() {
    let dropped = Arc::new(AtomicUsize::new(0));
    struct Guard(Arc<AtomicUsize>);
    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.fetch_add(1, SeqCst);
        }
    }
    let endless = || {
        let dropped = dropped.clone();
        http::create_server(move |_req, res: Response| {
            let guard = Guard(dropped.clone());
            async move {
                std::future::pending::<()>().await;
                drop(guard);
                res.end()
            }
        })
    };
    let layer = || {
        let after = Duration::from_millis(20);
        TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, after)
    };
    let around = by_both!(ServiceBuilder::new().layer(layer()).service(endless()));
    let inside = inside!(ServiceBuilder::new().layer(layer()).service(endless()));
    for (number, addr) in around.into_iter().chain([inside]).enumerate() {
        assert_eq!(get(addr, "/").await.status, 504);
        assert_eq!(dropped.load(SeqCst), number + 1);
    }
}

#[tokio::test]
async fn request_body_limit() {
    let read = || {
        http::create_server(|req: Request, res: Response| async move {
            Ok::<_, Error>(res.send(req.body.text().await?))
        })
    };
    let layer = || RequestBodyLimitLayer::new(5);
    let around = by_both!(ServiceBuilder::new().layer(layer()).service(read()));
    let inside = inside!(ServiceBuilder::new().layer(layer()).service(read()));
    for addr in around.into_iter().chain([inside]) {
        let head = "POST / HTTP/1.1\r\ncontent-length: 5";
        let answer = Call::open(addr, head, b"hello").await.answer().await;
        assert_eq!((answer.status, answer.text()), (200, "hello"));
        let head = "POST / HTTP/1.1\r\ncontent-length: 6";
        let answer = Call::open(addr, head, b"hello!").await.answer().await;
        assert_eq!(answer.status, 413);
        let head = "POST / HTTP/1.1\r\ntransfer-encoding: chunked";
        let answer = Call::open(addr, head, &chunked(b"hello"))
            .await
            .answer()
            .await;
        assert_eq!((answer.status, answer.text()), (200, "hello"));
        let answer = Call::open(addr, head, &chunked(b"hello!"))
            .await
            .answer()
            .await;
        assert_eq!(answer.status, 413, "{}", answer.text());
    }
}

#[tokio::test]
async fn catch_panic() {
    let inner = service_fn(|req: ::http::Request<Body>| async move {
        assert_ne!(req.uri(), "/panic", "on purpose");
        Ok::<Inner, Infallible>(::http::Response::new(Full::from("hello /")))
    });
    let server = || {
        let server = http::create_server(|req: Request, res: Response| async move {
            assert!(req.url != "/panic", "on purpose");
            res.send("hello /")
        });
        server.on(event::Error, |_| {});
        server
    };
    let around = by_both!(
        ServiceBuilder::new()
            .layer(CatchPanicLayer::new())
            .service(server())
    );
    let inside = inside!(
        ServiceBuilder::new()
            .layer(CatchPanicLayer::new())
            .service(inner)
    );
    for addr in around.into_iter().chain([inside]) {
        assert_eq!(get(addr, "/panic").await.status, 500);
        assert_eq!(get(addr, "/").await.text(), "hello /");
    }
}

/// All layers together, twice.
#[tokio::test]
async fn a_stack_of_layers() {
    let stack = || {
        ServiceBuilder::new()
            .layer(TraceLayer::new_for_http())
            .layer(CatchPanicLayer::new())
            .layer(CorsLayer::permissive())
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                Duration::from_secs(10),
            ))
            .layer(CompressionLayer::new())
            .layer(RequestBodyLimitLayer::new(100))
    };
    let inside = http::create_server(move |req: Request, res: Response| {
        let service = stack().service(hello());
        async move { Ok::<_, Error>(res.send(req.forward(service).await?)) }
    });
    for addr in by_both!(stack().service(inside.clone())) {
        let answer = ask(addr, "GET /a HTTP/1.1\r\norigin: http://b").await;
        assert_eq!((answer.status, answer.text()), (200, "hello /a"));
        assert_eq!(answer.header("content-length"), Some("8"));
    }
}

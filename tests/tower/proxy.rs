//! `Request::proxy` between real sockets: header fields, streams, failures.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use onward::http::{self, Body, Server};
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::client::{Answer, Call, ask, chunked, soon};
use crate::serving::by_onward;

#[server]
async fn site(
    req: Request,
    res: Response,
    client: Client<HttpConnector, Body>,
    origin: &str,
) -> Result {
    route!(POST "/limited" => {
        let mut req = req;
        req.body = req.body.limit(3);
        req.proxy(client, origin).await?
    });
    route!(ANY "/api/{rest..}" => req.at(rest).proxy(client, origin).await?);
    route!(ANY "/{_path..}" => req.proxy(client, origin).await?);
}

fn proxy(origin: &str) -> Server {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let origin: Arc<str> = origin.into();
    http::create_server(move |req, res| {
        let (client, origin) = (client.clone(), Arc::clone(&origin));
        async move { site(req, res, client, &origin).await }
    })
}

/// Collects the errors that a server reports, with their sources.
fn logged(server: &Server) -> Arc<Mutex<Vec<String>>> {
    let log = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&log);
    server.on(event::Error, move |error| {
        let source = error.source().map(ToString::to_string).unwrap_or_default();
        lines.lock().unwrap().push(format!("{error} {source}"));
    });
    log
}

/// Starts an origin that accepts one connection, reads a head, and sends these bytes. Returns the head in lowercase.
async fn origin(response: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let received = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            assert!(stream.read_buf(&mut head).await.unwrap() > 0);
        }
        stream.write_all(response.as_bytes()).await.unwrap();
        String::from_utf8(head).unwrap().to_lowercase()
    });
    (format!("http://{addr}/v2/"), received)
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-end: 1\r\nkeep-alive: timeout=5\r\n\
                  x-hop: 1\r\nproxy-authenticate: basic\r\nconnection: close, X-Hop\r\n\r\nok";

async fn forwarded(server: impl Fn(&str) -> Server, head: &str) -> (Answer, String) {
    let (url, received) = origin(OK).await;
    let addr = by_onward(server(&url));
    let answer = ask(addr, head).await;
    (answer, soon("the request", received).await.unwrap())
}

#[tokio::test]
async fn fields_of_a_connection_are_removed_in_both_directions() {
    let head = "GET /api/users/7?page=2&x=%2F HTTP/1.1\r\nte: trailers\r\nupgrade: websocket\r\nkeep-alive: 1\r\n\
                proxy-connection: a\r\nproxy-authorization: b\r\nx-secret: c\r\nx-end: d\r\n\
                connection: X-Secret, upgrade";
    let (answer, received) = forwarded(proxy, head).await;
    assert!(
        received.starts_with("get /v2/users/7?page=2&x=%2f http/1.1\r\n"),
        "{received}"
    );
    for name in [
        "te",
        "upgrade",
        "keep-alive",
        "proxy-connection",
        "proxy-authorization",
        "x-secret",
        "connection",
    ] {
        assert!(
            !received.contains(&format!("\r\n{name}:")),
            "{name}: {received}"
        );
    }
    assert!(received.contains("\r\nx-end: d\r\n"));
    assert_eq!(
        (answer.status, answer.text(), answer.is_whole),
        (200, "ok", true)
    );
    assert_eq!(answer.header("x-end"), Some("1"));
    for name in ["keep-alive", "x-hop", "proxy-authenticate"] {
        assert_eq!(answer.header(name), None, "{name}");
    }
    // The field belongs to this connection, which the client has asked to close.
    assert_eq!(answer.header("connection"), Some("close"));
}

#[tokio::test]
async fn the_origin_gets_the_address_of_the_client_and_no_forged_one() {
    let head = "GET /a HTTP/1.0\r\nforwarded: for=6.6.6.6\r\nx-forwarded-for: 6.6.6.6\r\nx-forwarded-proto: https\r\n\
                x-forwarded-host: evil.example\r\nvia: 1.1 first";
    let (_, received) = forwarded(proxy, head).await;
    assert!(received.starts_with("get /v2/a http/1.1\r\n"), "{received}");
    assert!(
        !received.contains("6.6.6.6") && !received.contains("evil"),
        "{received}"
    );
    for line in [
        "forwarded: for=127.0.0.1;host=\"a\";proto=http",
        "x-forwarded-for: 127.0.0.1",
        "x-forwarded-host: a",
        "x-forwarded-proto: http",
        "via: 1.1 first\r\nvia: 1.0 onward",
    ] {
        assert!(
            received.contains(&format!("\r\n{line}\r\n")),
            "{line}: {received}"
        );
    }
    assert_eq!(received.matches("\r\nhost: ").count(), 1);
    assert!(received.contains("\r\nhost: 127.0.0.1:"));
}

#[tokio::test]
async fn a_trusted_proxy_keeps_its_entries() {
    let head = "GET /a HTTP/1.1\r\nforwarded: for=192.0.2.7\r\nx-forwarded-for: 192.0.2.7\r\nx-forwarded-proto: https\r\n\
                x-forwarded-host: shop.example";
    let trusting = |origin: &str| proxy(origin).trust_proxy(["127.0.0.1"]);
    let (_, received) = forwarded(trusting, head).await;
    for line in [
        "forwarded: for=192.0.2.7\r\nforwarded: for=127.0.0.1;host=\"a\";proto=http",
        "x-forwarded-for: 192.0.2.7\r\nx-forwarded-for: 127.0.0.1",
        "x-forwarded-host: shop.example",
        "x-forwarded-proto: https",
    ] {
        assert!(
            received.contains(&format!("\r\n{line}\r\n")),
            "{line}: {received}"
        );
    }
}

fn echo() -> Server {
    http::create_server(|req, res| async move { res.end_body(req.body) })
}

fn url(addr: SocketAddr) -> String {
    format!("http://{addr}")
}

#[tokio::test]
async fn both_bodies_are_streamed() {
    let addr = by_onward(proxy(&url(by_onward(echo()))));
    let mut call = Call::open(
        addr,
        "POST /api/ HTTP/1.1\r\ntransfer-encoding: chunked",
        b"",
    )
    .await;
    for text in ["first", "second"] {
        let chunk = format!("{:x}\r\n{text}\r\n", text.len());
        call.stream.write_all(chunk.as_bytes()).await.unwrap();
        call.until(text).await;
    }
    call.stream.write_all(b"0\r\n\r\n").await.unwrap();
    let answer = call.answer().await;
    assert_eq!((answer.text(), answer.is_whole), ("firstsecond", true));
}

#[tokio::test]
async fn head_and_large_bodies_pass() {
    let large = vec![b'x'; 3_000_000];
    let addr = by_onward(proxy(&url(by_onward(echo()))));
    let head = format!("PUT /api/a HTTP/1.1\r\ncontent-length: {}", large.len());
    let answer = Call::open(addr, &head, &large).await.answer().await;
    assert_eq!(
        (answer.status, answer.body.len(), answer.is_whole),
        (200, large.len(), true)
    );
    let answer = ask(addr, "HEAD /api/a HTTP/1.1").await;
    assert_eq!((answer.status, answer.is_whole), (200, true));
}

#[tokio::test]
async fn a_client_that_disconnects_ends_the_request_to_the_origin() {
    let (events, mut received) = mpsc::unbounded_channel();
    let origin = http::create_server(move |req, mut res: Response| {
        let (begun, aborted) = (events.clone(), events.clone());
        async move {
            req.on(event::Aborted, move |_| {
                let _ = aborted.send("aborted");
            });
            res.write("part").await?;
            let _ = begun.send("begun");
            std::future::pending::<()>().await;
            Ok::<_, Error>(res.end())
        }
    });
    let addr = by_onward(proxy(&url(by_onward(origin))));
    let mut call = Call::open(addr, "GET /api/a HTTP/1.1", b"").await;
    call.until("part").await;
    assert_eq!(soon("the request", received.recv()).await, Some("begun"));
    drop(call);
    assert_eq!(soon("its end", received.recv()).await, Some("aborted"));
}

#[tokio::test]
async fn a_truncated_response_stays_truncated() {
    let (url, _) = origin("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf").await;
    let server = proxy(&url);
    let log = logged(&server);
    let answer = ask(by_onward(server), "GET /api/a HTTP/1.1").await;
    assert_eq!(
        (answer.status, answer.text(), answer.is_whole),
        (200, "half", false)
    );
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn failures_have_a_status_and_a_cause() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = url(unused.local_addr().unwrap());
    drop(unused);
    let (not_http, _) = origin("SSH-2.0\r\n\r\n").await;
    let (switching, _) =
        origin("HTTP/1.1 101 Switching Protocols\r\nupgrade: a\r\nconnection: upgrade\r\n\r\n")
            .await;
    for (origin, status, cause) in [
        (&*closed, 502, "client error (Connect)"),
        (&not_http, 502, "client error (SendRequest)"),
        (&switching, 502, "switched protocols"),
        ("127.0.0.1:80", 500, ""),
        ("/relative", 500, "not an absolute URL"),
        ("", 500, ""),
    ] {
        let server = proxy(origin);
        let log = logged(&server);
        let answer = ask(by_onward(server), "GET /api/a HTTP/1.1").await;
        let log = log.lock().unwrap().clone();
        assert_eq!(answer.status, status, "{origin}: {log:?}");
        assert!(
            log.len() == 1 && log[0].contains(cause),
            "{origin}: {log:?}"
        );
        assert!(!answer.text().contains("Connect"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_body_beyond_its_limit_is_the_fault_of_the_client() {
    let server = proxy(&url(by_onward(echo())));
    let log = logged(&server);
    let addr = by_onward(server);
    let head = "POST /limited HTTP/1.1\r\ntransfer-encoding: chunked";
    let answer = Call::open(addr, head, &chunked(b"too long"))
        .await
        .answer()
        .await;
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert_eq!(log.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn requests_that_have_no_path_are_rejected() {
    for (method, target, status) in [("OPTIONS", "*", 400), ("CONNECT", "a:80", 501)] {
        let req = Request::with_method(method.parse().unwrap(), target);
        let client = Client::builder(TokioExecutor::new()).build_http();
        let error = req.proxy(client, "http://127.0.0.1:1").await.unwrap_err();
        assert_eq!(error.status().as_u16(), status, "{method}");
    }
}

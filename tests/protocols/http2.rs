//! Behavior that only HTTP/2 has.

use std::time::Duration;

use onward::http;
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::{Protocol, get};
use crate::frames::{self, CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, Raw, frame};
use crate::server::{Counter, serve, soon};
use crate::stream::connect;

const FLAGS: u8 = END_HEADERS | END_STREAM;

fn hello() -> onward::http::Server {
    http::create_server(|req, res| async move {
        let host = req.headers.get("host").cloned();
        res.send(format!("{} {host:?}", req.url))
    })
}

/// Sends the head of a request. Returns the status of the response, which is the first field of its head.
async fn status_of(raw: &mut Raw, stream: u32, head: &[u8]) -> Option<u16> {
    raw.send(&frame(HEADERS, FLAGS, stream, head)).await;
    loop {
        let frame = raw.frame().await?;
        match (frame.kind, frame.stream == stream) {
            (HEADERS, true) => return Some(status(&frame.payload)),
            (frames::RST_STREAM, true) => return None,
            _ => {}
        }
    }
}

/// Returns the status in the head of a response if it is one of these entries of HPACK's static table, or 1 for any
/// other status.
fn status(head: &[u8]) -> u16 {
    match head[0] {
        0x88 => 200,
        0x89 => 204,
        0x8c => 400,
        0x8d => 404,
        0x8e => 500,
        _ => 1,
    }
}

fn head(fields: &[(&str, &str)]) -> Vec<u8> {
    fields
        .iter()
        .flat_map(|(name, value)| frames::field(name, value))
        .collect()
}

#[tokio::test]
async fn invalid_requests_are_rejected_like_those_of_http_1() {
    let errors = Counter::default();
    let count = errors.clone();
    let server = hello();
    server.on(event::ClientError, move |_| count.add());
    let served = serve(server);
    let mut raw = Raw::connect(served.addr, &[]).await;
    let get = (":method", "GET");
    let (scheme, root, authority) = ((":scheme", "http"), (":path", "/"), (":authority", "a"));
    let cases: [(&[(&str, &str)], u16); 13] = [
        (&[get, scheme, root, authority], 200),
        (&[get, scheme, root, ("host", "a")], 200),
        (&[get, scheme, root, authority, ("host", "A")], 200),
        (&[get, scheme, root, authority, ("host", "b")], 400),
        (&[get, scheme, root], 400),
        (&[get, scheme, root, ("host", "")], 400),
        (&[get, scheme, root, ("host", "a b")], 400),
        (&[get, scheme, root, ("host", "a"), ("host", "a")], 400),
        (&[get, scheme, root, (":authority", "u@a")], 400),
        (&[(":method", "get"), scheme, root, authority], 400),
        (&[get, scheme, (":path", "/\u{e9}"), authority], 400),
        (&[get, scheme, (":path", "/{a}"), authority], 400),
        (&[get, scheme, root, authority, ("x-a", " b")], 400),
    ];
    let mut rejected = 0;
    for (number, (fields, status)) in cases.into_iter().enumerate() {
        let stream = 2 * u32::try_from(number).unwrap() + 1;
        let found = status_of(&mut raw, stream, &head(fields)).await;
        assert_eq!(found, Some(status), "{fields:?}");
        rejected += usize::from(status == 400);
        assert_eq!(errors.get(), rejected, "{fields:?}");
    }
}

/// An error type that responds to every failure with a 404.
#[derive(Debug)]
struct Hidden;

impl From<Failure> for Hidden {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl Reply for Hidden {
    fn reply(self, res: Response) -> Sent {
        res.send((StatusCode::NOT_FOUND, "nothing here"))
    }
}

#[tokio::test]
async fn a_custom_error_type_responds_to_rejected_requests() {
    let server = http::create_server(|_req, res| async move { Ok::<_, Hidden>(res.end()) });
    let served = serve(server);
    let mut raw = Raw::connect(served.addr, &[]).await;
    let no_host = head(&[(":method", "GET"), (":scheme", "http"), (":path", "/")]);
    raw.send(&frame(HEADERS, FLAGS, 1, &no_host)).await;
    let mut found = (0, Vec::new());
    while found.1.is_empty() {
        let frame = raw.frame().await.expect("the response is complete");
        match frame.kind {
            HEADERS => found.0 = status(&frame.payload),
            DATA => found.1 = frame.payload,
            _ => {}
        }
    }
    assert_eq!(found, (404, b"nothing here".to_vec()));
}

#[tokio::test]
async fn the_authority_is_the_host_and_not_part_of_the_url() {
    let served = serve(hello());
    let mut client = served.connect(Protocol::Http2).await;
    let answer = client.ask(get("/b?c")).await;
    assert_eq!(answer.text(), "/b?c Some(\"a\")");
}

#[tokio::test]
async fn the_preface_may_arrive_byte_by_byte() {
    let served = serve(hello());
    let mut stream = connect(served.addr, Protocol::Http2).await;
    for byte in b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" {
        stream.write_all(&[*byte]).await.unwrap();
        stream.flush().await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut raw = Raw { stream };
    raw.send(&frame(frames::SETTINGS, 0, 0, &[])).await;
    assert_eq!(status_of(&mut raw, 1, frames::GET).await, Some(200));
}

#[tokio::test]
async fn anything_but_the_preface_is_http_1() {
    let served = serve(hello());
    for (bytes, status) in [
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\r", "HTTP/1.1 400"),
        ("PRI * HTTP/2.0\r\n\r\n", "HTTP/1.1 400"),
        (
            "PUT / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
            "HTTP/1.1 200",
        ),
        (
            "GET / HTTP/1.1\r\nhost: a\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "HTTP/1.1 200",
        ),
    ] {
        let mut stream = connect(served.addr, Protocol::Http1).await;
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut text = String::new();
        soon("the end", stream.read_to_string(&mut text))
            .await
            .unwrap();
        assert!(text.starts_with(status), "{bytes}: {text}");
        if bytes.starts_with("GET") {
            assert!(text.contains("HTTP/1.1 400"), "{text}");
        }
    }
}

#[tokio::test]
async fn a_late_head_ends_the_connection() {
    for is_first in [true, false] {
        let server = hello().headers_timeout(Duration::from_millis(200));
        let errors = Counter::default();
        let count = errors.clone();
        server.on(event::ClientError, move |error| {
            assert_eq!(error.kind(), http::ClientErrorKind::Timeout);
            count.add();
        });
        let served = serve(server);
        let mut raw = Raw::connect(served.addr, &[]).await;
        let mut stream = 1;
        if !is_first {
            assert_eq!(status_of(&mut raw, stream, frames::GET).await, Some(200));
            stream += 2;
        }
        raw.send(&frame(HEADERS, END_STREAM, stream, frames::GET))
            .await;
        raw.goaway().await;
        errors.reaches(1).await;
    }
}

#[tokio::test]
async fn a_late_head_beside_a_live_stream_ends_the_connection() {
    let dropped = Counter::default();
    let inside = dropped.clone();
    let server = http::create_server(move |_req: Request, _res: Response| {
        let dropped = inside.clone();
        async move {
            let _guard = dropped.on_drop();
            std::future::pending::<()>().await;
        }
    });
    let served = serve(server.headers_timeout(Duration::from_millis(200)));
    let mut raw = Raw::connect(served.addr, &[]).await;
    raw.send(&frame(HEADERS, FLAGS, 1, frames::GET)).await;
    raw.send(&frame(HEADERS, END_STREAM, 3, frames::GET)).await;
    raw.send(&frame(CONTINUATION, 0, 3, &[])).await;
    dropped.reaches(1).await;
    raw.goaway().await;
}

#[tokio::test]
async fn interim_responses_are_not_sent() {
    let server = http::create_server(|_req, mut res| async move {
        res.write_continue();
        res.write_early_hints([("link", "</a>")]);
        res.send("hello")
    });
    let served = serve(server);
    let mut client = served.connect(Protocol::Http2).await;
    let answer = client.ask(get("/")).await;
    assert_eq!((answer.status, answer.text()), (200, "hello"));
}

#[tokio::test]
async fn cookies_are_joined() {
    let server = http::create_server(|req, res| async move {
        let cookies = req.headers.get_all("cookie").iter().count();
        res.send(format!(
            "{cookies} {}",
            req.headers["cookie"].to_str().unwrap()
        ))
    });
    let served = serve(server);
    let mut client = served.connect(Protocol::Http2).await;
    let asked = get("/").header("cookie", "a=1").header("cookie", "b=2");
    assert_eq!(client.ask(asked).await.text(), "1 a=1; b=2");
}

#[tokio::test]
async fn a_closed_window_holds_a_response_until_it_opens() {
    let finished = Counter::default();
    let count = finished.clone();
    let server = http::create_server(move |_req, res: Response| {
        let count = count.clone();
        async move {
            res.on(event::Finish, move |_| count.add());
            res.send("hello")
        }
    });
    let served = serve(server);
    // SETTINGS_INITIAL_WINDOW_SIZE is 0.
    let mut raw = Raw::connect(served.addr, &[0, 4, 0, 0, 0, 0]).await;
    assert_eq!(status_of(&mut raw, 1, frames::GET).await, Some(200));
    assert_eq!(finished.get(), 0);
    raw.send(&frame(frames::WINDOW_UPDATE, 0, 1, &[0, 0, 0, 5]))
        .await;
    assert_eq!(raw.next(DATA).await.payload, b"hello");
    finished.reaches(1).await;
}

#[tokio::test]
async fn connect_is_a_501_and_the_connection_is_kept() {
    let served = serve(hello());
    let mut client = served.connect(Protocol::Http2).await;
    let crate::client::Client::Http2 { requests, .. } = &mut client else {
        unreachable!("HTTP/2");
    };
    let request = ::http::Request::connect("a:1").body(()).unwrap();
    let (response, _) = requests.send_request(request, false).unwrap();
    let response = soon("a response", response).await.unwrap();
    assert_eq!(response.status(), 501);
    assert_eq!(client.ask(get("/")).await.status, 200);
}

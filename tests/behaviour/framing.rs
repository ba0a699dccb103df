//! How responses declare their bodies, and whether the connection is kept.

use std::time::Duration;

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{RawResponse, get, serve};

/// Creates a server that responds as the path specifies.
fn ways() -> Server {
    http::create_server(|req, mut res| async move {
        for name in req.url.path().split('/') {
            match name {
                "205" => res.status_code = StatusCode::RESET_CONTENT,
                "204" => res.status_code = StatusCode::NO_CONTENT,
                "304" => res.status_code = StatusCode::NOT_MODIFIED,
                "length" => drop(res.set_header("content-length", 5)),
                "coded" => drop(res.set_header("transfer-encoding", "chunked")),
                "close" => drop(res.set_header("connection", "close")),
                "keep" => drop(res.set_header("connection", "keep-alive")),
                "error" => return Err(Error::new(StatusCode::CONFLICT, "no")),
                _ => {}
            }
        }
        if req.url.path().ends_with("/stream") {
            res.write("he").await?;
            tokio::task::yield_now().await;
            res.write("llo").await?;
            return Ok(res.end());
        }
        Ok(res.send("hello"))
    })
}

fn count(response: &RawResponse, name: &str) -> usize {
    let lines = response.head.lines().skip(1);
    let names = lines.filter_map(|line| line.split(':').next());
    names
        .filter(|found| found.eq_ignore_ascii_case(name))
        .count()
}

/// Returns requests that are rejected before a handler is called.
fn rejected() -> Vec<(u16, String)> {
    let head = |line: &str, fields: &str| format!("{line}\r\nhost: a\r\n{fields}\r\n");
    vec![
        (400, head("HEAD / HTTP/1.1", "no colon\r\n")),
        (400, head("HEAD / HTTP/1.1", "host: b\r\n")),
        (400, head("HEAD / HTTP/1.0", "host: b\r\n")),
        (400, "HEAD / HTTP/1.1\r\n\r\n".to_owned()),
        (400, "\r\nHEAD / HTTP/1.1\r\n\r\n".to_owned()),
        (400, head("HEAD /a#b HTTP/1.1", "")),
        (400, head("HEAD a HTTP/1.1", "")),
        (400, head("HEAD / HTTP/2.0", "")),
        (400, "HEAD / HTTP/1.1\n\n".to_owned()),
        (400, head("HEAD / HTTP/1.1", "content-length: x\r\n")),
        (
            414,
            head(&format!("HEAD /{} HTTP/1.1", "x".repeat(70_000)), ""),
        ),
        (431, head("HEAD / HTTP/1.1", &"x: y\r\n".repeat(200))),
        (
            431,
            head(
                "HEAD / HTTP/1.1",
                &format!("x: {}\r\n", "y".repeat(200_000)),
            ),
        ),
        (
            501,
            head("HEAD / HTTP/1.1", "transfer-encoding: gzip, chunked\r\n"),
        ),
        (408, "HEAD / HTTP/1.1\r\nhost".to_owned()),
    ]
}

/// RFC 9110, 9.3.2. A client that does not expect a body would read it as the next response.
#[tokio::test]
async fn a_rejected_head_request_gets_no_body() {
    let server = ways()
        .max_header_size(100_000)
        .headers_timeout(Duration::from_millis(100));
    let served = serve(server);
    for (status, request) in rejected() {
        for (method, has_body) in [("HEAD", false), ("POST", true)] {
            for before in [0, 2] {
                let request = request.replacen("HEAD", method, 1);
                let what = format!("{method} {status} {:.60}", request);
                let mut wire = served.connect().await;
                wire.send(get("/").repeat(before) + &request).await;
                for _ in 0..before {
                    assert_eq!(wire.response().await.text(), "hello", "{what}");
                }
                let response = wire.head().await;
                assert_eq!(response.status, status, "{what}");
                assert_eq!(response.header("connection"), Some("close"));
                let length: usize = response.header("content-length").unwrap().parse().unwrap();
                let body = wire.rest().await;
                assert_eq!(body.len(), if has_body { length } else { 0 }, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn a_rejected_head_request_that_ends_early_gets_no_body() {
    let served = serve(ways());
    for (begin, has_body) in [
        ("HEAD / HTTP/1.1\r\nhost: a\r\n", false),
        ("GET / HTTP/1.1\r\nhost: a\r\n", true),
    ] {
        let mut wire = served.connect().await;
        wire.send(begin).await;
        wire.finish().await;
        assert_eq!(wire.head().await.status, 400);
        assert_eq!(!wire.rest().await.is_empty(), has_body, "{begin}");
    }
}

#[tokio::test]
async fn an_error_response_to_head_has_no_body() {
    let served = serve(ways());
    let mut wire = served.connect().await;
    for (request, status) in [
        ("HEAD /error HTTP/1.1\r\nhost: a\r\n\r\n", 409),
        ("HEAD / HTTP/1.1\r\nhost: a\r\nexpect: x\r\n\r\n", 417),
        (
            "HEAD /error HTTP/1.0\r\nconnection: keep-alive\r\n\r\n",
            409,
        ),
    ] {
        wire.send(request).await;
        assert_eq!(wire.head().await.status, status, "{request}");
        wire.send(get("/")).await;
        assert_eq!(wire.response().await.text(), "hello", "{request}");
    }
}

/// RFC 9110, 15.3.6.
#[tokio::test]
async fn a_205_has_no_content() {
    let served = serve(ways());
    let mut wire = served.connect().await;
    for path in [
        "",
        "/stream",
        "/length",
        "/length/stream",
        "/coded",
        "/coded/stream",
    ] {
        for method in ["GET", "HEAD", "POST"] {
            for version in ["1.1", "1.0"] {
                let what = format!("{method} /205{path} {version}");
                wire.send(format!(
                    "{method} /205{path} HTTP/{version}\r\nhost: a\r\nconnection: keep-alive\r\n\r\n"
                ))
                .await;
                let response = wire.head().await;
                assert_eq!(response.status, 205, "{what}");
                assert_eq!(response.header("content-length"), Some("0"), "{what}");
                assert_eq!(count(&response, "content-length"), 1, "{what}");
                assert_eq!(response.header("transfer-encoding"), None, "{what}");
                assert_ne!(response.header("connection"), Some("close"), "{what}");
                // Nothing precedes the next response.
                wire.send(get("/")).await;
                assert_eq!(wire.response().await.text(), "hello", "{what}");
            }
        }
    }
}

/// The server does what its `connection` header states.
#[tokio::test]
async fn the_connection_header_is_accurate() {
    let served = serve(ways());
    for path in [
        "/",
        "/stream",
        "/length/stream",
        "/coded",
        "/coded/stream",
        "/204",
        "/204/stream",
        "/205/stream",
        "/304",
        "/304/stream",
        "/error",
        "/keep",
        "/keep/stream",
        "/close",
        "/close/stream",
        "/keep/length/stream",
    ] {
        for method in ["GET", "HEAD"] {
            for (version, fields) in [
                ("1.0", "connection: keep-alive\r\n"),
                ("1.0", "connection: close\r\n"),
                ("1.0", "connection: keep-alive, close\r\n"),
                ("1.0", ""),
                ("1.1", "connection: keep-alive\r\n"),
                ("1.1", "connection: close\r\n"),
                ("1.1", ""),
            ] {
                let what = format!("{method} {path} {version} {fields}");
                let mut wire = served.connect().await;
                wire.send(format!(
                    "{method} {path} HTTP/{version}\r\nhost: a\r\n{fields}\r\n"
                ))
                .await;
                let response = match method {
                    "HEAD" => wire.head().await,
                    _ => wire.response().await,
                };
                let states = response.header("connection").map(str::to_owned);
                assert!(count(&response, "connection") <= 1, "{what}");
                let closes = match (version, states.as_deref()) {
                    (_, Some("close")) => true,
                    (_, Some("keep-alive")) | ("1.1", None) => false,
                    other => panic!("{what}: {other:?}"),
                };
                if version == "1.0" {
                    assert_eq!(response.header("transfer-encoding"), None, "{what}");
                }
                if closes {
                    assert!(wire.rest().await.is_empty(), "{what}");
                    continue;
                }
                let is_delimited = method == "HEAD"
                    || matches!(response.status, 204 | 304)
                    || response.header("content-length").is_some()
                    || response.header("transfer-encoding").is_some();
                assert!(is_delimited, "{what}: {}", response.head);
                wire.send(get("/")).await;
                assert_eq!(wire.response().await.text(), "hello", "{what}");
            }
        }
    }
}

/// Creates a server that names fields in `trailer`, and adds fields after the body of its response.
fn trailing() -> Server {
    http::create_server(|req, mut res| async move {
        res.set_header("trailer", "x-a, Content-Length, x-b");
        res.append_header("trailer", "set-cookie, , not a name, age, x-c");
        match req.url.path() {
            "/length" => drop(res.set_header("content-length", 5)),
            "/204" => res.status_code = StatusCode::NO_CONTENT,
            _ => {}
        }
        if req.url != "/whole" {
            res.write("he").await?;
        }
        let fields = [
            ("x-a", "1"),
            ("x-b", "2"),
            ("x-c", "3"),
            ("age", "4"),
            ("set-cookie", "5"),
        ];
        res.add_trailers(fields);
        Ok::<_, Error>(match req.url.path() {
            "/whole" => res.end_with("hello"),
            _ => res.end_with("llo"),
        })
    })
}

/// RFC 9110, 6.5.1 and 6.6.2.
#[tokio::test]
async fn trailer_names_fields_that_are_sent() {
    const ALL: Option<&str> = Some("x-a, x-b, x-c");
    let served = serve(trailing());
    for (method, path, version, te, expected) in [
        ("GET", "/", "1.1", "te: trailers\r\n", ALL),
        ("GET", "/whole", "1.1", "te: trailers\r\n", ALL),
        ("GET", "/", "1.1", "te: gzip;q=0.5, , Trailers\r\n", ALL),
        ("GET", "/", "1.1", "te: gzip\r\nte: trailers\r\n", ALL),
        ("GET", "/", "1.1", "", None),
        ("GET", "/", "1.1", "te: gzip\r\n", None),
        ("GET", "/", "1.1", "te: x-trailers\r\n", None),
        ("GET", "/whole", "1.1", "", None),
        ("GET", "/length", "1.1", "te: trailers\r\n", None),
        ("GET", "/204", "1.1", "te: trailers\r\n", None),
        ("HEAD", "/", "1.1", "te: trailers\r\n", None),
        ("GET", "/", "1.0", "te: trailers\r\n", None),
    ] {
        let what = format!("{method} {path} {version} {te}");
        let mut wire = served.connect().await;
        wire.send(format!(
            "{method} {path} HTTP/{version}\r\nhost: a\r\nconnection: close\r\n{te}\r\n"
        ))
        .await;
        let response = wire.head().await;
        assert_eq!(response.header("trailer"), expected, "{what}");
        assert!(count(&response, "trailer") <= 1, "{what}");
        let rest = String::from_utf8(wire.rest().await).unwrap();
        let is_trailed = rest.ends_with("\r\n0\r\nx-a: 1\r\nx-b: 2\r\nx-c: 3\r\n\r\n");
        assert_eq!(is_trailed, expected.is_some(), "{what}: {rest}");
        assert_eq!(rest.contains("x-a"), is_trailed, "{what}: {rest}");
    }
}

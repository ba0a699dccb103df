//! Reading request bodies.

use std::collections::HashMap;

use onward::http;
use onward::http::Server;
use onward::prelude::*;

use crate::client::{get, post, serve};

fn echo() -> Server {
    http::create_server(|req, res| async move {
        let mut body = req.body;
        let text = match req.url.path() {
            "/text" => body.text().await?,
            "/bytes" => format!("{} bytes", body.bytes().await?.len()),
            "/small" => body.limit(4).text().await?,
            "/large" => format!("{} bytes", body.limit(8 << 20).bytes().await?.len()),
            "/numbers" => format!("{:?}", body.json::<Vec<u32>>().await?),
            "/map" => format!("{:?}", body.json::<HashMap<String, u32>>().await?),
            "/form" => format!("{:?}", body.form::<HashMap<String, String>>().await?),
            "/chunks" => {
                let mut bytes = 0;
                while let Some(chunk) = body.next().await? {
                    bytes += chunk.len();
                }
                format!("{bytes} bytes")
            }
            _ => "not read".to_owned(),
        };
        Ok::<_, Error>(res.send(text))
    })
}

const LINES: &str = "a first line\na second line";

#[tokio::test]
async fn a_body_is_read_as_the_requested_type() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    for (request, text) in [
        (post("/text", "text/plain", LINES), LINES),
        (post("/text", "text/plain", ""), ""),
        (get("/text"), ""),
        (post("/bytes", "text/plain", LINES), "26 bytes"),
        (post("/numbers", "application/json", "[1, 2]"), "[1, 2]"),
        (
            post("/numbers", "application/json; charset=utf-8", "[1]"),
            "[1]",
        ),
        (post("/numbers", "application/vnd.shop+json", "[1]"), "[1]"),
        (
            post("/form", "application/x-www-form-urlencoded", "a=b+c"),
            "{\"a\": \"b c\"}",
        ),
        (post("/chunks", "text/plain", LINES), "26 bytes"),
        (post("/", "text/plain", LINES), "not read"),
        (
            post("/text", "text/plain", "after one that was not read"),
            "after one that was not read",
        ),
    ] {
        wire.send(request).await;
        let response = wire.response().await;
        assert_eq!((response.status, response.text()), (200, text));
    }
}

#[tokio::test]
async fn a_chunked_body_is_read() {
    let served = serve(echo());
    let request = "POST /text HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut wire = served.connect().await;
    wire.send(request).await;
    for chunk in [
        "5\r\nhello\r\n",
        "1\r\n,\r\n",
        "6\r\n world\r\n",
        "0\r\n\r\n",
    ] {
        wire.send(chunk).await;
    }
    assert_eq!(wire.response().await.text(), "hello, world");
}

#[tokio::test]
async fn json_without_a_content_type_is_accepted() {
    let served = serve(echo());
    let request = "POST /numbers HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\n[7]";
    assert_eq!(served.ask(request).await.text(), "[7]");
}

#[tokio::test]
async fn json_is_recognized_by_its_media_type() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    for (content_type, status) in [
        ("application/json", 200),
        ("Application/JSON ; charset=utf-8", 200),
        ("application/problem+json", 200),
        ("application/json; name=\u{e9}", 200),
        ("application/vnd.api+json", 200),
        ("Image/SVG.x+JSON;a=b", 200),
        ("model/a+b+json", 200),
        ("x+json", 415),
        ("+json", 415),
        ("/+json", 415),
        ("application/+json", 415),
        ("/x+json", 415),
        ("a/b/c+json", 415),
        ("a b/c+json", 415),
        ("a/b c+json", 415),
        ("application/json, text/plain", 415),
        ("text/plain, application/x+json", 415),
        ("application/json+x", 415),
        ("json", 415),
        ("", 415),
        (";application/json", 415),
        ("text/plain; a=+json", 415),
        ("application/jsonp", 415),
    ] {
        wire.send(post("/numbers", content_type, "[7]")).await;
        assert_eq!(wire.response().await.status, status, "{content_type}");
    }
}

#[tokio::test]
async fn the_response_describes_an_invalid_body() {
    let served = serve(echo());
    let json = "application/json";
    let mut wire = served.connect().await;
    for (request, status, detail) in [
        (
            post("/numbers", json, "[1, 2"),
            400,
            "the body is not valid JSON: EOF while parsing a list at line 1 column 5",
        ),
        (
            post("/numbers", json, "[1, \"x\"]"),
            400,
            "invalid JSON body: `[1]`: invalid type: string \"x\", expected u32 at line 1 column 7",
        ),
        (
            post("/map", json, "[]"),
            400,
            "invalid JSON body: invalid type: sequence, expected a map at line 1 column 0",
        ),
        (
            post("/numbers", json, ""),
            400,
            "the body is not valid JSON: EOF while parsing a value at line 1 column 0",
        ),
        (
            post("/numbers", "text/plain", "[1]"),
            415,
            "unsupported content type `text/plain`, expected JSON, `application/json`",
        ),
        (
            post("/form", json, "a=b"),
            415,
            "unsupported content type `application/json`, expected a form, `application/x-www-form-urlencoded`",
        ),
        (
            post("/small", "text/plain", "hello"),
            413,
            "the request body exceeds the limit of 4 bytes",
        ),
    ] {
        wire.send(request).await;
        let response = wire.response().await;
        assert_eq!((response.status, &*response.detail()), (status, detail));
        if response.header("connection") == Some("close") {
            wire = served.connect().await;
        }
    }
    let mut request = post("/text", "text/plain", "...").into_bytes();
    request.truncate(request.len() - 3);
    request.extend([b'a', 0xff, b'b']);
    wire.send(request).await;
    let response = wire.response().await;
    assert_eq!(response.status, 400);
    assert_eq!(
        response.detail(),
        "the body is not valid UTF-8 from byte 1 on"
    );
}

#[tokio::test]
async fn a_body_read_whole_is_limited_to_two_mebibytes() {
    let served = serve(echo());
    let most = "x".repeat(2 << 20);
    let more = "x".repeat((2 << 20) + 1);
    let response = served.ask(&post("/bytes", "text/plain", &most)).await;
    assert_eq!(response.text(), "2097152 bytes");
    // The declared length is enough to reject the body.
    let declared = "POST /bytes HTTP/1.1\r\nhost: a\r\ncontent-length: 2097153\r\n\r\n";
    let response = served.ask(declared).await;
    assert_eq!(response.status, 413);
    assert_eq!(
        response.detail(),
        "the request body exceeds the limit of 2097152 bytes"
    );
    let response = served.ask(&post("/large", "text/plain", &more)).await;
    assert_eq!(response.text(), "2097153 bytes");
    let response = served.ask(&post("/chunks", "text/plain", &more)).await;
    assert_eq!(response.text(), "2097153 bytes");
}

#[tokio::test]
async fn a_chunked_body_is_limited_while_it_arrives() {
    let served = serve(echo().max_body_size(8));
    let mut wire = served.connect().await;
    let request = "POST /bytes HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    wire.send(request).await;
    wire.send("5\r\nhello\r\n5\r\nworld\r\n").await;
    let response = wire.response().await;
    assert_eq!(response.status, 413);
    assert_eq!(
        response.detail(),
        "the request body exceeds the limit of 8 bytes"
    );
}

#[tokio::test]
async fn a_truncated_body_is_a_400() {
    let served = serve(echo());
    for path in ["/text", "/chunks"] {
        let mut wire = served.connect().await;
        wire.send(format!(
            "POST {path} HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhal"
        ))
        .await;
        wire.finish().await;
        let response = wire.response().await;
        assert_eq!(response.status, 400);
        assert_eq!(response.detail(), "the request body ended prematurely");
    }
}

#[tokio::test]
async fn an_invalid_chunked_body_is_a_400() {
    let served = serve(echo());
    let request =
        "POST /text HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nnot a size\r\n";
    let response = served.ask(request).await;
    assert_eq!(response.status, 400);
    assert_eq!(
        response.detail(),
        "the framing or the trailers of the request body are invalid"
    );
}

#[tokio::test]
async fn reading_the_body_sends_100_continue() {
    let served = serve(echo());
    let mut wire = served.connect().await;
    wire.send(
        "POST /text HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n",
    )
    .await;
    assert_eq!(wire.head().await.status, 100);
    wire.send("hello").await;
    assert_eq!(wire.response().await.text(), "hello");
}

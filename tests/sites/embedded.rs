//! Files that are embedded in the program, on the wire.

use std::path::PathBuf;

use onward::files::Files;
use onward::http;
use onward::prelude::*;

use crate::client::{Received, exchange, request};
use crate::served::serve;

#[server]
async fn site(req: Request, res: Response, www: Files) -> Result {
    route!("/app/{path..}" => www.clone().fallback("index.html").send(&req, res, path).await);
    route!(ANY "/{path..}" => www.send(&req, res, path).await);
}

fn www() -> Files {
    let large = "0123456789".repeat(100_000);
    Files::embedded([
        (PathBuf::from("index.html"), "<h1>home</h1>".to_owned()),
        (PathBuf::from("ten.txt"), "0123456789".to_owned()),
        (PathBuf::from("empty.txt"), String::new()),
        (
            ["docs", "index.html"].iter().collect(),
            "<h1>docs</h1>".to_owned(),
        ),
        (
            ["docs", ".git", "config"].iter().collect(),
            "secret".to_owned(),
        ),
        (PathBuf::from("app.js"), "plain".to_owned()),
        (PathBuf::from("app.js.br"), "brotli".to_owned()),
        (PathBuf::from("large.txt"), large),
    ])
    .precompressed()
}

#[tokio::test]
async fn files_in_the_program_are_served_like_those_of_a_directory() {
    let www = www();
    let served = serve(http::create_server(move |req, res| {
        site(req, res, www.clone())
    }));
    let addr = served.addr;
    let get = async |lines: &[&str]| Received::parse(&exchange(addr, &request(lines, b"")).await);

    let first = get(&["GET /ten.txt"]).await;
    let etag = first.header("etag").unwrap().to_owned();
    assert_eq!(
        first.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(first.header("last-modified"), None);
    let known = format!("if-none-match: {etag}");
    let only = format!("if-match: {etag}");
    for (lines, status, body) in [
        (&["GET /ten.txt"][..], 200, "0123456789"),
        (&["GET /ten.txt", "range: bytes=2-3"], 206, "23"),
        (&["GET /ten.txt", "range: bytes=-1"], 206, "9"),
        (&["GET /ten.txt", "range: bytes=10-"], 416, ""),
        (&["GET /ten.txt", &known], 304, ""),
        (&["GET /ten.txt", &only], 200, "0123456789"),
        (&["GET /ten.txt", "if-match: \"x\""], 412, ""),
        (
            &[
                "GET /ten.txt",
                "if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT",
            ],
            200,
            "0123456789",
        ),
        (&["GET /empty.txt"], 200, ""),
        (&["GET /"], 200, "<h1>home</h1>"),
        (&["GET /docs/"], 200, "<h1>docs</h1>"),
        (&["GET /docs"], 308, ""),
        (&["GET /docs/index.html"], 200, "<h1>docs</h1>"),
        (&["GET /app.js"], 200, "plain"),
        (&["GET /app.js", "accept-encoding: br"], 200, "brotli"),
        (
            &["GET /app/products/7", "accept: text/html"],
            200,
            "<h1>home</h1>",
        ),
        (&["GET /app/missing.js", "accept: image/png"], 404, ""),
        (&["GET /app/ten.txt"], 200, "0123456789"),
        (&["GET /ten.txt/"], 404, ""),
        (&["GET /ten"], 404, ""),
        (&["GET /doc"], 404, ""),
        (&["GET /docs/.git/config"], 404, ""),
        (&["GET /docs/../ten.txt"], 404, ""),
        (&["GET /docs/%2e%2e/ten.txt"], 404, ""),
        (&["GET /docs%2Findex.html"], 200, "<h1>docs</h1>"),
        (&["POST /ten.txt", "content-length: 0"], 405, ""),
    ] {
        let received = get(lines).await;
        assert_eq!(received.status, status, "{lines:?}");
        if matches!(status, 200 | 206) {
            assert_eq!(received.text(), body, "{lines:?}");
        }
    }
    let encoded = get(&["GET /app.js", "accept-encoding: br"]).await;
    assert_eq!(encoded.header("content-encoding"), Some("br"));
    assert_eq!(encoded.header("vary"), Some("accept-encoding"));
    assert_ne!(
        encoded.header("etag"),
        get(&["GET /app.js"]).await.header("etag")
    );
    let head = get(&["HEAD /ten.txt"]).await;
    assert_eq!(
        (head.header("content-length"), head.header("etag")),
        (Some("10"), Some(&*etag))
    );

    let large = get(&["GET /large.txt"]).await;
    assert_eq!((large.status, large.body.len()), (200, 1_000_000));
    let parts = get(&["GET /large.txt", "range: bytes=0-0,999999-"]).await;
    assert_eq!(parts.status, 206);
    assert!(
        parts
            .text()
            .contains("bytes 999999-999999/1000000\r\n\r\n9\r\n--")
    );
    served.server.close();
    served.closed().await;
}

#[test]
fn an_etag_depends_on_the_content_only() {
    let etag = |path: &str, content: &'static str| {
        let www = Files::embedded([(path, content)]);
        let req = Request::get("/");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let sent = runtime
            .block_on(www.send(&req, Response::new(), path))
            .unwrap();
        sent.header("etag").unwrap()
    };
    assert_eq!(etag("a", "x"), etag("b", "x"));
    assert_ne!(etag("a", "x"), etag("a", "y"));
    assert_ne!(etag("a", ""), etag("a", "\0"));
}

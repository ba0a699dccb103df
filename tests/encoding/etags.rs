//! The statement `etag`.

use onward::etag;
use onward::http;
use onward::prelude::*;

use crate::client::{Protocol, ask, get, post};
use crate::server::serve;

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    etag(&req, &mut res);
    route!("/" => "hello");
    route!("/other" => "other");
    route!(POST "/" => "hello");
    route!("/created" => (StatusCode::CREATED, "hello"));
    route!("/stream" => {
        res.write("hello");
        res.end()
    });
    route!("/tagged-stream" => {
        res.set_header("etag", "\"a,b\"");
        res.write("hello");
        res.end()
    });
}

#[tokio::test]
async fn a_client_that_has_the_body_gets_a_304() {
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let served = serve(http::create_server(site));
        let mut client = served.connect(protocol).await;
        let tag = client
            .ask(get("/"))
            .await
            .header("etag")
            .unwrap()
            .to_owned();
        assert!(tag.starts_with("W/\"5-"), "{tag}");
        let other = client.ask(get("/other")).await;
        assert_ne!(other.header("etag"), Some(tag.as_str()));
        let strong = tag.trim_start_matches("W/").to_owned();
        let listed = format!("\"x\", {tag}");
        for (known, status) in [
            (tag.as_str(), 304),
            (strong.as_str(), 304),
            (listed.as_str(), 304),
            ("*", 304),
            ("\"x\"", 200),
            ("", 200),
        ] {
            for method in ["GET", "HEAD"] {
                let answer = client
                    .ask(ask(method, "/").header("if-none-match", known))
                    .await;
                assert_eq!(answer.status, status, "{method} {known}");
                assert_eq!(answer.header("etag"), Some(tag.as_str()));
                assert!(answer.is_whole);
                if status == 304 {
                    assert!(answer.body.is_empty());
                }
            }
        }
        let ask = get("/tagged-stream").header("if-none-match", "\"c\", W/\"a,b\"");
        assert_eq!(client.ask(ask).await.status, 304);
        for ask in [post("/"), get("/created"), get("/stream"), get("/missing")] {
            let answer = client.ask(ask.header("if-none-match", "*")).await;
            assert_ne!(answer.status, 304);
            assert_eq!(answer.header("etag"), None);
        }
    }
}

#[tokio::test]
async fn a_detached_304_has_no_body() {
    for (path, body) in [("/", "hello"), ("/tagged-stream", "hello")] {
        let sent = site(Request::get(path), Response::new()).await.unwrap();
        assert_eq!(sent.text(), body);
        let known = Request::get(path).header("if-none-match", sent.header("etag").unwrap());
        let sent = site(known, Response::new()).await.unwrap();
        assert_eq!(
            (sent.status_code(), sent.text().as_str()),
            (StatusCode::NOT_MODIFIED, "")
        );
    }
}

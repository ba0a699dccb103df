//! Request headers, which are parsed on demand.

use onward::http;
use onward::http::{HeaderMap, HeaderValue};
use tokio::sync::mpsc;

use crate::client::{get, serve};

const REQUEST: &str = "POST /a HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nx-ONE:\t2 \r\nAccept: b\r\n\
                       Content-Type: text/plain\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nhi";

#[tokio::test]
async fn all_headers_are_in_the_map() {
    let served = serve(http::create_server(|req, res| async move {
        let all = req.headers.iter();
        let mut all: Vec<_> = all
            .map(|(name, value)| format!("{name}={value:?}"))
            .collect();
        all.sort();
        res.send(all.join(" "))
    }));
    let response = served.ask(REQUEST).await;
    let expected = "accept=\"b\" connection=\"keep-alive\" content-length=\"2\" content-type=\"text/plain\" \
                    host=\"a\" x-one=\"1\" x-one=\"2\"";
    assert_eq!(response.text(), expected);
}

#[tokio::test]
async fn a_kept_request_keeps_its_headers() {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let served = serve(http::create_server(move |req, res| {
        let sender = sender.clone();
        async move {
            let _ = sender.send(req);
            res.send("hello")
        }
    }));
    let mut wire = served.connect().await;
    for url in ["/one", "/two", "/three"] {
        let request = get(url).replace("\r\n\r\n", &format!("\r\nX-Url: {url}\r\n\r\n"));
        wire.send(request).await;
        assert_eq!(wire.response().await.text(), "hello");
    }
    for url in ["/one", "/two", "/three"] {
        let req = receiver.recv().await.unwrap();
        assert_eq!(req.url.path(), url);
        assert_eq!(req.headers["x-url"], url);
        assert!(
            req.raw_headers()
                .contains(&("X-Url".into(), HeaderValue::from_static(url)))
        );
    }
}

#[tokio::test]
async fn changing_headers_does_not_change_raw_headers() {
    let served = serve(http::create_server(|mut req, res| async move {
        let came = req.raw_headers();
        req.headers.remove("x-one");
        req.headers.insert("accept", HeaderValue::from_static("c"));
        assert_eq!(req.raw_headers(), came);
        let copy = req.headers.clone();
        assert!(copy == req.headers && copy.get("x-one").is_none());
        let map: HeaderMap = req.headers.into();
        assert_eq!(
            (map.len(), &map["accept"]),
            (5, &HeaderValue::from_static("c"))
        );
        res.send(req.body.text().await.unwrap_or_default())
    }));
    assert_eq!(served.ask(REQUEST).await.text(), "hi");
}

#[tokio::test]
async fn request_headers_do_not_reach_the_response() {
    let served = serve(http::create_server(
        |_req, res| async move { res.send("hello") },
    ));
    let response = served.ask(REQUEST).await;
    assert_eq!(
        response.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    assert_eq!(response.header("content-length"), Some("5"));
    assert_eq!(response.header("connection"), None);
}

#[tokio::test]
async fn headers_are_found_by_name() {
    let served = serve(http::create_server(|req, res| async move {
        let headers = &req.headers;
        let one = headers.get("x-one").unwrap();
        let names = [
            "Host",
            "ACCEPT",
            "content-type",
            "content-length",
            "Connection",
        ];
        let values = names.map(|name| headers.get(name).unwrap().to_str().unwrap());
        assert_eq!(values, ["a", "b", "text/plain", "2", "keep-alive"]);
        assert_eq!(names.map(|name| headers[name].to_str().unwrap()), values);
        assert_eq!(
            (one, headers.get(http::header::HOST)),
            (&headers["X-One"], headers.get("host"))
        );
        assert!(headers.contains_key("accept") && !headers.contains_key("x"));
        assert!(headers.get("x").is_none() && headers.get("x-one: 1").is_none());
        assert_eq!(headers.get_all("x-one").iter().count(), 2);
        res.send(one.to_str().unwrap().to_owned())
    }));
    assert_eq!(served.ask(REQUEST).await.text(), "1");
}

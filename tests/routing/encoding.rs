//! Percent-encoding.

use crate::client::{get, post, with};
use onward::prelude::*;

#[server]
async fn cafe(req: Request, res: Response) -> Result {
    route!("/café" => "café");
    route!("/a b" => "a blank");
    route!("/100%" => "all");
    route!("/pages/{name}" => format!("[{name}]"));
    route!("/pages/{name}/edit" => format!("edit [{name}]"));
    route!("/numbers/{n: u32}" => n.to_string());
    route!("/texts/{text: String}/{rest..}" => format!("[{text}] [{rest}]"));
}

#[tokio::test]
async fn paths_are_matched_decoded() {
    for path in ["/caf%C3%A9", "/caf%c3%a9", "/%63af%C3%A9"] {
        assert_eq!(get(cafe, path).await, "200 café", "{path}");
    }
    assert_eq!(get(cafe, "/a%20b").await, "200 a blank");
    assert_eq!(get(cafe, "/a+b").await, "404");
    assert_eq!(get(cafe, "/100%25").await, "200 all");
    assert_eq!(get(cafe, "/%70ages/%31").await, "200 [1]");
    assert_eq!(get(cafe, "/numbers/%37%31").await, "200 71");
    assert_eq!(
        post(cafe, "/caf%C3%A9").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
    assert_eq!(
        with("OPTIONS", cafe, "/caf%C3%A9").await,
        "204 GET, HEAD, OPTIONS"
    );
}

#[tokio::test]
async fn parameters_are_decoded_once() {
    assert_eq!(
        get(cafe, "/pages/caf%C3%A9%20au%20lait").await,
        "200 [café au lait]"
    );
    assert_eq!(get(cafe, "/pages/%2525").await, "200 [%25]");
    assert_eq!(get(cafe, "/pages/a+b").await, "200 [a+b]");
    assert_eq!(
        get(cafe, "/texts/%25%2Fa/b%2F%25/x").await,
        "200 [%/a] [b/%/x]"
    );
}

#[tokio::test]
async fn an_encoded_slash_never_splits_a_segment() {
    for path in ["/pages/a%2Fb", "/pages/a%2fb"] {
        assert_eq!(get(cafe, path).await, "200 [a/b]");
    }
    assert_eq!(get(cafe, "/pages/x%2Fedit").await, "200 [x/edit]");
    assert_eq!(get(cafe, "/pages/x%2Fy/edit").await, "200 edit [x/y]");
    assert_eq!(get(cafe, "/pages%2Fx").await, "404");
    assert_eq!(get(cafe, "/pages/%252F").await, "200 [%2F]");
}

#[tokio::test]
async fn malformed_encoding_is_a_bad_request() {
    for path in [
        "/pages/%",
        "/pages/%2",
        "/pages/%zz",
        "/%ff",
        "/pages/%C3",
        "/nope/%80",
        "/pages/%ED%A0%80",
    ] {
        for method in ["GET", "POST", "OPTIONS"] {
            let error = with(method, cafe, path).await;
            assert!(error.starts_with("400 "), "{method} {path}: {error}");
        }
    }
    // The query is not decoded.
    assert_eq!(get(cafe, "/pages/x?%zz").await, "200 [x]");
}

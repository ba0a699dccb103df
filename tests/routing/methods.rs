//! The method before the path.

use crate::client::{get, post, with};
use onward::prelude::*;

const NAMES: [&str; 10] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "TRACE", "CONNECT",
];

#[server]
async fn each(req: Request, res: Response) -> Result {
    route!(HEAD "/" => "head");
    route!(GET "/" => "get");
    route!(POST "/" => "post");
    route!(PUT "/" => "put");
    route!(PATCH "/" => "patch");
    route!(DELETE "/" => "delete");
    route!(OPTIONS "/" => "options");
    route!(QUERY "/" => "query");
    route!(TRACE "/" => "trace");
    route!(CONNECT "/" => "connect");
}

#[server]
async fn all_but_options(req: Request, res: Response) -> Result {
    route!(GET | HEAD | POST | PUT | PATCH | DELETE | QUERY | TRACE | CONNECT "/" => "any of nine");
}

#[tokio::test]
async fn every_method_has_a_name() {
    for name in NAMES {
        let expected = format!("200 {}", name.to_lowercase());
        assert_eq!(with(name, each, "/").await, expected);
    }
    assert_eq!(
        with("OPTIONS", all_but_options, "/").await,
        format!("204 {}", NAMES.join(", "))
    );
}

#[tokio::test]
async fn a_method_without_a_name_is_not_implemented() {
    for path in ["/", "/nope"] {
        assert_eq!(with("BREW", each, path).await, "501 method not implemented");
    }
    assert_eq!(with("BREW", groups, "/any").await, "200 BREW");
}

#[server]
async fn groups(req: Request, res: Response) -> Result {
    route!("/default" => req.method.to_string());
    route!(GET "/get" => req.method.to_string());
    route!(POST | PUT | DELETE "/several" => req.method.to_string());
    route!(GET | HEAD "/both" => req.method.to_string());
    route!(HEAD "/head" => req.method.to_string());
    route!(ANY "/any" => req.method.to_string());
}

#[tokio::test]
async fn a_route_without_a_method_handles_get_and_head() {
    for path in ["/default", "/get", "/both"] {
        assert_eq!(with("GET", groups, path).await, "200 GET");
        assert_eq!(with("HEAD", groups, path).await, "200 HEAD");
        let error = post(groups, path).await;
        assert_eq!(error, "405 allowed methods: GET, HEAD, OPTIONS");
    }
}

#[tokio::test]
async fn several_methods_share_a_route() {
    for name in ["POST", "PUT", "DELETE"] {
        assert_eq!(with(name, groups, "/several").await, format!("200 {name}"));
    }
    for name in ["GET", "HEAD", "PATCH", "QUERY", "CONNECT"] {
        let error = with(name, groups, "/several").await;
        assert_eq!(error, "405 allowed methods: POST, PUT, DELETE, OPTIONS");
    }
}

#[tokio::test]
async fn a_head_route_handles_only_head() {
    assert_eq!(with("HEAD", groups, "/head").await, "200 HEAD");
    assert_eq!(
        get(groups, "/head").await,
        "405 allowed methods: HEAD, OPTIONS"
    );
}

#[tokio::test]
async fn any_matches_every_method() {
    for name in NAMES.into_iter().chain(["BREW", "PROPFIND", "get"]) {
        assert_eq!(with(name, groups, "/any").await, format!("200 {name}"));
    }
}

#[server]
async fn split(req: Request, res: Response) -> Result {
    route!(POST "/{id: u8}" => format!("post {id}"));
    route!("/{name}" => format!("get {name}"));
    route!(PUT | POST "/{text}" => format!("put or post {text}"));
    route!(ANY "/{anything}" => format!("any {anything}"));
}

#[tokio::test]
async fn routes_of_one_path_divide_the_methods_in_order() {
    assert_eq!(post(split, "/7").await, "200 post 7");
    assert_eq!(post(split, "/x").await, "200 put or post x");
    assert_eq!(with("PUT", split, "/7").await, "200 put or post 7");
    assert_eq!(get(split, "/7").await, "200 get 7");
    assert_eq!(with("DELETE", split, "/7").await, "200 any 7");
}

//! Requests that no route matches: 404, 405, 501 and OPTIONS; and HEAD.

use crate::client::{get, with};
use crate::wire::Wire;
use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    res.set_header("x-shop", "1");
    route!("/products" => "products");
    route!(POST | PUT "/products" => "written");
    route!(DELETE "/products/{id: u32}" => id.to_string());
    route!(PATCH "/products/{name}" => name.to_owned());
    route!(OPTIONS "/own" => "my own options");
    route!("/own" => "own");
    route!(ANY "/any" => "any");
    route!(TRACE | CONNECT | QUERY "/rare" => "rare");
    route!(ANY "/mixed" if false => "never");
    route!(PUT "/mixed" => "put");
    route!(POST "/stream" => { res.write("streamed"); res.end() });
    route!("/panic" => panic!("on purpose"));
}

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    for path in [
        "/",
        "/product",
        "/productss",
        "/products/",
        "/products/1/2",
        "/Products",
        "/a.b",
    ] {
        for method in ["GET", "HEAD", "POST", "OPTIONS"] {
            assert_eq!(with(method, shop, path).await, "404", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn another_method_is_not_allowed_and_the_allowed_ones_are_listed() {
    let cases = [
        ("PATCH", "/products", "GET, HEAD, POST, PUT, OPTIONS"),
        ("PUT", "/products/7", "PATCH, DELETE, OPTIONS"),
        ("PUT", "/products/x", "PATCH, OPTIONS"),
        ("POST", "/rare", "OPTIONS, QUERY, TRACE, CONNECT"),
        ("CONNECT", "/mixed", "PUT, OPTIONS"),
        ("POST", "/own", "GET, HEAD, OPTIONS"),
    ];
    for (method, path, allow) in cases {
        let error = with(method, shop, path).await;
        assert_eq!(error, format!("405 allowed methods: {allow}"), "{path}");
        if path != "/own" {
            assert_eq!(
                with("OPTIONS", shop, path).await,
                format!("204 {allow}"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn a_route_may_handle_options() {
    assert_eq!(with("OPTIONS", shop, "/own").await, "200 my own options");
    assert_eq!(with("OPTIONS", shop, "/any").await, "200 any");
}

#[tokio::test]
async fn over_the_wire_head_is_get_without_its_body() {
    let mut wire = Wire::serve(shop).await;
    let get = wire.ask("GET", "/products").await;
    let head = wire.ask("HEAD", "/products").await;
    assert_eq!((get.status, get.body.as_str()), (200, "products"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    for header in ["content-length", "content-type", "x-shop"] {
        assert_eq!(get.header(header), head.header(header), "{header}");
    }
    assert_eq!(head.header("content-length"), "8");
    let missing = wire.ask("HEAD", "/nope").await;
    assert_eq!((missing.status, missing.body.as_str()), (404, ""));
}

#[tokio::test]
async fn over_the_wire_errors_keep_the_headers_and_the_connection() {
    let mut wire = Wire::serve(shop).await;
    let response = wire.ask("PATCH", "/products").await;
    assert_eq!(response.status, 405);
    assert_eq!(response.header("allow"), "GET, HEAD, POST, PUT, OPTIONS");
    assert_eq!(response.header("x-shop"), "1");
    assert_eq!(response.header("content-type"), "application/problem+json");
    let options = wire.ask("OPTIONS", "/products").await;
    assert_eq!(options.status, 204);
    assert_eq!(options.header("allow"), "GET, HEAD, POST, PUT, OPTIONS");
    assert_eq!(options.header("x-shop"), "1");
    let missing = wire.ask("GET", "/nope").await;
    assert_eq!((missing.status, missing.header("x-shop")), (404, "1"));
    assert_eq!(missing.header("allow"), "");
    assert_eq!(wire.ask("GET", "/products").await.body, "products");
}

#[tokio::test]
async fn over_the_wire_every_request_gets_a_response() {
    let mut wire = Wire::serve(shop).await;
    let cases = [
        ("GET", "/products", 200),
        ("POST", "/stream", 200),
        ("GET", "/%zz", 400),
        ("GET", "/a/../b", 404),
        ("OPTIONS", "*", 204),
        ("BREW", "/products", 501),
        ("BREW", "/nope", 501),
        ("QUERY", "/rare", 200),
        ("TRACE", "/rare", 200),
        ("BREW", "/any", 200),
        ("GET", "/panic", 500),
    ];
    for (method, path, status) in cases {
        assert_eq!(
            wire.ask(method, path).await.status,
            status,
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn a_404_has_no_allow() {
    let mut wire = Wire::serve(shop).await;
    assert_eq!(wire.ask("OPTIONS", "/nope").await.header("allow"), "");
    assert_eq!(get(shop, "/nope").await, "404");
}

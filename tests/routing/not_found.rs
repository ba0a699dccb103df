//! What is answered when no route is: 404, 405, OPTIONS; and HEAD.

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
async fn a_path_that_no_route_has_is_not_found() {
    for path in [
        "/",
        "/product",
        "/productss",
        "/products/",
        "/products/1/2",
        "/Products",
        "/a.b",
    ] {
        for method in ["GET", "HEAD", "POST", "OPTIONS", "BREW"] {
            assert_eq!(with(method, shop, path).await, "404", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn another_method_is_not_allowed_and_is_told_which_are() {
    let cases = [
        ("/products", "GET, HEAD, POST, PUT, OPTIONS"),
        ("/products/7", "PATCH, DELETE, OPTIONS"),
        ("/products/x", "PATCH, OPTIONS"),
        ("/rare", "OPTIONS, QUERY, TRACE, CONNECT"),
        ("/mixed", "PUT, OPTIONS"),
        ("/own", "GET, HEAD, OPTIONS"),
    ];
    for (path, allow) in cases {
        let refused = with("BREW", shop, path).await;
        assert_eq!(
            refused,
            format!("405 this path answers to {allow}"),
            "{path}"
        );
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
async fn options_can_be_answered_by_a_route() {
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
async fn over_the_wire_refusals_keep_the_headers_and_the_connection() {
    let mut wire = Wire::serve(shop).await;
    let refused = wire.ask("PATCH", "/products").await;
    assert_eq!(refused.status, 405);
    assert_eq!(refused.header("allow"), "GET, HEAD, POST, PUT, OPTIONS");
    assert_eq!(refused.header("x-shop"), "1");
    assert_eq!(refused.header("content-type"), "application/problem+json");
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
async fn over_the_wire_no_request_is_left_without_an_answer() {
    let mut wire = Wire::serve(shop).await;
    let cases = [
        ("GET", "/products", 200),
        ("POST", "/stream", 200),
        ("GET", "/%zz", 400),
        ("GET", "/a/../b", 404),
        ("OPTIONS", "*", 404),
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

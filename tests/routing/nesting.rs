//! Nested servers: `req.at(rest)`.

use crate::client::{get, post, with};
use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => "shop");
    res.set_header("x-shop", "1");
    route!("/admin/hello" => "the shop's own");
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res, "ada").await);
    route!(ANY "/s/{name}/{rest..}" if name != "closed" => admin(req.at(rest), res, name).await);
    route!("/read/{rest..}" => admin(req.at(rest), res, "reader").await);
}

#[server]
async fn admin(req: Request, res: Response, user: &str) -> Result {
    route!("/" => format!("{user}'s root: {} of {}", req.url, req.url.original()));
    route!("/hello" => "admin's");
    route!("/users/{name}" => format!("{name} at {} of {}", req.url, req.url.original()));
    route!(POST | DELETE "/users/{name}" => name.to_owned());
    route!(ANY "/deep/{more..}" => deep(req.at(more), res).await);
}

#[server]
async fn deep(req: Request, res: Response) -> Result {
    route!("/" => format!("deep root: {} of {}", req.url, req.url.original()));
    route!("/{name}" => format!("deep [{name}]: {} {} of {}", req.url.path(), req.url, req.url.original()));
    route!(PUT "/{_name}" => StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_nested_server_has_its_own_root_and_the_original_url() {
    let response = get(shop, "/admin/users/bob?x=1").await;
    assert_eq!(
        response,
        "200 bob at /users/bob?x=1 of /admin/users/bob?x=1"
    );
    assert_eq!(
        get(shop, "/s/eve/users/bob").await,
        "200 bob at /users/bob of /s/eve/users/bob"
    );
    assert_eq!(get(shop, "/admin/hello").await, "200 the shop's own");
    assert_eq!(get(shop, "/s/eve/hello").await, "200 admin's");
}

#[tokio::test]
async fn an_empty_rest_is_the_root() {
    assert_eq!(get(shop, "/admin/").await, "200 ada's root: / of /admin/");
    assert_eq!(
        get(shop, "/admin/?x=1").await,
        "200 ada's root: /?x=1 of /admin/?x=1"
    );
    assert_eq!(get(shop, "/s/eve/").await, "200 eve's root: / of /s/eve/");
    assert_eq!(get(shop, "/admin").await, "404");
}

#[tokio::test]
async fn servers_nest_twice() {
    let response = get(shop, "/admin/deep/x?y=1").await;
    assert_eq!(response, "200 deep [x]: /x /x?y=1 of /admin/deep/x?y=1");
    assert_eq!(
        get(shop, "/admin/deep/").await,
        "200 deep root: / of /admin/deep/"
    );
    assert_eq!(get(shop, "/admin/deep").await, "404");
}

#[tokio::test]
async fn encoded_rests_nest() {
    let response = get(shop, "/s/a%2Fb/users/c%2Fd%25").await;
    assert_eq!(
        response,
        "200 c/d% at /users/c%2Fd%25 of /s/a%2Fb/users/c%2Fd%25"
    );
    let response = get(shop, "/%61dmin/d%65ep/caf%C3%A9%2Fb").await;
    let path = "/caf%C3%A9%2Fb";
    assert_eq!(
        response,
        format!("200 deep [café/b]: {path} {path} of /%61dmin/d%65ep{path}")
    );
    assert!(get(shop, "/admin/%zz").await.starts_with("400 "));
    assert_eq!(get(shop, "/admin/../users/x").await, "404");
}

#[tokio::test]
async fn methods_and_options_are_those_of_the_nested_server() {
    assert_eq!(post(shop, "/admin/users/bob").await, "200 bob");
    let allow = "GET, HEAD, POST, DELETE, OPTIONS";
    assert_eq!(
        with("PUT", shop, "/admin/users/bob").await,
        format!("405 allowed methods: {allow}")
    );
    assert_eq!(
        with("OPTIONS", shop, "/admin/users/bob").await,
        format!("204 {allow}")
    );
    assert_eq!(
        with("OPTIONS", shop, "/admin/deep/x").await,
        "204 GET, HEAD, PUT, OPTIONS"
    );
    assert_eq!(with("OPTIONS", shop, "/admin/nope").await, "404");
    assert_eq!(get(shop, "/s/closed/users/bob").await, "404");
}

#[server]
async fn split(req: Request, res: Response) -> Result {
    route!(PUT "/admin/users/{name}" => name.to_owned());
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res, "ada").await);
}

#[tokio::test]
async fn a_nested_server_does_not_know_the_outer_routes() {
    assert_eq!(with("PUT", split, "/admin/users/bob").await, "200 bob");
    assert_eq!(
        with("OPTIONS", split, "/admin/users/bob").await,
        "204 GET, HEAD, POST, DELETE, OPTIONS"
    );
}

#[tokio::test]
async fn a_nested_server_below_one_method_handles_no_other() {
    assert_eq!(get(shop, "/read/hello").await, "200 admin's");
    assert_eq!(
        post(shop, "/read/users/bob").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
}

#[tokio::test]
async fn headers_set_outside_are_kept() {
    let sent = shop(Request::get("/admin/hello"), Response::new())
        .await
        .expect("a response");
    assert_eq!(sent.header("x-shop").expect("set"), "1");
    let sent = shop(Request::get("/admin/users/x"), Response::new())
        .await
        .expect("a response");
    assert_eq!(sent.header("x-shop").expect("set"), "1");
}

#[server(trailing_slash = ignore)]
async fn relaxed(req: Request, res: Response) -> Result {
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res, "ada").await);
    route!(ANY "/relaxed/{rest..}" => Box::pin(relaxed(req.at(rest), res)).await);
    route!(ANY "/sent/{rest..}" => redirecting(req.at(rest), res).await);
    route!("/" => format!("root {}", req.url));
}

#[server(trailing_slash = redirect)]
async fn redirecting(req: Request, res: Response) -> Result {
    route!("/" => format!("redirecting root {}", req.url));
    route!("/users" => "users");
    route!("/files/{rest..}" => format!("[{rest}]"));
}

#[tokio::test]
async fn nesting_works_with_an_ignored_trailing_slash() {
    assert_eq!(get(relaxed, "/admin").await, "200 ada's root: / of /admin");
    assert_eq!(
        get(relaxed, "/admin?x=1").await,
        "200 ada's root: /?x=1 of /admin?x=1"
    );
    assert_eq!(
        get(relaxed, "/admin/").await,
        "200 ada's root: / of /admin/"
    );
    assert_eq!(get(relaxed, "/admin/hello").await, "200 admin's");
    assert_eq!(get(relaxed, "/admin/deep").await, "404");
    assert_eq!(get(relaxed, "/relaxed").await, "200 root /");
    assert_eq!(get(relaxed, "/relaxed/relaxed/").await, "200 root /");
    assert_eq!(get(relaxed, "/relaxed/relaxed?x").await, "200 root /?x");
    assert_eq!(get(relaxed, "/relaxed/admin/hello/").await, "404");
}

#[tokio::test]
async fn a_nested_redirect_keeps_the_prefix() {
    assert_eq!(
        get(relaxed, "/sent/users/?x=1").await,
        "308 /sent/users?x=1"
    );
    assert_eq!(
        get(relaxed, "/relaxed/sent/users/").await,
        "308 /relaxed/sent/users"
    );
    assert_eq!(get(relaxed, "/sent/files").await, "308 /sent/files/");
    assert_eq!(get(relaxed, "/sent").await, "200 redirecting root /");
}

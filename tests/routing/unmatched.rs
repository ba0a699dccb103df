//! The statement `route!(unmatched)`.

use crate::client::{ask, get, post, with};
use onward::prelude::*;

/// Fails, as if the client had sent no credentials.
fn authenticate() -> Result<&'static str> {
    Err(Error::new(StatusCode::UNAUTHORIZED, "sign in first"))
}

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    res.set_header("x-seen", "1");
    route!("/" => "home");
    route!(unmatched);
    let user = authenticate()?;
    route!("/inbox" => format!("mail for {user}"));
    route!(POST "/" => "posted");
    route!("/guarded" if req.headers.contains_key("yes") => "guarded");
}

#[tokio::test]
async fn requests_that_no_route_matches_end_above_the_statements_below() {
    for (method, url, response) in [
        ("GET", "/", "200 home"),
        ("GET", "/inbox", "401 sign in first"),
        ("POST", "/", "401 sign in first"),
        ("GET", "/nope", "404"),
        ("POST", "/inbox", "405 allowed methods: GET, HEAD, OPTIONS"),
        ("OPTIONS", "/inbox", "204 GET, HEAD, OPTIONS"),
        ("OPTIONS", "/", "204 GET, HEAD, POST, OPTIONS"),
        ("OPTIONS", "/nope", "404"),
        ("OPTIONS", "*", "204"),
        ("PURGE", "/inbox", "501 method not implemented"),
    ] {
        assert_eq!(with(method, site, url).await, response, "{method} {url}");
    }
}

#[tokio::test]
async fn statements_above_unmatched_run() {
    let sent = site(
        Request::with_method(Method::OPTIONS, "/inbox"),
        Response::new(),
    )
    .await;
    assert!(sent.expect("204").header("x-seen").is_some());
}

#[server]
async fn open(req: Request, res: Response) -> Result {
    route!(unmatched);
    route!("/guarded" if req.headers.contains_key("yes") => "guarded");
    route!(POST "/guarded" => "posted");
    route!("/typed/{id: u8}" => id.to_string());
}

#[tokio::test]
async fn guards_are_not_evaluated() {
    assert_eq!(get(site, "/guarded").await, "401 sign in first");
    assert_eq!(
        ask(open, Request::get("/guarded").header("yes", "1")).await,
        "200 guarded"
    );
    assert_eq!(
        get(open, "/guarded").await,
        "405 allowed methods: POST, OPTIONS"
    );
    assert_eq!(
        with("OPTIONS", open, "/guarded").await,
        "204 GET, HEAD, POST, OPTIONS"
    );
    assert_eq!(get(open, "/typed/x").await, "404");
}

#[server]
async fn own(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(unmatched => (StatusCode::NOT_FOUND, format!("{} {} is unknown", req.method, req.url)));
    let user = authenticate()?;
    route!("/inbox" => user);
}

#[tokio::test]
async fn an_expression_gets_everything_that_no_route_matches() {
    assert_eq!(get(own, "/nope").await, "404 GET /nope is unknown");
    assert_eq!(post(own, "/inbox").await, "404 POST /inbox is unknown");
    assert_eq!(with("OPTIONS", own, "/").await, "404 OPTIONS / is unknown");
    assert_eq!(get(own, "/inbox").await, "401 sign in first");
}

#[server(trailing_slash = redirect)]
async fn redirecting(req: Request, res: Response) -> Result {
    route!(unmatched);
    authenticate()?;
    route!("/users" => "users");
}

#[server(trailing_slash = ignore)]
async fn ignoring(req: Request, res: Response) -> Result {
    route!(unmatched => "unmatched");
    route!("/users/{name}" => name.to_owned());
}

#[tokio::test]
async fn unmatched_also_redirects_trailing_slashes() {
    assert_eq!(get(redirecting, "/users/").await, "308 /users");
    assert_eq!(get(redirecting, "/users").await, "401 sign in first");
    assert_eq!(get(redirecting, "/user/").await, "404");
    assert_eq!(get(ignoring, "/users/ada/").await, "200 ada");
    assert_eq!(get(ignoring, "/user/").await, "200 unmatched");
}

#[server]
async fn outer(req: Request, res: Response) -> Result {
    route!(PUT "/in/hello" => "put");
    route!(unmatched);
    let user = authenticate()?;
    route!(mount "/in" => middle(req, res, user).await);
    route!(mount "/caught" => catching(req, res).await);
    route!(mount "/tail" => with_tail(req, res).await);
    route!(mount "/slash" => redirecting(req, res).await);
    route!(mount "/ignored" => ignoring_slash(req, res).await);
    route!(mount "/own" => own(req, res).await);
    route!(mount "/maybe/{id: u8}" if id > 0 => guarded(req, res).await);
    route!(DELETE "/maybe/{_id: u8}/hello" => "deleted");
}

#[server]
async fn middle(req: Request, res: Response, user: &str) -> Result {
    route!("/" => user.to_owned());
    route!("/hello" => "hello");
    route!(PATCH "/deep/{_name}" => "patched");
    route!(mount "/deep" => guarded(req, res).await);
}

#[server]
async fn guarded(req: Request, res: Response) -> Result {
    route!("/hello" if req.headers.contains_key("yes") => "hello");
    route!(POST "/{name}" => name.to_owned());
}

#[server]
async fn catching(req: Request, res: Response) -> Result {
    route!("/" => "caught");
    route!(_ => "fallback");
}

#[server]
async fn with_tail(req: Request, res: Response) -> Result {
    route!("/" => "tail");
    Ok(res.send(format!("the end of {}", req.url)))
}

#[server(trailing_slash = ignore)]
async fn ignoring_slash(req: Request, res: Response) -> Result {
    route!("/users" => "users");
}

#[tokio::test]
async fn mounted_servers_are_considered() {
    let unauthorized = "401 sign in first";
    for (method, url, response) in [
        ("GET", "/in", unauthorized),
        ("GET", "/in/", unauthorized),
        ("GET", "/in/hello", unauthorized),
        ("GET", "/in/nope", "404"),
        ("PUT", "/in/hello", "200 put"),
        (
            "POST",
            "/in/hello",
            "405 allowed methods: GET, HEAD, PUT, OPTIONS",
        ),
        ("OPTIONS", "/in/hello", "204 GET, HEAD, PUT, OPTIONS"),
        ("GET", "/in/deep/hello", unauthorized),
        (
            "GET",
            "/in/deep/x",
            "405 allowed methods: POST, PATCH, OPTIONS",
        ),
        (
            "PUT",
            "/in/deep/hello",
            "405 allowed methods: GET, HEAD, POST, PATCH, OPTIONS",
        ),
        ("GET", "/in/d%65ep/hello", unauthorized),
        ("GET", "/in/deep/x/y", "404"),
        ("GET", "/caught/anything", unauthorized),
        ("GET", "/tail/anything", unauthorized),
        ("GET", "/slash/users", unauthorized),
        ("GET", "/slash/users/", "308 /slash/users"),
        ("GET", "/slash/user/", "404"),
        ("GET", "/ignored/users/", unauthorized),
        ("GET", "/ignored/user", "404"),
        ("GET", "/own/anything", unauthorized),
        ("GET", "/maybe/7/hello", unauthorized),
        ("DELETE", "/maybe/7/hello", unauthorized),
        (
            "PUT",
            "/maybe/7/hello",
            "405 allowed methods: GET, HEAD, POST, DELETE, OPTIONS",
        ),
        (
            "OPTIONS",
            "/maybe/7/hello",
            "204 GET, HEAD, POST, DELETE, OPTIONS",
        ),
        ("GET", "/maybe/7/x/y", "404"),
        ("GET", "/nope", "404"),
    ] {
        assert_eq!(with(method, outer, url).await, response, "{method} {url}");
    }
}

#[server(trailing_slash = ignore)]
async fn outer_with_expression(req: Request, res: Response) -> Result {
    route!(unmatched => "unmatched");
    authenticate()?;
    route!(mount "/slash" => redirecting(req, res).await);
    route!(mount "/maybe/{id: u8}" if id > 0 => guarded(req, res).await);
    route!(DELETE "/maybe/{_id: u8}/hello" => "deleted");
}

#[tokio::test]
async fn an_expression_gets_what_mounted_servers_do_not_match() {
    for (method, url, response) in [
        ("GET", "/slash/users", "401 sign in first"),
        ("GET", "/slash/users/", "308 /slash/users"),
        ("GET", "/slash/user", "200 unmatched"),
        ("OPTIONS", "/slash/users", "200 unmatched"),
        ("DELETE", "/maybe/7/hello/", "401 sign in first"),
        ("PUT", "/maybe/7/hello", "200 unmatched"),
    ] {
        assert_eq!(
            with(method, outer_with_expression, url).await,
            response,
            "{method} {url}"
        );
    }
}

#[server]
async fn nested(req: Request, res: Response) -> Result {
    route!(POST "/open/guarded" => "outer");
    route!(PUT "/open/nope" => "outer");
    route!(mount "/open" => open(req, res).await);
}

#[tokio::test]
async fn unmatched_in_a_mounted_server_knows_the_methods_of_the_routes_above_the_mount() {
    assert_eq!(
        get(nested, "/open/nope").await,
        "405 allowed methods: PUT, OPTIONS"
    );
    assert_eq!(
        with("OPTIONS", nested, "/open/nope").await,
        "204 PUT, OPTIONS"
    );
}

#[server]
async fn conditional(req: Request, res: Response) -> Result {
    #[cfg(not(test))]
    route!(unmatched => "compiled out");
    let _ = &req;
    route!("/" => "home");
}

#[tokio::test]
async fn unmatched_may_be_conditional() {
    assert_eq!(get(conditional, "/nope").await, "404");
}

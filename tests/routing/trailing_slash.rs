//! The option `trailing_slash = strict | ignore | redirect`.

use crate::client::{get, post, with};
use onward::prelude::*;

#[server(trailing_slash = strict)]
async fn strict(req: Request, res: Response) -> Result {
    route!("/" => "root");
    route!("/users" => "users");
    route!("/users/{name}" => name.to_owned());
}

#[server]
async fn default(req: Request, res: Response) -> Result {
    route!("/" => "root");
    route!("/users" => "users");
    route!("/users/{name}" => name.to_owned());
}

#[tokio::test]
async fn strict_is_the_default_and_distinguishes_a_trailing_slash() {
    for path in ["/users/", "/users/ada/", "//", "/users//"] {
        assert_eq!(get(strict, path).await, "404", "{path}");
        assert_eq!(get(default, path).await, "404", "{path}");
    }
    assert_eq!(get(strict, "/users/ada").await, "200 ada");
    assert_eq!(get(default, "/").await, "200 root");
}

#[server(trailing_slash = ignore)]
async fn ignore(req: Request, res: Response) -> Result {
    route!("/" => "root");
    route!("/users" => format!("users at {}", req.url));
    route!("/users/{name}" => name.to_owned());
    route!("/files/{path..}" => format!("[{path}]"));
    route!("/guarded/{name}" if name == "ada" => "ada");
}

/// No parameter borrows from the path.
#[server(trailing_slash = ignore)]
async fn ignore_without_text(req: Request, res: Response) -> Result {
    route!("/users" => "users");
    route!("/users/{id: u8}" => id.to_string());
}

#[tokio::test]
async fn ignore_matches_both_forms_without_text_parameters() {
    for (url, response) in [
        ("/users", "200 users"),
        ("/users/", "200 users"),
        ("/%75sers/7/", "200 7"),
    ] {
        assert_eq!(get(ignore_without_text, url).await, response);
    }
}

#[tokio::test]
async fn ignore_matches_both_forms() {
    assert_eq!(get(ignore, "/").await, "200 root");
    assert_eq!(get(ignore, "/users").await, "200 users at /users");
    assert_eq!(get(ignore, "/users/?x=1").await, "200 users at /users/?x=1");
    assert_eq!(get(ignore, "/users/ada/").await, "200 ada");
    assert_eq!(get(ignore, "/users/a%2Fb/").await, "200 a/b");
    assert_eq!(get(ignore, "/guarded/ada/").await, "200 ada");
    assert_eq!(get(ignore, "/guarded/bob/").await, "404");
    assert_eq!(
        post(ignore, "/users/").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
    assert_eq!(
        with("OPTIONS", ignore, "/users/").await,
        "204 GET, HEAD, OPTIONS"
    );
    for path in ["//", "/users//", "/users/ada//"] {
        assert_eq!(get(ignore, path).await, "404", "{path}");
    }
}

#[tokio::test]
async fn ignore_does_not_require_the_slash_of_an_empty_rest() {
    for path in ["/files", "/files/"] {
        assert_eq!(get(ignore, path).await, "200 []", "{path}");
    }
    assert_eq!(get(ignore, "/files/a/b/").await, "200 [a/b]");
    assert_eq!(get(ignore, "/filesystem").await, "404");
}

#[server(trailing_slash = redirect)]
async fn redirect(req: Request, mut res: Response) -> Result {
    res.set_header("x-seen", "1");
    route!("/" => "root");
    route!("/users" => "users");
    route!("/users/{name}" => name.to_owned());
    route!(POST "/users" => "new");
    route!("/files/{path..}" => format!("[{path}]"));
    route!("/guarded" if false => "never");
    route!("/number/{n: u8}" => n.to_string());
}

#[tokio::test]
async fn redirect_points_to_the_path_that_has_a_route() {
    assert_eq!(get(redirect, "/users/").await, "308 /users");
    assert_eq!(get(redirect, "/users/ada/").await, "308 /users/ada");
    assert_eq!(get(redirect, "/files").await, "308 /files/");
    assert_eq!(get(redirect, "/files/").await, "200 []");
    assert_eq!(get(redirect, "/").await, "200 root");
    for path in [
        "/nope",
        "/nope/",
        "//",
        "/users//",
        "/number/x/",
        "/users/ada/x/",
    ] {
        assert_eq!(get(redirect, path).await, "404", "{path}");
    }
}

#[tokio::test]
async fn redirect_keeps_query_encoding_and_method() {
    assert_eq!(
        get(redirect, "/users/?a=1&b=%20").await,
        "308 /users?a=1&b=%20"
    );
    assert_eq!(
        get(redirect, "/users/caf%C3%A9/").await,
        "308 /users/caf%C3%A9"
    );
    assert_eq!(get(redirect, "/users/a%2Fb/?").await, "308 /users/a%2Fb?");
    // With a 308, unlike a 301, the client sends the same method again.
    assert_eq!(post(redirect, "/users/").await, "308 /users");
    assert_eq!(with("DELETE", redirect, "/users/").await, "404");
}

#[tokio::test]
async fn a_redirect_has_the_headers_that_middleware_set() {
    let sent = redirect(Request::get("/users/"), Response::new())
        .await
        .expect("a response");
    assert_eq!(sent.header("x-seen").expect("set"), "1");
}

#[server(trailing_slash = redirect)]
async fn with_fallback(req: Request, res: Response) -> Result {
    route!("/users" => "users");
    route!(_ => (StatusCode::NOT_FOUND, format!("no page {}", req.url)));
}

#[server(trailing_slash = redirect)]
async fn with_tail(req: Request, res: Response) -> Result {
    route!("/users" => "users");
    Ok(res.send(format!("the end of {}", req.url)))
}

#[tokio::test]
async fn redirect_comes_before_a_fallback() {
    assert_eq!(get(with_fallback, "/users/").await, "308 /users");
    assert_eq!(get(with_fallback, "/user/").await, "404 no page /user/");
    assert_eq!(get(with_tail, "/users/").await, "308 /users");
    assert_eq!(get(with_tail, "/user/").await, "200 the end of /user/");
}

#[tokio::test]
async fn a_redirect_stays_on_this_host() {
    assert_eq!(
        get(anything, "/\\evil.example/").await,
        "308 /%5Cevil.example"
    );
    assert_eq!(
        get(anything, "/%5Cevil.example/").await,
        "308 /%5Cevil.example"
    );
    assert_eq!(
        get(anything, "/\\\\evil.example/").await,
        "308 /%5C%5Cevil.example"
    );
    for path in ["//evil.example/", "/%2Fevil.example/", "/\\/evil.example/x"] {
        assert_eq!(get(anything, path).await, "404", "{path}");
    }
}

#[server(trailing_slash = redirect)]
async fn anything(req: Request, res: Response) -> Result {
    route!("/{name}" => name.to_owned());
}

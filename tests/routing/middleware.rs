//! Statements between routes.

use crate::client::{ask, get, post, text, with};
use onward::prelude::*;
use std::sync::Mutex;

type Log = Mutex<Vec<&'static str>>;

#[server]
async fn logged(req: Request, res: Response, log: &Log) -> Result {
    let note = |what| log.lock().expect("not poisoned").push(what);
    note("first");
    route!("/a" => "a");
    note("second");
    tokio::task::yield_now().await;
    route!("/b/{n: u8}" if { note("guard"); n > 1 } => n.to_string());
    note("third");
    {
        note("block");
    }
    route!(POST "/c" => "c");
    route!("/c" => "get c");
    note("last");
}

#[tokio::test]
async fn statements_run_in_order_for_the_routes_below_them() {
    let log = Log::default();
    let handler = |req, res| logged(req, res, &log);
    let seen = || std::mem::take(&mut *log.lock().expect("not poisoned")).join(" ");
    assert_eq!(get(handler, "/a").await, "200 a");
    assert_eq!(seen(), "first");
    assert_eq!(get(handler, "/b/2").await, "200 2");
    assert_eq!(seen(), "first second guard");
    assert_eq!(get(handler, "/c").await, "200 get c");
    assert_eq!(seen(), "first second third block");
}

#[tokio::test]
async fn statements_run_before_an_error_response() {
    let log = Log::default();
    let handler = |req, res| logged(req, res, &log);
    let seen = || std::mem::take(&mut *log.lock().expect("not poisoned")).join(" ");
    assert_eq!(get(handler, "/nope").await, "404");
    assert_eq!(seen(), "first second third block last");
    assert!(post(handler, "/a").await.starts_with("405 "));
    assert_eq!(seen(), "first second third block last");
    assert_eq!(
        with("OPTIONS", handler, "/a").await,
        "204 GET, HEAD, OPTIONS"
    );
    assert_eq!(seen(), "first second third block last");
    assert_eq!(get(handler, "/b/1").await, "404");
    assert_eq!(seen(), "first second guard third block last");
}

struct User(String);

async fn authenticate(req: &Request) -> Result<User> {
    tokio::task::yield_now().await;
    match req.headers.get("user").and_then(|name| name.to_str().ok()) {
        Some(name) => Ok(User(name.to_owned())),
        None => Err(Error::new(StatusCode::UNAUTHORIZED, "who are you?")),
    }
}

#[server]
async fn guarded(req: Request, mut res: Response) -> Result {
    route!("/open" => "open");
    if req.headers.contains_key("blocked") {
        return Ok(res.send(StatusCode::FORBIDDEN));
    }
    let user = authenticate(&req).await?;
    res.set_header("x-user", &user.0);
    let User(name) = user;
    route!("/me" => format!("me, {name}"));
    route!(POST "/me" => {
        res.set_header("x-own", "1");
        format!("changed by {name}")
    });
}

#[tokio::test]
async fn middleware_is_plain_code_that_may_end_the_handler() {
    assert_eq!(get(guarded, "/open").await, "200 open");
    assert_eq!(get(guarded, "/me").await, "401 who are you?");
    assert_eq!(get(guarded, "/nope").await, "401 who are you?");
    let ada = |url| Request::get(url).header("user", "ada");
    assert_eq!(ask(guarded, ada("/me")).await, "200 me, ada");
    assert_eq!(ask(guarded, ada("/nope")).await, "404");
    assert_eq!(ask(guarded, ada("/me").header("blocked", "1")).await, "403");
    assert_eq!(
        ask(guarded, ada("/open").header("blocked", "1")).await,
        "200 open"
    );
}

#[tokio::test]
async fn headers_set_by_middleware_are_kept() {
    let req = Request::post("/me").header("user", "ada");
    let sent = guarded(req, Response::new()).await.expect("a response");
    assert_eq!(
        (text(&sent, "x-user"), text(&sent, "x-own")),
        ("ada".into(), "1".into())
    );
}

#[server]
async fn rewritten(mut req: Request, res: Response) -> Result {
    if let Some(method) = req.headers.get("x-method") {
        req.method = method.as_bytes().try_into()?;
    }
    fn greeting() -> &'static str {
        "hello"
    }
    use std::string::ToString as _;
    const NAME: &str = "onward";
    route!("/" => greeting());
    route!(DELETE "/" => NAME.to_string());
}

#[tokio::test]
async fn statements_above_the_first_route_may_change_the_request() {
    let req = Request::post("/").header("x-method", "DELETE");
    assert_eq!(ask(rewritten, req).await, "200 onward");
    assert_eq!(get(rewritten, "/").await, "200 hello");
    assert_eq!(
        post(rewritten, "/").await,
        "405 allowed methods: GET, HEAD, DELETE, OPTIONS"
    );
}

#[server]
async fn relabeled(mut req: Request, res: Response) -> Result {
    route!("/before" => format!("{:?}", req.headers.get("x-user")));
    req.headers.insert("x-user", "ada".try_into()?);
    route!("/after" => format!("{:?}", req.headers.get("x-user")));
    route!("/after/{id: u32}?{page: u32}" -> String => format!("{id} {page} {:?}", req.headers.get("x-user")));
}

#[tokio::test]
async fn statements_below_a_route_may_change_other_fields_of_the_request() {
    assert_eq!(get(relabeled, "/before").await, "200 None");
    assert_eq!(get(relabeled, "/after").await, "200 Some(\"ada\")");
    assert_eq!(
        get(relabeled, "/after/7?page=2").await,
        "200 7 2 Some(\"ada\")"
    );
}

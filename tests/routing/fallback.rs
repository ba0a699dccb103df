//! The fallback: `route!(_ => …)`.

use crate::client::{get, post, with};
use onward::prelude::*;

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!("/" => "home");
    route!("/x" if false => "never");
    res.set_header("x-seen", "1");
    route!(_ => (StatusCode::NOT_FOUND, format!("nothing for {} {}", req.method, req.url)));
}

#[tokio::test]
async fn the_fallback_handles_every_unmatched_request() {
    assert_eq!(get(shop, "/").await, "200 home");
    assert_eq!(
        get(shop, "/nope?a=1").await,
        "404 nothing for GET /nope?a=1"
    );
    assert_eq!(get(shop, "/x").await, "404 nothing for GET /x");
    assert_eq!(get(shop, "/a//b").await, "404 nothing for GET /a//b");
    assert_eq!(post(shop, "/").await, "404 nothing for POST /");
    assert_eq!(
        with("OPTIONS", shop, "/").await,
        "404 nothing for OPTIONS /"
    );
    assert_eq!(with("BREW", shop, "/").await, "404 nothing for BREW /");
}

#[tokio::test]
async fn statements_above_the_fallback_run_for_it() {
    let sent = shop(Request::get("/nope"), Response::new())
        .await
        .expect("a response");
    assert_eq!(sent.header("x-seen").expect("set"), "1");
}

#[server]
async fn alone(req: Request, res: Response) -> Result {
    route!(_ => req.url.to_string());
}

#[server]
async fn sends(req: Request, mut res: Response) -> Result {
    route!("/" => "home");
    route!(_ => {
        res.status_code = StatusCode::GONE;
        res.send("gone")
    });
}

#[server]
async fn nests(req: Request, res: Response) -> Result {
    route!("/own" => "own");
    route!(_ => shop(req, res).await);
}

#[server]
async fn fails(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(_ => Err::<&str, _>(Error::new(StatusCode::IM_A_TEAPOT, "no coffee")));
}

#[server]
async fn leaves(req: Request, res: Response) -> Result {
    route!("/" => "home");
    route!(_ => return Ok(res.send("left")));
}

#[tokio::test]
async fn a_fallback_has_every_form_of_reply() {
    assert_eq!(get(alone, "/a/b").await, "200 /a/b");
    assert_eq!(get(sends, "/a").await, "410 gone");
    assert_eq!(get(nests, "/own").await, "200 own");
    assert_eq!(get(nests, "/").await, "200 home");
    assert_eq!(get(nests, "/y").await, "404 nothing for GET /y");
    assert_eq!(get(fails, "/y").await, "418 no coffee");
    assert_eq!(get(leaves, "/y").await, "200 left");
}

#[server]
async fn tail(req: Request, res: Response) -> Result {
    route!("/" => "home");
    Ok(res.send(format!("the end of {}", req.url)))
}

#[tokio::test]
async fn a_trailing_expression_is_a_fallback() {
    assert_eq!(get(tail, "/").await, "200 home");
    assert_eq!(get(tail, "/x").await, "200 the end of /x");
    assert_eq!(post(tail, "/").await, "200 the end of /");
}

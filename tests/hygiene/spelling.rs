//! Names that look like typos of standard ones are valid.

use onward::prelude::*;

#[server]
async fn headers(req: Request, mut res: Response) -> Result {
    res.set_header("content-lang", "en");
    res.append_header("contnet-type", "x");
    route!("/" => "home");
    route!("/status/{code: u16}" => StatusCode::from_u16(code).map_or("invalid", |_| "valid"));
    route!("/2000" => StatusCode::from_u16(2000).map_or("invalid", |_| "valid"));
}

#[tokio::test]
async fn unusual_names_are_not_rejected() {
    let sent = headers(Request::get("/"), Response::new()).await;
    let sent = sent.expect("a route");
    assert_eq!(sent.header("content-lang").expect("the header"), "en");
    assert_eq!(sent.header("contnet-type").expect("the header"), "x");
    let sent = headers(Request::get("/2000"), Response::new()).await;
    assert_eq!(sent.expect("a route").text(), "invalid");
}

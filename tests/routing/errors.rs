//! Every error, including the generated ones, is converted to a handler's own error type.

use onward::prelude::*;
use std::fmt;

/// An error type that is sent as one line of text.
#[derive(Debug)]
struct MyError(StatusCode, String);

impl From<Failure> for MyError {
    fn from(failure: Failure) -> Self {
        Self(failure.status(), format!("onward: {}", failure.message()))
    }
}

/// Needed for nested servers that return `onward::Error`, and for `?` on functions that do.
impl From<Error> for MyError {
    fn from(error: Error) -> Self {
        Failure::from(error).into()
    }
}

struct Sold;

impl From<Sold> for MyError {
    fn from(_: Sold) -> Self {
        Self(StatusCode::GONE, "sold".to_owned())
    }
}

impl fmt::Display for MyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "my {}: {}", self.0.as_u16(), self.1)
    }
}

impl Reply for MyError {
    fn reply(self, res: Response) -> Sent {
        let status = self.0;
        res.send((status, self.to_string()))
    }
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result<Sent, MyError> {
    res.set_header("x-shop", "1");
    route!("/none" => None::<&str>);
    route!("/missing/{n: u8}" => (n > 1).then(|| n.to_string()));
    route!("/err" => Err::<&str, Error>(Error::bad_request("on purpose")));
    route!(POST "/body" => req.body.json::<u8>().await?.to_string());
    route!("/query" => req.url.query::<u8>("n")?.to_string());
    route!("/sold" => { Err(Sold)?; "never" });
    route!("/own" => return Err(MyError(StatusCode::IM_A_TEAPOT, "tea".to_owned())));
    route!("/sends" => { if req.url == "/sends?no" { Err(Sold)?; } res.send("sent") });
    route!(ANY "/inner/{rest..}" => inner(req.at(rest), res).await);
    route!(ANY "/mine/{rest..}" => mine(req.at(rest), res).await);
}

/// Fails with `onward::Error`, which is converted.
#[server]
async fn inner(req: Request, res: Response) -> Result {
    route!("/io" => Err::<&str, _>(std::io::Error::other("disk"))?);
    route!("/ok" => "ok");
}

#[server]
async fn mine(req: Request, res: Response) -> Result<Sent, MyError> {
    route!("/ok" => "ok");
}

async fn failure(req: Request) -> String {
    match shop(req, Response::new()).await {
        Ok(sent) => format!("{} {}", sent.status_code().as_u16(), sent.text()),
        Err(error) => error.to_string().trim_end().to_owned(),
    }
}

#[tokio::test]
async fn generated_errors_are_converted_to_your_own_type() {
    let get = |url| failure(Request::get(url));
    assert_eq!(get("/nope").await, "my 404: onward:");
    let error = failure(Request::post("/none")).await;
    assert_eq!(error, "my 405: onward: allowed methods: GET, HEAD, OPTIONS");
    assert!(
        get("/%zz")
            .await
            .starts_with("my 400: onward: the path `/%zz`")
    );
    assert_eq!(get("/none").await, "my 404: onward:");
    assert_eq!(get("/missing/1").await, "my 404: onward:");
    assert_eq!(get("/missing/2").await, "200 2");
    assert_eq!(get("/missing/x").await, "my 404: onward:");
}

#[tokio::test]
async fn errors_of_a_reply_are_converted_to_your_own_type() {
    let get = |url| failure(Request::get(url));
    assert_eq!(get("/err").await, "my 400: onward: on purpose");
    assert!(
        get("/query")
            .await
            .starts_with("my 400: onward: query parameter")
    );
    let broken = Request::post("/body")
        .header("content-type", "application/json")
        .body("{");
    let error = failure(broken).await;
    assert!(error.starts_with("my 400: onward: "), "{error}");
    assert_eq!(failure(Request::post("/body").json(&7)).await, "200 7");
    assert_eq!(get("/sold").await, "my 410: sold");
    assert_eq!(get("/own").await, "my 418: tea");
    assert_eq!(get("/sends").await, "200 sent");
    assert_eq!(get("/sends?no").await, "my 410: sold");
}

#[tokio::test]
async fn errors_of_a_nested_server_are_converted() {
    let get = |url| failure(Request::get(url));
    assert_eq!(get("/inner/ok").await, "200 ok");
    assert_eq!(get("/inner/nope").await, "my 404: onward:");
    assert!(get("/inner/io").await.starts_with("my 500: onward:"));
    assert_eq!(get("/mine/ok").await, "200 ok");
    assert_eq!(get("/mine/nope").await, "my 404: onward:");
}

#[tokio::test]
async fn over_the_wire_your_own_type_is_sent_and_headers_are_kept() {
    let mut wire = crate::wire::Wire::serve(shop).await;
    let response = wire.ask("POST", "/none").await;
    assert_eq!(response.status, 405);
    assert_eq!(
        response.body,
        "my 405: onward: allowed methods: GET, HEAD, OPTIONS"
    );
    assert_eq!(response.header("allow"), "GET, HEAD, OPTIONS");
    assert_eq!(response.header("x-shop"), "1");
    let missing = wire.ask("GET", "/nope").await;
    assert_eq!(
        (missing.status, missing.body.as_str()),
        (404, "my 404: onward: ")
    );
    assert_eq!(wire.ask("OPTIONS", "/none").await.status, 204);
    let unexpected = wire.ask_with("GET", "/none", "expect: x\r\n").await;
    assert_eq!(unexpected.status, 417);
    assert!(
        unexpected
            .body
            .starts_with("my 417: onward: unsupported expectation")
    );
}

/// A type that implements `std::error::Error` needs no trait of this crate.
#[server]
async fn plain(req: Request, res: Response) -> Result {
    route!("/{n}" => { let n: u8 = n.parse()?; n.to_string() });
    route!("/json/{n}" => Json(n.parse::<u8>()?));
}

#[tokio::test]
async fn by_default_errors_are_problem_documents_without_their_source() {
    let mut wire = crate::wire::Wire::serve(plain).await;
    let failed = wire.ask("GET", "/seven").await;
    assert_eq!(
        (failed.status, failed.header("content-type")),
        (500, "application/problem+json")
    );
    assert!(!failed.body.contains("digit"), "{}", failed.body);
    let response = wire.ask("POST", "/7").await;
    assert!(
        response.body.contains("allowed methods: GET"),
        "{}",
        response.body
    );
    assert!(
        response.body.contains(r#""status":405"#),
        "{}",
        response.body
    );
    let missing = wire.ask("GET", "/").await;
    assert!(
        missing.body.contains(r#""title":"Not Found""#),
        "{}",
        missing.body
    );
}

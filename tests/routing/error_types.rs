//! `?` on the error types of other crates, and the errors that reach `event::Error`.

use onward::http;
use onward::prelude::*;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

#[derive(Debug, thiserror::Error)]
enum Shop {
    #[error("out of cups")]
    Empty,
    #[error("the request is invalid")]
    Invalid(#[from] onward::Failure),
}

fn anyhow() -> anyhow::Result<&'static str> {
    anyhow::bail!("anyhow")
}

fn eyre() -> eyre::Result<&'static str> {
    eyre::bail!("eyre")
}

fn boxed() -> Result<&'static str, Box<dyn std::error::Error + Send + Sync>> {
    Err("boxed".into())
}

fn text() -> Result<&'static str, String> {
    Err("text".to_owned())
}

fn invalid(req: &Request) -> Result<u8, Shop> {
    Ok(req.url.query("n")?)
}

fn in_anyhow(req: &Request) -> anyhow::Result<u8> {
    use anyhow::Context;
    req.url.query("n").context("reading the number")
}

#[server]
async fn every(req: Request, res: Response) -> Result {
    route!("/anyhow" => anyhow()?);
    route!("/eyre" => eyre()?);
    route!("/boxed" => boxed()?);
    route!("/text" => text()?);
    route!("/thiserror" => { Err(Shop::Empty)?; "never" });
    route!("/invalid" => invalid(&req)?.to_string());
    route!("/context" => in_anyhow(&req)?.to_string());
    route!("/query" => req.url.query::<u8>("n")?.to_string());
    route!("/status" => Err::<&str, _>(StatusCode::GONE));
    route!("/written" => Err::<&str, _>((StatusCode::CONFLICT, "taken")));
    route!("/failure" => Err::<&str, _>(Failure::new(StatusCode::IM_A_TEAPOT, "tea")));
}

#[tokio::test]
async fn every_error_type_can_be_returned_with_the_question_mark() {
    for (path, cause) in [
        ("/anyhow", "anyhow"),
        ("/eyre", "eyre"),
        ("/boxed", "boxed"),
        ("/text", "text"),
        ("/thiserror", "out of cups"),
    ] {
        let error = every(Request::get(path), Response::new())
            .await
            .expect_err("an error");
        assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert_eq!(
            error.to_string(),
            format!("500 Internal Server Error: {cause}")
        );
    }
}

#[tokio::test]
async fn a_failure_keeps_its_status_even_as_a_source() {
    for path in ["/invalid", "/context", "/query"] {
        let error = every(Request::get(path), Response::new())
            .await
            .expect_err("an error");
        assert_eq!(error.status(), StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(error.message(), "query parameter `n` is missing");
        assert_eq!(error.field(), Some("n"));
    }
}

#[tokio::test]
async fn an_invalid_json_body_names_its_field() {
    let body = Request::post("/").json(&[("a", "b")]).body;
    let failure = body
        .json::<Vec<(String, u8)>>()
        .await
        .expect_err("an error");
    assert_eq!(failure.field(), Some("[0][1]"));
    let body = Request::post("/").body("[1").body;
    let failure = body.json::<Vec<u8>>().await.expect_err("an error");
    assert_eq!(
        (failure.status(), failure.field()),
        (StatusCode::BAD_REQUEST, None)
    );
}

#[tokio::test]
async fn a_missing_field_of_a_json_body_is_named() {
    #[derive(Debug, serde::Deserialize)]
    struct Item {
        #[serde(rename = "unit-price")]
        _price: u32,
    }
    #[derive(Debug, serde::Deserialize)]
    struct Order {
        #[serde(rename = "items")]
        _items: Vec<Item>,
    }
    for (json, field) in [
        ("{}", "items"),
        (r#"{"items":[{"unit-price":1},{}]}"#, "items[1].unit-price"),
    ] {
        let body = Request::post("/").body(json).body;
        let failure = body.json::<Order>().await.expect_err("an error");
        assert_eq!(failure.field(), Some(field));
        let expected = format!("invalid JSON body: `{field}`: missing field `");
        assert!(failure.to_string().contains(&expected), "{failure}");
    }
}

#[tokio::test]
async fn an_err_is_sent_with_its_status() {
    assert_eq!(crate::client::get(every, "/status").await, "410");
    assert_eq!(crate::client::get(every, "/written").await, "409 taken");
    assert_eq!(crate::client::get(every, "/failure").await, "418 tea");
}

#[test]
fn a_failure_is_a_standard_error() {
    fn is_error<E: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Failure>();
    let failure = Failure::from(Error::from(std::io::Error::other("disk full")));
    let error: Box<dyn std::error::Error> = failure.into();
    assert_eq!(error.source().expect("a source").to_string(), "disk full");
}

/// The usual error type around `anyhow`.
#[derive(Debug)]
struct AppError(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for AppError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl Reply for AppError {
    fn reply(self, res: Response) -> Sent {
        let failure = self.0.downcast_ref::<Failure>();
        let status = failure.map_or(StatusCode::INTERNAL_SERVER_ERROR, |it| it.status());
        res.send((status, format!("app {}", status.as_u16())))
    }
}

#[server]
async fn app(req: Request, res: Response) -> Result<Sent, AppError> {
    route!("/anyhow" => anyhow()?);
    route!("/query" => req.url.query::<u8>("n")?.to_string());
    route!("/panic" => panic!("on purpose"));
    route!("/failure" => Err::<&str, _>(Failure::new(StatusCode::BAD_GATEWAY, "no backend")));
    route!("/own" => Err::<&str, _>(AppError(anyhow::anyhow!("own"))));
    route!("/written" => Err::<&str, _>((StatusCode::INTERNAL_SERVER_ERROR, "sorry")));
    route!("/deliberate" => (StatusCode::INTERNAL_SERVER_ERROR, "as planned"));
}

/// A type that does not keep the cause of a failure.
#[derive(Debug)]
struct Forgetful;

impl From<Failure> for Forgetful {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl Reply for Forgetful {
    fn reply(self, res: Response) -> Sent {
        res.send((StatusCode::INTERNAL_SERVER_ERROR, "sorry"))
    }
}

#[server]
async fn forgetful(req: Request, res: Response) -> Result<Sent, Forgetful> {
    route!("/panic" => panic!("on purpose"));
    route!("/failure" => Err::<&str, _>(Error::from(std::io::Error::other("disk full"))));
    route!("/own" => return Err(Forgetful));
}

/// Serves a handler, and returns the responses to these paths and the reported errors.
async fn served<H, F>(handler: H, paths: &[&str]) -> (Vec<String>, Vec<String>)
where
    H: Fn(Request, Response) -> F + Send + Sync + 'static,
    F: Future<Output: http::HandlerOutput> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let server = http::create_server(handler);
    let errors = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&errors);
    server.on(event::Error, move |error| {
        reported.lock().expect("no panic").push(error.to_string());
    });
    let serving = tokio::spawn(server.clone().listen(listener));
    let mut wire = crate::wire::Wire::connect(at).await;
    let mut responses = Vec::new();
    for path in paths {
        let response = wire.ask("GET", path).await;
        responses.push(format!("{} {}", response.status, response.body));
    }
    serving.abort();
    let errors = errors.lock().expect("no panic").clone();
    (responses, errors)
}

#[tokio::test]
async fn every_failure_is_sent_by_your_own_type_and_its_cause_is_reported_once() {
    let paths = [
        "/anyhow",
        "/query",
        "/nope",
        "/panic",
        "/failure",
        "/own",
        "/written",
        "/deliberate",
    ];
    let (responses, errors) = served(app, &paths).await;
    assert_eq!(
        responses,
        [
            "500 app 500",
            "400 app 400",
            "404 app 404",
            "500 app 500",
            "502 app 502",
            "500 app 500",
            "500 sorry",
            "500 as planned",
        ]
    );
    let expected = [
        "anyhow",
        "a handler panicked: on purpose",
        "no backend",
        "own",
        "a handler failed with",
    ];
    assert_eq!(errors.len(), expected.len(), "{errors:#?}");
    for (error, part) in errors.iter().zip(expected) {
        assert!(error.contains(part), "{error} does not contain {part}");
    }
}

#[tokio::test]
async fn a_cause_is_reported_even_if_your_own_type_forgets_it() {
    let (responses, errors) = served(forgetful, &["/panic", "/failure", "/own", "/nope"]).await;
    assert_eq!(responses, ["500 sorry"; 4]);
    assert_eq!(
        errors,
        [
            "500 Internal Server Error: a handler panicked: on purpose",
            "500 Internal Server Error: disk full",
            "500 Internal Server Error: a handler failed with `routing::error_types::Forgetful`: Forgetful",
            "500 Internal Server Error: a handler failed with `routing::error_types::Forgetful`: Forgetful",
        ]
    );
}

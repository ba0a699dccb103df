//! Compares CORS with the behavior of Express's `cors` (recorded by `tests/data/cors.mjs`) and of tower-http's
//! `CorsLayer` (run here). `docs/cors.md` lists the differences.

use std::convert::Infallible;
use std::time::Duration;

use onward::http;
use onward::prelude::*;
use onward::{Cors, cors};
use serde::Deserialize;
use serde_json::{Map, Value};
use tower::{Layer, ServiceExt};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::client::once;

const A: &str = "https://a.example";
const B: &str = "https://b.example";

const SEEN: [&str; 7] = [
    "vary",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
    "access-control-max-age",
];

#[derive(Deserialize)]
struct Row {
    config: String,
    method: String,
    path: String,
    headers: Map<String, Value>,
    express: Map<String, Value>,
}

impl Row {
    fn request(&self) -> Request {
        let mut req = Request::with_method(self.method.parse().unwrap(), &self.path);
        for (name, value) in &self.headers {
            req = req.header(name, value.as_str().unwrap());
        }
        req
    }

    fn is_preflight(&self) -> bool {
        let has = |name: &str| self.headers.contains_key(name);
        self.method == "OPTIONS" && has("origin") && has("access-control-request-method")
    }

    fn origin(&self) -> Option<&str> {
        self.headers.get("origin").and_then(Value::as_str)
    }
}

fn rows() -> Vec<Row> {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../data/cors.json")).unwrap();
    assert!(rows.len() > 80);
    rows
}

fn rules(config: &str) -> Cors {
    match config {
        "any" => Cors::any(),
        "one" => Cors::from(A),
        "list" => Cors::origins([A, B]),
        "credentials" => Cors::origins([A]).credentials(),
        "options" => Cors::origins([A])
            .methods(["GET", "PUT"])
            .headers(["x-a", "x-b"])
            .expose(["x-total", "x-page"])
            .max_age(Duration::from_secs(600)),
        config => panic!("{config}"),
    }
}

#[server]
async fn api(req: Request, mut res: Response, config: &str) -> Result {
    cors(&req, &mut res, rules(config));
    route!("/" => "read");
    route!(PUT "/" => "written");
}

async fn onward(row: &Row) -> (u16, Vec<Option<String>>) {
    let config = row.config.clone();
    let server = http::create_server(move |req, res| {
        let config = config.clone();
        async move { api(req, res, &config).await }
    });
    let sent = server.dispatch(row.request(), Response::new()).await;
    let header = |name: &str| sent.header(name).map(|it| it.to_str().unwrap().to_owned());
    (sent.status_code().as_u16(), SEEN.map(header).to_vec())
}

/// Returns a browser's interpretation of a value: lists are sets of names in lowercase.
fn normal(name: &str, value: Option<&str>) -> Option<Vec<String>> {
    let is_list = name.ends_with("methods") || name.ends_with("headers") || name == "vary";
    let value = value?;
    if !is_list {
        return Some(vec![value.to_owned()]);
    }
    let mut names: Vec<String> = value
        .split(',')
        .map(|it| it.trim().to_lowercase())
        .collect();
    names.sort();
    Some(names)
}

/// Returns whether a difference is one of those in `docs/cors.md`, which gives the reasons.
fn is_listed(row: &Row, name: &str, ours: Option<&str>, theirs: Option<&str>) -> bool {
    let is_foreign = row.config != "any"
        && row.origin() != Some(A)
        && !(row.config == "list" && row.origin() == Some(B));
    let is_bare_options = row.method == "OPTIONS" && !row.is_preflight();
    match name {
        // 1. An OPTIONS request that is not a preflight is an ordinary request.
        _ if is_bare_options => true,
        // 2. An origin that is not allowed gets no `access-control-…` headers.
        _ if is_foreign && ours.is_none() => true,
        // 3. For a known path, the methods are those of the path.
        "access-control-allow-methods" => row.config != "options",
        // 4. `vary` lists only the headers on which the response depends.
        "vary" => {
            ours.is_none() || theirs.is_none() || row.is_preflight() || ours == Some("origin")
        }
        // 5. Headers are exposed by responses, not by preflights.
        "access-control-expose-headers" => row.is_preflight() && ours.is_none(),
        _ => false,
    }
}

#[tokio::test]
async fn responses_are_those_of_express_except_for_listed_differences() {
    for row in rows() {
        let (status, ours) = onward(&row).await;
        for (name, ours) in SEEN.iter().zip(&ours) {
            let theirs = row.express.get(*name).and_then(Value::as_str);
            let is_same = normal(name, ours.as_deref()) == normal(name, theirs);
            let what = format!(
                "{} {} {} {:?}",
                row.config, row.method, row.path, row.headers
            );
            assert!(
                is_same || is_listed(&row, name, ours.as_deref(), theirs),
                "{what}: {name} is {ours:?}, Express: {theirs:?}"
            );
        }
        let theirs = row.express["status"].as_u64().unwrap();
        // Express has no 405.
        let is_same = u64::from(status) == theirs || (status, theirs) == (405, 404);
        assert!(
            is_same,
            "{} {}: {status}, Express: {theirs}",
            row.method, row.path
        );
    }
}

fn layer(config: &str) -> CorsLayer {
    use tower_http::cors::{AllowHeaders, Any};
    let layer = CorsLayer::new().allow_headers(AllowHeaders::mirror_request());
    let list = |origins: &[&'static str]| {
        AllowOrigin::list(
            origins
                .iter()
                .map(|it| ::http::HeaderValue::from_static(it)),
        )
    };
    let methods = [
        Method::GET,
        Method::HEAD,
        Method::PUT,
        Method::PATCH,
        Method::POST,
        Method::DELETE,
    ];
    match config {
        "any" => layer.allow_origin(Any).allow_methods(methods),
        "one" => layer.allow_origin(list(&[A])).allow_methods(methods),
        "list" => layer.allow_origin(list(&[A, B])).allow_methods(methods),
        "credentials" => layer
            .allow_origin(list(&[A]))
            .allow_methods(methods)
            .allow_credentials(true),
        "options" => layer
            .allow_origin(list(&[A]))
            .allow_methods([Method::GET, Method::PUT])
            .allow_headers(["x-a", "x-b"].map(::http::HeaderName::from_static))
            .expose_headers(["x-total", "x-page"].map(::http::HeaderName::from_static))
            .max_age(Duration::from_secs(600)),
        config => panic!("{config}"),
    }
}

#[tokio::test]
async fn responses_are_those_of_tower_http_except_for_listed_differences() {
    for row in rows() {
        let inner = tower::service_fn(|_: ::http::Request<()>| async {
            Ok::<_, Infallible>(::http::Response::new(String::new()))
        });
        let mut req = ::http::Request::builder()
            .method(&*row.method)
            .uri(&row.path);
        for (name, value) in &row.headers {
            req = req.header(name, value.as_str().unwrap());
        }
        let response = layer(&row.config)
            .layer(inner)
            .oneshot(req.body(()).unwrap())
            .await
            .unwrap();
        let (_, ours) = onward(&row).await;
        for (name, ours) in SEEN.iter().zip(&ours) {
            let all = response
                .headers()
                .get_all(*name)
                .iter()
                .map(|it| it.to_str().unwrap());
            let theirs = all.collect::<Vec<_>>().join(", ");
            let theirs = (!theirs.is_empty()).then_some(&*theirs);
            let is_same = normal(name, ours.as_deref()) == normal(name, theirs);
            let what = format!(
                "{} {} {} {:?}",
                row.config, row.method, row.path, row.headers
            );
            // tower-http always lists `origin`, `access-control-request-method` and `access-control-request-headers` in
            // `vary`.
            let is_vary = *name == "vary" && theirs.is_some();
            assert!(
                is_same || is_vary || is_listed(&row, name, ours.as_deref(), theirs),
                "{what}: {name} is {ours:?}, tower-http: {theirs:?}"
            );
        }
    }
}

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    cors(&req, &mut res, A);
    route!("/open" => "read");
    if req.headers.get("authorization").is_none() {
        return Err(Error::new(StatusCode::UNAUTHORIZED, "who are you?"));
    }
    route!(PUT "/closed" => "written");
    route!("/panic" => panic!("on purpose"));
    route!(ANY "/streamed" => {
        res.write("part").await?;
        res.end()
    });
    route!(mount "/inner" => inner(req, res).await);
}

#[server]
async fn inner(req: Request, res: Response) -> Result {
    route!(DELETE "/{id: u32}" => format!("deleted {id}"));
}

#[tokio::test]
async fn preflights_pass_below_authentication_and_in_mounted_servers() {
    let origin = format!("origin: {A}");
    let wants = "access-control-request-method: PUT";
    let token = "authorization: x";
    for (line, extra, methods) in [
        (
            "OPTIONS /open",
            "x: y",
            "GET, HEAD, PUT, PATCH, POST, DELETE",
        ),
        (
            "OPTIONS /closed",
            "x: y",
            "GET, HEAD, PUT, PATCH, POST, DELETE",
        ),
        (
            "OPTIONS /inner/7",
            "x: y",
            "GET, HEAD, PUT, PATCH, POST, DELETE",
        ),
        (
            "OPTIONS /nope",
            "x: y",
            "GET, HEAD, PUT, PATCH, POST, DELETE",
        ),
        ("OPTIONS /open", token, "GET, HEAD, OPTIONS"),
        ("OPTIONS /closed", token, "PUT, OPTIONS"),
        ("OPTIONS /inner/7", token, "DELETE, OPTIONS"),
        (
            "OPTIONS /nope",
            token,
            "GET, HEAD, PUT, PATCH, POST, DELETE",
        ),
        (
            "OPTIONS /streamed",
            token,
            "GET, HEAD, PUT, PATCH, POST, DELETE",
        ),
    ] {
        let received = once(site, &[line, &origin, wants, extra]).await;
        assert_eq!(received.status, 204, "{line} {extra}");
        assert_eq!(
            received.header("access-control-allow-origin"),
            Some(A),
            "{line}"
        );
        assert_eq!(
            received.header("access-control-allow-methods"),
            Some(methods),
            "{line} {extra}"
        );
        assert_eq!(received.body, b"", "{line}");
        assert_eq!(received.header("content-type"), None, "{line}");
    }
}

#[tokio::test]
async fn errors_can_be_read_by_an_allowed_origin() {
    let origin = format!("origin: {A}");
    for (line, extra, status) in [
        ("GET /open", "x: y", 200),
        ("GET /closed", "x: y", 401),
        ("GET /closed", "authorization: x", 405),
        ("GET /nope", "authorization: x", 404),
        ("GET /panic", "authorization: x", 500),
    ] {
        let received = once(site, &[line, &origin, extra]).await;
        assert_eq!(received.status, status, "{line}");
        assert_eq!(
            received.header("access-control-allow-origin"),
            Some(A),
            "{line}"
        );
        assert_eq!(received.header("vary"), Some("origin"), "{line}");
        let received = once(site, &[line, "origin: https://evil.example", extra]).await;
        assert_eq!(
            received.header("access-control-allow-origin"),
            None,
            "{line}"
        );
    }
}

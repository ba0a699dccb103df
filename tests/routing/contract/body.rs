//! The body of a route: `(PATTERN: BODY)`.

use crate::client::{ask, post};
use onward::FromBody;
use onward::http::{Body, Bytes};
use onward::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct NewProduct {
    name: String,
    price: u32,
}

struct Lines(Vec<String>);

impl FromBody for Lines {
    async fn from_body(body: Body) -> Result<Self, Failure> {
        let text = body.text().await?;
        Ok(Self(text.lines().map(str::to_owned).collect()))
    }
}

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    route!(POST "/json" (Json(new): Json<NewProduct>) => format!("{} {}", new.name, new.price));
    route!(POST "/form" (Form(new): Form<NewProduct>) => format!("{} {}", new.name, new.price));
    route!(PUT | PATCH "/text" (text: String) => text);
    route!(POST "/bytes" (bytes: Bytes) => format!("{bytes:?}"));
    route!(POST "/stream" (mut body: Body) => {
        let mut size = 0;
        while let Some(chunk) = body.next().await? {
            size += chunk.len();
        }
        size.to_string()
    });
    route!(POST "/maybe" (new: Option<Json<NewProduct>>) => format!("{:?}", new.map(|Json(new)| new.name)));
    route!(POST "/maybe-text" (text: Option<String>) => format!("{text:?}"));
    route!(POST "/own" (Lines(lines): Lines) => format!("{lines:?}"));
    route!(POST "/fields" (Json(NewProduct { name, price: cents }): Json<NewProduct>) => format!("{name} {cents}"));
    route!(POST "/mutable" (Json(mut list): Json<Vec<u8>>) => { list.push(0); format!("{list:?}") });
    route!(POST "/whole" (new: Json<Vec<u8>>) => format!("{:?}", new.0));
    route!(DELETE "/ignored" (_: String) => "ignored");
    route!(POST "/pair" (Json((a, b)): Json<(u8, u8)>) => (a + b).to_string());
    route!(POST "/all/{id: u32}?{dry: bool = false}" (Json(new): Json<NewProduct>) as create -> Created<String>
    if req.headers.contains_key("x-admin") => {
        res.set_header("location", shop::create(id, None));
        Created(format!("{id} {dry} {}", new.name))
    });
    route!(POST "/request" (text: String) => format!("{text}, then {}", audit(&req).await));
}

async fn audit(req: &Request) -> String {
    format!("{} {}", req.method, req.url)
}

fn with_body(path: &str, body: &'static str) -> Request {
    Request::post(path).body(body)
}

#[tokio::test]
async fn a_body_is_json_a_form_text_bytes_or_not_read_yet() {
    let json = r#"{"name": "cup", "price": 3}"#;
    assert_eq!(ask(shop, with_body("/json", json)).await, "200 cup 3");
    assert_eq!(
        ask(shop, with_body("/form", "name=tea+cup&price=3")).await,
        "200 tea cup 3"
    );
    let put = Request::with_method(Method::PUT, "/text").body("hello");
    assert_eq!(ask(shop, put).await, "200 hello");
    assert_eq!(ask(shop, with_body("/bytes", "ab")).await, r#"200 b"ab""#);
    assert_eq!(ask(shop, with_body("/stream", "hello")).await, "200 5");
    assert_eq!(
        ask(shop, with_body("/own", "a\nb")).await,
        r#"200 ["a", "b"]"#
    );
}

#[tokio::test]
async fn an_optional_body_is_none_if_the_request_has_no_body() {
    assert_eq!(post(shop, "/maybe").await, "200 None");
    let json = r#"{"name": "cup", "price": 3}"#;
    assert_eq!(
        ask(shop, with_body("/maybe", json)).await,
        r#"200 Some("cup")"#
    );
    assert!(
        ask(shop, with_body("/maybe", "{"))
            .await
            .starts_with("400 ")
    );
    assert_eq!(post(shop, "/maybe-text").await, "200 None");
    assert_eq!(ask(shop, with_body("/maybe-text", "")).await, "200 None");
    assert_eq!(
        ask(shop, with_body("/maybe-text", "a")).await,
        r#"200 Some("a")"#
    );
}

#[tokio::test]
async fn the_pattern_is_any_that_a_function_parameter_may_have() {
    let json = r#"{"name": "cup", "price": 3}"#;
    assert_eq!(ask(shop, with_body("/fields", json)).await, "200 cup 3");
    assert_eq!(ask(shop, with_body("/mutable", "[1]")).await, "200 [1, 0]");
    assert_eq!(ask(shop, with_body("/whole", "[1]")).await, "200 [1]");
    assert_eq!(ask(shop, with_body("/pair", "[1,2]")).await, "200 3");
    let delete = Request::with_method(Method::DELETE, "/ignored").body("x");
    assert_eq!(ask(shop, delete).await, "200 ignored");
}

#[tokio::test]
async fn an_invalid_body_is_an_error_of_the_function() {
    let missing = ask(shop, with_body("/json", r#"{"name": "cup"}"#)).await;
    assert!(missing.starts_with("400 invalid JSON body"), "{missing}");
    let html = Request::post("/json")
        .header("content-type", "text/html")
        .body("<p>");
    assert!(ask(shop, html).await.starts_with("415 "));
    assert!(post(shop, "/json").await.starts_with("400 "));
}

#[tokio::test]
async fn the_body_is_read_after_the_guard() {
    let refused = with_body("/all/7", "{");
    assert!(ask(shop, refused).await.starts_with("404"));
    let json = r#"{"name": "cup", "price": 3}"#;
    let admin = with_body("/all/7?dry=true", json).header("x-admin", "1");
    assert_eq!(ask(shop, admin).await, "201 /all/7 7 true cup");
}

#[tokio::test]
async fn the_request_stays_whole() {
    let sent = ask(shop, with_body("/request?x=1", "text")).await;
    assert_eq!(sent, "200 text, then POST /request?x=1");
}

#[tokio::test]
async fn a_query_that_is_invalid_is_reported_before_the_body_is_read() {
    let both = with_body("/all/7?dry=x", "{").header("x-admin", "1");
    let response = ask(shop, both).await;
    assert!(
        response.starts_with("400 query parameter `dry`"),
        "{response}"
    );
}

#[tokio::test]
async fn a_statement_above_may_replace_the_request() {
    #[server]
    async fn notes(req: Request, res: Response) -> Result {
        let req = marked(req);
        route!(POST "/notes" (text: String) => format!("{text} {}", req.headers.contains_key("x-marked")));
    }
    fn marked(mut req: Request) -> Request {
        req.headers
            .insert("x-marked", "1".parse().expect("a header value"));
        req
    }
    assert_eq!(ask(notes, with_body("/notes", "a")).await, "200 a true");
}

#[tokio::test]
async fn take_body_takes_the_body_in_a_statement_above_a_mount() {
    #[server]
    async fn outer(mut req: Request, res: Response) -> Result {
        let body = req.take_body().text().await?;
        route!(mount "/inner" => inner(req, res, body).await);
    }
    #[server]
    async fn inner(req: Request, res: Response, text: String) -> Result {
        route!(POST "/" (rest: String) => format!("{text} [{rest}]"));
    }
    assert_eq!(ask(outer, with_body("/inner", "a")).await, "200 a []");
}

/// The `else` reads the body only of requests that do not reach the route.
#[tokio::test]
async fn the_else_of_a_let_above_the_route_may_read_the_body() {
    #[server]
    async fn notes(req: Request, res: Response) -> Result {
        let Some(_) = req.headers.get("x-user") else {
            let text = req.body.text().await?;
            return Ok(res.send(format!("who wrote {text}?")));
        };
        route!(POST "/notes" (text: String) => text);
    }
    assert_eq!(
        ask(notes, with_body("/notes", "a")).await,
        "200 who wrote a?"
    );
    let known = with_body("/notes", "a").header("x-user", "ada");
    assert_eq!(ask(notes, known).await, "200 a");
}

#[tokio::test]
async fn any_method_may_have_an_optional_body() {
    #[server]
    async fn echo(req: Request, res: Response) -> Result {
        route!(ANY "/" (text: Option<String>) => format!("{} {text:?}", req.method));
    }
    assert_eq!(ask(echo, Request::get("/")).await, "200 GET None");
    assert_eq!(
        ask(echo, with_body("/", "a")).await,
        r#"200 POST Some("a")"#
    );
}

#[tokio::test]
async fn a_form_with_files_is_not_read_yet() {
    use onward::multipart::Multipart;

    #[derive(Deserialize)]
    struct Signup {
        name: String,
    }
    #[server]
    async fn site(req: Request, res: Response) -> Result {
        route!(POST "/signup" (form: Multipart) -> String => {
            let form: Signup = form.max_field(10).form().await?;
            form.name
        });
    }
    let body = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n--b--\r\n";
    let form = "multipart/form-data; boundary=b";
    let signup = Request::post("/signup")
        .header("content-type", form)
        .body(body);
    assert_eq!(ask(site, signup).await, "200 Ada");
    let other = ask(site, with_body("/signup", "name=Ada")).await;
    assert!(other.starts_with("415 "), "{other}");
}

//! The forms of paths, queries, bodies and replies, and the failures of each.

use onward::http::{Body, Bytes};
use onward::openapi::OpenApi;
use onward::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{keys, operation, statuses};

#[derive(Deserialize, Serialize, JsonSchema)]
struct Filter {
    /// The lowest price.
    min: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
    unit: String,
}

struct Unknown;

impl Reply for Unknown {
    fn reply(self, res: Response) -> Sent {
        res.send("unknown")
    }
}

struct Name(String);

impl std::str::FromStr for Name {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

#[derive(JsonSchema)]
struct Number(u8);

impl std::str::FromStr for Number {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

type Id = u16;

#[server]
async fn forms(req: Request, res: Response) -> Result {
    route!("/plain" -> &'static str => "plain");
    route!("/typed/{a: i8}/{b: Id}/{c: Number}/{d: Name}/{e}" -> String => {
        format!("{a}{b}{}{}{e}", c.0, d.0)
    });
    route!("/mixed/{from}-{to: u8}.txt" -> String => format!("{from}{to}"));
    route!("/café/{{x}}" -> &'static str => "");
    route!("/rest/{path..}" -> String => path.to_string());
    route!("/query?{page: u32 = 1}&per-page={size: Option<u8>}&{search: String}&{ids: Vec<u32>}" -> String =>
        format!("{page}{size:?}{search}{ids:?}"));
    route!("/filter?{filter..: Filter}" -> String => format!("{:?}{:?}{}", filter.min, filter.tag, filter.unit));
    route!(POST "/json" (Json(body): Json<Filter>) -> Json<Filter> => Json(body));
    route!(POST "/form" (Form(body): Form<Filter>) -> Created<Json<Filter>> => Created(Json(body)));
    route!(POST "/text" (text: String) -> Accepted<String> => Accepted(text));
    route!(POST "/bytes" (bytes: Bytes) -> Bytes => bytes);
    route!(POST "/body" (mut body: Body) -> NoContent => {
        while body.next().await?.is_some() {}
        NoContent
    });
    route!(POST "/maybe" (body: Option<Json<Filter>>) -> Option<Json<Filter>> => body);
    route!("/unknown" -> Unknown => Unknown);
    route!("/undeclared" => "text");
    route!("/html" -> Html<String> => Html(String::new()));
    route!("/error" -> Result<Json<u8>, (StatusCode, String)> => Ok(Json(1)));
    route!("/guarded" -> String if req.headers.contains_key("x") => String::new());
    route!(ANY "/any" -> String => req.method.to_string());
    route!(QUERY "/search" (text: String) -> String => text);
}

fn api() -> OpenApi {
    OpenApi::new(forms::ROUTES)
}

fn parameters(path: &str) -> Vec<Value> {
    operation(&api(), path, "get")["parameters"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn a_plain_route_cannot_fail() {
    assert_eq!(statuses(&api(), "/plain", "get"), ["200"]);
    assert_eq!(operation(&api(), "/plain", "get").get("parameters"), None);
}

#[test]
fn parameters_of_a_path_have_the_schemas_of_their_types() {
    let path = "/typed/{a}/{b}/{c}/{d}/{e}";
    let schemas: Vec<Value> = parameters(path)
        .into_iter()
        .map(|it| it["schema"].clone())
        .collect();
    assert_eq!(
        (&schemas[0]["minimum"], &schemas[0]["maximum"]),
        (&json!(-128), &json!(127))
    );
    assert_eq!(schemas[1]["maximum"], 65535);
    assert_eq!(schemas[2]["$ref"], "#/components/schemas/Number");
    assert_eq!(schemas[3], json!({ "type": "string", "minLength": 1 }));
    assert_eq!(schemas[4], json!({ "type": "string", "minLength": 1 }));
    assert_eq!(statuses(&api(), path, "get"), ["200", "400", "404"]);
}

#[test]
fn a_path_is_written_as_clients_send_it() {
    let api = api();
    let paths = keys(&api.document()["paths"]);
    for path in [
        "/mixed/{from}-{to}.txt",
        "/caf%C3%A9/%7Bx%7D",
        "/rest/{path}",
    ] {
        assert!(paths.contains(&path), "{paths:?}");
    }
    let losses = api.losses();
    assert_eq!(
        losses[0],
        "`/rest/{path}`: the last parameter matches several segments"
    );
    assert_eq!(
        losses.last().unwrap(),
        "`QUERY /search`: OpenAPI has no such method"
    );
    assert_eq!(api.document()["x-losses"], json!(losses));
}

#[test]
fn parameters_of_a_query_are_listed() {
    let api = api();
    let operation = operation(&api, "/query", "get");
    assert_eq!(keys(&operation["responses"]), ["200", "400"]);
    let parameters = operation["parameters"].as_array().unwrap();
    let names: Vec<(&str, bool)> = parameters
        .iter()
        .map(|it| {
            (
                it["name"].as_str().unwrap(),
                it["required"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            ("page", false),
            ("per-page", false),
            ("search", true),
            ("ids", false)
        ]
    );
    assert_eq!(parameters[0]["schema"]["default"], 1);
    assert_eq!(parameters[1]["schema"]["type"], "integer");
    assert_eq!(parameters[3]["schema"]["items"]["type"], "integer");
}

#[test]
fn the_fields_of_a_struct_are_parameters() {
    let parameters = parameters("/filter");
    let names: Vec<(&str, bool)> = parameters
        .iter()
        .map(|it| {
            (
                it["name"].as_str().unwrap(),
                it["required"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(names, [("min", false), ("tag", false), ("unit", true)]);
    assert_eq!(parameters[0]["description"], "The lowest price.");
    assert_eq!(parameters[0]["schema"]["type"], "integer");
}

#[test]
fn bodies() {
    let api = api();
    let body = |path: &str| operation(&api, path, "post")["requestBody"].clone();
    for (path, media_type, is_required) in [
        ("/json", "application/json", true),
        ("/form", "application/x-www-form-urlencoded", true),
        ("/text", "text/plain; charset=utf-8", true),
        ("/bytes", "application/octet-stream", true),
        ("/body", "*/*", true),
        ("/maybe", "application/json", false),
    ] {
        let body = body(path);
        assert_eq!(keys(&body["content"]), [media_type], "{path}");
        assert_eq!(body["required"], is_required, "{path}");
    }
    let responses = |path: &str| statuses(&api, path, "post").join(" ");
    assert_eq!(responses("/json"), "200 400 413 415");
    assert_eq!(responses("/form"), "201 400 413 415");
    assert_eq!(responses("/text"), "202 400 413");
    assert_eq!(responses("/bytes"), "200 413");
    assert_eq!(responses("/body"), "204");
    assert_eq!(responses("/maybe"), "200 400 404 413 415");
}

#[test]
fn replies() {
    let api = api();
    let response = |path: &str| operation(&api, path, "get")["responses"]["200"].clone();
    assert_eq!(
        keys(&response("/plain")["content"]),
        ["text/plain; charset=utf-8"]
    );
    assert_eq!(
        keys(&response("/html")["content"]),
        ["text/html; charset=utf-8"]
    );
    assert_eq!(response("/unknown")["x-unknown"], true);
    assert_eq!(response("/undeclared")["x-unknown"], true);
    assert_eq!(keys(&response("/error")["content"]), ["application/json"]);
    let no_content = &operation(&api, "/body", "post")["responses"]["204"];
    assert_eq!(no_content, &json!({ "description": "No Content" }));
}

#[test]
fn failures_are_problem_documents() {
    let api = api();
    let content = &operation(&api, "/json", "post")["responses"]["415"]["content"];
    assert_eq!(
        content,
        &json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } })
    );
}

#[test]
fn a_guard_may_reject() {
    assert_eq!(statuses(&api(), "/guarded", "get"), ["200", "404"]);
}

#[test]
fn any_is_every_method() {
    let api = api();
    assert_eq!(
        keys(&api.document()["paths"]["/any"]),
        [
            "delete", "get", "head", "options", "patch", "post", "put", "trace"
        ]
    );
}

mod overlaps {
    use super::*;

    #[server]
    async fn server(req: Request, res: Response) -> Result {
        route!("/users/{id: u32}" -> Json<u32> => Json(id));
        route!("/users/{name}" -> String => name.to_owned());
        route!(POST "/users/{id: u8}" -> Json<u8> => Json(id));
        route!(PUT "/users/me" -> &'static str => "me");
        route!("/a" -> &'static str if req.headers.contains_key("x") => "");
        route!(POST "/a" -> &'static str => "");
        route!("/{x: u32}/b" -> String => x.to_string());
        route!(PUT "/{x: u32}/b" -> String => x.to_string());
        route!(PUT "/{x: u8}/c" -> String => x.to_string());
        route!("/{x: u8}/c" -> String => x.to_string());
    }

    /// Two routes that differ only in the names and types of their parameters have one entry.
    #[test]
    fn routes_of_one_shape_are_one_path() {
        let api = OpenApi::new(server::ROUTES);
        assert_eq!(
            keys(&api.document()["paths"]),
            ["/a", "/users/me", "/users/{id}", "/{x}/b", "/{x}/c"]
        );
        let get = operation(&api, "/users/{id}", "get");
        assert_eq!(get["parameters"].as_array().unwrap().len(), 1);
        assert_eq!(
            get["parameters"][0]["schema"]["anyOf"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
        let content = keys(&get["responses"]["200"]["content"]);
        assert_eq!(content, ["application/json", "text/plain; charset=utf-8"]);
    }

    /// `POST /users/me` does not match, because `me` is not a `u8`, but the path exists for GET and PUT.
    #[test]
    fn a_path_that_exists_for_other_methods_is_a_405() {
        let api = OpenApi::new(server::ROUTES);
        assert_eq!(
            statuses(&api, "/users/{id}", "post"),
            ["200", "400", "404", "405"]
        );
        assert_eq!(statuses(&api, "/a", "get"), ["200", "404", "405"]);
        assert_eq!(statuses(&api, "/a", "post"), ["200"]);
        // `/users/b` and `/users/c` exist for GET.
        for path in ["/{x}/b", "/{x}/c"] {
            assert_eq!(statuses(&api, path, "put"), ["200", "400", "404", "405"]);
        }
    }

    #[tokio::test]
    async fn the_server_responds_as_described() {
        let ask = |method, url| server(Request::with_method(method, url), Response::new());
        let status = |error: Error| error.status();
        let error = ask(Method::POST, "/users/me").await.unwrap_err();
        assert_eq!(status(error), StatusCode::METHOD_NOT_ALLOWED);
        let error = ask(Method::GET, "/a").await.unwrap_err();
        assert_eq!(status(error), StatusCode::METHOD_NOT_ALLOWED);
        let error = ask(Method::PUT, "/users/b").await.unwrap_err();
        assert_eq!(status(error), StatusCode::METHOD_NOT_ALLOWED);
        let error = ask(Method::PUT, "/users/c").await.unwrap_err();
        assert_eq!(status(error), StatusCode::METHOD_NOT_ALLOWED);
        let error = ask(Method::PUT, "/seven/b").await.unwrap_err();
        assert_eq!(status(error), StatusCode::NOT_FOUND);
        let error = ask(Method::PUT, "/%ff/b").await.unwrap_err();
        assert_eq!(status(error), StatusCode::BAD_REQUEST);
    }
}

//! Security schemes and error types, including those of nested servers.

use onward::openapi::{Describe, Description, OpenApi, Security};
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::{operation, statuses};

#[derive(Serialize, JsonSchema)]
struct Message {
    error: String,
}

#[derive(Debug)]
struct SiteError(StatusCode);

impl From<Failure> for SiteError {
    fn from(failure: Failure) -> Self {
        Self(failure.status())
    }
}

impl From<Error> for SiteError {
    fn from(error: Error) -> Self {
        Self(error.status())
    }
}

impl Reply for SiteError {
    fn reply(self, res: Response) -> Sent {
        let error = self.0.to_string();
        res.send((self.0, Json(Message { error })))
    }
}

impl Describe for SiteError {
    fn describe(it: &mut Description<'_>) {
        it.failures::<Json<Message>>();
        it.reply::<Json<Message>>(StatusCode::GONE, "It was removed.");
    }
}

#[derive(Debug)]
struct Undescribed;

impl From<Failure> for Undescribed {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl Reply for Undescribed {
    fn reply(self, res: Response) -> Sent {
        res.send((StatusCode::IM_A_TEAPOT, "no"))
    }
}

const COOKIE: Security = Security::cookie("session");

#[server]
async fn site(req: Request, res: Response) -> Result<Sent, SiteError> {
    route!("/public/{id: u8}" -> Json<u8> => Json(id));
    route!(mount "/account" as account => account(req, res).await?);
}

#[server(security = [Security::bearer(), COOKIE])]
async fn account(req: Request, res: Response) -> Result<Sent, Error> {
    route!("/name/{id: u8}" -> Json<u8> => Json(id));
    route!(mount "/admin" => admin(req, res).await);
}

#[server(security = Security::header("x-admin").named("admin").described("A key."))]
async fn admin(req: Request, res: Response) -> Result {
    route!("/users" -> &'static str => "");
}

#[server]
async fn undescribed(req: Request, res: Response) -> Result<Sent, Undescribed> {
    route!("/{id: u8}" -> Json<u8> => Json(id));
}

#[test]
fn schemes_of_nested_servers_add_up() {
    let api = OpenApi::new(site::ROUTES);
    assert_eq!(
        api.document()["components"]["securitySchemes"],
        json!({
            "bearer": { "type": "http", "scheme": "bearer" },
            "session": { "type": "apiKey", "in": "cookie", "name": "session" },
            "admin": { "type": "apiKey", "in": "header", "name": "x-admin", "description": "A key." },
        })
    );
    assert_eq!(operation(&api, "/public/{id}", "get").get("security"), None);
    assert_eq!(
        operation(&api, "/account/name/{id}", "get")["security"],
        json!([{ "bearer": [] }, { "session": [] }])
    );
    assert_eq!(
        operation(&api, "/account/admin/users", "get")["security"],
        json!([{ "admin": [], "bearer": [] }, { "admin": [], "session": [] }])
    );
    assert_eq!(
        statuses(&api, "/account/admin/users", "get"),
        ["200", "401", "410"]
    );
}

/// The error type of a mounted server is converted to the outermost server's.
#[test]
fn the_outermost_error_type_determines_the_body_of_failures() {
    let api = OpenApi::new(site::ROUTES);
    for path in ["/public/{id}", "/account/name/{id}"] {
        let not_found = &operation(&api, path, "get")["responses"]["404"]["content"];
        let schema = &not_found["application/json"]["schema"];
        assert_eq!(schema["$ref"], "#/components/schemas/Message", "{path}");
    }
    let gone = &operation(&api, "/public/{id}", "get")["responses"]["410"];
    assert_eq!(gone["description"], "It was removed.");
}

#[test]
fn nothing_is_known_about_an_error_type_that_is_not_described() {
    let api = OpenApi::new(undescribed::ROUTES);
    let not_found = &operation(&api, "/{id}", "get")["responses"]["404"];
    assert_eq!(not_found["x-unknown"], true);
    assert_eq!(not_found.get("content"), None);
}

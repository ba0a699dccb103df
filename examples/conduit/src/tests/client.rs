//! A client of the server, and shorthands for what most tests do.

use crate::app::{App, conduit};
use crate::auth::Tokens;
use crate::database;
use onward::http::{self, Server};
use onward::prelude::*;
use serde_json::{Value, json};

/// A server with an empty database.
pub struct Client {
    pub server: Server,
}

impl Client {
    pub async fn new() -> Self {
        let app = App {
            db: database::in_memory().await,
            tokens: Tokens::new(b"a secret of at least 32 bytes, for tests").unwrap(),
        };
        Self {
            server: http::create_server(move |req, res| conduit(req, res, app.clone())),
        }
    }

    /// Sends a request as the owner of `token`, unless `token` is empty, and returns the status and the body.
    pub async fn send(&self, method: Method, url: &str, token: &str, body: Value) -> (u16, Value) {
        let mut req = Request::with_method(method, url);
        if !token.is_empty() {
            req = req.header("authorization", format!("Token {token}"));
        }
        if !body.is_null() {
            req = req.json(&body);
        }
        let sent = self.server.dispatch(req, Response::new()).await;
        let status = sent.status_code().as_u16();
        (
            status,
            if sent.text().is_empty() {
                Value::Null
            } else {
                sent.json()
            },
        )
    }

    pub async fn get(&self, url: &str, token: &str) -> (u16, Value) {
        self.send(Method::GET, url, token, Value::Null).await
    }

    pub async fn post(&self, url: &str, token: &str, body: Value) -> (u16, Value) {
        self.send(Method::POST, url, token, body).await
    }

    pub async fn put(&self, url: &str, token: &str, body: Value) -> (u16, Value) {
        self.send(Method::PUT, url, token, body).await
    }

    pub async fn delete(&self, url: &str, token: &str) -> (u16, Value) {
        self.send(Method::DELETE, url, token, Value::Null).await
    }

    /// Registers a user and returns the token.
    pub async fn register(&self, name: &str) -> String {
        let email = format!("{name}@example.com");
        let user =
            json!({ "user": { "username": name, "email": email, "password": "correct horse" } });
        let (status, body) = self.post("/api/users", "", user).await;
        assert_eq!(status, 201, "{body}");
        body["user"]["token"].as_str().unwrap().to_owned()
    }

    /// Adds an article and returns its slug.
    pub async fn write(&self, token: &str, title: &str, tags: &[&str]) -> String {
        let article =
            json!({ "title": title, "description": "short", "body": "long", "tagList": tags });
        let (status, body) = self
            .post("/api/articles", token, json!({ "article": article }))
            .await;
        assert_eq!(status, 201, "{body}");
        body["article"]["slug"].as_str().unwrap().to_owned()
    }
}

/// Returns the first reason for an error in a field, from the body of an error response.
pub fn error(body: &Value, field: &str) -> String {
    body["errors"][field][0]
        .as_str()
        .unwrap_or_else(|| panic!("no `{field}` in {body}"))
        .to_owned()
}

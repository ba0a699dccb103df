//! The error type of the shop: one place determines the form of all error responses.

use crate::site;
use onward::openapi::{Describe, Description};
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// The errors of the shop.
#[derive(Debug)]
pub enum ShopError {
    /// A failure with its own status, such as a 404, a 405 or an invalid JSON body.
    Http(Failure),
    /// The product violates a rule of the shop.
    Invalid(String),
    /// The database failed; the client sees only a 500.
    Store(rusqlite::Error),
}

impl ShopError {
    /// Returns the status, and a message for the client.
    pub fn status_and_message(&self) -> (StatusCode, String) {
        match self {
            Self::Http(error) if error.status().is_server_error() => {
                (error.status(), error.status().to_string())
            }
            // An error without a message is described by its status.
            Self::Http(error) if error.message().is_empty() => {
                (error.status(), error.status().to_string())
            }
            Self::Http(error) => (error.status(), error.message().to_owned()),
            Self::Invalid(message) => (StatusCode::UNPROCESSABLE_ENTITY, message.clone()),
            Self::Store(_) => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                (status, status.to_string())
            }
        }
    }
}

impl Reply for ShopError {
    fn reply(self, res: Response) -> Sent {
        let (status, message) = self.status_and_message();
        // A browser gets a page. Clients that accept every type get JSON, because it is the first one.
        let types = ["application/json", "text/html"];
        let accepted = res.req().and_then(|req| req.headers.accepts(&types));
        if accepted == Some("text/html") {
            // A 5xx is emitted as `event::Error`.
            return res.send((status, site::error_page(status, &message)));
        }
        match self {
            // A 5xx is sent as a problem document and emitted as `event::Error`.
            Self::Http(error) if status.is_server_error() => error.reply(res),
            Self::Store(error) => Error::from(error).reply(res),
            _ => res.send((status, Json(Message { error: message }))),
        }
    }
}

/// The body of an error response below 500, unless it is a page.
#[derive(Debug, Serialize, JsonSchema)]
struct Message {
    error: String,
}

impl Describe for Message {
    fn describe(it: &mut Description<'_>) {
        it.content::<Self>("application/json");
        it.opaque("text/html; charset=utf-8");
    }
}

impl Describe for ShopError {
    fn describe(it: &mut Description<'_>) {
        it.failures::<Message>();
        it.reply::<Message>(
            StatusCode::UNPROCESSABLE_ENTITY,
            "The product violates a rule of the shop.",
        );
    }
}

impl From<Failure> for ShopError {
    fn from(error: Failure) -> Self {
        Self::Http(error)
    }
}

impl From<rusqlite::Error> for ShopError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

/// An error of the operating system; the client sees only a 500.
impl From<std::io::Error> for ShopError {
    fn from(error: std::io::Error) -> Self {
        Self::Http(Error::from(error).into())
    }
}

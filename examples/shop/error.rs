//! The error type of the shop: one place determines the form of all error responses.

use onward::openapi::{Describe, Description};
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// The errors of the shop.
#[derive(Debug)]
pub enum ShopError {
    /// A failure that the server reports: a 404, a 405, an invalid JSON body, …
    Http(Failure),
    /// The product violates a rule of the shop.
    Invalid(String),
    /// The database failed; the client sees only a 500.
    Store(rusqlite::Error),
}

impl Reply for ShopError {
    fn reply(self, res: Response) -> Sent {
        let (status, message) = match self {
            // A 5xx is sent as a problem document and emitted as `event::Error`.
            Self::Http(error) if error.status().is_server_error() => return error.reply(res),
            Self::Store(error) => return Error::from(error).reply(res),
            // An error may have no message; in that case the status is used.
            Self::Http(error) if error.message().is_empty() => {
                (error.status(), error.status().to_string())
            }
            Self::Http(error) => (error.status(), error.message().to_owned()),
            Self::Invalid(message) => (StatusCode::UNPROCESSABLE_ENTITY, message),
        };
        res.send((status, Json(Message { error: message })))
    }
}

/// The body of every error response.
#[derive(Debug, Serialize, JsonSchema)]
struct Message {
    error: String,
}

impl Describe for ShopError {
    fn describe(it: &mut Description<'_>) {
        it.failures::<Json<Message>>();
        it.reply::<Json<Message>>(
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

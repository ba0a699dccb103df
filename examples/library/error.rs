//! The error type of the library.

use onward::openapi::{Describe, Description};
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// The body of every error response.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Message {
    /// What is wrong with the request.
    pub error: String,
}

/// The errors of the library.
#[derive(Debug)]
pub enum LibraryError {
    /// A failure with its own status, such as a 404, a 405 or an invalid JSON body.
    Http(Failure),
    /// The book is already on loan.
    Lent,
}

impl From<Failure> for LibraryError {
    fn from(failure: Failure) -> Self {
        Self::Http(failure)
    }
}

impl Reply for LibraryError {
    fn reply(self, res: Response) -> Sent {
        let (status, error) = match self {
            Self::Http(failure) => (failure.status(), failure.to_string()),
            Self::Lent => (
                StatusCode::CONFLICT,
                "the book is already on loan".to_owned(),
            ),
        };
        res.send((status, Json(Message { error })))
    }
}

impl Describe for LibraryError {
    fn describe(it: &mut Description<'_>) {
        it.failures::<Json<Message>>();
        it.reply::<Json<Message>>(StatusCode::CONFLICT, "The book is already on loan.");
    }
}

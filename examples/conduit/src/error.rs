//! The error type: one place determines the form of all error responses.

use onward::openapi::{Describe, Description};
use onward::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The errors of the API.
#[derive(Debug)]
pub enum ConduitError {
    /// The request violates a rule: a status, the name of what is wrong, and the reason.
    Rejected(StatusCode, Cow<'static, str>, Cow<'static, str>),
    /// A failure that Onward reports, such as a 404, a 405 or a malformed JSON body, or any other error of a handler.
    Http(Failure),
}

/// The body of an error response below 500: `errors` maps the name of what is wrong to the reasons.
#[derive(Serialize, JsonSchema)]
pub struct Errors {
    errors: BTreeMap<String, Vec<String>>,
}

impl ConduitError {
    pub fn new(status: StatusCode, field: &'static str, reason: &'static str) -> Self {
        Self::Rejected(status, field.into(), reason.into())
    }

    pub fn invalid(field: &'static str, reason: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, field, reason)
    }

    pub fn unauthorized(field: &'static str, reason: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, field, reason)
    }

    pub fn forbidden(noun: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, noun, "forbidden")
    }

    pub fn not_found(noun: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, noun, "not found")
    }
}

impl From<Failure> for ConduitError {
    fn from(failure: Failure) -> Self {
        // `user.email` of a body is reported as `email`.
        let field = failure.field().and_then(|path| path.rsplit('.').next());
        match field {
            Some(field) => Self::Rejected(
                StatusCode::UNPROCESSABLE_ENTITY,
                field.to_owned().into(),
                failure.message().to_owned().into(),
            ),
            None => Self::Http(failure),
        }
    }
}

/// Any other error of a handler. The client sees only a 500, unless the error is or contains a [`Failure`].
impl From<Error> for ConduitError {
    fn from(error: Error) -> Self {
        Self::Http(error.into())
    }
}

/// A username or email address that is taken results in a 409. For any other error of the database, the client sees
/// only a 500.
impl From<sqlx::Error> for ConduitError {
    fn from(error: sqlx::Error) -> Self {
        let taken = error
            .as_database_error()
            .filter(|error| error.is_unique_violation());
        match taken.map(|error| error.message()) {
            Some(message) if message.ends_with("users.email") => {
                Self::new(StatusCode::CONFLICT, "email", "has already been taken")
            }
            Some(message) if message.ends_with("users.username") => {
                Self::new(StatusCode::CONFLICT, "username", "has already been taken")
            }
            _ => Error::from(error).into(),
        }
    }
}

impl Reply for ConduitError {
    fn reply(self, mut res: Response) -> Sent {
        let (status, field, reason) = match self {
            // The error is emitted as `event::Error` with its cause, and sent without the cause.
            Self::Http(failure) if failure.status().is_server_error() => return failure.reply(res),
            Self::Http(failure) => (
                failure.status(),
                "request".into(),
                failure.to_string().into(),
            ),
            Self::Rejected(status, field, reason) => (status, field, reason),
        };
        if status == StatusCode::UNAUTHORIZED {
            res.set_header("www-authenticate", "Token");
        }
        let errors = BTreeMap::from([(field.into_owned(), vec![reason.into_owned()])]);
        res.send((status, Json(Errors { errors })))
    }
}

impl Describe for ConduitError {
    fn describe(it: &mut Description<'_>) {
        it.failures::<Json<Errors>>();
        let rejected = [
            (
                StatusCode::FORBIDDEN,
                "The resource belongs to another user.",
            ),
            (StatusCode::NOT_FOUND, "The resource does not exist."),
            (StatusCode::CONFLICT, "The name is taken."),
            (StatusCode::UNPROCESSABLE_ENTITY, "The request is invalid."),
        ];
        for (status, docs) in rejected {
            it.reply::<Json<Errors>>(status, docs);
        }
    }
}

//! Replies that are JSON.

use http::StatusCode;
use serde_core::Serialize;

use super::{NoIntoResponse, Reply, send};
use crate::error::Failure;
use crate::http::{ContentType, Response, Sent};
use crate::json::JsonText;

/// A JSON response body.
///
/// A value that cannot be serialized, such as a map whose keys are lists, results in a 500. The content type is
/// `application/json`, without a charset: JSON is UTF-8 (RFC 8259). Needs the feature `serde`, which is on by default.
/// Node.js: no counterpart; Express: `res.json(value)`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(Json(["shoes", "lipstick", "cups"]));
/// assert_eq!(sent.header("content-type").unwrap(), "application/json");
/// assert_eq!(sent.text(), r#"["shoes","lipstick","cups"]"#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct Json<T>(pub T);

impl<T> Json<T> {
    #[doc(hidden)]
    pub fn into_response(self) -> Self
    where
        for<'never> (): NoIntoResponse,
    {
        self
    }
}

impl<T: Serialize> Reply for Json<T> {
    fn reply(self, res: Response) -> Sent {
        match serde_json::to_vec(&self.0) {
            Ok(body) => send(res, ContentType::Json, body),
            Err(error) => unserializable(error).reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        match serde_json::to_vec(&self.0) {
            Ok(body) => Ok(send(res, ContentType::Json, body)),
            Err(error) => unserializable(error).try_reply(res),
        }
    }
}

impl Reply for serde_json::Value {
    fn reply(self, res: Response) -> Sent {
        Json(self).reply(res)
    }
}

/// The value of `json!`.
impl Reply for JsonText {
    fn reply(self, res: Response) -> Sent {
        match self.into_bytes() {
            Ok(body) => send(res, ContentType::Json, body),
            Err(error) => unserializable(error).reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        match self.into_bytes() {
            Ok(body) => Ok(send(res, ContentType::Json, body)),
            Err(error) => unserializable(error).try_reply(res),
        }
    }
}

fn unserializable(error: serde_json::Error) -> Failure {
    Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "").with_source(error)
}

//! What may be an answer.

use std::borrow::Cow;

use bytes::Bytes;
use http::StatusCode;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::http::{ContentType, Response, Sent};
use crate::json::JsonText;

/// What can answer a request: text, bytes, [`Json`], a status, any of them with a status, …
///
/// | value | answer |
/// |---|---|
/// | `&'static str`, `String`, `Cow<'static, str>` | `text/plain; charset=utf-8` |
/// | `Vec<u8>`, `&'static [u8]`, `Bytes` | `application/octet-stream` |
/// | [`Json`], `json!`, `serde_json::Value` | `application/json`, which is UTF-8 and has no charset parameter (RFC 8259, 11) |
/// | [`Html`] | `text/html; charset=utf-8` |
/// | `StatusCode` | that status, no body |
/// | `(StatusCode, R)` | `R` with that status |
/// | `()` | 200, or the status set on `res`; no body |
/// | `Option<R>` | `R`, or 404 |
/// | `Result<R, E>` | `R` or `E` |
/// | [`Error`] | a problem document |
///
/// A `content-type` that is set on `res` already is kept, except by an [`Error`].
///
/// Your own type becomes an answer by one function:
///
/// ```
/// use onward::prelude::*;
///
/// struct Csv(String);
///
/// impl Reply for Csv {
///     fn reply(self, mut res: Response) -> Sent {
///         res.set_header("content-type", "text/csv");
///         res.send(self.0)
///     }
/// }
///
/// let sent = Response::new().send(Csv("id,name\n7,cup\n".into()));
/// assert_eq!(sent.header("content-type").unwrap(), "text/csv");
/// assert_eq!(sent.text(), "id,name\n7,cup\n");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an answer",
    label = "not an answer as it stands: is `.await`, `?`, a call's `()` or `Json(…)` missing?",
    note = "an answer is text, bytes, `Json(value)`, `json!(…)`, `Html(text)`, a `StatusCode`, `(StatusCode, answer)`, \
            or an `Option` or a `Result` of those",
    note = "put `.await` behind a future, `?` behind a `Result` whose error is none of these, and `return` in front of \
            what never has a value",
    note = "a value that implements `serde::Serialize` is sent as `Json(value)`; for a type of your own, implement `Reply`"
)]
pub trait Reply: Sized {
    /// Answers with `res`.
    fn reply(self, res: Response) -> Sent;

    /// What `route!` calls: like [`reply`](Reply::reply), but a failure (`None`, an [`Error`]) is handed back,
    /// so that the handler's own error type sees it.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let missing: Option<&str> = None;
    /// let error = missing.try_reply(Response::new()).unwrap_err();
    /// assert_eq!(error.status(), StatusCode::NOT_FOUND);
    /// ```
    ///
    /// # Errors
    /// The failure that this value is.
    fn try_reply(self, res: Response) -> Result<Sent, Error> {
        Ok(self.reply(res))
    }
}

/// An answer in ContentType::Json.
///
/// A value that cannot be written as ContentType::Json (a map with keys that are no text) is a 500.
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(Json(["shoes", "lipstick", "cups"]));
/// assert_eq!(sent.header("content-type").unwrap(), "application/json");
/// assert_eq!(sent.text(), r#"["shoes","lipstick","cups"]"#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "it answers as the value of a route, or by `res.send`"]
pub struct Json<T>(pub T);

/// An answer in ContentType::Html. The text is sent as it is: what came from strangers has to be escaped before.
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(Html("<h1>hello</h1>"));
/// assert_eq!(sent.header("content-type").unwrap(), "text/html; charset=utf-8");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "it answers as the value of a route, or by `res.send`"]
pub struct Html<T>(pub T);

/// Answers with `body`, as `content_type` unless `res` says otherwise.
fn answer(res: Response, content_type: ContentType, body: impl Into<Bytes>) -> Sent {
    res.end_as(content_type, body.into())
}

macro_rules! reply_as {
    ($content_type:expr => $($body:ty),+) => {$(
        impl Reply for $body {
            fn reply(self, res: Response) -> Sent {
                answer(res, $content_type, self)
            }
        }
    )+};
}

reply_as!(ContentType::Text => &'static str, String);
reply_as!(ContentType::Bytes => Vec<u8>, &'static [u8], Bytes);

impl<const N: usize> Reply for &'static [u8; N] {
    fn reply(self, res: Response) -> Sent {
        self.as_slice().reply(res)
    }
}

impl Reply for Cow<'static, str> {
    fn reply(self, res: Response) -> Sent {
        match self {
            Cow::Borrowed(text) => text.reply(res),
            Cow::Owned(text) => text.reply(res),
        }
    }
}

impl<T: Into<Bytes>> Reply for Html<T> {
    fn reply(self, res: Response) -> Sent {
        answer(res, ContentType::Html, self.0)
    }
}

impl<T: Serialize> Reply for Json<T> {
    fn reply(self, res: Response) -> Sent {
        match serde_json::to_vec(&self.0) {
            Ok(body) => answer(res, ContentType::Json, body),
            Err(error) => Error::from(error).reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Error> {
        Ok(answer(res, ContentType::Json, serde_json::to_vec(&self.0)?))
    }
}

impl Reply for serde_json::Value {
    fn reply(self, res: Response) -> Sent {
        Json(self).reply(res)
    }
}

/// What `json!` makes.
impl Reply for JsonText {
    fn reply(self, res: Response) -> Sent {
        match self.into_bytes() {
            Ok(body) => answer(res, ContentType::Json, body),
            Err(error) => Error::from(error).reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Error> {
        Ok(answer(res, ContentType::Json, self.into_bytes()?))
    }
}

impl Reply for StatusCode {
    fn reply(self, mut res: Response) -> Sent {
        res.status_code = self;
        res.end()
    }
}

impl<R: Reply> Reply for (StatusCode, R) {
    fn reply(self, mut res: Response) -> Sent {
        res.status_code = self.0;
        self.1.reply(res)
    }

    fn try_reply(self, mut res: Response) -> Result<Sent, Error> {
        res.status_code = self.0;
        self.1.try_reply(res)
    }
}

impl Reply for () {
    fn reply(self, res: Response) -> Sent {
        res.end()
    }
}

impl<R: Reply> Reply for Option<R> {
    fn reply(self, res: Response) -> Sent {
        match self {
            Some(reply) => reply.reply(res),
            None => Error::not_found().reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Error> {
        match self {
            Some(reply) => reply.try_reply(res),
            None => Err(Error::not_found()),
        }
    }
}

impl<R: Reply, E: Reply> Reply for Result<R, E> {
    fn reply(self, res: Response) -> Sent {
        match self {
            Ok(reply) => reply.reply(res),
            Err(error) => error.reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Error> {
        match self {
            Ok(reply) => reply.try_reply(res),
            Err(error) => error.try_reply(res),
        }
    }
}

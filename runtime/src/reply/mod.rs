//! The values that a route can reply with.

#[cfg(feature = "serde")]
mod json;

use std::borrow::Cow;
use std::error::Error as StdError;

use bytes::Bytes;
use http::StatusCode;

use crate::error::{ErrorReply, Failure};
use crate::http::{ContentType, Response, Sent};
#[cfg(feature = "serde")]
pub use json::Json;

/// A value that can be sent as a response.
///
/// A `content-type` that is already set on `res` is kept, unless the reply is a problem document or an `http::Response`
/// that has its own. Implement [`reply`](Self::reply) to send your own type. Node.js: no counterpart; Express:
/// `res.send(value)`.
///
/// | value | response |
/// |---|---|
/// | `&'static str`, `String`, `Cow<'static, str>` | `text/plain; charset=utf-8` |
/// | `Vec<u8>`, `&'static [u8]`, `Bytes` | `application/octet-stream` |
/// | [`Json`], `json!`, `serde_json::Value` | `application/json`, which is UTF-8 and has no charset parameter (RFC 8259, 11) |
/// | [`Html`] | `text/html; charset=utf-8` |
/// | `StatusCode` | that status, no body |
/// | `(StatusCode, R)` | `R`, with that status |
/// | `()` | 200 or the status set on `res`, no body |
/// | [`Created<R>`](crate::Created), [`Accepted<R>`](crate::Accepted) | `R`, with the status 201 or 202 |
/// | [`NoContent`](crate::NoContent) | 204, no body |
/// | [`Redirect`](crate::Redirect) | a redirect |
/// | `Option<R>` | `R`, or 404 |
/// | `Result<R, E>` | `R`, or `E`, which must implement [`ErrorReply`] |
/// | `http::Response<B>` of the `http` crate | its status, headers and body, which is streamed |
/// | [`Error`](crate::Error), [`Failure`] | a problem document |
///
/// # Examples
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
    message = "`{Self}` cannot be used as a reply",
    label = "does not implement `Reply`; missing `.await`, `?`, `()` or `Json(…)`?",
    note = "a reply is text, bytes, `Json(value)`, `json!(…)`, `Html(text)`, a `StatusCode`, `(StatusCode, reply)`, \
            or an `Option` or a `Result` of those",
    note = "add `.await` after a future, `?` after a `Result` whose error does not implement `Reply`, and `return` \
            before an expression that never has a value",
    note = "use `Json(value)` for a value that implements `serde::Serialize`, `.to_string()` for a number, or implement \
            `Reply` for your own type"
)]
pub trait Reply: Sized {
    /// Whether the value itself emits `event::Error` for a 5xx.
    #[doc(hidden)]
    const REPORTS_ITSELF: bool = false;

    /// Sends this value as the response.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = "hello".reply(Response::new());
    /// assert_eq!(sent.text(), "hello");
    /// ```
    fn reply(self, res: Response) -> Sent;

    /// Sends this value as the response, or returns it as a [`Failure`] if it is one.
    ///
    /// `route!` calls it, so that failures (`None`, an [`Error`](crate::Error)) are converted to the handler's own
    /// error type.
    ///
    /// # Errors
    ///
    /// - The [`Failure`] that this value is or contains.
    /// - `404 Not Found` for `None`.
    /// - `500 Internal Server Error` if the value cannot be serialized as JSON.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let missing: Option<&str> = None;
    /// let error = missing.try_reply(Response::new()).unwrap_err();
    /// assert_eq!(error.status(), StatusCode::NOT_FOUND);
    /// ```
    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        Ok(self.reply(res))
    }
}

/// An HTML response body, sent unescaped: escape untrusted input first.
///
/// The content type is `text/html; charset=utf-8`.
/// Node.js: no counterpart; Express: `res.type('html').send(text)`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let sent = Response::new().send(Html("<h1>hello</h1>"));
/// assert_eq!(sent.header("content-type").unwrap(), "text/html; charset=utf-8");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "use it as the value of a route, or pass it to `res.send`"]
pub struct Html<T>(pub T);

/// The bound of `into_response`, axum's name for the conversion. It is never satisfied.
#[diagnostic::on_unimplemented(
    message = "an Onward reply has no method `into_response`",
    label = "remove `.into_response()`: the value alone is the reply"
)]
pub trait NoIntoResponse {}

impl<T> Html<T> {
    #[doc(hidden)]
    pub fn into_response(self) -> Self
    where
        for<'never> (): NoIntoResponse,
    {
        self
    }
}

/// Sends `body`, with `content_type` unless one was set on `res`.
fn send(res: Response, content_type: ContentType, body: impl Into<Bytes>) -> Sent {
    res.end_as(content_type, body.into())
}

macro_rules! reply_as {
    ($content_type:expr => $($body:ty),+) => {$(
        impl Reply for $body {
            fn reply(self, res: Response) -> Sent {
                send(res, $content_type, self)
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
        send(res, ContentType::Html, self.0)
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

    fn try_reply(self, mut res: Response) -> Result<Sent, Failure> {
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
            None => Failure::not_found().reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        match self {
            Some(reply) => reply.try_reply(res),
            None => Err(Failure::not_found()),
        }
    }
}

impl<R: Reply, E: ErrorReply> Reply for Result<R, E> {
    fn reply(self, res: Response) -> Sent {
        match self {
            Ok(reply) => reply.reply(res),
            Err(error) => error.reply(res),
        }
    }

    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        match self {
            Ok(reply) => reply.try_reply(res),
            Err(error) => error.try_reply_error(res),
        }
    }
}

/// The response of another crate. Each of its headers replaces those of the same name that were set on `res`, except
/// that `vary` and `set-cookie` are added; `transfer-encoding` is ignored. Its body is sent as
/// [`end_body`](Response::end_body) sends a body.
impl<B> Reply for ::http::Response<B>
where
    B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
{
    fn reply(self, mut res: Response) -> Sent {
        let (parts, body) = self.into_parts();
        res.status_code = parts.status;
        res.merge_headers(parts.headers);
        res.end_body(body)
    }
}

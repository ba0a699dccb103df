//! The error types: [`Failure`], which this crate reports, and [`Error`], which a handler returns.
//!
//! # Invariants
//!
//! 1. `Failure` implements `std::error::Error`; `Error` does not, so that every error type converts to it.
//! 2. The message of a 5xx and every source stay on the server.
//! 3. A 5xx with which a handler fails is emitted as `event::Error` exactly once before it reaches the client, unless
//!    it is the 501 of an `Error`.
//!
//! This folder does not depend on connections; it writes to a `Response`.

mod error_reply;
mod failure;
mod habits;
mod json_string;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use crate::http::{RequestSummary, Response, Sent};
use crate::reply::Reply;

pub use error_reply::ErrorReply;
pub use failure::Failure;

type BoxError = Box<dyn StdError + Send + Sync>;

/// The return type of handlers: `Result<Sent, Error>` unless other types are given.
///
/// Node.js: no counterpart; a listener returns nothing.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// async fn hello(req: Request, res: Response) -> Result {
///     let name = req.url.query::<String>("name")?;
///     Ok(res.send(format!("hello {name}")))
/// }
/// ```
pub type Result<T = Sent, E = Error> = std::result::Result<T, E>;

/// The error type of handlers: a status code, a message for the client and an optional source for logging.
///
/// `?` creates it from every error that converts to a boxed `std::error::Error`, including those of `anyhow` and
/// `eyre`. A [`Failure`], even as a source of another error, keeps its status and message; all other errors become a
/// 500. An `Error` dereferences to a [`Failure`] and does not implement `std::error::Error` itself: convert it to a
/// `Failure` if that trait is needed. As a reply, it is a problem document (RFC 9457, `application/problem+json`). For
/// a 5xx, neither the message nor the source is sent to the client. The document contains the
/// [`request_id`](crate::http::Response::request_id) if there is one. A 5xx other than 501 is emitted as
/// [`event::Error`](crate::http::event::Error) with all of its causes. Node.js: no counterpart; an exception in a
/// listener ends the process.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let error = Error::new(StatusCode::CONFLICT, "that name is taken");
/// assert_eq!(error.status(), StatusCode::CONFLICT);
/// assert_eq!(error.message(), "that name is taken");
///
/// fn parse(text: &str) -> Result<u32> {
///     Ok(text.parse::<u32>()?)
/// }
/// let error = parse("seven").unwrap_err();
/// assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
/// assert_eq!(error.source().unwrap().to_string(), "invalid digit found in string");
/// ```
#[must_use = "use `return Err(error)`, or pass it to `res.send`"]
pub struct Error(Failure);

impl Error {
    /// Creates an error with a status and a message.
    ///
    /// The message is sent to the client unless the status is a 5xx.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let error = Error::new(StatusCode::GONE, "this product was discontinued");
    /// assert_eq!(error.to_string(), "410 Gone: this product was discontinued");
    /// ```
    pub fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Failure::new(status, message))
    }

    /// Creates a `400 Bad Request` with a message for the client.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let error = Error::bad_request("`from` is after `to`");
    /// assert_eq!(error.status(), StatusCode::BAD_REQUEST);
    /// ```
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self(Failure::bad_request(message))
    }

    /// Creates a `404 Not Found`, which is also what a reply of `None` becomes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Error::not_found().status(), StatusCode::NOT_FOUND);
    /// ```
    pub fn not_found() -> Self {
        Self(Failure::not_found())
    }

    /// Sets the cause of the error, which is logged and never sent to the client.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let cause = "x".parse::<u8>().unwrap_err();
    /// let error = Error::bad_request("the code is a number up to 255").with_source(cause);
    /// assert!(error.source().is_some());
    /// ```
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(self.0.with_source(source))
    }
}

impl Error {
    /// Returns whether the caller must report the error, which is then marked as reported.
    pub(crate) fn begin_report(&mut self) -> bool {
        let begins = self.needs_report();
        if begins {
            self.0.mark_reported();
        }
        begins
    }

    /// Records the request that the error concerns, unless it is already known.
    pub(crate) fn set_request(&mut self, request: Option<RequestSummary>) {
        self.0.set_request(request);
    }
}

impl Deref for Error {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.0
    }
}

/// The headers that describe a body. An error replaces the body, so these headers are removed; `content-type` is
/// replaced, and all other headers are kept.
const CONTENT_HEADERS: [http::HeaderName; 7] = [
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::CONTENT_RANGE,
    header::TRANSFER_ENCODING,
    header::ETAG,
    header::LAST_MODIFIED,
    header::TRAILER,
];

impl Reply for Error {
    const REPORTS_ITSELF: bool = true;

    fn reply(mut self, mut res: Response) -> Sent {
        res.unset(&CONTENT_HEADERS);
        res.status_code = self.status();
        res.status_message = None;
        res.set_header(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        let body = self.problem_details(res.request_id().as_deref());
        if self.needs_report() {
            res.report(&mut self);
        }
        res.end_with(Bytes::from(body))
    }

    /// Reports a 5xx before the conversion, because the handler's own error type might not keep the cause.
    fn try_reply(mut self, res: Response) -> Result<Sent, Failure> {
        if self.needs_report() {
            res.report(&mut self);
            self.0.mark_reported();
        }
        Err(self.0)
    }
}

impl Reply for Failure {
    const REPORTS_ITSELF: bool = true;

    fn reply(self, res: Response) -> Sent {
        Error(self).reply(res)
    }

    fn try_reply(self, res: Response) -> Result<Sent, Failure> {
        Error(self).try_reply(res)
    }
}

impl<E: Into<Box<dyn StdError + Send + Sync>>> From<E> for Error {
    fn from(error: E) -> Self {
        Self(Failure::from_boxed(error.into()))
    }
}

/// Writes the status, the message and every cause on one line, for a log.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_fields("Error", f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_contains_every_cause() {
        let cause = std::io::Error::other("disk full");
        let error = Error::new(StatusCode::INTERNAL_SERVER_ERROR, "no room").with_source(cause);
        assert_eq!(
            error.to_string(),
            "500 Internal Server Error: no room: disk full"
        );
    }

    #[derive(Debug)]
    struct Wrapper(Failure);

    impl fmt::Display for Wrapper {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("wrapped")
        }
    }

    impl StdError for Wrapper {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn a_failure_keeps_its_status_as_an_error_and_as_a_source() {
        let error = Error::from(Failure::not_found());
        assert_eq!(error.status(), StatusCode::NOT_FOUND);
        assert!(error.source().is_none());
        let error = Error::from(Wrapper(Failure::bad_request("no")));
        assert_eq!(
            (error.status(), error.message()),
            (StatusCode::BAD_REQUEST, "no")
        );
        assert!(error.source().is_some());
        let error = Error::from("text");
        assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(error.to_string(), "500 Internal Server Error: text");
    }

    #[test]
    fn an_error_is_one_pointer_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}

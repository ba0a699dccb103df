//! The error type of handlers.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};

use crate::http::{Response, Sent};
use crate::reply::Reply;

type Source = Box<dyn StdError + Send + Sync>;

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
/// `?` converts every `std::error::Error` to it, with the status 500. As a reply it is a problem document (RFC 9457,
/// `application/problem+json`); for a 5xx the body contains only the status; neither message nor source is sent to the
/// client. A 5xx other than 501 is emitted as [`event::Error`](crate::http::event::Error)
/// with all of its causes.
/// Node.js: no counterpart; an exception in a listener ends the process.
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
pub struct Error(Box<Inner>);

struct Inner {
    status: StatusCode,
    message: Cow<'static, str>,
    source: Option<Source>,
}

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
        Self(Box::new(Inner {
            status,
            message: message.into(),
            source: None,
        }))
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
        Self::new(StatusCode::BAD_REQUEST, message)
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
        Self::new(StatusCode::NOT_FOUND, "")
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
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the status of the response.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Error::bad_request("no").status(), StatusCode::BAD_REQUEST);
    /// ```
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the message for the client, which is empty if there is none.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Error::bad_request("no").message(), "no");
    /// assert_eq!(Error::not_found().message(), "");
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the cause.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Error::not_found().source().is_none());
    /// ```
    pub fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }

    /// Returns the problem document that is sent to the client.
    pub(crate) fn problem_details(&self) -> String {
        let status = self.0.status;
        let title = status.canonical_reason().unwrap_or("Unknown");
        let detail = match serde_json::to_string(&*self.0.message) {
            Ok(quoted) if !status.is_server_error() && !self.0.message.is_empty() => {
                format!(",\"detail\":{quoted}")
            }
            _ => String::new(),
        };
        format!(
            "{{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{}{detail}}}",
            status.as_u16()
        )
    }
}

/// The headers that describe a body. An error replaces the body, so they are removed; others, such as those of a CORS
/// middleware, are kept.
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
    fn reply(self, mut res: Response) -> Sent {
        res.unset(&CONTENT_HEADERS);
        res.status_code = self.0.status;
        res.status_message = None;
        res.set_header(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        let body = self.problem_details();
        // A 501 is caused by the method of the request, not by the server.
        if self.0.status.is_server_error() && self.0.status != StatusCode::NOT_IMPLEMENTED {
            res.report(&self);
        }
        res.end_with(Bytes::from(body))
    }

    fn try_reply(self, _: Response) -> Result<Sent, Self> {
        Err(self)
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(source: E) -> Self {
        Self(Box::new(Inner {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            message: Cow::Borrowed(""),
            source: Some(Box::new(source)),
        }))
    }
}

impl From<Error> for Box<dyn StdError + Send + Sync> {
    fn from(error: Error) -> Self {
        Box::new(StdErrorAdapter(error))
    }
}

impl From<Error> for Box<dyn StdError> {
    fn from(error: Error) -> Self {
        Box::new(StdErrorAdapter(error))
    }
}

/// Writes the status, the message and every cause on one line, for a log.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status)?;
        if !self.0.message.is_empty() {
            write!(f, ": {}", self.0.message)?;
        }
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
        f.debug_struct("Error")
            .field("status", &self.0.status)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish()
    }
}

/// Wraps an `Error` as a `std::error::Error`. `Error` cannot implement that trait itself: the blanket `From` that `?`
/// uses would overlap with `From<T> for T`.
struct StdErrorAdapter(Error);

impl fmt::Display for StdErrorAdapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.0.status)?;
        if !self.0.0.message.is_empty() {
            write!(f, ": {}", self.0.0.message)?;
        }
        Ok(())
    }
}

impl fmt::Debug for StdErrorAdapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for StdErrorAdapter {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_quotes_the_message() {
        let error = Error::bad_request("say \"please\"\n");
        assert_eq!(
            error.problem_details(),
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"say \"please\"\n"}"#
        );
    }

    #[test]
    fn a_server_error_does_not_send_its_message() {
        let error = Error::new(StatusCode::BAD_GATEWAY, "10.0.0.7 rejected");
        assert_eq!(
            error.problem_details(),
            r#"{"type":"about:blank","title":"Bad Gateway","status":502}"#
        );
    }

    #[test]
    fn display_contains_every_cause() {
        let cause = std::io::Error::other("disk full");
        let error = Error::new(StatusCode::INTERNAL_SERVER_ERROR, "no room").with_source(cause);
        assert_eq!(
            error.to_string(),
            "500 Internal Server Error: no room: disk full"
        );
    }

    #[test]
    fn it_is_one_pointer_wide() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}

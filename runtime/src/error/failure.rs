//! The errors that this crate reports.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use super::json_string::push_json_string;
use super::{BoxError, Error};
use crate::http::RequestSummary;

/// An error that this crate reports: a status code, a message for the client and an optional source for logging.
///
/// Examples are a 404, an invalid body and a missing query parameter. A `Failure` implements [`std::error::Error`], so
/// it can be the source of other errors, and `?` converts it to [`Error`], to `anyhow::Error` and to your own error
/// type if that implements `From<Failure>`. As a reply, it is the same as an [`Error`].
/// Node.js: no counterpart; an exception in a listener ends the process.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let failure = Request::get("/?page=two").url.query::<u32>("page").unwrap_err();
/// assert_eq!(failure.status(), StatusCode::BAD_REQUEST);
/// assert_eq!(failure.message(), "query parameter `page`: `two` is not a number of type u32");
/// ```
pub struct Failure(Box<Inner>);

struct Inner {
    status: StatusCode,
    message: Cow<'static, str>,
    field: Option<String>,
    source: Option<BoxError>,
    /// Set once the failure has been emitted as `event::Error`.
    reported: bool,
    request: Option<RequestSummary>,
}

impl Failure {
    /// Creates a failure with a status and a message.
    ///
    /// The message is sent to the client unless the status is a 5xx.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let failure = Failure::new(StatusCode::GONE, "this product was discontinued");
    /// assert_eq!(failure.to_string(), "410 Gone: this product was discontinued");
    /// ```
    pub fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            status,
            message: message.into(),
            field: None,
            source: None,
            reported: false,
            request: None,
        }))
    }

    /// Creates a `400 Bad Request` with a message for the client.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let failure = Failure::bad_request("`from` is after `to`");
    /// assert_eq!(failure.status(), StatusCode::BAD_REQUEST);
    /// ```
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Creates a `404 Not Found`. A reply of `None` becomes the same failure.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Failure::not_found().status(), StatusCode::NOT_FOUND);
    /// ```
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "")
    }

    /// Sets the cause, which is logged and never sent to the client.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let cause = "x".parse::<u8>().unwrap_err();
    /// let failure = Failure::bad_request("the code is a number up to 255").with_source(cause);
    /// assert!(failure.source().is_some());
    /// ```
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Sets the field of the input that is invalid.
    pub(crate) fn with_field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    /// Returns the status of the response.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Failure::bad_request("no").status(), StatusCode::BAD_REQUEST);
    /// ```
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the message for the client, or an empty string.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Failure::bad_request("no").message(), "no");
    /// assert_eq!(Failure::not_found().message(), "");
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the name of the invalid field or query parameter.
    ///
    /// It is the path of a field in a JSON body, such as `items[1].price`, the name of a field in a form, or the name
    /// of a query parameter. The result is `None` if the failure does not concern a single field, and for a failure
    /// that the program creates.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let failure = Request::get("/").url.query::<u32>("page").unwrap_err();
    /// assert_eq!(failure.field(), Some("page"));
    /// ```
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Returns the cause.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Failure::not_found().source().is_none());
    /// ```
    pub fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }

    /// Returns the request during which the failure occurred, if a server emitted it as
    /// [`event::Error`](crate::http::event::Error).
    ///
    /// It is set on the errors that a server emits: those of handlers, panics, and headers or writes that come too
    /// late. It is `None` for other failures and for errors of a server that concern no request, such as a connection
    /// that could not be accepted. A handler's own error type gets its request from
    /// [`Response::req`](crate::http::Response::req). Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Error, |error| {
    ///     if let Some(req) = error.request() {
    ///         eprintln!("{} {}: {error}", req.method, req.url);
    ///     }
    /// });
    /// assert!(Failure::not_found().request().is_none());
    /// ```
    pub fn request(&self) -> Option<&RequestSummary> {
        self.0.request.as_ref()
    }

    pub(super) fn set_request(&mut self, request: Option<RequestSummary>) {
        if self.0.request.is_none() {
            self.0.request = request;
        }
    }

    /// Converts any error. A `Failure` is returned unchanged. If a `Failure` is among the causes, its status, message
    /// and field are used; otherwise the result is a `500 Internal Server Error`.
    pub(super) fn from_boxed(error: BoxError) -> Self {
        let error = match error.downcast::<Self>() {
            Ok(failure) => return *failure,
            Err(error) => error,
        };
        let mut cause = error.source();
        while let Some(error) = cause.filter(|error| !error.is::<Self>()) {
            cause = error.source();
        }
        let mut failure = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "");
        if let Some(inner) = cause.and_then(|cause| cause.downcast_ref::<Self>()) {
            failure.0.status = inner.0.status;
            failure.0.message.clone_from(&inner.0.message);
            failure.0.field.clone_from(&inner.0.field);
        }
        failure.with_source(error)
    }

    /// Returns whether the failure must still be reported.
    pub(super) fn needs_report(&self) -> bool {
        // The usual cause of a 501 is the request, not a failure of the server.
        let is_internal =
            self.0.status.is_server_error() && self.0.status != StatusCode::NOT_IMPLEMENTED;
        is_internal && !self.0.reported
    }

    pub(super) fn mark_reported(&mut self) {
        self.0.reported = true;
    }

    /// Returns the problem document that is sent to the client.
    pub(crate) fn problem_details(&self, request_id: Option<&str>) -> String {
        let status = self.0.status;
        let title = status.canonical_reason().unwrap_or("Unknown");
        let mut json = format!(
            "{{\"type\":\"about:blank\",\"title\":\"{title}\",\"status\":{}",
            status.as_u16()
        );
        if !status.is_server_error() && !self.0.message.is_empty() {
            json.push_str(",\"detail\":");
            push_json_string(&mut json, &self.0.message);
        }
        if let Some(id) = request_id {
            json.push_str(",\"request_id\":");
            push_json_string(&mut json, id);
        }
        json.push('}');
        json
    }

    pub(super) fn fmt_fields(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("status", &self.0.status)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        error.0
    }
}

/// Writes the status and the message, for a log.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.status)?;
        if !self.0.message.is_empty() {
            write!(f, ": {}", self.0.message)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_fields("Failure", f)
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Self::source(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_document_quotes_the_message() {
        let failure = Failure::bad_request("say \"please\"\n");
        assert_eq!(
            failure.problem_details(None),
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"say \"please\"\n"}"#
        );
    }

    #[test]
    fn a_problem_document_has_the_id_of_its_request() {
        let failure = Failure::new(StatusCode::BAD_GATEWAY, "10.0.0.7 rejected");
        assert_eq!(
            failure.problem_details(Some("47\"11")),
            r#"{"type":"about:blank","title":"Bad Gateway","status":502,"request_id":"47\"11"}"#
        );
    }

    #[test]
    fn a_server_error_does_not_send_its_message() {
        let failure = Failure::new(StatusCode::BAD_GATEWAY, "10.0.0.7 rejected");
        assert_eq!(
            failure.problem_details(None),
            r#"{"type":"about:blank","title":"Bad Gateway","status":502}"#
        );
    }

    #[test]
    fn a_failure_is_one_pointer_wide() {
        assert_eq!(size_of::<Failure>(), size_of::<usize>());
    }
}

//! The proof that a request was answered.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::error::Error;
use crate::http::response::channel::ResponseChannel;

/// A complete answer: what [`Response::end`](crate::http::response::Response::end) and [`Response::send`](crate::http::response::Response::send) give,
/// and what a handler returns, so that the compiler sees that every path answers.
///
/// Of a [`Response::new`](crate::http::response::Response::new) it holds the whole answer, for a test to read. On a server the
/// connection takes headers and body when it sends them, and from then on they are empty here.
///
/// ```
/// use onward::prelude::*;
///
/// let mut res = Response::new();
/// res.set_header("etag", "\"7\"");
/// let sent = res.send(Json([7]));
/// assert_eq!(sent.status_code(), StatusCode::OK);
/// assert_eq!(sent.header("etag").unwrap(), "\"7\"");
/// assert_eq!(sent.text(), "[7]");
/// ```
pub struct Sent(Arc<ResponseChannel>);

impl Sent {
    pub(crate) fn new(channel: Arc<ResponseChannel>) -> Self {
        Self(channel)
    }

    /// Reports the error that the response was made of, unless it was reported already.
    pub(crate) fn report(&self, error: &Error) {
        self.0.report_once(error);
    }

    /// The status of the answer.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Response::new().end().status_code(), StatusCode::OK);
    /// ```
    pub fn status_code(&self) -> StatusCode {
        self.0.status()
    }

    /// What the status line says behind the code, where the handler said something else than the standard.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Response::new().end().status_message().is_none());
    /// ```
    pub fn status_message(&self) -> Option<String> {
        self.0.head().status_message()
    }

    /// The headers of the answer, without those the connection adds (`date`, `content-length`, …).
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Response::new().end().headers().is_empty());
    /// ```
    pub fn headers(&self) -> HeaderMap {
        let mut head = self.0.head();
        head.apply_content_type();
        HeaderMap::clone(&head.headers)
    }

    /// The (first) value of a header.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let sent = Response::new().send("hello");
    /// assert_eq!(sent.header("content-type").unwrap(), "text/plain; charset=utf-8");
    /// ```
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<HeaderValue> {
        self.headers().get(name).cloned()
    }

    /// The fields that go behind the body.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Response::new().end().trailers().is_empty());
    /// ```
    pub fn trailers(&self) -> HeaderMap {
        self.0.trailers()
    }

    /// The body.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Response::new().send("hello").body_bytes(), "hello");
    /// ```
    pub fn body_bytes(&self) -> Bytes {
        self.0.body()
    }

    /// The body as text; what is not UTF-8 is replaced.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Response::new().send("hello").text(), "hello");
    /// ```
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body_bytes()).into_owned()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sent").field(&self.status_code()).finish()
    }
}

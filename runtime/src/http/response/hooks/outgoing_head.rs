//! The parts of a response that a hook can read and change.

use std::fmt;

use bytes::Bytes;
use http::header::AsHeaderName;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::error::Error;
use crate::http::headers::vary::add_vary;
use crate::http::headers::{IntoHeaderValues, lazy_map};
use crate::http::request::summary::RequestSummary;
use crate::http::response::channel::RequestInfo;
use crate::http::response::encoding::{Chain, Encoder};
use crate::http::response::head::ResponseHead;
use crate::http::response::headers;

/// The headers that describe the body and do not apply to a different one.
const BODY_HEADERS: [HeaderName; 7] = [
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::CONTENT_RANGE,
    header::CONTENT_TYPE,
    header::TRANSFER_ENCODING,
    header::ACCEPT_RANGES,
    header::TRAILER,
];

/// The status and the headers of a response right before they are sent; the argument of
/// [`before_head`](crate::http::Response::before_head).
///
/// Headers that the server adds, such as `date` and `content-length`, are not included. Node.js: no counterpart; a
/// function of the package `on-headers` gets the `ServerResponse`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let mut res = Response::new();
/// res.before_head(|head| {
///     if head.status_code.is_success() {
///         head.set_header("cache-control", "max-age=60");
///     }
/// });
/// assert_eq!(res.send("hello").header("cache-control").unwrap(), "max-age=60");
/// ```
pub struct OutgoingHead {
    /// The status code.
    ///
    /// If a hook changes it, the standard reason phrase is sent. The server replaces a 1xx status with a 500. With
    /// 204, 205 and 304, no body is sent. Node.js: `statusCode`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| head.status_code = StatusCode::ACCEPTED);
    /// assert_eq!(res.send("hello").status_code(), StatusCode::ACCEPTED);
    /// ```
    pub status_code: StatusCode,
    /// The head, with the status that it had before the hooks ran.
    head: ResponseHead,
    body: Option<Bytes>,
    is_replaced: bool,
    encoder: Option<Box<dyn Encoder>>,
    /// The error of the first header that could not be set.
    rejected: Option<Error>,
    request: RequestInfo,
}

/// The parts of a head after its hooks have run.
pub(crate) struct OutgoingParts {
    pub(crate) head: ResponseHead,
    /// The whole body, unless it is streamed.
    pub(crate) body: Option<Bytes>,
    /// Whether a hook replaced the body of the handler.
    pub(crate) is_replaced: bool,
    /// The encoder of a streamed body.
    pub(crate) encoder: Option<Box<dyn Encoder>>,
}

impl OutgoingHead {
    /// Creates the argument of a hook. `body` is the whole body, unless it is streamed.
    pub(crate) fn new(mut head: ResponseHead, body: Option<Bytes>, request: RequestInfo) -> Self {
        head.apply_content_type();
        Self {
            status_code: head.status,
            head,
            body,
            is_replaced: false,
            encoder: None,
            rejected: None,
            request,
        }
    }

    /// Returns a copy without the encoder. The copy is used if the hook that owns the original fails.
    pub(crate) fn duplicate(&self) -> Self {
        Self {
            status_code: self.status_code,
            head: self.head.clone(),
            body: self.body.clone(),
            is_replaced: self.is_replaced,
            encoder: None,
            rejected: None,
            request: self.request.clone(),
        }
    }

    /// Takes the head, for the error response that replaces it.
    pub(crate) fn take_head(&mut self) -> ResponseHead {
        std::mem::take(&mut self.head)
    }

    /// Takes the error of the first header that could not be set.
    pub(crate) fn take_rejected(&mut self) -> Option<Error> {
        self.rejected.take()
    }

    /// Replaces the whole response with an error response.
    pub(crate) fn replace(&mut self, head: ResponseHead, body: Bytes) {
        self.status_code = head.status;
        self.head = head;
        self.body = Some(body);
        self.is_replaced = true;
        self.encoder = None;
        self.rejected = None;
    }

    /// Takes the encoder and the body if the body is whole and is sent.
    pub(crate) fn take_encoding(&mut self) -> Option<(Box<dyn Encoder>, Bytes)> {
        let body = self.body.as_ref()?;
        let encoder = self.encoder.take()?;
        let has_body = ResponseHead {
            status: self.status_code,
            ..ResponseHead::default()
        }
        .allows_body();
        has_body.then(|| (encoder, body.clone()))
    }

    /// Sets the encoded body.
    pub(crate) fn set_encoded(&mut self, body: Bytes) {
        self.body = Some(body);
    }

    pub(crate) fn into_parts(mut self) -> OutgoingParts {
        if self.head.status != self.status_code {
            self.head.status = self.status_code;
            self.head.reason = None;
        }
        OutgoingParts {
            head: self.head,
            body: self.body,
            is_replaced: self.is_replaced,
            encoder: self.encoder,
        }
    }

    /// Returns the method, the URL and the headers of the request.
    ///
    /// The result is that of [`Response::req`](crate::http::Response::req), which is `None` for a detached response.
    /// Node.js: `req`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| assert!(head.req().is_none()));
    /// res.send("hello");
    /// ```
    pub fn req(&self) -> Option<RequestSummary> {
        self.request.summary()
    }

    /// Returns the whole body, or `None` if it is streamed.
    ///
    /// The result is also `None` for an empty body with a `content-length` header, as in a response to HEAD. Node.js:
    /// no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| {
    ///     let length = head.body().map_or(0, |body| body.len());
    ///     head.set_header("x-length", length);
    /// });
    /// assert_eq!(res.send("hello").header("x-length").unwrap(), "5");
    /// ```
    pub fn body(&self) -> Option<&Bytes> {
        let body = self.body.as_ref()?;
        let is_declared = self.head.headers.contains_key(header::CONTENT_LENGTH);
        (!(is_declared && body.is_empty())).then_some(body)
    }

    /// Replaces the body and removes the headers that describe it, such as `content-type` and `content-encoding`.
    ///
    /// If the body is streamed, the output of the handler is discarded and the handler is dropped, as when the client
    /// disconnects. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| {
    ///     head.status_code = StatusCode::NO_CONTENT;
    ///     head.replace_body("");
    /// });
    /// let sent = res.send("hello");
    /// assert_eq!((sent.text().as_str(), sent.header("content-type")), ("", None));
    /// ```
    pub fn replace_body(&mut self, body: impl Into<Bytes>) -> &mut Self {
        for name in BODY_HEADERS {
            lazy_map::unset(&mut self.head.headers, name);
        }
        self.body = Some(body.into());
        self.is_replaced = true;
        self.encoder = None;
        self
    }

    /// Encodes the body before it is sent, and removes the `content-length`.
    ///
    /// A whole body is encoded after all hooks have run, on a blocking thread if it is longer than 128 KiB, and its
    /// encoded length is declared. A streamed body is encoded as it is written, and the encoder is flushed whenever the
    /// handler waits. If several encoders are added, each encodes the output of the previous one. If a hook fails, the
    /// encoders that have been added so far are not used for the error response. Node.js:
    /// `stream.pipe(zlib.createGzip()).pipe(res)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::Encoder;
    /// use onward::prelude::*;
    /// use std::io;
    ///
    /// struct Uppercase;
    ///
    /// impl Encoder for Uppercase {
    ///     fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    ///         out.extend(chunk.to_ascii_uppercase());
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| {
    ///     head.encode_body(Uppercase);
    /// });
    /// assert_eq!(res.send("hello").text(), "HELLO");
    /// ```
    pub fn encode_body(&mut self, encoder: impl Encoder) -> &mut Self {
        lazy_map::unset(&mut self.head.headers, header::CONTENT_LENGTH);
        let encoder: Box<dyn Encoder> = Box::new(encoder);
        self.encoder = Some(match self.encoder.take() {
            Some(first) => Box::new(Chain {
                first,
                second: encoder,
            }),
            None => encoder,
        });
        self
    }

    /// Sets a header and replaces existing headers with the same name.
    ///
    /// If the name or a value is invalid, the server replaces the response with a 500. Node.js: `setHeader`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| {
    ///     head.set_header("x-request-id", 7);
    /// });
    /// assert_eq!(res.end().header("x-request-id").unwrap(), "7");
    /// ```
    pub fn set_header<N, V>(&mut self, name: N, values: V) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        let set = headers::set(&mut self.head.headers, name, values);
        self.unless_rejected(set)
    }

    /// Adds a header and keeps existing headers with the same name.
    ///
    /// If the name or a value is invalid, the server replaces the response with a 500. Node.js: `appendHeader`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("set-cookie", "a=1");
    /// res.before_head(|head| {
    ///     head.append_header("set-cookie", "b=2");
    /// });
    /// assert_eq!(res.end().headers().get_all("set-cookie").iter().count(), 2);
    /// ```
    pub fn append_header<N, V>(&mut self, name: N, values: V) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        let added = headers::add(&mut self.head.headers, name, values);
        self.unless_rejected(added)
    }

    /// Removes all values of a header and returns the first one.
    ///
    /// Node.js: `removeHeader`, which returns nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-debug", "1");
    /// res.before_head(|head| {
    ///     head.remove_header("x-debug");
    /// });
    /// assert!(res.end().headers().is_empty());
    /// ```
    pub fn remove_header(&mut self, name: impl AsHeaderName) -> Option<HeaderValue> {
        self.head.headers.remove(name)
    }

    /// Returns the first value of a header.
    ///
    /// Node.js: `getHeader`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| assert!(head.get_header("etag").is_none()));
    /// res.end();
    /// ```
    pub fn get_header(&self, name: impl AsHeaderName) -> Option<&HeaderValue> {
        self.head.headers.get(name)
    }

    /// Returns the headers.
    ///
    /// Node.js: `getHeaders`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.before_head(|head| assert_eq!(head.headers()["content-type"], "text/plain; charset=utf-8"));
    /// res.send("hello");
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Declares that the response depends on a header of the request.
    pub(crate) fn add_vary(&mut self, name: &HeaderName) {
        add_vary(&mut self.head.headers, name);
    }

    fn unless_rejected(&mut self, set: Result<(), Error>) -> &mut Self {
        if let Err(error) = set {
            self.rejected.get_or_insert(error);
        }
        self
    }
}

impl fmt::Debug for OutgoingHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingHead")
            .field("status_code", &self.status_code)
            .field("headers", &self.head.headers)
            .finish_non_exhaustive()
    }
}

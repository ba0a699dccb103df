//! The request as the handler reads it.
//!
//! Invariants:
//!
//! 1. Handlers never wait for the request head: a [`Request`] exists once its head is complete and valid.
//! 2. The head is parsed on demand. `Url` and `Headers` share one [`RawHead`], which never changes while either exists.
//! 3. No field of a [`Request`] refers to another, so each can be moved out.
//! 4. Everything that a handler does with a body reaches the protocol through the [`RequestChannel`].
//!
//! This folder knows nothing of sockets, of framing and of the response.

pub(crate) mod body;
pub(crate) mod channel;
pub(crate) mod deserializable;
pub(crate) mod events;
mod habits;
pub(crate) mod headers;
pub(crate) mod query;
pub(crate) mod raw_head;
pub(crate) mod summary;
pub(crate) mod target;
pub(crate) mod url;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri, Version, header};
use serde::Serialize;

use self::body::{BodyReader, DeclaredType};
use self::channel::RequestChannel;
use self::events::RequestEvents;
use self::raw_head::RawHead;
use crate::events::Emitter;
use crate::http::limits::DEFAULT_BODY_SIZE;
use crate::http::socket::Socket;
use crate::routing::Rest;

pub use self::body::Body;
pub use self::deserializable::Deserializable;
pub use self::headers::Headers;
pub use self::summary::RequestSummary;
pub use self::url::Url;

/// A request; Node's `IncomingMessage`.
///
/// Its parts are public fields, and each can be moved out: `req.body.json().await?` consumes the body and leaves the
/// other fields usable. A request emits [`RequestEvents`](crate::http::event::RequestEvents): `Data`, `End`, `Aborted`,
/// `Error` and `Close`. Add listeners before moving a field out: afterwards only the remaining fields can be used.
/// [`get`](Self::get), [`post`](Self::post) and [`with_method`](Self::with_method) construct a detached request, which
/// belongs to no connection, to call a handler in a test. Node.js: `http.IncomingMessage`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let req = Request::get("/products?page=2").header("accept", "text/html");
/// assert_eq!((req.method, req.url.path()), (Method::GET, "/products"));
/// ```
#[non_exhaustive]
pub struct Request {
    /// The request method.
    ///
    /// A standard method is uppercase: a request with `get` is rejected with a 400. Any other token reaches the
    /// handler. Node.js: `method`; Node rejects methods that it does not know.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::post("/products").method, Method::POST);
    /// ```
    pub method: Method,
    /// The request target; usually a path and query.
    ///
    /// Node.js: `url`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/products/7").url == "/products/7");
    /// ```
    pub url: Url,
    /// The HTTP version: `HTTP/1.0` or `HTTP/1.1`.
    ///
    /// A higher minor version, such as HTTP/1.2, is read as HTTP/1.1. Node.js: `httpVersion`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::{http::Version, prelude::*};
    ///
    /// assert_eq!(Request::get("/").version, Version::HTTP_11);
    /// ```
    pub version: Version,
    /// The headers, with lowercase names.
    ///
    /// If the request target has a host, as in `GET http://shop.example/`, `headers["host"]` is the authority of the
    /// target. Node.js: `headers`; there `host` is always the header.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").header("Accept", "*/*").headers["accept"], "*/*");
    /// ```
    pub headers: Headers,
    /// The body, which is not read yet.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::post("/").body("hello").body.trailers().is_empty());
    /// ```
    pub body: Body,
    /// The connection on which the request was received.
    ///
    /// Node.js: `socket`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").socket.remote_addr.to_string(), "127.0.0.1:0");
    /// ```
    pub socket: Socket,
    channel: Arc<RequestChannel>,
}

impl Request {
    /// A request that a protocol received.
    #[inline]
    pub(crate) fn received(
        (method, version): (Method, Version),
        raw: Arc<RawHead>,
        body: Body,
        channel: Arc<RequestChannel>,
        socket: Socket,
    ) -> Self {
        Self {
            method,
            url: Url::of(Arc::clone(&raw)),
            version,
            headers: Headers::of(raw),
            body,
            socket,
            channel,
        }
    }

    /// Returns the header lines as received: original order and case, duplicates not merged.
    ///
    /// They are read from the request head at each call, so changes to [`headers`](Self::headers) have no effect on
    /// them. For a detached request, these are its [`headers`](Self::headers). Node.js: `rawHeaders`, which is a flat
    /// list of names and values.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").header("a", "1").header("a", "2").raw_headers().len(), 2);
    /// ```
    pub fn raw_headers(&self) -> Vec<(String, HeaderValue)> {
        self.headers.raw_pairs()
    }

    /// Returns whether the whole request was read.
    ///
    /// It was once its body was read to the end, or if it has no body. Node.js: `complete`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut req = Request::post("/").body("hello");
    /// while req.body.next().await?.is_some() {}
    /// assert!(req.complete());
    /// # Ok(())
    /// # }
    /// ```
    pub fn complete(&self) -> bool {
        self.channel.is_complete()
    }

    /// Constructs a GET request, for a test.
    ///
    /// # Panics
    ///
    /// If `url` is not a valid request target, such as a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/products/7").url == "/products/7");
    /// ```
    pub fn get(url: &str) -> Self {
        Self::with_method(Method::GET, url)
    }

    /// Constructs a POST request, for a test.
    ///
    /// # Panics
    ///
    /// If `url` is not a valid request target, such as a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::post("/").json(&["cup"]).headers["content-type"], "application/json");
    /// ```
    pub fn post(url: &str) -> Self {
        Self::with_method(Method::POST, url)
    }

    /// Constructs a request with any method, for a test.
    ///
    /// # Panics
    ///
    /// If `url` is not a valid request target, such as a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::with_method(Method::DELETE, "/").method, Method::DELETE);
    /// ```
    pub fn with_method(method: Method, url: &str) -> Self {
        let uri: Uri = match url.parse() {
            Ok(uri) => uri,
            Err(error) => panic!("invalid request target `{url}`: {error}"),
        };
        Self {
            method,
            url: Url::new(uri),
            version: Version::HTTP_11,
            headers: Headers::default(),
            body: Body::default(),
            socket: Socket::detached(),
            channel: Arc::default(),
        }
    }

    /// Adds a header, for a test.
    ///
    /// Other headers of that name are kept.
    ///
    /// # Panics
    ///
    /// If the name or the value is not valid in a header.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("x-a", "1").header("x-a", "2");
    /// assert_eq!(req.headers.get_all("x-a").iter().count(), 2);
    /// ```
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            (Err(error), _) => panic!("invalid header name: {}", error.into()),
            (_, Err(error)) => panic!("invalid header value: {}", error.into()),
        }
    }

    /// Sets the body, for a test.
    ///
    /// Set the `content-type` before the body. The size limit is 2 MiB, as in a server.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").header("content-type", "text/plain").body("hello");
    /// assert_eq!(req.body.text().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        let content_type = self.headers.get(header::CONTENT_TYPE).cloned();
        self.body = Body::new(BodyReader::buffered(
            body.into(),
            content_type.map(DeclaredType::Whole),
            DEFAULT_BODY_SIZE,
            &self.channel,
        ));
        self
    }

    /// Sets a JSON body and its `content-type`, for a test.
    ///
    /// # Panics
    ///
    /// If `value` cannot be serialized as JSON.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").json(&[1, 2]);
    /// assert_eq!(req.body.json::<[u8; 2]>().await?, [1, 2]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => self
                .header(header::CONTENT_TYPE, "application/json")
                .body(body),
            Err(error) => panic!("the body cannot be serialized as JSON: {error}"),
        }
    }

    /// Moves the start of the path to where `rest` starts, for a nested server.
    ///
    /// `rest` is the parameter `{rest..}` of the route. [`Url::original`] still returns the whole URL. Node.js has no
    /// counterpart; Express: `router.use(prefix, …)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
    /// }
    ///
    /// #[server]
    /// async fn admin(req: Request, res: Response) -> Result {
    ///     route!("/users" => format!("{} of {}", req.url, req.url.original()));
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sent = shop(Request::get("/admin/users"), Response::new()).await?;
    /// assert_eq!(sent.text(), "/users of /admin/users");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn at(mut self, rest: Rest<'_>) -> Self {
        self.url = self.url.below(rest.slashes());
        self
    }
}

impl Deref for Request {
    type Target = Emitter<RequestEvents>;

    fn deref(&self) -> &Emitter<RequestEvents> {
        &self.channel.emitter
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("version", &self.version)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("socket", &self.socket)
            .finish_non_exhaustive()
    }
}

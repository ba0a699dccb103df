//! The request, as handlers read it.
//!
//! Invariants:
//!
//! 1. Handlers never wait for the request head: a [`Request`] is created only when its head is complete and valid.
//! 2. The URL and the headers are read from the head on demand. `Url` and `Headers` share one [`RawHead`], which
//!    never changes while either exists.
//! 3. No field of a [`Request`] borrows from another, so each can be moved out.
//! 4. Everything that a handler does with a body reaches the protocol through the [`RequestChannel`].
//!
//! This folder knows nothing about I/O, framing or the response.

pub(crate) mod body;
pub(crate) mod channel;
pub(crate) mod client_addr;
pub(crate) mod convert;
#[cfg(feature = "serde")]
pub(crate) mod deserializable;
mod detached;
pub(crate) mod events;
mod habits;
pub(crate) mod headers;
mod hostname;
#[cfg(feature = "serde")]
pub(crate) mod query;
pub(crate) mod raw_head;
pub(crate) mod summary;
pub(crate) mod syntax;
pub(crate) mod target_parts;
pub(crate) mod url;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::{HeaderValue, Method, Version};

use self::channel::RequestChannel;
use self::events::RequestEvents;
use self::raw_head::RawHead;
use crate::events::Emitter;
use crate::http::socket::Socket;
use crate::routing::Rest;

pub use self::body::Body;
#[cfg(feature = "serde")]
pub use self::deserializable::Deserializable;
pub use self::headers::Headers;
pub use self::summary::RequestSummary;
pub use self::url::Url;

/// A request; Node's `IncomingMessage`.
///
/// Its parts are public fields, and each can be moved out: `req.body.json().await?` consumes the body and leaves the
/// other fields usable. A request emits [`RequestEvents`](crate::http::event::RequestEvents): `Data`, `End`, `Aborted`,
/// `Error` and `Close`. Add listeners before moving a field out: afterward, only the remaining fields can be used.
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
    /// A standard method is uppercase: a request with the method `get` is rejected with a 400. Any other method, such
    /// as `PURGE`, reaches the handler. Node.js: `method`; Node rejects methods that it does not know.
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
    /// The HTTP version: `HTTP/1.0`, `HTTP/1.1` or, with the `http2` feature, `HTTP/2.0`.
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
    /// target. Node.js: `headers`, where `host` is always the received header.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").header("Accept", "*/*").headers["accept"], "*/*");
    /// ```
    pub headers: Headers,
    /// The body, which has not been read yet.
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
    /// Creates a request that a protocol received.
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
    /// them. With HTTP/2, names are lowercase, and headers with the same name follow each other. For a detached
    /// request, these are its [`headers`](Self::headers). Node.js: `rawHeaders`, which is a flat list of names and
    /// values.
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

    /// Returns whether the whole request has been read.
    ///
    /// This is also `true` for a request without a body. Node.js: `complete`.
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

    /// Takes the body out of the request and leaves an empty one.
    ///
    /// The request stays usable, so it can still be passed on, for example to a mounted server. Node.js: no
    /// counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut req = Request::post("/").body("hello");
    /// let text = req.take_body().text().await?;
    /// assert_eq!((text.as_str(), req.method), ("hello", Method::POST));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "the body is dropped, and the protocol discards it"]
    pub fn take_body(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// Makes the path start at `rest`, for a nested server.
    ///
    /// `rest` is the parameter `{rest..}` of the route. [`Url::original`] still returns the whole URL. Node.js: no
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

impl Request {
    #[cfg(feature = "tower")]
    pub(crate) fn channel(&self) -> &Arc<RequestChannel> {
        &self.channel
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

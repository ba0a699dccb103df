//! The request as the handler reads it.

pub(crate) mod body;
pub(crate) mod channel;
pub(crate) mod deserializable;
pub(crate) mod events;
pub(crate) mod headers;
pub(crate) mod query;
pub(crate) mod raw_head;
pub(crate) mod syntax;
pub(crate) mod target;
pub(crate) mod url;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
#[cfg(feature = "http2")]
use http::HeaderMap;
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
pub use self::url::Url;

/// A request: Node's `IncomingMessage`.
///
/// Its parts are fields, and each can be taken out on its own: `req.body.json().await?` consumes the body and leaves
/// the rest.
///
/// It is an emitter of [`RequestEvents`](crate::http::event::RequestEvents): `Data`, `End`, `Aborted`, `Error`, `Close`.
/// (While a field is taken out, it is no emitter: listen before.)
///
/// [`get`](Self::get), [`post`](Self::post) and [`with_method`](Self::with_method) make one by hand, to call a handler
/// in a test.
///
/// ```
/// use onward::prelude::*;
///
/// let req = Request::get("/products?page=2").header("accept", "application/json");
/// assert_eq!(req.method, Method::GET);
/// assert!(req.url == "/products?page=2");
/// assert_eq!(req.headers["accept"], "application/json");
/// ```
#[non_exhaustive]
pub struct Request {
    /// What is to be done. Node: `method`.
    pub method: Method,
    /// What it is about: path and query, in the usual case. Node: `url`.
    pub url: Url,
    /// HTTP/1.0, HTTP/1.1 or HTTP/2. Node: `httpVersion`.
    pub version: Version,
    /// The headers; names are in lower case. Node: `headers`.
    pub headers: Headers,
    /// The body, not read yet.
    pub body: Body,
    /// The connection it came on. Node: `socket`.
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

    /// The same request with the headers that came apart from its target.
    #[cfg(feature = "http2")]
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = Headers::from(headers);
        self
    }

    /// The headers in the order and with the letters in which they came, those of one name one by one. Node:
    /// `rawHeaders`.
    ///
    /// They are read anew from the head of the request at each call, and are what they were also where a handler has changed
    /// [`headers`](Self::headers). Of a request made by hand, this gives what that holds.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("accept", "text/html").header("accept", "*/*");
    /// for (name, value) in req.raw_headers() {
    ///     println!("{name}: {}", value.to_str().unwrap_or("?"));
    /// }
    /// assert_eq!(req.raw_headers().len(), 2);
    /// ```
    pub fn raw_headers(&self) -> Vec<(String, HeaderValue)> {
        self.headers.raw_pairs()
    }

    /// Whether all of the request has been read: its body has come to its end, or it has none. Node: `complete`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut req = Request::post("/").body("hello");
    /// assert!(!req.complete());
    /// while req.body.next().await?.is_some() {}
    /// assert!(req.complete());
    /// # Ok(())
    /// # }
    /// ```
    pub fn complete(&self) -> bool {
        self.channel.is_complete()
    }

    /// A GET by hand, for a test.
    ///
    /// # Panics
    /// If `url` is not a path with or without a query.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/products/7").url == "/products/7");
    /// ```
    pub fn get(url: &str) -> Self {
        Self::with_method(Method::GET, url)
    }

    /// A POST by hand, for a test.
    ///
    /// # Panics
    /// If `url` is not a path with or without a query.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::post("/products").json(&["cup"]);
    /// assert_eq!(req.method, Method::POST);
    /// assert_eq!(req.headers["content-type"], "application/json");
    /// ```
    pub fn post(url: &str) -> Self {
        Self::with_method(Method::POST, url)
    }

    /// A request by hand, for a test.
    ///
    /// # Panics
    /// If `url` is not a path with or without a query.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::with_method(Method::DELETE, "/products/7");
    /// assert_eq!(req.method, Method::DELETE);
    /// ```
    pub fn with_method(method: Method, url: &str) -> Self {
        let uri: Uri = match url.parse() {
            Ok(uri) => uri,
            Err(error) => panic!("`{url}` is not a URL: {error}"),
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

    /// The same request with one more header, for a test.
    ///
    /// # Panics
    /// If name or value cannot be a header.
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
            (Err(error), _) => panic!("not the name of a header: {}", error.into()),
            (_, Err(error)) => panic!("not the value of a header: {}", error.into()),
        }
    }

    /// The same request with a body, for a test. Headers come before it.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let req = Request::post("/").header("content-type", "text/plain").body("hello");
    /// assert_eq!(req.body.text().await.unwrap(), "hello");
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

    /// The same request with a body in JSON and the `content-type` for it, for a test.
    ///
    /// # Panics
    /// If `value` cannot be written as JSON.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let req = Request::post("/").json(&[1, 2]);
    /// assert_eq!(req.body.json::<[u8; 2]>().await.unwrap(), [1, 2]);
    /// # }
    /// ```
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => self
                .header(header::CONTENT_TYPE, "application/json")
                .body(body),
            Err(error) => panic!("not to be written as JSON: {error}"),
        }
    }

    /// The request for a handler below a prefix: its path begins where `rest`, the parameter `{rest..}` of the
    /// route, begins. [`Url::original`] still gives the whole. Express: `router.use(prefix, …)`.
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

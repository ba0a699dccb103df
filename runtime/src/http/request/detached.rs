//! Constructs requests that belong to no connection, for tests.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri, Version, header};
#[cfg(feature = "serde")]
use serde_core::Serialize;

use super::Request;
use super::body::{Body, BodyReader, DeclaredType};
use super::headers::Headers;
use super::url::Url;
use crate::http::headers::lazy_map;
use crate::http::limits::DEFAULT_BODY_SIZE;
use crate::http::socket::Socket;

impl Request {
    /// Constructs a GET request, for a test.
    ///
    /// # Panics
    ///
    /// Panics if `url` is not a valid request target. The usual target is a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/products/7").url == "/products/7");
    /// ```
    #[doc(alias = "test")]
    #[inline]
    pub fn get(url: &str) -> Self {
        Self::with_method(Method::GET, url)
    }

    /// Constructs a POST request, for a test.
    ///
    /// # Panics
    ///
    /// Panics if `url` is not a valid request target. The usual target is a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::post("/").json(&["cup"]).headers["content-type"], "application/json");
    /// ```
    #[inline]
    pub fn post(url: &str) -> Self {
        Self::with_method(Method::POST, url)
    }

    /// Constructs a PUT request, for a test.
    ///
    /// # Panics
    ///
    /// Panics if `url` is not a valid request target. The usual target is a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::put("/products/7").method, Method::PUT);
    /// ```
    #[inline]
    pub fn put(url: &str) -> Self {
        Self::with_method(Method::PUT, url)
    }

    /// Constructs a PATCH request, for a test.
    ///
    /// # Panics
    ///
    /// Panics if `url` is not a valid request target. The usual target is a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::patch("/products/7").method, Method::PATCH);
    /// ```
    #[inline]
    pub fn patch(url: &str) -> Self {
        Self::with_method(Method::PATCH, url)
    }

    /// Constructs a DELETE request, for a test.
    ///
    /// # Panics
    ///
    /// Panics if `url` is not a valid request target. The usual target is a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::delete("/products/7").method, Method::DELETE);
    /// ```
    #[inline]
    pub fn delete(url: &str) -> Self {
        Self::with_method(Method::DELETE, url)
    }

    /// Constructs a request with any method, for a test.
    ///
    /// # Panics
    ///
    /// Panics if `url` is not a valid request target. The usual target is a path with an optional query.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::with_method(Method::OPTIONS, "/").method, Method::OPTIONS);
    /// ```
    #[inline]
    pub fn with_method(method: Method, url: &str) -> Self {
        let uri: Uri = match url.parse() {
            Ok(uri) => uri,
            Err(error) => panic!("invalid request target `{url}`: {error}"),
        };
        let url = Url::new(uri);
        Self {
            method,
            version: Version::HTTP_11,
            headers: Headers::of(Arc::clone(url.raw())),
            url,
            body: Body::default(),
            socket: Socket::detached(),
            channel: Arc::default(),
        }
    }

    /// Adds a header, for a test.
    ///
    /// Other headers with the same name are kept.
    ///
    /// # Panics
    ///
    /// Panics if the name or the value is not valid in a header.
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
    #[inline]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => {
                lazy_map::append(&mut self.headers, name, value);
                self
            }
            (Err(error), _) => panic!("invalid header name: {}", error.into()),
            (_, Err(error)) => panic!("invalid header value: {}", error.into()),
        }
    }

    /// Sets the body, for a test.
    ///
    /// Set the `content-type` before the body. The size limit is 2 MiB, the default of a server.
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
    #[inline]
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
    /// Panics if `value` cannot be serialized as JSON.
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
    #[cfg(feature = "serde")]
    #[must_use]
    #[inline]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => self
                .header(header::CONTENT_TYPE, "application/json")
                .body(body),
            Err(error) => panic!("the body cannot be serialized as JSON: {error}"),
        }
    }
}

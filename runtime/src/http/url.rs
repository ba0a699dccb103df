//! What a request asks for.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::from_text::FromText;
use http::Uri;

use super::query;
use super::raw::Raw;
use crate::error::Failure;

/// The path and the query of a request as they came: Node's `req.url`.
///
/// It compares with text, and nothing in it is decoded; [`query`](Self::query) decodes.
///
/// A request may name its host, as those to a proxy do: `GET http://shop.example/products`. The URL is all of that
/// then, and its [`path`](Self::path), which routes look at, is `/products`. That of a CONNECT is the `host:port` it
/// wants to reach. A fragment (`#…`), which no client should send, is left out.
///
/// ```
/// use onward::prelude::*;
///
/// # fn main() -> Result<()> {
/// let req = Request::get("/products?page=2&tag=new&tag=big");
/// assert!(req.url == "/products?page=2&tag=new&tag=big");
/// assert_eq!(req.url.path(), "/products");
/// assert_eq!(req.url.query::<u32>("page")?, 2);
/// assert_eq!(req.url.query::<Option<u32>>("size")?, None);
/// assert_eq!(req.url.query::<Vec<String>>("tag")?, ["new", "big"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Url {
    raw: Arc<Raw>,
    /// Where the path begins for a handler that is nested below a prefix, in bytes.
    start: usize,
}

impl Url {
    /// That of a request made by hand.
    pub(crate) fn new(uri: Uri) -> Self {
        Self::of(Raw::of(uri))
    }

    pub(super) fn of(raw: Arc<Raw>) -> Self {
        Self { raw, start: 0 }
    }

    /// The path, as it came (percent-encoded).
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/caf%C3%A9?x=1").url.path(), "/caf%C3%A9");
    /// ```
    pub fn path(&self) -> &str {
        let path = self.original().path();
        if self.start == 0 && !path.is_empty() {
            return path;
        }
        match path.get(self.start..) {
            Some("") | None => "/",
            Some(path) => path,
        }
    }

    /// What follows the `?`, as it came, if there is one. Node: `new URL(req.url, base).search`, without the `?`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/?a=1&b=2").url.query_string(), Some("a=1&b=2"));
    /// assert_eq!(Request::get("/").url.query_string(), None);
    /// ```
    pub fn query_string(&self) -> Option<&str> {
        self.original().query()
    }

    /// A parameter of the query, decoded. Express: `req.query.page`.
    ///
    /// `T` is any type that serde reads from text: a number, `String`, `bool`, an enum of names, a type of your own.
    /// `Option<T>` is `None` where the parameter is missing; `Vec<T>` takes every occurrence, other types the first.
    ///
    /// # Errors
    /// 400 with the name of the parameter, if it is missing or is no `T`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let url = Request::get("/products?page=two").url;
    /// let error = url.query::<u32>("page").unwrap_err();
    /// assert_eq!(error.status(), StatusCode::BAD_REQUEST);
    /// assert_eq!(error.message(), "query parameter `page`: `two` is not a number of type u32");
    /// let error = url.query::<u32>("size").unwrap_err();
    /// assert_eq!(error.message(), "query parameter `size` is missing");
    /// ```
    pub fn query<T: FromText>(&self, name: &str) -> Result<T, Failure> {
        query::parameter(self.query_string().unwrap_or_default(), name)
    }

    /// The whole URL of the request line, also for a handler that is nested below a prefix. Express: `req.originalUrl`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/admin/users").url.original(), "/admin/users");
    /// ```
    pub fn original(&self) -> &Uri {
        self.raw.uri()
    }

    /// The URL below a prefix: the path begins with its slash number `slashes`, counted from 1; behind the last one there
    /// is nothing left, which is the root.
    pub(crate) fn below(mut self, slashes: usize) -> Self {
        let path = self.path();
        let mut found = path.match_indices('/').skip(slashes.saturating_sub(1));
        let start = found.next().map_or(path.len(), |(at, _)| at);
        self.start += start;
        self
    }

    /// Borrowed, except where a nested handler's root has no slash of its own, or the request names its host.
    fn as_str(&self) -> Cow<'_, str> {
        if self.start == 0 && self.original().authority().is_some() {
            return Cow::Owned(self.original().to_string());
        }
        let whole = self
            .original()
            .path_and_query()
            .map_or("", |whole| whole.as_str());
        let url = whole.get(self.start..).unwrap_or_default();
        if self.start > 0 && !url.starts_with('/') {
            Cow::Owned(format!("/{url}"))
        } else {
            Cow::Borrowed(url)
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Url")
            .field("original", self.original())
            .field("start", &self.start)
            .finish()
    }
}

impl PartialEq for Url {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && self.original() == other.original()
    }
}

impl Eq for Url {}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str())
    }
}

impl PartialEq<str> for Url {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Url {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<String> for Url {
    fn eq(&self, other: &String) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Url> for str {
    fn eq(&self, other: &Url) -> bool {
        other == self
    }
}

impl PartialEq<Url> for &str {
    fn eq(&self, other: &Url) -> bool {
        other == self
    }
}

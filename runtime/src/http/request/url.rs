//! What a request asks for.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::http::request::deserializable::Deserializable;
use http::Uri;

use crate::error::Result;
use crate::http::request::query;
use crate::http::request::raw_head::RawHead;

/// The path and the query of a request as they came: Node's `req.url`.
///
/// It compares with text, and nothing in it is decoded; [`query`](Self::query) decodes.
///
/// A request may name its host, as those to a proxy do: `GET http://shop.example/products`. The URL is all of that
/// then, and its [`path`](Self::path), which routes look at, is `/products`. That of a CONNECT is the `host:port` it
/// wants to reach. `headers["host"]` is then the host of the URL, whatever the `host` header was (RFC 9112, 3.2.2).
///
/// A request is rejected with a 400 before a handler sees it if its target has a fragment (`#…`) or a character that no URL
/// has (RFC 3986). The exception is a query, where browsers send ``\ ^ ` { | }`` unencoded.
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
    raw: Arc<RawHead>,
    /// Where the path begins for a handler that is nested below a prefix, in bytes.
    start: usize,
}

impl Url {
    /// That of a request made by hand.
    pub(crate) fn new(uri: Uri) -> Self {
        Self::of(RawHead::constructed(&uri.to_string()))
    }

    pub(crate) fn of(raw: Arc<RawHead>) -> Self {
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
        let path = self.raw.target().path();
        match self.raw.text(path.start + self.start..path.end) {
            "" => "/",
            path => path,
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
        let query = self.raw.target().query()?;
        Some(self.raw.text(query))
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
    pub fn query<T: Deserializable>(&self, name: &str) -> Result<T> {
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

    /// An absolute-form target without a path means the root (RFC 9110, 4.2.3).
    fn whole(&self) -> Cow<'_, str> {
        let target = self.raw.target();
        let text = self.raw.text(target.whole());
        match target.authority() {
            Some(authority) if target.path().is_empty() => {
                let (before, query) = text.split_at(authority.end - target.whole().start);
                Cow::Owned(format!("{before}/{query}"))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// Borrowed, unless it is the root of a nested handler that has no slash of its own.
    fn as_str(&self) -> Cow<'_, str> {
        let target = self.raw.target();
        if self.start == 0 {
            return self.whole();
        }
        let rest = target.path_and_query();
        let url = self.raw.text(rest.start + self.start..rest.end);
        match url.starts_with('/') {
            true => Cow::Borrowed(url),
            false => Cow::Owned(format!("/{url}")),
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
        let target = self.raw.target();
        match self.start {
            0 if target.authority().is_none() => self.raw.bytes(target.whole()) == other.as_bytes(),
            _ => self.as_str() == other,
        }
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

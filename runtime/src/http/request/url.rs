//! The request target.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::Uri;

#[cfg(feature = "serde")]
use crate::error::Failure;
#[cfg(feature = "serde")]
use crate::http::request::deserializable::Deserializable;
#[cfg(feature = "serde")]
use crate::http::request::query;

use crate::http::request::raw_head::RawHead;

/// The request target of a [`Request`](crate::http::request::Request), as received; usually a path and query.
///
/// It can be compared with strings and is displayed as received, except that an empty path in absolute form becomes
/// `/`; only [`query`](Self::query) and its variants decode anything. A target in absolute form, as in
/// `GET http://shop.example/products`, is kept whole, and its [`path`](Self::path), which routes match, is `/products`.
/// The target of CONNECT is `host:port`. A target never has a fragment (`#…`): a request with one is rejected with a
/// 400. Node.js: `url`.
///
/// If the target is in absolute form, `headers["host"]` is its authority, regardless of the `host` header (RFC 9112,
/// 3.2.2). A target with a character that is not allowed in a URL (RFC 3986) is also rejected with a 400, except that a
/// query may contain ``\ ^ ` { | }``, which browsers send unencoded.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let req = Request::get("/products?page=2");
/// assert!(req.url == "/products?page=2" && req.url.path() == "/products");
/// ```
#[derive(Clone)]
pub struct Url {
    raw: Arc<RawHead>,
    /// The number of bytes of the path before the part that a nested server sees.
    start: usize,
}

impl Url {
    /// Creates the target of a detached request.
    pub(crate) fn new(uri: Uri) -> Self {
        Self::of(RawHead::constructed(&uri.to_string()))
    }

    pub(crate) fn raw(&self) -> &Arc<RawHead> {
        &self.raw
    }

    pub(crate) fn of(raw: Arc<RawHead>) -> Self {
        Self { raw, start: 0 }
    }

    /// Returns the path as received, percent-encoded.
    ///
    /// It begins with `/`, even if the target has no path; only the path of `OPTIONS *` is `*`. In a nested server,
    /// it begins after the prefix. Node.js: `new URL(req.url, base).pathname`; Express: `req.path`.
    ///
    /// # Examples
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

    /// Returns the query as received, without its `?`.
    ///
    /// It is `None` if the target has no `?`. Node.js: `new URL(req.url, base).search`, which includes the `?`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/?a=1&b=2").url.query_string(), Some("a=1&b=2"));
    /// ```
    pub fn query_string(&self) -> Option<&str> {
        let query = self.raw.target().query()?;
        Some(self.raw.text(query))
    }

    /// Returns the whole request target, even in a nested server.
    ///
    /// Node.js: `url`; Express: `req.originalUrl`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/admin/users").url.original(), "/admin/users");
    /// ```
    pub fn original(&self) -> &Uri {
        self.raw.uri()
    }

    /// Converts the URL for a nested server: the path begins at slash number `slashes`, counted from 1. If the path
    /// has fewer slashes, the result is the root.
    pub(crate) fn below(mut self, slashes: usize) -> Self {
        let path = self.path();
        let mut found = path.match_indices('/').skip(slashes.saturating_sub(1));
        let start = found.next().map_or(path.len(), |(at, _)| at);
        self.start += start;
        self
    }

    /// Returns the whole target. In absolute form, an empty path is `/` (RFC 9110, 4.2.3).
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

    /// Returns the text that is displayed, borrowed unless a `/` has to be added.
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

#[cfg(feature = "serde")]
impl Url {
    /// Parses a query parameter.
    ///
    /// `T` is any type that serde deserializes from text: a number, `bool`, `String`, an enum of unit variants, or your
    /// own type. `Option<T>` is `None` if the parameter is missing, `Vec<T>` collects all its values, and any other
    /// type uses the first one. An empty value, as in `?page=`, counts as missing unless `T` can be read from empty
    /// text. Both names and values are decoded. Node.js: `new URL(req.url, base).searchParams.get(name)`; Express:
    /// `req.query`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the parameter is missing or is not a valid `T`. The message names the parameter.
    /// - `500 Internal Server Error` if `T` is a struct or a map, which cannot be read from a single value. Read the
    ///   fields one by one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?page=2&tag=new&tag=big").url;
    /// let (page, tags): (u32, Vec<String>) = (url.query("page")?, url.query("tag")?);
    /// assert_eq!((page, tags.len()), (2, 2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A value that does not parse:
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let error = Request::get("/products?page=two").url.query::<u32>("page").unwrap_err();
    /// assert_eq!(error.message(), "query parameter `page`: `two` is not a number of type u32");
    /// ```
    pub fn query<T: Deserializable>(&self, name: &str) -> Result<T, Failure> {
        query::parameter(self.query_string().unwrap_or_default(), name)
    }

    /// Parses a query parameter, or returns the result of `missing` if the parameter is missing.
    ///
    /// `T` is any type that [`query`](Self::query) accepts. Node.js: `searchParams.get(name) ?? missing`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the parameter is not a valid `T`. The message names the parameter.
    /// - `500 Internal Server Error` if `T` is a struct or a map.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?page=2").url;
    /// assert_eq!(url.query_or("page", || 1)?, 2);
    /// assert_eq!(url.query_or("size", || 20)?, 20);
    /// # Ok(())
    /// # }
    /// ```
    pub fn query_or<T: Deserializable>(
        &self,
        name: &str,
        missing: impl FnOnce() -> T,
    ) -> Result<T, Failure> {
        query::parameter_or(self.query_string().unwrap_or_default(), name, missing)
    }

    /// Parses the query parameters that are not in `named` into a struct or a map.
    ///
    /// Each parameter is read as [`query_as`](Self::query_as) reads it. A struct ignores parameters that are not among
    /// its fields, even with serde's `deny_unknown_fields`; `Option<T>` is `None` if there are no parameters. Node.js:
    /// `Object.fromEntries(searchParams)`, which keeps the last value of each name.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if a field is missing or invalid. The message names the parameter.
    /// - The other errors of [`query_as`](Self::query_as).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::collections::HashMap;
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?page=2&color=red&size=7").url;
    /// let filter: HashMap<String, String> = url.query_rest(&["page"])?;
    /// assert_eq!((filter.len(), filter["color"].as_str()), (2, "red"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn query_rest<T: Deserializable>(&self, named: &[&str]) -> Result<T, Failure> {
        query::rest(self.query_string().unwrap_or_default(), named)
    }

    /// Deserializes the whole query into a struct or a map: [`query_rest`](Self::query_rest) without names.
    ///
    /// Each field is read as [`query`](Self::query) reads it: an `Option` may be missing, and a `Vec` collects all
    /// values. Parameters without a field are ignored. serde's attributes set defaults and other names; for example,
    /// a `Vec` that may be missing needs `#[serde(default)]`. Node.js: no counterpart; Express: `req.query`, which is
    /// text.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if a parameter is missing or invalid. The message names the parameter.
    /// - `413 Content Too Large` if there are more than 10,000 distinct parameters.
    /// - `500 Internal Server Error` if a field is a struct or a map.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Filter {
    ///     #[serde(default)]
    ///     page: u32,
    ///     #[serde(default)]
    ///     tag: Vec<String>,
    ///     search: Option<String>,
    /// }
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?tag=new&tag=big&utm_source=mail").url;
    /// let filter: Filter = url.query_as()?;
    /// assert_eq!((filter.page, filter.tag.len(), filter.search), (0, 2, None));
    ///
    /// let error = Request::get("/products?tag=a&page=two").url.query_as::<Filter>().err().unwrap();
    /// assert_eq!(error.message(), "query parameter `page`: `two` is not a number of type u32");
    /// # Ok(())
    /// # }
    /// ```
    pub fn query_as<T: Deserializable>(&self) -> Result<T, Failure> {
        self.query_rest(&[])
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

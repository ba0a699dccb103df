//! The headers of a request, which become a map when one is needed.

use std::fmt;
use std::ops::{Deref, DerefMut, Index};
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::request::raw_head::RawHead;

/// The headers of a [`Request`](crate::http::request::Request).
///
/// They dereference to a [`HeaderMap`] with lowercase names, and convert from and into one. The map is built when it is
/// first needed. [`get`](Self::get), [`contains_key`](Self::contains_key) and `headers["name"]`, which panics if there
/// is no such header, look up a few headers without building the map. Repeated headers are separate values; see
/// [`get_all`](HeaderMap::get_all). If the request target has a host, as in `GET http://shop.example/`, this host
/// replaces the `host` header ([RFC 9112, 3.2.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2));
/// [`raw_headers`](crate::http::Request::raw_headers) returns the header as received. Node.js: `headers`, which joins
/// the values of a repeated header.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// fn count(headers: &http::HeaderMap) -> usize {
///     headers.len()
/// }
/// let req = Request::get("/").header("accept", "text/html").header("x-a", "1");
/// assert_eq!(count(&req.headers), 2);
/// ```
#[derive(Clone, Default)]
pub struct Headers {
    /// The received head, which has no headers if the request is detached. `None` if the headers were created from a
    /// map.
    raw: Option<Arc<RawHead>>,
    /// The headers, if they were created from a map or the handler has accessed them mutably; otherwise untouched.
    own: LazyHeaderMap,
}

impl Headers {
    pub(crate) fn of(raw: Arc<RawHead>) -> Self {
        Self {
            raw: Some(raw),
            own: LazyHeaderMap::default(),
        }
    }

    /// Returns the first value of a header.
    ///
    /// The case of `name` does not matter. Node.js: `headers[name]`, with `name` in lowercase.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("accept", "text/html");
    /// assert_eq!(req.headers.get("Accept").unwrap(), "text/html");
    /// ```
    pub fn get(&self, name: impl AsRef<str>) -> Option<&HeaderValue> {
        match self.raw() {
            Some(raw) => raw.get(name.as_ref()),
            None => self.own.get(name.as_ref()),
        }
    }

    /// Returns whether there is a header with this name.
    ///
    /// The case of `name` does not matter. Node.js: `name in headers`, with `name` in lowercase.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("accept", "text/html");
    /// assert!(req.headers.contains_key("accept") && !req.headers.contains_key("cookie"));
    /// ```
    pub fn contains_key(&self, name: impl AsRef<str>) -> bool {
        match self.raw() {
            Some(raw) => raw.contains(name.as_ref()),
            None => self.own.contains_key(name.as_ref()),
        }
    }

    /// Records that the response depends on `accept`.
    pub(crate) fn mark_negotiated(&self) {
        if let Some(raw) = &self.raw {
            raw.mark_negotiated();
        }
    }

    pub(crate) fn is_negotiated(&self) -> bool {
        self.raw.as_ref().is_some_and(|raw| raw.is_negotiated())
    }

    /// Returns the received head, or `None` if `own` contains the headers.
    fn raw(&self) -> Option<&RawHead> {
        self.raw.as_deref().filter(|_| self.own.is_untouched())
    }

    fn map(&self) -> &LazyHeaderMap {
        self.raw().map_or(&self.own, RawHead::map)
    }

    fn own(&mut self) -> &mut LazyHeaderMap {
        if let Some(raw) = self.raw() {
            self.own = raw.map().clone();
        }
        &mut self.own
    }

    /// Returns the header lines as received; for a detached request, its headers.
    pub(crate) fn raw_pairs(&self) -> Vec<(String, HeaderValue)> {
        let raw = self.raw.as_deref();
        raw.and_then(RawHead::headers).unwrap_or_else(|| {
            let headers = self.iter();
            let headers = headers.map(|(name, value)| (name.to_string(), value.clone()));
            headers.collect()
        })
    }
}

impl Deref for Headers {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        self.map()
    }
}

impl DerefMut for Headers {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        self.own()
    }
}

/// Panics if there is no such header, as indexing a [`HeaderMap`] does.
impl<N: AsRef<str>> Index<N> for Headers {
    type Output = HeaderValue;

    fn index(&self, name: N) -> &HeaderValue {
        let name = name.as_ref();
        match self.get(name) {
            Some(value) => value,
            None => panic!("there is no header `{name}`"),
        }
    }
}

impl AsRef<HeaderMap> for Headers {
    fn as_ref(&self) -> &HeaderMap {
        self
    }
}

impl From<HeaderMap> for Headers {
    fn from(map: HeaderMap) -> Self {
        Self {
            own: LazyHeaderMap::from(map),
            ..Self::default()
        }
    }
}

impl From<Headers> for HeaderMap {
    fn from(mut headers: Headers) -> Self {
        std::mem::take(headers.own()).into_map()
    }
}

impl PartialEq for Headers {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Headers {}

impl PartialEq<HeaderMap> for Headers {
    fn eq(&self, other: &HeaderMap) -> bool {
        **self == *other
    }
}

impl PartialEq<Headers> for HeaderMap {
    fn eq(&self, other: &Headers) -> bool {
        *self == **other
    }
}

impl<'a> IntoIterator for &'a Headers {
    type Item = (&'a HeaderName, &'a HeaderValue);
    type IntoIter = header::Iter<'a, HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

//! The headers of a request.

use std::fmt;
use std::ops::{Deref, DerefMut, Index};
use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::request::raw_head::RawHead;

/// The headers of a [`Request`](crate::http::request::Request): a [`HeaderMap`] that is made when it is needed.
///
/// It is used as the map that it is; `into` makes one of it, and it of one. Names are in lower case. That the headers are
/// well-formed was seen to when they came: [`get`](Self::get), [`contains_key`](Self::contains_key) and `headers["name"]`
/// look for the one that they are asked for; the map is made for all else. Node:
/// `IncomingMessage.headers`, whose values of one name are joined; here
/// [`get_all`](HeaderMap::get_all) has them one by one.
///
/// `host` is the host of an absolute-form request target, as in `GET http://shop.example/`, if there is one (RFC 9112, 3.2.2);
/// [`raw_headers`](crate::http::Request::raw_headers) has the header as received.
///
/// ```
/// use onward::prelude::*;
///
/// let req = Request::get("/").header("accept", "text/html").header("x-a", "1");
/// assert_eq!(req.headers["accept"], "text/html");
/// assert!(req.headers.get("cookie").is_none());
///
/// fn count(headers: &http::HeaderMap) -> usize {
///     headers.len()
/// }
/// assert_eq!(count(&req.headers), 2);
///
/// let headers: http::HeaderMap = req.headers.into();
/// assert_eq!(headers["x-a"], "1");
/// ```
#[derive(Clone, Default)]
pub struct Headers {
    /// As they came; of a request made by hand there is nothing.
    raw: Option<Arc<RawHead>>,
    /// What they are instead, since somebody was about to change them; none: they are as they came.
    own: LazyHeaderMap,
}

impl Headers {
    pub(crate) fn of(raw: Arc<RawHead>) -> Self {
        Self {
            raw: Some(raw),
            own: LazyHeaderMap::default(),
        }
    }

    /// The (first) value of a header; `name` in any letters.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("accept", "text/html");
    /// assert_eq!(req.headers.get("Accept").unwrap(), "text/html");
    /// assert_eq!(req.headers.get(http::header::COOKIE), None);
    /// ```
    pub fn get(&self, name: impl AsRef<str>) -> Option<&HeaderValue> {
        match self.raw() {
            Some(raw) => raw.get(name.as_ref()),
            None => self.own.get(name.as_ref()),
        }
    }

    /// Whether there is such a header; `name` in any letters.
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

    /// What they are, if they are as they came.
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

    /// The headers in the order and with the letters in which they came.
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

/// Panics where there is no such header, as that of a [`HeaderMap`] does.
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

//! The headers of a request.

use std::fmt;
use std::ops::{Deref, DerefMut};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::map::Map;

/// The headers of a [`Request`](super::Request): a [`HeaderMap`] whose memory is used again.
///
/// It is used as the map that it is; `into` makes one of it, and it of one. Names are in lower case. Node:
/// `IncomingMessage.headers`, whose values of one name are joined; here
/// [`get_all`](HeaderMap::get_all) has them one by one.
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
pub struct Headers(Map);

impl Deref for Headers {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        &self.0
    }
}

impl DerefMut for Headers {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        &mut self.0
    }
}

impl AsRef<HeaderMap> for Headers {
    fn as_ref(&self) -> &HeaderMap {
        &self.0
    }
}

impl From<HeaderMap> for Headers {
    fn from(map: HeaderMap) -> Self {
        Self(Map::from(map))
    }
}

impl From<Headers> for HeaderMap {
    fn from(mut headers: Headers) -> Self {
        let mut map = Self::new();
        headers.0.give(&mut map);
        map
    }
}

impl PartialEq for Headers {
    fn eq(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }
}

impl Eq for Headers {}

impl PartialEq<HeaderMap> for Headers {
    fn eq(&self, other: &HeaderMap) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<Headers> for HeaderMap {
    fn eq(&self, other: &Headers) -> bool {
        *self == *other.0
    }
}

impl<'a> IntoIterator for &'a Headers {
    type Item = (&'a HeaderName, &'a HeaderValue);
    type IntoIter = header::Iter<'a, HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

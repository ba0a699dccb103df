//! Header maps, whose memory goes round between requests, answers and hyper.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, LazyLock};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::exchange::Exchange;

/// The headers of a [`Request`](super::Request): a [`HeaderMap`] whose memory the connection uses again.
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
#[derive(Default)]
pub struct Headers {
    map: Map,
    /// Where the map goes back to.
    home: Option<Arc<Exchange>>,
}

impl Headers {
    /// The headers of a request from the network; `place` is for them.
    pub(crate) fn received(map: HeaderMap, mut place: Map, home: Arc<Exchange>) -> Self {
        place.put(map);
        Self {
            map: place,
            home: Some(home),
        }
    }
}

impl Drop for Headers {
    fn drop(&mut self) {
        if let Some(home) = self.home.take() {
            home.keep_headers(std::mem::take(&mut self.map));
        }
    }
}

impl Deref for Headers {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        &self.map
    }
}

impl DerefMut for Headers {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        &mut self.map
    }
}

impl AsRef<HeaderMap> for Headers {
    fn as_ref(&self) -> &HeaderMap {
        &self.map
    }
}

impl From<HeaderMap> for Headers {
    fn from(map: HeaderMap) -> Self {
        let map = Map::from(map);
        Self { map, home: None }
    }
}

impl From<Headers> for HeaderMap {
    fn from(mut headers: Headers) -> Self {
        headers.home = None;
        let mut map = Self::new();
        headers.map.give(&mut map);
        map
    }
}

impl Clone for Headers {
    fn clone(&self) -> Self {
        HeaderMap::clone(&self.map).into()
    }
}

impl PartialEq for Headers {
    fn eq(&self, other: &Self) -> bool {
        *self.map == *other.map
    }
}

impl Eq for Headers {}

impl PartialEq<HeaderMap> for Headers {
    fn eq(&self, other: &HeaderMap) -> bool {
        *self.map == *other
    }
}

impl PartialEq<Headers> for HeaderMap {
    fn eq(&self, other: &Headers) -> bool {
        *self == *other.map
    }
}

impl<'a> IntoIterator for &'a Headers {
    type Item = (&'a HeaderName, &'a HeaderValue);
    type IntoIter = header::Iter<'a, HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.map.iter()
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.map.fmt(f)
    }
}

/// A header map in a place of its own: it is moved often, and is none until something is put into it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Map(Option<Box<HeaderMap>>);

impl Map {
    /// An empty one.
    pub(crate) fn none() -> &'static HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        &NONE
    }

    /// Whether there is no memory for it yet.
    pub(crate) fn is_bare(&self) -> bool {
        self.capacity() == 0
    }

    /// Gives the map away to where an empty one is, and keeps the place that it had.
    pub(crate) fn give(&mut self, to: &mut HeaderMap) {
        if let Some(map) = &mut self.0 {
            std::mem::swap(&mut **map, to);
        }
    }

    /// Takes a map into the place where one was.
    pub(crate) fn put(&mut self, map: HeaderMap) {
        let Some(place) = &mut self.0 else {
            self.0 = Some(Box::new(map));
            return;
        };
        let before = std::mem::replace(&mut **place, map);
        if before.capacity() == 0 {
            // There is no memory to give back, which takes fifty instructions to find out.
            std::mem::forget(before);
        }
    }
}

impl From<HeaderMap> for Map {
    fn from(map: HeaderMap) -> Self {
        Self(Some(Box::new(map)))
    }
}

impl Deref for Map {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        self.0.as_deref().unwrap_or_else(|| Self::none())
    }
}

impl DerefMut for Map {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        self.0.get_or_insert_default()
    }
}

//! A header map that is allocated when the first header is set.

use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use http::header::MaxSizeReached;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::rare::Rare;

/// The largest capacity, in headers, of a map that is kept for the next response.
const MAX_RECYCLED: usize = 256;

/// A header map that is one pointer wide and allocates nothing until a header is set.
#[derive(Debug, Default, Clone)]
pub(crate) struct LazyHeaderMap(Rare<HeaderMap>);

/// Sets a header and replaces existing headers with the same name. Not inlined, because the code of `HeaderMap::insert`
/// is large.
#[inline(never)]
pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

/// Adds a header and keeps existing headers with the same name. Panics if the map is full.
pub(crate) fn append(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    try_append(headers, name, value).expect("the map has room for the header");
}

/// Adds a header and keeps existing headers with the same name. Like [`set`], the function is not inlined. Fails if the
/// map is full.
#[inline(never)]
pub(crate) fn try_append(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: HeaderValue,
) -> Result<(), MaxSizeReached> {
    headers.try_append(name, value).map(drop)
}

/// Removes all headers with this name.
#[inline(never)]
pub(crate) fn unset(headers: &mut HeaderMap, name: HeaderName) {
    headers.remove(name);
}

impl LazyHeaderMap {
    /// Returns the empty map that every untouched map dereferences to.
    pub(crate) fn empty() -> &'static HeaderMap {
        static EMPTY: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        &EMPTY
    }

    /// Returns whether the map contains a header.
    #[inline]
    pub(crate) fn has_headers(&self) -> bool {
        self.0.as_deref().is_some_and(|map| !map.is_empty())
    }

    /// Returns whether the map has not been allocated, because it was never accessed mutably.
    #[inline]
    pub(crate) fn is_untouched(&self) -> bool {
        self.0.is_none()
    }

    /// Returns an empty map with the same allocation, unless the allocation has grown too large to keep.
    #[inline]
    pub(crate) fn recycled(mut self) -> Self {
        match self.0.take() {
            None => Self::default(),
            Some(map) => Self::cleared(map),
        }
    }

    fn cleared(mut map: Box<HeaderMap>) -> Self {
        if map.capacity() > MAX_RECYCLED {
            return Self::default();
        }
        map.clear();
        Self(Some(map).into())
    }

    pub(crate) fn into_map(mut self) -> HeaderMap {
        self.0.take().map_or_else(HeaderMap::new, |map| *map)
    }
}

impl From<HeaderMap> for LazyHeaderMap {
    fn from(map: HeaderMap) -> Self {
        Self(Rare::some(map))
    }
}

impl Deref for LazyHeaderMap {
    type Target = HeaderMap;

    fn deref(&self) -> &HeaderMap {
        self.0.as_deref().unwrap_or_else(|| Self::empty())
    }
}

impl DerefMut for LazyHeaderMap {
    fn deref_mut(&mut self) -> &mut HeaderMap {
        self.0.get_or_insert_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(capacity: usize) -> LazyHeaderMap {
        let mut map = HeaderMap::with_capacity(capacity);
        map.insert("host", HeaderValue::from_static("a"));
        LazyHeaderMap::from(map)
    }

    #[test]
    fn recycling_keeps_the_allocation_and_drops_the_headers() {
        let first = map(100);
        let capacity = first.capacity();
        let second = first.recycled();
        assert!(!second.has_headers() && !second.is_untouched());
        assert_eq!(second.capacity(), capacity);
    }

    #[test]
    fn a_large_map_is_not_recycled() {
        assert!(map(MAX_RECYCLED + 1).recycled().is_untouched());
    }

    #[test]
    fn reading_allocates_nothing() {
        let map = LazyHeaderMap::default();
        assert!(map.get("host").is_none() && map.is_untouched());
    }
}

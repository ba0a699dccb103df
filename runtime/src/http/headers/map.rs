//! Header maps that are used again: the memory goes round between answers, hyper and requests.
//!
//! hyper reads its excerpt of a head into the map that was the last answer's, and that one is the next answer's. A map that
//! somebody makes of all headers of a request goes, when the request is dropped, to whoever on this thread needs one next.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use http::{HeaderMap, HeaderName, HeaderValue};

/// How many maps of either kind a thread keeps.
const KEPT: usize = 64;

/// For how many headers a map may have room that is kept: 25 KB. Those of hyper's usual limit, 100, have less.
const LARGEST: usize = 256;

/// A header map that is none until something is put into it. It is as long as a pointer, since requests and answers are
/// moved often.
#[derive(Debug, Default)]
pub(crate) struct Map(Option<Box<HeaderMap>>);

/// What a thread keeps for use again: maps that are empty.
#[derive(Default)]
#[expect(clippy::vec_box, reason = "the boxes are what is used again")]
struct Spare {
    /// With memory for headers.
    roomy: Vec<Box<HeaderMap>>,
    /// Without.
    bare: Vec<Box<HeaderMap>>,
}

thread_local! {
    static SPARE: RefCell<Spare> = RefCell::default();
}

/// Asks the thread. `None`: it is about to end.
fn spare<T>(ask: impl FnOnce(&mut Spare) -> T) -> Option<T> {
    SPARE.try_with(|spare| ask(&mut spare.borrow_mut())).ok()
}

/// Sets a header, in place of others of that name. The map's own code for that is large, and compiled wherever it is called.
pub(crate) fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

/// Takes a header out.
#[inline(never)]
pub(crate) fn unset(headers: &mut HeaderMap, name: HeaderName) {
    headers.remove(name);
}

impl Map {
    /// An empty one.
    pub(crate) fn none() -> &'static HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        &NONE
    }

    /// Whether nothing was ever put into it.
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// One with the memory of `map`.
    #[inline]
    pub(crate) fn emptied(map: HeaderMap) -> Self {
        if map.capacity() == 0 {
            // It has no memory to give back, which takes fifty instructions to find out.
            std::mem::forget(map);
            return Self(None);
        }
        Self::cleared(map)
    }

    fn cleared(mut map: HeaderMap) -> Self {
        if !map.is_empty() {
            map.clear();
        }
        Self::from(map)
    }

    /// Gives its headers away, to where there are none.
    pub(crate) fn give(&mut self, to: &mut HeaderMap) {
        if let Some(map) = &mut self.0 {
            std::mem::swap(&mut **map, to);
        }
    }
}

impl From<HeaderMap> for Map {
    fn from(map: HeaderMap) -> Self {
        let Some(mut place) = spare(|spare| spare.bare.pop()).flatten() else {
            return Self(Some(Box::new(map)));
        };
        // What was there has no memory to give back either.
        std::mem::forget(std::mem::replace(&mut *place, map));
        Self(Some(place))
    }
}

impl Drop for Map {
    /// Most are none, and that is seen at once.
    #[inline]
    fn drop(&mut self) {
        if let Some(map) = self.0.take() {
            keep(map);
        }
    }
}

/// Keeps it for use again.
fn keep(mut map: Box<HeaderMap>) {
    map.clear();
    spare(|spare| {
        let kept = match map.capacity() {
            0 => &mut spare.bare,
            1..=LARGEST => &mut spare.roomy,
            _ => return,
        };
        if kept.len() < KEPT {
            kept.push(map);
        }
    });
}

impl Clone for Map {
    fn clone(&self) -> Self {
        match &self.0 {
            Some(map) => Self::from(HeaderMap::clone(map)),
            None => Self(None),
        }
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
        let roomy = || spare(|spare| spare.roomy.pop()).flatten();
        self.0.get_or_insert_with(|| roomy().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn map(capacity: usize) -> Map {
        let mut map = HeaderMap::with_capacity(capacity);
        map.insert("host", HeaderValue::from_static("a"));
        Map::from(map)
    }

    #[test]
    fn what_is_dropped_is_used_again_and_empty() {
        let first = map(100);
        let room = first.capacity();
        assert!(room <= LARGEST);
        drop(first);
        let mut second = Map::default();
        assert_eq!(second.capacity(), 0);
        second.insert("x-a", HeaderValue::from_static("1"));
        assert_eq!(second.capacity(), room);
        assert_eq!(second.len(), 1);
    }

    #[test]
    fn what_is_given_away_is_not_used_again() {
        let mut first = map(100);
        let mut given = HeaderMap::new();
        first.give(&mut given);
        assert_eq!(given["host"], "a");
        drop(first);
        let kept = |spare: &mut Spare| (spare.roomy.len(), spare.bare.len());
        assert_eq!(spare(kept), Some((0, 1)), "the place for it is");
    }

    #[test]
    fn no_more_is_kept_than_is_of_use() {
        drop(map(LARGEST + 1));
        assert_eq!(spare(|spare| spare.roomy.len()), Some(0));
        drop((0..2 * KEPT).map(|_| map(10)).collect::<Vec<_>>());
        assert_eq!(spare(|spare| spare.roomy.len()), Some(KEPT));
    }
}

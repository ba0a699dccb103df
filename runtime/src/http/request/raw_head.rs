//! The head of a request as received, and the headers that were looked up in it.
//!
//! Building a map of all headers is most of the work of handling a browser's request, so it is done only when a handler
//! needs the map. Single headers are searched for in the text.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
#[cfg(feature = "http2")]
use http::HeaderMap;
use http::{HeaderName, HeaderValue, Uri, header};

use super::syntax::field_lines::{FieldLines, find};
use super::target_parts::{Span, Target};
use crate::http::headers::lazy_map::{self, LazyHeaderMap};

/// The data that the URL and the headers of a request share. Each of the two is only two words wide, so that moving
/// it out of the request is cheap.
#[derive(Debug, Default)]
pub(crate) struct RawHead {
    /// The head as received; for a constructed request or an HTTP/2 request, only its target.
    head: Vec<u8>,
    target: Target,
    is_received: bool,
    /// The headers, if they were received as a map and are not part of the head.
    #[cfg(feature = "http2")]
    received_map: Option<LazyHeaderMap>,
    /// Whether the handler chose the response by `accept`.
    negotiated: AtomicBool,
    uri: OnceLock<Uri>,
    index: OnceLock<Box<HeaderIndex>>,
}

/// The headers that have been looked up so far.
#[derive(Debug)]
struct HeaderIndex {
    /// The head, which the values refer to.
    head: Bytes,
    /// Headers that were looked up one by one. Each stays in its place, so that references to it remain valid.
    found: Vec<OnceLock<FoundHeader>>,
    map: OnceLock<LazyHeaderMap>,
}

#[derive(Debug)]
struct FoundHeader {
    /// The offset of the header's line.
    at: usize,
    value: HeaderValue,
}

/// The maximum number of headers that are looked up one by one. For more headers than this, building the map is less
/// work.
const MAX_FOUND: usize = 4;

/// The offset of a `host` that is taken from the target; no line has this offset.
const HOST_OF_TARGET: usize = usize::MAX;

impl RawHead {
    /// Creates the head of a detached request.
    pub(crate) fn constructed(target: &str) -> Arc<Self> {
        // A request target has no fragment.
        let text = target.split('#').next().unwrap_or_default();
        let span = Span {
            start: 0,
            end: text.len(),
        };
        Arc::new(Self {
            head: text.as_bytes().to_vec(),
            target: Target::find(text.as_bytes(), span),
            ..Self::default()
        })
    }

    /// Stores the head of the next request, in a new allocation if the previous head is still in use. Otherwise, `head`
    /// gets the memory of the previous head.
    #[inline(always)]
    pub(crate) fn reset(this: &mut Arc<Self>, target: Target, head: &mut Vec<u8>) {
        if let Some(raw) = Arc::get_mut(this) {
            raw.target = target;
            raw.is_received = true;
            raw.negotiated = AtomicBool::new(false);
            if raw.uri.get().is_some() {
                raw.uri = OnceLock::new();
            }
            if raw.index.get().is_some() {
                raw.index = OnceLock::new();
            }
            std::mem::swap(&mut raw.head, head);
        } else {
            *this = Arc::new(Self {
                head: std::mem::take(head),
                target,
                is_received: true,
                ..Self::default()
            });
        }
    }

    /// Does the same as [`reset`](Self::reset), for a protocol whose headers are received as a map. The head consists
    /// of the target.
    #[cfg(feature = "http2")]
    pub(crate) fn reset_to_map(this: &mut Arc<Self>, target: &str, headers: HeaderMap) {
        let bytes = target.as_bytes();
        let span = Span {
            start: 0,
            end: bytes.len(),
        };
        let mut head = match Arc::get_mut(this) {
            Some(raw) => std::mem::take(&mut raw.head),
            None => Vec::new(),
        };
        head.clear();
        head.extend_from_slice(bytes);
        Self::reset(this, Target::find(bytes, span), &mut head);
        // No other reference to this head exists yet.
        if let Some(raw) = Arc::get_mut(this) {
            raw.received_map = Some(LazyHeaderMap::from(headers));
        }
    }

    /// Releases the memory of a map that the next request replaces.
    #[cfg(feature = "http2")]
    pub(crate) fn release_map(this: &mut Arc<Self>) {
        if let Some(raw) = Arc::get_mut(this) {
            raw.received_map = None;
        }
    }

    /// Records that the response depends on `accept`.
    pub(crate) fn mark_negotiated(&self) {
        self.negotiated.store(true, Ordering::Relaxed);
    }

    /// Returns whether the response depends on `accept`. Call this once the handler has written the response.
    #[inline]
    pub(crate) fn is_negotiated(&self) -> bool {
        self.negotiated.load(Ordering::Relaxed)
    }

    pub(crate) fn target(&self) -> Target {
        self.target
    }

    /// Returns a part of the target, which is ASCII.
    pub(crate) fn text(&self, range: Range<usize>) -> &str {
        let bytes = self.head.get(range).unwrap_or_default();
        str::from_utf8(bytes).unwrap_or_default()
    }

    pub(crate) fn bytes(&self, range: Range<usize>) -> &[u8] {
        self.head.get(range).unwrap_or_default()
    }

    pub(crate) fn uri(&self) -> &Uri {
        self.uri.get_or_init(|| {
            let target = self.bytes(self.target.whole());
            Uri::try_from(target).unwrap_or_default()
        })
    }

    #[cfg(test)]
    pub(crate) fn with_head(head: &[u8]) -> Arc<Self> {
        let mut raw = Arc::default();
        let end = memchr::memchr(b'\r', head.trim_ascii_start()).unwrap_or(0) + head.len();
        let line = String::from_utf8_lossy(head).into_owned();
        let line = line
            .trim_start()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        let target = line.split(' ').nth(1).unwrap_or_default();
        let start = line.find(target).unwrap_or(0) + head.len() - head.trim_ascii_start().len();
        let span = Span {
            start,
            end: (start + target.len()).min(end),
        };
        Self::reset(&mut raw, Target::find(head, span), &mut head.to_vec());
        raw
    }

    pub(crate) fn part(&self, span: Span) -> &[u8] {
        self.head.get(span.range()).unwrap_or_default()
    }

    /// Returns the first value of a header.
    pub(crate) fn get(&self, name: &str) -> Option<&HeaderValue> {
        if let Some(map) = self.built_map() {
            return map.get(name);
        }
        let (at, range) = self.find(name)?;
        let index = self.index();
        for place in &index.found {
            let found = place.get_or_init(|| FoundHeader {
                at,
                value: value(&index.head, range.clone()),
            });
            if found.at == at {
                return Some(&found.value);
            }
        }
        self.map().get(name)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        match self.built_map() {
            Some(map) => map.contains_key(name),
            None => self.find(name).is_some(),
        }
    }

    /// Returns the offset of the first header line with this name, and the range of its value.
    fn find(&self, name: &str) -> Option<(usize, Range<usize>)> {
        if let Some(authority) = self.target.authority()
            && name.eq_ignore_ascii_case("host")
        {
            return Some((HOST_OF_TARGET, authority));
        }
        let line = find(&self.head, name)?;
        Some((line.at, line.value))
    }

    /// Returns the headers as a map.
    pub(crate) fn map(&self) -> &LazyHeaderMap {
        if let Some(map) = self.received_map() {
            return map;
        }
        let index = self.index();
        index
            .map
            .get_or_init(|| build_map(&index.head, self.target.authority()))
    }

    /// Returns the map, if it was built.
    fn built_map(&self) -> Option<&LazyHeaderMap> {
        if let Some(map) = self.received_map() {
            return Some(map);
        }
        self.index.get()?.map.get()
    }

    #[inline]
    fn received_map(&self) -> Option<&LazyHeaderMap> {
        #[cfg(feature = "http2")]
        return self.received_map.as_ref();
        #[cfg(not(feature = "http2"))]
        None
    }

    /// Returns the header lines in their original order and case, or `None` if the request is detached.
    pub(crate) fn headers(&self) -> Option<Vec<(String, HeaderValue)>> {
        if let Some(map) = self.received_map() {
            let headers = map.iter();
            let headers = headers.map(|(name, value)| (name.to_string(), value.clone()));
            return Some(headers.collect());
        }
        self.is_received.then(|| headers(&self.index().head))
    }

    fn index(&self) -> &HeaderIndex {
        self.index.get_or_init(|| {
            Box::new(HeaderIndex {
                head: Bytes::copy_from_slice(&self.head),
                found: (0..MAX_FOUND).map(|_| OnceLock::new()).collect(),
                map: OnceLock::new(),
            })
        })
    }
}

fn headers(head: &Bytes) -> Vec<(String, HeaderValue)> {
    let text = |name| String::from_utf8_lossy(name).into_owned();
    let headers = FieldLines::of(head).map(|line| (text(line.name), value(head, line.value)));
    headers.collect()
}

/// Builds the map. The host of an absolute-form target replaces the `host` header (RFC 9112, 3.2.2).
fn build_map(head: &Bytes, authority: Option<Range<usize>>) -> LazyHeaderMap {
    let mut map = LazyHeaderMap::default();
    for line in FieldLines::of(head) {
        if let Ok(name) = HeaderName::from_bytes(line.name) {
            lazy_map::append(&mut map, name, value(head, line.value));
        }
    }
    if let Some(authority) = authority {
        lazy_map::set(&mut map, header::HOST, value(head, authority));
    }
    map
}

/// Returns a value that shares the memory of the head. It was validated when the head was parsed.
fn value(head: &Bytes, value: Range<usize>) -> HeaderValue {
    let value = HeaderValue::from_maybe_shared(head.slice(value));
    value.unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_headers_keep_order_case_and_duplicates() {
        let raw = RawHead::with_head(
            b"\r\nGET http://a/ HTTP/1.1\r\nX-FoO: 1\r\nb:\t2 \r\nx-foo:3\r\nempty:\r\n\r\n",
        );
        let headers = raw.headers().expect("a head");
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_bytes()))
            .collect();
        let expected: [(&str, &[u8]); 4] = [
            ("X-FoO", b"1"),
            ("b", b"2"),
            ("x-foo", b"3"),
            ("empty", b""),
        ];
        assert_eq!(headers, expected);
    }

    #[test]
    fn repeated_headers_keep_their_order_in_the_map() {
        let raw = RawHead::with_head(b"GET / HTTP/1.1\r\nX-A: 1\r\nb: \xe9\r\nx-a: 2 \r\n\r\n");
        let map = raw.map();
        assert_eq!(map.len(), 3);
        assert_eq!(map.get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(map["b"].as_bytes(), b"\xe9");
    }

    #[test]
    fn lookups_match_whole_names() {
        let raw = RawHead::with_head(
            b"GET /a:b HTTP/1.1\r\nX-A-B: c: 1\r\nx-A: 2\r\nx-a: 3\r\nb:\r\n\r\n",
        );
        for (name, value) in [("X-a", "2"), ("x-a-b", "c: 1"), ("b", "")] {
            assert_eq!(raw.get(name).expect("it is there"), value);
            assert!(raw.contains(name));
        }
        for name in ["x", "x-a-", "a", "", "x-a:", "get /a", "x-a-b: c"] {
            assert_eq!(raw.get(name), None, "{name}");
            assert!(!raw.contains(name), "{name}");
        }
        assert!(raw.built_map().is_none());
    }

    #[test]
    fn reset_reuses_a_head_that_is_not_shared() {
        let mut first = RawHead::with_head(b"GET / HTTP/1.1\r\na: 1\r\n\r\n");
        assert_eq!(first.get("a").expect("it is there"), "1");
        let mut next = b"GET / HTTP/1.1\r\na: 2\r\n\r\n".to_vec();
        RawHead::reset(&mut first, Target::default(), &mut next);
        assert_eq!(first.get("a").expect("it is there"), "2");
        assert!(next.ends_with(b"a: 1\r\n\r\n"));
        let kept = Arc::clone(&first);
        RawHead::reset(&mut first, Target::default(), &mut next);
        assert_eq!(first.get("a").expect("it is there"), "1");
        assert_eq!(kept.get("a").expect("it is there"), "2");
    }
}

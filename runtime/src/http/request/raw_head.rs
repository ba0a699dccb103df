//! The head of a request as it came, which was read before and is in order.

use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Uri};
use memchr::memchr;

use crate::http::h1::request_head::Span;
use crate::http::headers::map::Map;

/// What the URL and the headers of a request share: so each of them is small, and can be moved and taken out of the request
/// at little expense.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    uri: Option<Uri>,
    /// The head; of a request made by hand there is none.
    head: Vec<u8>,
    read: OnceLock<Box<Read>>,
}

/// What somebody has asked the head for.
#[derive(Debug)]
struct Read {
    /// The head, of which values are parts.
    head: Bytes,
    /// Headers that were looked for one by one. What is found stays where it is, so that it can be lent.
    found: Vec<OnceLock<Found>>,
    map: OnceLock<Map>,
}

#[derive(Debug)]
struct Found {
    /// Where in the head it is.
    at: usize,
    value: HeaderValue,
}

/// So many values are found one by one before it is less work to make the map.
const FOUND: usize = 4;

impl Raw {
    /// That of a request made by hand.
    pub(crate) fn of(uri: Uri) -> Arc<Self> {
        Arc::new(Self {
            uri: Some(uri),
            ..Self::default()
        })
    }

    /// Makes it that of the next request, or another one if somebody has it still. `head` gets the memory of the last one.
    #[inline]
    pub(crate) fn renew(this: &mut Arc<Self>, uri: Uri, head: &mut Vec<u8>) {
        if let Some(raw) = Arc::get_mut(this) {
            raw.uri = Some(uri);
            raw.read = OnceLock::new();
            std::mem::swap(&mut raw.head, head);
        } else {
            *this = Arc::new(Self {
                uri: Some(uri),
                head: std::mem::take(head),
                read: OnceLock::new(),
            });
        }
    }

    /// Lets go of what it shares with hyper's memory, which hyper can use again then, unless somebody has it still.
    pub(crate) fn release(this: &mut Arc<Self>) {
        if let Some(raw) = Arc::get_mut(this) {
            raw.uri = None;
        }
    }

    pub(crate) fn uri(&self) -> &Uri {
        static ROOT: LazyLock<Uri> = LazyLock::new(Uri::default);
        self.uri.as_ref().unwrap_or_else(|| &ROOT)
    }

    #[cfg(test)]
    pub(crate) fn with_head(head: &[u8]) -> Arc<Self> {
        let mut raw = Arc::default();
        Self::renew(&mut raw, Uri::default(), &mut head.to_vec());
        raw
    }

    #[cfg(test)]
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    pub(crate) fn part(&self, span: Span) -> &[u8] {
        self.head.get(span.range()).unwrap_or_default()
    }

    /// The (first) value of a header.
    pub(crate) fn get(&self, name: &str) -> Option<&HeaderValue> {
        if let Some(map) = self.made() {
            return map.get(name);
        }
        let line = find(&self.head, name)?;
        let read = self.read();
        for place in &read.found {
            let found = place.get_or_init(|| Found {
                at: line.at,
                value: value(&read.head, line.value.clone()),
            });
            if found.at == line.at {
                return Some(&found.value);
            }
        }
        self.map().get(name)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        match self.made() {
            Some(map) => map.contains_key(name),
            None => find(&self.head, name).is_some(),
        }
    }

    /// The headers as a map.
    pub(crate) fn map(&self) -> &Map {
        let read = self.read();
        read.map.get_or_init(|| map(&read.head))
    }

    /// The map, if it was made.
    fn made(&self) -> Option<&Map> {
        self.read.get()?.map.get()
    }

    /// The headers in their order, with the letters in which they came; `None`: there is no head.
    pub(crate) fn headers(&self) -> Option<Vec<(String, HeaderValue)>> {
        (!self.head.is_empty()).then(|| headers(&self.read().head))
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(|| {
            Box::new(Read {
                head: Bytes::copy_from_slice(&self.head),
                found: (0..FOUND).map(|_| OnceLock::new()).collect(),
                map: OnceLock::new(),
            })
        })
    }
}

fn headers(head: &Bytes) -> Vec<(String, HeaderValue)> {
    let text = |name| String::from_utf8_lossy(name).into_owned();
    let headers = Lines::of(head).map(|line| (text(line.name), value(head, line.value)));
    headers.collect()
}

fn map(head: &Bytes) -> Map {
    let mut map = Map::default();
    for line in Lines::of(head) {
        if let Ok(name) = HeaderName::from_bytes(line.name) {
            map.append(name, value(head, line.value));
        }
    }
    map
}

/// The first header of that name.
fn find<'h>(head: &'h [u8], name: &str) -> Option<Line<'h>> {
    Lines::of(head).find(|line| line.name.eq_ignore_ascii_case(name.as_bytes()))
}

/// A value, which is part of the head. That it is one was seen to when the head was read.
fn value(head: &Bytes, value: Range<usize>) -> HeaderValue {
    let value = HeaderValue::from_maybe_shared(head.slice(value));
    value.unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The lines of the headers.
struct Lines<'h> {
    head: &'h [u8],
    /// Where the next one begins.
    at: usize,
}

struct Line<'h> {
    at: usize,
    name: &'h [u8],
    /// Where the value is, without the blanks around it.
    value: Range<usize>,
}

impl<'h> Lines<'h> {
    /// Ahead of them is the request line, and ahead of that may be empty ones.
    fn of(head: &'h [u8]) -> Self {
        let at = head.len() - head.trim_ascii_start().len();
        let mut lines = Self { head, at };
        lines.next_line();
        lines
    }

    /// Where the next line ends.
    fn next_line(&mut self) -> Option<usize> {
        let end = self.at + memchr(b'\n', self.head.get(self.at..)?)?;
        self.at = end + 1;
        Some(end)
    }
}

impl<'h> Iterator for Lines<'h> {
    type Item = Line<'h>;

    fn next(&mut self) -> Option<Line<'h>> {
        let at = self.at;
        let end = self.next_line()?;
        let line = self.head.get(at..end)?;
        let (name, rest) = line.split_at(memchr(b':', line)?);
        let value = rest[1..].trim_ascii_start();
        let start = end - value.len();
        let end = start + value.trim_ascii_end().len();
        Some(Line {
            at,
            name,
            value: start..end,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_letters_and_repetitions_are_kept() {
        let raw = Raw::with_head(
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
    fn values_of_one_name_are_in_the_map_in_their_order() {
        let raw = Raw::with_head(b"GET / HTTP/1.1\r\nX-A: 1\r\nb: \xe9\r\nx-a: 2 \r\n\r\n");
        let map = raw.map();
        assert_eq!(map.len(), 3);
        assert_eq!(map.get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(map["b"].as_bytes(), b"\xe9");
    }

    #[test]
    fn a_header_is_found_by_its_whole_name() {
        let raw =
            Raw::with_head(b"GET /a:b HTTP/1.1\r\nX-A-B: c: 1\r\nx-A: 2\r\nx-a: 3\r\nb:\r\n\r\n");
        for (name, value) in [("X-a", "2"), ("x-a-b", "c: 1"), ("b", "")] {
            assert_eq!(raw.get(name).expect("it is there"), value);
            assert!(raw.contains(name));
        }
        for name in ["x", "x-a-", "a", "", "x-a:", "get /a", "x-a-b: c"] {
            assert_eq!(raw.get(name), None, "{name}");
            assert!(!raw.contains(name), "{name}");
        }
        assert!(raw.made().is_none());
    }

    #[test]
    fn it_is_renewed_unless_somebody_has_it() {
        let mut first = Raw::with_head(b"GET / HTTP/1.1\r\na: 1\r\n\r\n");
        assert_eq!(first.get("a").expect("it is there"), "1");
        let mut next = b"GET / HTTP/1.1\r\na: 2\r\n\r\n".to_vec();
        Raw::renew(&mut first, Uri::default(), &mut next);
        assert_eq!(first.get("a").expect("it is there"), "2");
        assert!(next.ends_with(b"a: 1\r\n\r\n"));
        let kept = Arc::clone(&first);
        Raw::renew(&mut first, Uri::default(), &mut next);
        assert_eq!(first.get("a").expect("it is there"), "1");
        assert_eq!(kept.get("a").expect("it is there"), "2");
    }
}

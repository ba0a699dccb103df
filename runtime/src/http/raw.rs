//! The head of a request as it came, which was read before and is in order.

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use memchr::memchr;

use super::map::Map;

/// Its headers in their order, with the letters in which they came.
pub(super) fn headers(head: &Bytes) -> Vec<(String, HeaderValue)> {
    let text = |name| String::from_utf8_lossy(name).into_owned();
    let headers = Lines::behind_the_first(head).filter_map(|line| header(head, line));
    headers.map(|(name, value)| (text(name), value)).collect()
}

/// Its headers as a map. Their values are parts of the head.
pub(super) fn map(head: &Bytes) -> Map {
    let mut map = Map::default();
    for line in Lines::behind_the_first(head) {
        if let Some((name, value)) = header(head, line)
            && let Ok(name) = HeaderName::from_bytes(name)
        {
            map.append(name, value);
        }
    }
    map
}

/// Where a header is, and its value: the first of that name.
pub(super) fn find(head: &Bytes, name: &str) -> Option<(usize, HeaderValue)> {
    let mut lines = Lines::behind_the_first(head);
    let line = lines.find(|line| {
        let start = line.get(..name.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(name.as_bytes()) && line.get(name.len()) == Some(&b':')
    })?;
    let at = head.len() - lines.rest.len();
    let (found, value) = header(head, line)?;
    (found.len() == name.len()).then_some((at, value))
}

fn header<'h>(head: &Bytes, line: &'h [u8]) -> Option<(&'h [u8], HeaderValue)> {
    let (name, value) = line.split_at(memchr(b':', line)?);
    Some((name, self::value(head, &value[1..])?))
}

/// A value, which is part of the head, without the blanks around it.
pub(super) fn value(head: &Bytes, value: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_maybe_shared(head.slice_ref(value.trim_ascii())).ok()
}

/// The lines, each with the carriage return at its end.
struct Lines<'h> {
    rest: &'h [u8],
}

impl<'h> Lines<'h> {
    /// Those of the headers: ahead of them is the request line, and ahead of that may be empty ones.
    fn behind_the_first(head: &'h Bytes) -> Self {
        let mut lines = Self {
            rest: head.trim_ascii_start(),
        };
        lines.next();
        lines
    }
}

impl<'h> Iterator for Lines<'h> {
    type Item = &'h [u8];

    fn next(&mut self) -> Option<&'h [u8]> {
        let (line, rest) = self.rest.split_at(memchr(b'\n', self.rest)?);
        self.rest = &rest[1..];
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_letters_and_repetitions_are_kept() {
        let head = Bytes::from_static(
            b"\r\nGET http://a/ HTTP/1.1\r\nX-FoO: 1\r\nb:\t2 \r\nx-foo:3\r\nempty:\r\n\r\n",
        );
        let headers = headers(&head);
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
        let head = Bytes::from_static(b"GET / HTTP/1.1\r\nX-A: 1\r\nb: \xe9\r\nx-a: 2 \r\n\r\n");
        let map = map(&head);
        assert_eq!(map.len(), 3);
        assert_eq!(map.get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(map["b"].as_bytes(), b"\xe9");
    }

    #[test]
    fn a_header_is_found_by_its_whole_name() {
        let head = Bytes::from_static(
            b"GET /a:b HTTP/1.1\r\nX-A-B: c: 1\r\nx-A: 2\r\nx-a: 3\r\nb:\r\n\r\n",
        );
        let value = |name: &str| find(&head, name).map(|(_, value)| value);
        assert_eq!(value("X-a").expect("it is there"), "2");
        assert_eq!(value("x-a-b").expect("it is there"), "c: 1");
        assert_eq!(value("b").expect("it is there"), "");
        for name in ["x", "x-a-", "a", "", "x-a:", "get /a", "x-a-b: c"] {
            assert_eq!(value(name), None, "{name}");
        }
    }
}

//! The head of a request as it came.

use bytes::Bytes;
use http::HeaderValue;

/// The headers of a head, which has been read before and is in order.
pub(super) fn headers(head: &Bytes) -> Vec<(String, HeaderValue)> {
    let mut lines = head.split(|byte| *byte == b'\n');
    lines.next();
    lines.filter_map(|line| header(head, line)).collect()
}

fn header(head: &Bytes, line: &[u8]) -> Option<(String, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (line.get(..colon)?, line.get(colon + 1..)?);
    let name = str::from_utf8(name).ok()?.to_owned();
    let value = HeaderValue::from_maybe_shared(head.slice_ref(value.trim_ascii())).ok()?;
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_letters_and_repetitions_are_kept() {
        let head = Bytes::from_static(
            b"GET / HTTP/1.1\r\nX-FoO: 1\r\nb:\t2 \r\nx-foo:3\r\nempty:\r\n\r\n",
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
}

//! The headers of a client's previous request.
//!
//! Most clients send the same headers with each request of a connection, byte for byte. Headers that have not changed
//! are usually not parsed again. The meaning of headers depends only on their bytes and on the
//! [`ParserConfig`](super::head_parser::ParserConfig), which is the same for all heads of a connection. HTTP/1.0 and
//! CONNECT are exceptions: their headers are neither kept nor looked up.

use super::request_head::FieldSummary;

/// The maximum length of headers that are kept, in bytes, to limit the memory of a connection.
const MAX_KEPT: usize = 2048;

/// The last valid headers of a connection.
#[derive(Debug, Default)]
pub(crate) struct HeaderCache {
    /// The header lines and the empty line after them. Empty if no headers are kept.
    lines: Vec<u8>,
    fields: FieldSummary,
}

impl HeaderCache {
    /// Returns the declarations of the headers at the beginning of `bytes`, if they are kept.
    pub(crate) fn lookup(&self, bytes: &[u8]) -> Option<FieldSummary> {
        (!self.lines.is_empty() && bytes.starts_with(&self.lines)).then_some(self.fields)
    }

    /// Keeps these headers, which are valid, unless they are too long.
    pub(crate) fn keep(&mut self, lines: &[u8], fields: FieldSummary) {
        if lines.len() > MAX_KEPT {
            return;
        }
        self.lines.clear();
        self.lines.extend_from_slice(lines);
        self.fields = fields;
    }
}

#[cfg(test)]
mod tests {
    use super::super::head_parser::{HeadParser, ParserConfig};
    use super::super::request_head::RequestHead;
    use super::*;

    const CONFIG: ParserConfig = ParserConfig {
        max_size: 16 * 1024,
        max_headers: 10,
        require_host: true,
    };

    fn read(cache: &mut HeaderCache, head: &str) -> Option<RequestHead> {
        let head = HeadParser::default().parse(head.as_bytes(), CONFIG, cache);
        head.unwrap_or(None)
    }

    #[test]
    fn invalid_headers_are_not_kept() {
        let mut cache = HeaderCache::default();
        for head in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\nx: \x01\r\n\r\n",
            "POST / HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\n",
        ] {
            assert_eq!(read(&mut cache, head), None);
            assert!(cache.lines.is_empty(), "{head:?}");
        }
    }

    #[test]
    fn the_last_valid_headers_are_kept() {
        let mut cache = HeaderCache::default();
        assert_eq!((cache.lookup(b""), cache.lookup(b"\r\n")), (None, None));
        for lines in ["host: a\r\n\r\n", "host: b\r\nconnection: close\r\n\r\n"] {
            read(&mut cache, &format!("GET / HTTP/1.1\r\n{lines}rest")).expect("a head");
            assert!(cache.lookup(lines.as_bytes()).is_some());
            assert!(cache.lookup(&lines.as_bytes()[..lines.len() - 1]).is_none());
        }
        assert!(cache.lookup(b"host: a\r\n\r\n").is_none());
        assert_eq!(read(&mut cache, "GET / HTTP/1.1\r\n\r\n"), None);
        assert!(
            cache
                .lookup(b"host: b\r\nconnection: close\r\n\r\n")
                .is_some()
        );
    }

    #[test]
    fn long_headers_are_not_kept() {
        let head = |len| {
            let around = "host: a\r\nx: \r\n\r\n".len();
            let value = "y".repeat(len - around);
            format!("GET / HTTP/1.1\r\nhost: a\r\nx: {value}\r\n\r\n")
        };
        let mut cache = HeaderCache::default();
        for len in [MAX_KEPT + 1, 10 * 1024] {
            read(&mut cache, &head(len)).expect("a head");
            assert!(cache.lines.is_empty());
        }
        for len in (MAX_KEPT / 2..=MAX_KEPT).step_by(MAX_KEPT / 8) {
            read(&mut cache, &head(len)).expect("a head");
            assert_eq!(cache.lines.len(), len);
        }
        assert!(cache.lines.capacity() <= 2 * MAX_KEPT);
    }
}

//! The headers that a client sent before.
//!
//! Clients mostly send the same headers with each request of a connection, byte for byte. HTTP/2 and HTTP/3 have tables for
//! that; here the bytes are compared, and what was found out about them is not found out again. It depends on nothing but
//! them and the [`Rules`](super::Rules), which are the same for all heads of a connection, as long as the request line is a usual
//! one: so of others nothing is kept, and they do not ask.

use super::Head;

/// Longer ones are not kept: a connection should not hold much.
const LONGEST: usize = 2048;

/// The last headers of a connection that were in order, of a request of HTTP/1.1 that was no CONNECT: others are in order
/// under other rules.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Their lines, with the empty one behind them; nothing where none are known.
    lines: Vec<u8>,
    /// What hyper is to see of them, but for the length of the body.
    pub(crate) excerpt: Vec<u8>,
    /// What they say, told from where they begin.
    head: Head,
}

impl Known {
    /// What is known of the headers that `bytes` begin with.
    pub(crate) fn of(&self, bytes: &[u8]) -> Option<Head> {
        (!self.lines.is_empty() && bytes.starts_with(&self.lines)).then_some(self.head)
    }

    /// Takes note of headers that are in order.
    pub(crate) fn keep(&mut self, lines: &[u8], excerpt: &[u8], head: Head) {
        if lines.len() > LONGEST {
            return;
        }
        self.lines.clear();
        self.lines.extend_from_slice(lines);
        self.excerpt.clear();
        self.excerpt.extend_from_slice(excerpt);
        self.head = head;
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    const RULES: Rules = Rules {
        size: 16 * 1024,
        count: 10,
        host: true,
    };

    fn read(known: &mut Known, head: &str) -> Option<Head> {
        let mut excerpt = Vec::new();
        let head = HeadReader::default().read(head.as_bytes(), RULES, known, &mut excerpt);
        head.unwrap_or(None)
    }

    #[test]
    fn what_was_refused_is_not_known() {
        let mut known = Known::default();
        for head in [
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\nx: \x01\r\n\r\n",
            "POST / HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\n",
        ] {
            assert_eq!(read(&mut known, head), None);
            assert!(known.lines.is_empty(), "{head:?}");
        }
    }

    #[test]
    fn the_last_headers_that_are_in_order_are_known() {
        let mut known = Known::default();
        assert_eq!((known.of(b""), known.of(b"\r\n")), (None, None));
        for lines in ["host: a\r\n\r\n", "host: b\r\nconnection: close\r\n\r\n"] {
            read(&mut known, &format!("GET / HTTP/1.1\r\n{lines}rest")).expect("a head");
            assert!(known.of(lines.as_bytes()).is_some());
            assert!(known.of(&lines.as_bytes()[..lines.len() - 1]).is_none());
        }
        assert!(known.of(b"host: a\r\n\r\n").is_none());
        assert_eq!(read(&mut known, "GET / HTTP/1.1\r\n\r\n"), None);
        assert!(known.of(b"host: b\r\nconnection: close\r\n\r\n").is_some());
        assert_eq!(known.excerpt, b"connection: close\r\n");
    }

    #[test]
    fn long_headers_are_not_kept() {
        let head = |len| {
            let around = "host: a\r\nx: \r\n\r\n".len();
            let value = "y".repeat(len - around);
            format!("GET / HTTP/1.1\r\nhost: a\r\nx: {value}\r\n\r\n")
        };
        let mut known = Known::default();
        for len in [LONGEST + 1, 10 * 1024] {
            read(&mut known, &head(len)).expect("a head");
            assert!(known.lines.is_empty());
        }
        for len in (LONGEST / 2..=LONGEST).step_by(LONGEST / 8) {
            read(&mut known, &head(len)).expect("a head");
            assert_eq!(known.lines.len(), len);
        }
        assert!(known.lines.capacity() <= 2 * LONGEST);
    }
}

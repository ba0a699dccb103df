//! Parses the request line.

use super::parse_error::ParseError;
use super::target_form::check_target;
use crate::http::request::syntax::byte_class::is_token;
use crate::http::request::syntax::method::is_standard_in_other_case;
use crate::http::request::syntax::target_bytes::{MAX_LEN, is_target_byte, valid_len};
use crate::http::request::target_parts::Span;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestLine {
    /// The offset of the first byte of the request line, which empty lines may precede.
    start: usize,
    /// The offset after the CRLF of the request line.
    pub(crate) end: usize,
    pub(crate) target: Span,
    pub(crate) is_http10: bool,
    pub(crate) is_connect: bool,
}

impl RequestLine {
    pub(crate) fn method(&self) -> Span {
        Span {
            start: self.start,
            end: self.target.start - 1,
        }
    }

    /// Parses the most common form of a line at the beginning of `bytes`: HTTP/1.1 with a path. Returns `None` if
    /// the line has a different form, or is incomplete or invalid.
    pub(crate) fn read_usual(bytes: &[u8]) -> Option<Self> {
        let method = bytes.iter().position(|&byte| !byte.is_ascii_uppercase())?;
        let (method, rest) = bytes.split_at(method);
        let [b' ', rest @ ..] = rest else {
            return None;
        };
        let len = valid_len(rest);
        let is_usual = rest.first() == Some(&b'/')
            && rest.get(len..)?.starts_with(b" HTTP/1.1\r\n")
            && len <= MAX_LEN
            && !method.is_empty()
            && method != b"CONNECT";
        let start = method.len() + 1;
        let end = start + len;
        is_usual.then_some(Self {
            start: 0,
            end: end + " HTTP/1.1\r\n".len(),
            target: Span { start, end },
            is_http10: false,
            is_connect: false,
        })
    }

    /// Parses a request line of any form. `start` is the offset of the line, which is added to the spans.
    pub(crate) fn read(line: &[u8], start: usize) -> Result<Self, ParseError> {
        let method = line.iter().position(|&byte| !is_token(byte));
        let (method, rest) = line.split_at(method.unwrap_or(0));
        let Some(([b' ', target @ .., b' '], version)) = rest.split_last_chunk() else {
            return Err(ParseError::RequestLine);
        };
        if method.is_empty() {
            return Err(ParseError::RequestLine);
        }
        if is_standard_in_other_case(method) {
            return Err(ParseError::MethodCase);
        }
        let is_http10 = read_version(version)?;
        if valid_len(target) < target.len() {
            return Err(target_error(target));
        }
        check_target(method, target)?;
        let target_start = start + method.len() + 1;
        Ok(Self {
            start,
            end: start + line.len() + "\r\n".len(),
            target: Span {
                start: target_start,
                end: target_start + target.len(),
            },
            is_http10,
            is_connect: method == b"CONNECT",
        })
    }
}

/// The part of a line that has been checked to be the beginning of a request line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PartialLine {
    /// The number of bytes checked.
    checked: usize,
    /// The number of spaces before the current part: method, target or version.
    spaces: usize,
    /// The offset of the current part.
    part: usize,
}

impl PartialLine {
    /// Rejects bytes that cannot become a request line. `line` begins with the bytes that were already checked.
    pub(crate) fn check(&mut self, line: &[u8]) -> Result<(), ParseError> {
        const VERSION: &[u8] = b"HTTP/1.";
        for (at, &byte) in line.iter().enumerate().skip(self.checked) {
            let index = at - self.part;
            let fits = match (self.spaces, byte) {
                (0 | 1, b' ') => index > 0,
                (0, _) => is_token(byte),
                // Some bytes are valid only in a query. Whether they are in one is checked when the target is
                // complete.
                (1, _) => is_target_byte(byte),
                _ if index == VERSION.len() => byte.is_ascii_digit(),
                _ => VERSION.get(index) == Some(&byte),
            };
            if !fits {
                return Err(self.error_at(index, byte));
            }
            if byte == b' ' {
                self.spaces += 1;
                self.part = at + 1;
            }
        }
        self.checked = line.len();
        Ok(())
    }

    fn error_at(&self, index: usize, byte: u8) -> ParseError {
        match (self.spaces, byte) {
            (0 | 1, _) if byte.is_ascii_control() && byte != b'\t' => ParseError::NotHttp,
            (0, _) if index == 0 => ParseError::NotHttp,
            (0, _) | (1, b' ') => ParseError::RequestLine,
            (1, b'#') => ParseError::Fragment,
            (1, _) => ParseError::TargetCharacter,
            _ => ParseError::Version,
        }
    }
}

/// Returns whether the version is HTTP/1.0. A higher minor version is treated as 1.1 (RFC 9110, 2.5).
fn read_version(version: &[u8; 8]) -> Result<bool, ParseError> {
    match version.strip_prefix(b"HTTP/1.") {
        Some(b"0") => Ok(true),
        Some([b'1'..=b'9']) => Ok(false),
        _ => Err(ParseError::Version),
    }
}

fn target_error(target: &[u8]) -> ParseError {
    match target.get(valid_len(target)) {
        Some(b' ') => ParseError::RequestLine,
        Some(b'#') => ParseError::Fragment,
        _ => ParseError::TargetCharacter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parses the line at the beginning of `bytes` without the fast path, if the line is complete.
    fn read(bytes: &[u8]) -> Option<RequestLine> {
        let end = bytes
            .iter()
            .position(|&byte| byte == b'\r' || byte == b'\n')?;
        let line = bytes[end..].starts_with(b"\r\n").then(|| &bytes[..end])?;
        RequestLine::read(line, 0).ok()
    }

    #[test]
    fn the_fast_path_agrees_with_the_general_one() {
        let mut usual = 0;
        for text in [
            "GET / HTTP/1.1\r\nhost: a",
            "POST /0123456789/0123456789?abcdefghij=klmnop HTTP/1.1\r\n",
            "GET /0123456789abcde HTTP/1.0\r\n",
            "CONNECT a:1 HTTP/1.1\r\n",
            "CONNECT /a HTTP/1.1\r\n",
            "OPTIONS * HTTP/1.1\r\n",
            "GET http://a/b HTTP/1.1\r\n",
            " / HTTP/1.1\r\n",
        ] {
            for at in 0..text.len() {
                for byte in 0..=u8::MAX {
                    let mut bytes = text.as_bytes().to_vec();
                    bytes[at] = byte;
                    let Some(line) = RequestLine::read_usual(&bytes) else {
                        continue;
                    };
                    let shown = bytes.escape_ascii();
                    assert_eq!(Some(line), read(&bytes), "{shown}");
                    usual += 1;
                }
            }
        }
        assert!(usual > 4_000, "{usual}");
    }

    #[test]
    fn every_accepted_target_is_a_uri() {
        for byte in b' '..=b'~' {
            for target in ["/a", "/a?b", "http://a/b", "http://a:1?b"] {
                for at in 0..=target.len() {
                    let mut target = target.as_bytes().to_vec();
                    target.insert(at, byte);
                    let line = [b"GET ", &target[..], b" HTTP/1.1"].concat();
                    if let Ok(line) = RequestLine::read(&line, 0) {
                        let shown = target.escape_ascii();
                        assert_eq!(line.target.range(), 4..4 + target.len());
                        assert!(http::Uri::try_from(&target[..]).is_ok(), "{shown}");
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_that_cannot_begin_a_request_line_are_rejected() {
        for (line, good) in [
            (&b""[..], true),
            (b"G", true),
            (b"GET", true),
            (b"GET ", true),
            (b"GET /a?{ ", true),
            (b"GET /a HTT", true),
            (b"GET /a HTTP/1.1", true),
            (b"\x16\x03\x01\x02", false),
            (b"\0", false),
            (b"\xff", false),
            (b" ", false),
            (b"(GET", false),
            (b"G(T", false),
            (b"GET\t", false),
            (b"GET  ", false),
            (b"GET \x01", false),
            (b"GET /\x7f", false),
            (b"GET /caf\xc3", false),
            (b"GET /a#", false),
            (b"GET /<", false),
            (b"GET /  ", false),
            (b"GET / h", false),
            (b"GET / HTTP/2", false),
            (b"GET / HTTP/1.x", false),
            (b"GET / HTTP/1.11", false),
            (b"GET / HTTP/1.1 ", false),
        ] {
            let shown = line.escape_ascii();
            let is_fine = PartialLine::default().check(line).is_ok();
            assert_eq!(is_fine, good, "{shown}");
            let mut partial = PartialLine::default();
            let bytewise = (0..=line.len()).try_for_each(|len| partial.check(&line[..len]));
            assert_eq!(bytewise.is_ok(), good, "{shown}");
        }
    }

    #[test]
    fn characters_that_are_not_allowed_in_urls_are_rejected_in_the_path() {
        for byte in *b"\"<>\\^`{|}" {
            let line = [b"GET /a", &[byte][..], b" HTTP/1.1"].concat();
            let error = RequestLine::read(&line, 0).expect_err("not a URL");
            assert_eq!(error, ParseError::TargetCharacter);
        }
        assert!(RequestLine::read(b"GET /?a={b|c} HTTP/1.1", 0).is_ok());
        assert!(RequestLine::read(b"GET /?a=<b> HTTP/1.1", 0).is_err());
    }
}

//! The first line of a request.

use super::parse_error::ParseError;
use crate::http::request::syntax::byte_class::is_token;
use crate::http::request::syntax::host::{is_authority, is_host_and_port};
use crate::http::request::syntax::method::is_standard_in_other_case;
use crate::http::request::syntax::target::{MAX_LEN, valid_len};
use crate::http::request::target::Span;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestLine {
    /// Where it begins; empty lines may precede it.
    start: usize,
    /// Where it ends, after its CRLF.
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

    /// Reads the line that `bytes` begin with, if it is as most are. `None`: it is another, or incomplete.
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

    /// Reads any line; `start`: where it begins, which its spans count from.
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

    /// Whether the beginning of a line can become a request line. `checked`: how many of its bytes are known to be fine.
    pub(crate) fn can_begin_with(line: &[u8], checked: usize) -> bool {
        let printable = |byte: &u8| matches!(byte, b' '..=b'~');
        line.first().is_none_or(|&first| is_token(first))
            && line.iter().skip(checked).all(printable)
    }
}

/// Whether the version is HTTP/1.0. A higher minor version is treated as 1.1 (RFC 9110, 2.5).
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

/// The four forms of a target, each with the methods that may have it.
fn check_target(method: &[u8], target: &[u8]) -> Result<(), ParseError> {
    if target.len() > MAX_LEN {
        return Err(ParseError::TargetTooLong);
    }
    let is_connect = method == b"CONNECT";
    match target {
        _ if is_connect && is_host_and_port(target) => Ok(()),
        _ if is_connect => Err(ParseError::AuthorityForm),
        [b'/', ..] => Ok(()),
        b"*" if method == b"OPTIONS" => Ok(()),
        b"*" => Err(ParseError::AsteriskForm),
        _ => check_absolute(target),
    }
}

fn check_absolute(target: &[u8]) -> Result<(), ParseError> {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = target.split_at_checked(scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme.as_bytes())
            .then_some(rest)
    });
    let Some(rest) = rest else {
        return Err(ParseError::RelativePath);
    };
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?'));
    match is_authority(&rest[..end.unwrap_or(rest.len())]) {
        true => Ok(()),
        false => Err(ParseError::Authority),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the line that `bytes` begin with as any other, if there is one.
    fn read(bytes: &[u8]) -> Option<RequestLine> {
        let end = bytes
            .iter()
            .position(|&byte| byte == b'\r' || byte == b'\n')?;
        let line = bytes[end..].starts_with(b"\r\n").then(|| &bytes[..end])?;
        RequestLine::read(line, 0).ok()
    }

    #[test]
    fn a_usual_line_is_read_like_any_other() {
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
    fn what_is_accepted_is_a_uri() {
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
    fn a_line_can_begin_with_what_is_part_of_one() {
        for (line, good) in [
            (&b""[..], true),
            (b"GET /a HTT", true),
            (b"\x16\x03\x01\x02", false),
            (b"GET \x01", false),
            (b"(GET", false),
        ] {
            assert_eq!(RequestLine::can_begin_with(line, 0), good);
        }
    }

    #[test]
    fn characters_that_urls_do_not_have_are_rejected_in_the_path() {
        for byte in *b"\"<>\\^`{|}" {
            let line = [b"GET /a", &[byte][..], b" HTTP/1.1"].concat();
            let error = RequestLine::read(&line, 0).expect_err("not a URL");
            assert_eq!(error, ParseError::TargetCharacter);
        }
        assert!(RequestLine::read(b"GET /?a={b|c} HTTP/1.1", 0).is_ok());
        assert!(RequestLine::read(b"GET /?a=<b> HTTP/1.1", 0).is_err());
    }
}

//! The first line of a request.

use super::Span;
use crate::http::h1::byte_class::is_token;
use crate::http::h1::host::is_host;
use crate::http::h1::parse_error::Flaw;

/// hyper takes no longer URL.
const LONGEST_URL: usize = 65_534;

/// What of it has to do with the headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RequestLine {
    /// Where it is, with its end.
    pub(crate) at: Span,
    pub(crate) http10: bool,
    pub(crate) connect: bool,
}

impl RequestLine {
    /// One as most are: what `bytes` begin with. `None`: it is another, or is not complete.
    pub(crate) fn usual(bytes: &[u8]) -> Option<Self> {
        let method = bytes.iter().position(|&byte| !is_of_method(byte))?;
        let (method, rest) = bytes.split_at(method);
        let [b' ', rest @ ..] = rest else {
            return None;
        };
        let target = end_of_target(rest);
        let is_usual = rest.first() == Some(&b'/')
            && rest.get(target..)?.starts_with(b" HTTP/1.1\r\n")
            && target <= LONGEST_URL
            && !method.is_empty()
            && method != b"CONNECT";
        let end = method.len() + " ".len() + target + " HTTP/1.1\r\n".len();
        is_usual.then_some(Self {
            at: Span { start: 0, end },
            http10: false,
            connect: false,
        })
    }

    pub(crate) fn read(line: &[u8], at: Span) -> Result<Self, Flaw> {
        let method = line.iter().position(|&byte| !is_of_method(byte));
        let (method, rest) = line.split_at(method.unwrap_or(0));
        let Some(([b' ', target @ .., b' '], version)) = rest.split_last_chunk() else {
            return Err(flaw_of_line(line));
        };
        if method.is_empty() {
            return Err(flaw_of_line(line));
        }
        // Compared, not matched: a pattern of bytes is tried byte by byte.
        let http10 = version == b"HTTP/1.0";
        if !http10 && version != b"HTTP/1.1" {
            return Err(Flaw::Version);
        }
        if end_of_target(target) < target.len() {
            return Err(flaw_of_target(target));
        }
        check_target(method, target)?;
        let connect = method == b"CONNECT";
        Ok(Self {
            at,
            http10,
            connect,
        })
    }
}

/// How many bytes may be those of a target. They are looked at in groups, which takes fewer steps than one by one.
fn end_of_target(bytes: &[u8]) -> usize {
    const GROUP: usize = 16;
    let odd = |byte: u8| byte <= b' ' || byte == b'#' || byte >= 0x7f;
    let groups = bytes.chunks_exact(GROUP);
    let even =
        groups.take_while(|group| !group.iter().fold(false, |found, &byte| found | odd(byte)));
    let start = even.count() * GROUP;
    let rest = &bytes[start..];
    start
        + rest
            .iter()
            .position(|&byte| odd(byte))
            .unwrap_or(rest.len())
}

/// Whether it may stand in a method: a token in upper case.
fn is_of_method(byte: u8) -> bool {
    is_token(byte) && !byte.is_ascii_lowercase()
}

/// What is wrong with a line that does not have three parts, or whose method is none.
fn flaw_of_line(line: &[u8]) -> Flaw {
    let method = line.split(|&byte| byte == b' ').next().unwrap_or_default();
    let is_token = method.iter().all(|&byte| is_token(byte));
    match is_token && method.iter().any(u8::is_ascii_lowercase) {
        true => Flaw::MethodInLowerCase,
        false => Flaw::RequestLine,
    }
}

fn flaw_of_target(target: &[u8]) -> Flaw {
    let odd = target.iter().find(|&&byte| byte == b' ' || byte == b'#');
    match odd {
        Some(b' ') => Flaw::RequestLine,
        Some(_) => Flaw::Fragment,
        None => Flaw::UrlCharacter,
    }
}

/// The four forms of a target, each with the methods that may have it.
fn check_target(method: &[u8], target: &[u8]) -> Result<(), Flaw> {
    if target.len() > LONGEST_URL {
        return Err(Flaw::UrlTooLong);
    }
    match target {
        [b'/', ..] if method != b"CONNECT" => Ok(()),
        b"*" if method == b"OPTIONS" => Ok(()),
        b"*" => Err(Flaw::Asterisk),
        _ if method == b"CONNECT" && is_host(target) => Ok(()),
        _ if method == b"CONNECT" => Err(Flaw::ConnectTarget),
        _ if is_absolute(target) => Ok(()),
        _ => Err(Flaw::RelativePath),
    }
}

fn is_absolute(target: &[u8]) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read as any other line is, if `bytes` have one.
    fn read(bytes: &[u8]) -> Option<RequestLine> {
        let end = bytes
            .iter()
            .position(|&byte| byte == b'\r' || byte == b'\n')?;
        let at = Span {
            start: 0,
            end: end + 2,
        };
        let line = bytes[end..].starts_with(b"\r\n").then(|| &bytes[..end])?;
        RequestLine::read(line, at).ok()
    }

    #[test]
    fn a_usual_line_says_what_it_says_as_any_other() {
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
                    let line = read(&bytes);
                    let is_path = bytes.split(|&byte| byte == b' ').nth(1);
                    let is_path = is_path.is_some_and(|target| target.starts_with(b"/"));
                    let expected = line.filter(|line| is_path && !line.http10);
                    let shown = bytes.escape_ascii();
                    assert_eq!(RequestLine::usual(&bytes), expected, "{shown}");
                    usual += usize::from(expected.is_some());
                }
            }
        }
        assert!(usual > 5_000, "{usual}");
    }
}

//! The normal form of a path, which routes are matched against.
//!
//! Every `%XX` is decoded except those of `%` and `/`, which are always written `%25` and `%2F`. So no decoded slash
//! splits a segment, every string has one form, and a path without `%` is already in normal form.
//!
//! ```text
//! /caf%c3%a9/a%2fb/100%25      →  /café/a%2Fb/100%25
//! ```

use std::borrow::Cow;

use crate::error::{Failure, Result};
use crate::http::Url;
use crate::http::hex_digit;

/// Returns the path of a request in normal form.
///
/// Paths are not normalized further. A path that contains a NUL, an empty segment other than the last, or a `.` or `..`
/// segment becomes `NO_ROUTES`.
///
/// # Errors
///
/// - `400 Bad Request` if a `%` is not followed by two hexadecimal digits, or if the decoded bytes are not UTF-8.
#[inline]
pub fn path(url: &Url) -> Result<Cow<'_, str>, Failure> {
    let path = url.path();
    match scan(path) {
        Scan { escaped: true, .. } => normalized(path),
        Scan {
            maybe_forbidden: true,
            ..
        } if has_forbidden_segment(path) => Ok(Cow::Borrowed(NO_ROUTES)),
        Scan { .. } => Ok(Cow::Borrowed(path)),
    }
}

/// A path that no route matches.
pub(super) const NO_ROUTES: &str = "";

/// The result of one pass over a path.
struct Scan {
    /// Whether the path contains a `%`.
    escaped: bool,
    /// Whether the path contains `//`, `/.` or `\`, in which case a segment may be forbidden.
    maybe_forbidden: bool,
}

fn scan(path: &str) -> Scan {
    let (mut escaped, mut maybe_forbidden) = (false, false);
    let mut before = 0;
    // Without an early exit, the loop has fewer branches.
    for &byte in path.as_bytes() {
        escaped |= byte == b'%';
        maybe_forbidden |= byte == b'\\' || before == b'/' && matches!(byte, b'/' | b'.');
        before = byte;
    }
    Scan {
        escaped,
        maybe_forbidden,
    }
}

/// Returns whether a path in normal form contains a NUL, a `..` that is delimited by slashes or backslashes, or a
/// segment that is `.`, `..` or empty (except for an empty last segment). Decoded slashes separate segments here.
///
/// Clients resolve `.` and `..` before they send a path, so such a segment in a received path may be an attempt to
/// leave a directory. A backslash separates directories on Windows.
fn has_forbidden_segment(normal: &str) -> bool {
    let path = normal.strip_prefix('/').unwrap_or(normal).as_bytes();
    let (mut start, mut at) = (0, 0);
    // A hostile path may have a slash at every other byte. A loop finds such slashes faster than calls to a search
    // function do.
    let is_special = |&byte: &u8| matches!(byte, b'/' | b'%');
    while let Some(skipped) = path[at..].iter().position(is_special) {
        at += skipped;
        let len = slash_len(&path[at..]);
        if len > 0 && is_forbidden(&path[start..at]) {
            return true;
        }
        at += len.max(1);
        start = if len > 0 { at } else { start };
    }
    let last = &path[start..];
    let is_empty_segment = path.is_empty() || last.is_empty() && path.ends_with(b"/");
    !is_empty_segment && is_forbidden(last) || path.contains(&0)
}

/// Returns the length of the slash that this text begins with, or 0 if it does not begin with a slash.
fn slash_len(normal: &[u8]) -> usize {
    match normal {
        [b'/', ..] => 1,
        [b'%', b'2', b'F', ..] => 3,
        _ => 0,
    }
}

/// Returns whether the text between two slashes is forbidden.
fn is_forbidden(text: &[u8]) -> bool {
    matches!(text, b"" | b"." | b"..")
        || text.contains(&b'\\') && text.split(|&byte| byte == b'\\').any(|part| part == b"..")
}

fn normalized(path: &str) -> Result<Cow<'_, str>, Failure> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let Some((byte, after)) = escaped_byte(after) else {
            return Err(malformed(
                path,
                "`%` is not followed by two hexadecimal digits",
            ));
        };
        rest = after;
        match byte {
            b'%' => bytes.extend_from_slice(b"%25"),
            b'/' => bytes.extend_from_slice(b"%2F"),
            byte => bytes.push(byte),
        }
    }
    let normal = String::from_utf8(bytes).map_err(|_| malformed(path, "it is not UTF-8"))?;
    Ok(match has_forbidden_segment(&normal) {
        true => Cow::Borrowed(NO_ROUTES),
        false => Cow::Owned(normal),
    })
}

/// Returns the byte that two hexadecimal digits encode, and the text after them.
fn escaped_byte(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], rest) = bytes.split_first_chunk()?;
    Some((hex_digit(high)? << 4 | hex_digit(low)?, rest))
}

fn malformed(path: &str, reason: &str) -> Failure {
    Failure::bad_request(format!(
        "the path `{path}` has malformed percent-encoding: {reason}"
    ))
}

/// Decodes a part of a path in normal form.
#[inline]
pub fn decode(raw: &str) -> Cow<'_, str> {
    if raw.contains('%') {
        Cow::Owned(unescaped(raw))
    } else {
        Cow::Borrowed(raw)
    }
}

fn unescaped(raw: &str) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    loop {
        // Every `%` in normal form begins a `%25` or a `%2F`, so `%252F` becomes `%2F`.
        let (byte, after) = match rest {
            [b'%', b'2', b'F', after @ ..] => (b'/', after),
            [b'%', b'2', b'5', after @ ..] => (b'%', after),
            [byte, after @ ..] => (*byte, after),
            [] => break,
        };
        bytes.push(byte);
        rest = after;
    }
    // The conversion cannot fail, because only ASCII characters are replaced.
    String::from_utf8(bytes).unwrap_or_else(|_| raw.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::new(path.parse().expect("a path"))
    }

    fn normal(text: &str) -> String {
        path(&url(text)).expect("a valid path").into_owned()
    }

    fn rejection(text: &str) -> String {
        let url = url(text);
        let error = path(&url).expect_err("a malformed path");
        assert_eq!(error.status(), http::StatusCode::BAD_REQUEST);
        error.message().to_owned()
    }

    #[test]
    fn a_path_without_escapes_is_normal() {
        assert_eq!(normal("/a/b.c?x=%zz"), "/a/b.c");
        assert_eq!(normal("*"), "*");
    }

    #[test]
    fn escapes_are_decoded_except_slash_and_percent() {
        assert_eq!(normal("/caf%C3%A9"), "/café");
        assert_eq!(normal("/caf%c3%a9/%61"), "/café/a");
        assert_eq!(normal("/a%2fb%2Fc"), "/a%2Fb%2Fc");
        assert_eq!(normal("/100%25"), "/100%25");
        assert_eq!(normal("/%252F"), "/%252F");
    }

    #[test]
    fn malformed_encoding_is_rejected() {
        for path in ["/%", "/%2", "/%zz", "/%+1", "/a%2"] {
            assert!(rejection(path).contains("two hexadecimal digits"), "{path}");
        }
        assert!(rejection("/%ff").contains("not UTF-8"));
    }

    #[test]
    fn a_capture_is_decoded_once() {
        assert_eq!(decode("a%2Fb"), "a/b");
        assert_eq!(decode("100%25"), "100%");
        assert_eq!(decode("%252F"), "%2F");
        assert!(matches!(decode("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn a_path_with_a_forbidden_segment_matches_no_route() {
        let forbidden = [
            "//",
            "/a//b",
            "/.",
            "/..",
            "/a/../b",
            "/a/./b",
            "/a/..",
            "/%2e%2E/b",
            "/%2e/b",
            "/%2Fa",
            "/a%2F",
            "/a%2F/b",
            "/a/%2Fb",
            "/a%2f%2fb",
            "/..%2fa",
            "/a%2f..",
            "/a%2F.%2Fb",
            "/%00",
            "/a%00b",
            "/..\\a",
            "/..%5ca",
            "/a\\..\\b",
            "/a%5C..",
            "/a\\..",
            "/a%2F..\\b",
        ];
        for path in forbidden {
            assert_eq!(normal(path), NO_ROUTES, "{path}");
        }
        let allowed = [
            "/",
            "/a/",
            "/...",
            "/.a",
            "/a..",
            "/..a/b",
            "/a.b/.well-known",
            "/a\\b",
            "/a\\..b",
            "/a\\",
            "/a\\/",
        ];
        for path in allowed {
            assert_eq!(normal(path), path);
        }
    }
}

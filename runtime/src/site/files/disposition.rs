//! The header `content-disposition` of a download ([RFC 6266](https://www.rfc-editor.org/rfc/rfc6266)).

use http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except `attr-char` of RFC 8187.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Returns `attachment; filename="…"`, with `filename*` if the name contains characters that `filename` cannot contain.
pub(super) fn attachment(name: &str) -> HeaderValue {
    // Clients that interpret the name as a path use its last component, so separators are replaced.
    let name: String = name
        .chars()
        .map(|it| if matches!(it, '/' | '\\') { '_' } else { it })
        .collect();
    // A `%` is also encoded, because some clients decode it.
    let is_plain = |it: char| (it == ' ' || it.is_ascii_graphic()) && !matches!(it, '"' | '%');
    let fallback: String = name
        .chars()
        .map(|it| if is_plain(it) { it } else { '_' })
        .collect();
    let mut value = format!("attachment; filename=\"{fallback}\"");
    if fallback != name {
        value += &format!("; filename*=UTF-8''{}", utf8_percent_encode(&name, ENCODED));
    }
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_safe() {
        for (name, expected) in [
            ("report.pdf", "attachment; filename=\"report.pdf\""),
            ("a b;c=d.txt", "attachment; filename=\"a b;c=d.txt\""),
            (
                "报告.pdf",
                "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf",
            ),
            (
                "a\"b.txt",
                "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt",
            ),
            (
                "50%.txt",
                "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt",
            ),
            (
                "../../etc/passwd",
                "attachment; filename=\".._.._etc_passwd\"",
            ),
            ("a\\b", "attachment; filename=\"a_b\""),
            (
                "a\r\nx: y",
                "attachment; filename=\"a__x: y\"; filename*=UTF-8''a%0D%0Ax%3A%20y",
            ),
            (
                "a\0b",
                "attachment; filename=\"a_b\"; filename*=UTF-8''a%00b",
            ),
        ] {
            assert_eq!(attachment(name), expected, "{name}");
        }
    }
}

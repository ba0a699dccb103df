//! Header names.

use crate::messages;

/// The error for an invalid header name.
pub(super) fn name_error(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some(messages::empty_header());
    }
    let bad = name.chars().find(|char| !is_char(*char))?;
    Some(messages::invalid_header(name, bad))
}

/// Whether RFC 9110 allows the character in a field name.
fn is_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char)
}

/// The standard header that is one or two typos away from the name. Short names and custom names (`x-…`) are skipped.
pub(super) fn misspelled(name: &str) -> Option<&'static str> {
    const LONG: usize = 8;
    let name = name.to_ascii_lowercase();
    if name.len() < LONG || name.starts_with("x-") || KNOWN.contains(&name.as_str()) {
        return None;
    }
    let near = |known: &&&str| known.len() >= LONG && messages::distance(&name, known) <= 2;
    KNOWN.iter().find(near).copied()
}

/// The headers that a server may set.
const KNOWN: [&str; 58] = [
    "accept-ch",
    "accept-encoding",
    "accept-language",
    "accept-patch",
    "accept-post",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-request-headers",
    "access-control-request-method",
    "alt-svc",
    "authorization",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-security-policy-report-only",
    "content-type",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "deprecation",
    "forwarded",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "last-modified",
    "location",
    "permissions-policy",
    "proxy-authenticate",
    "proxy-authorization",
    "referrer-policy",
    "reporting-endpoints",
    "retry-after",
    "server-timing",
    "service-worker-allowed",
    "set-cookie",
    "set-cookie2",
    "strict-transport-security",
    "timing-allow-origin",
    "transfer-encoding",
    "traceparent",
    "tracestate",
    "user-agent",
    "www-authenticate",
];

//! Trailer fields: which ones may be sent, and their declaration in the `trailer` header.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::http::headers::lazy_map;

/// Adds the names of trailer fields to the `trailer` header.
pub(crate) fn declare_trailers(headers: &mut HeaderMap, trailers: &HeaderMap) {
    for name in trailers
        .keys()
        .filter(|name| is_allowed(name.as_str().as_bytes()))
    {
        if !is_declared(headers, name) {
            lazy_map::append(headers, header::TRAILER, HeaderValue::from(name.clone()));
        }
    }
}

fn is_declared(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers.get_all(header::TRAILER).iter().any(|names| {
        let mut names = names.to_str().unwrap_or_default().split(',');
        names.any(|declared| declared.trim().eq_ignore_ascii_case(name.as_str()))
    })
}

/// Returns whether a field may be sent as a trailer. A field is forbidden if it is needed to frame, route, decode or
/// authenticate the message, or to control how its recipient processes it ([RFC 9110,
/// 6.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1)).
pub(crate) fn is_allowed(name: &[u8]) -> bool {
    const FORBIDDEN: [&[u8]; 28] = [
        b"age",
        b"authorization",
        b"cache-control",
        b"connection",
        b"content-encoding",
        b"content-length",
        b"content-range",
        b"content-type",
        b"date",
        b"expect",
        b"expires",
        b"host",
        b"keep-alive",
        b"location",
        b"max-forwards",
        b"pragma",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"range",
        b"retry-after",
        b"set-cookie",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"vary",
        b"www-authenticate",
    ];
    !FORBIDDEN.iter().any(|it| it.eq_ignore_ascii_case(name))
}

//! Trailer fields: which ones may be sent, and their declaration in the `trailer` header.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Adds the names of trailer fields to the `trailer` header.
pub(crate) fn declare_trailers(headers: &mut HeaderMap, trailers: &HeaderMap) {
    for name in trailers.keys().filter(|name| is_allowed(name)) {
        if !is_declared(headers, name) {
            headers.append(header::TRAILER, HeaderValue::from(name.clone()));
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
pub(crate) fn is_allowed(name: &HeaderName) -> bool {
    const FORBIDDEN: [HeaderName; 28] = [
        header::AGE,
        header::AUTHORIZATION,
        header::CACHE_CONTROL,
        header::CONNECTION,
        header::CONTENT_ENCODING,
        header::CONTENT_LENGTH,
        header::CONTENT_RANGE,
        header::CONTENT_TYPE,
        header::DATE,
        header::EXPECT,
        header::EXPIRES,
        header::HOST,
        HeaderName::from_static("keep-alive"),
        header::LOCATION,
        header::MAX_FORWARDS,
        header::PRAGMA,
        header::PROXY_AUTHENTICATE,
        header::PROXY_AUTHORIZATION,
        HeaderName::from_static("proxy-connection"),
        header::RANGE,
        header::RETRY_AFTER,
        header::SET_COOKIE,
        header::TE,
        header::TRAILER,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
        header::VARY,
        header::WWW_AUTHENTICATE,
    ];
    !FORBIDDEN.contains(name)
}

//! Adding to `vary` in a hook.

use http::{HeaderName, HeaderValue, header};

use crate::http::OutgoingHead;

/// Declares that the response depends on a request header, unless it does so already.
pub(super) fn vary(head: &mut OutgoingHead, name: &HeaderName) {
    let values = head.headers().get_all(header::VARY);
    let is_declared = values.iter().any(|value| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let mut names = value.split(',').map(str::trim);
        names.any(|declared| declared == "*" || declared.eq_ignore_ascii_case(name.as_str()))
    });
    if !is_declared {
        head.append_header(header::VARY, HeaderValue::from(name.clone()));
    }
}

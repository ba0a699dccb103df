//! The header `vary` ([RFC 9110, 12.5.5](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5)).

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::lazy_map;
use super::list::elements;

/// Declares that the response depends on a request header, unless this is already declared.
pub(crate) fn add_vary(headers: &mut HeaderMap, name: &HeaderName) {
    let mut whole = Vec::new();
    for value in headers.get_all(header::VARY) {
        for element in elements(value.as_bytes()) {
            if element == b"*" || element.eq_ignore_ascii_case(name.as_str().as_bytes()) {
                return;
            }
            whole.extend_from_slice(element);
            whole.extend_from_slice(b", ");
        }
    }
    whole.extend_from_slice(name.as_str().as_bytes());
    if let Ok(value) = HeaderValue::from_bytes(&whole) {
        lazy_map::set(headers, header::VARY, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_added_once() {
        for (before, after) in [
            (&[][..], "accept"),
            (&["origin"], "origin, accept"),
            (&["origin", "cookie"], "origin, cookie, accept"),
            (&["Accept"], "Accept"),
            (&["origin,ACCEPT"], "origin,ACCEPT"),
            (&["*"], "*"),
            (&["accept-encoding"], "accept-encoding, accept"),
        ] {
            let mut headers = HeaderMap::new();
            for value in before {
                headers.append(header::VARY, HeaderValue::from_static(value));
            }
            add_vary(&mut headers, &header::ACCEPT);
            assert_eq!(headers[header::VARY], after);
            assert_eq!(headers.get_all(header::VARY).iter().count(), 1);
        }
    }
}

//! Methods.

use http::Method;

/// Returns whether `method` is a standard method except for its case: methods are case-sensitive (RFC 9110, 9.1).
pub(crate) fn is_standard_in_other_case(method: &[u8]) -> bool {
    const STANDARD: [Method; 9] = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
        Method::CONNECT,
    ];
    method.iter().any(u8::is_ascii_lowercase)
        && STANDARD
            .iter()
            .any(|standard| method.eq_ignore_ascii_case(standard.as_str().as_bytes()))
}

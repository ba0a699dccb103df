//! The names of methods in OpenTelemetry's conventions.

use http::Method;

/// The name for every method that the conventions do not list.
pub(super) const OTHER: &str = "_OTHER";

const KNOWN: [&str; 10] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
];

/// Returns the method, or `_OTHER`, so that the number of names is bounded regardless of what clients send.
pub(super) fn name(method: &Method) -> &'static str {
    let known = KNOWN.iter().find(|known| method.as_str() == **known);
    known.unwrap_or(&OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_methods_share_one_name() {
        let name = |text: &str| name(&Method::from_bytes(text.as_bytes()).expect("a method"));
        for known in KNOWN {
            assert_eq!(name(known), known);
        }
        for other in ["PROPFIND", "get", "Get", "_OTHER", "GETT", "M-SEARCH"] {
            assert_eq!(name(other), OTHER);
        }
    }
}

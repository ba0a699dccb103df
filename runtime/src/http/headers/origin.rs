//! The header `origin`, in which a browser declares the origin of the page that causes a request: see [Fetch,
//! 3.2](https://fetch.spec.whatwg.org/#origin-header).

use http::{HeaderMap, header};

/// Returns the origin of a request. Several values, or a value that is not text, count as `null`, an origin that
/// equals no other.
pub(crate) fn origin(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::ORIGIN).iter();
    let first = values.next()?;
    let only = first.to_str().ok().filter(|_| values.next().is_none());
    Some(only.unwrap_or("null"))
}

/// Returns whether an origin is the request's own: whether its host and port equal those of `host`.
///
/// The scheme cannot be compared, because a proxy may terminate TLS. A port that is the default of the origin's scheme
/// may be missing on either side, since an origin is a scheme, a host and a port, however it is written.
pub(crate) fn is_same_origin(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let (Some(host), Some((scheme, authority))) = (host, origin.split_once("://")) else {
        return false;
    };
    let default_port = match scheme {
        "http" => ":80",
        "https" => ":443",
        // Only pages of these two schemes can come from this server.
        _ => return false,
    };
    let without_port = |text: &str| text.strip_suffix(default_port).unwrap_or(text).to_owned();
    let (host, authority) = (without_port(host), without_port(authority));
    !authority.is_empty() && host.eq_ignore_ascii_case(&authority)
}

/// Returns whether an origin is in a list.
pub(crate) fn is_listed<S: AsRef<str>>(origin: &str, listed: &[S]) -> bool {
    let mut listed = listed.iter();
    listed.any(|it| it.as_ref().eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn origins_are_compared_with_the_host() {
        for (origin, host, is_same) in [
            ("https://shop.example", "shop.example", true),
            ("https://shop.example", "shop.example:443", true),
            ("https://shop.example", "shop.example:80", false),
            ("http://Shop.example:80", "shop.example", true),
            ("http://shop.example", "SHOP.example", true),
            ("http://shop.example:8080", "shop.example:8080", true),
            ("http://[::1]:8080", "[::1]:8080", true),
            ("http://shop.example:443", "shop.example", false),
            ("https://shop.example:8443", "shop.example", false),
            ("https://evil.example", "shop.example", false),
            ("https://shop.example.evil.example", "shop.example", false),
            ("https://shop.example/", "shop.example", false),
            ("https://user@shop.example", "shop.example", false),
            ("ftp://shop.example", "shop.example", false),
            ("moz-extension://shop.example", "shop.example", false),
            ("shop.example", "shop.example", false),
            ("null", "shop.example", false),
            ("null", "null", false),
            ("", "", false),
            ("https://", "", false),
            ("https://:443", "", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            assert_eq!(is_same_origin(origin, &headers), is_same, "{origin} {host}");
        }
        assert!(!is_same_origin("https://shop.example", &HeaderMap::new()));
    }

    #[test]
    fn several_origins_match_no_origin() {
        let mut headers = HeaderMap::new();
        assert_eq!(origin(&headers), None);
        headers.append(header::ORIGIN, HeaderValue::from_static("https://a"));
        assert_eq!(origin(&headers), Some("https://a"));
        headers.append(header::ORIGIN, HeaderValue::from_static("https://a"));
        assert_eq!(origin(&headers), Some("null"));
        let latin = HeaderValue::from_bytes(b"https://caf\xe9").expect("a header value");
        headers.insert(header::ORIGIN, latin);
        assert_eq!(origin(&headers), Some("null"));
    }
}

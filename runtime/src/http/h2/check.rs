//! Checks that a request satisfies the rules of HTTP/1. h2 has already rejected most of the requests that [RFC
//! 9113](https://www.rfc-editor.org/rfc/rfc9113#section-8.2) calls malformed.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::http::exchange::request_kind::RequestKind;
use crate::http::headers::lazy_map;
use crate::http::headers::list::{elements, lists};
use crate::http::limits::Limits;
use crate::http::request::syntax::host::is_authority;
use crate::http::request::syntax::method::is_standard_in_other_case;
use crate::http::request::syntax::target_bytes::{MAX_LEN, valid_len};

/// The reason why a request is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestError {
    TooManyHeaders,
    HeaderValue,
    MethodCase,
    Connect,
    TargetCharacter,
    TargetTooLong,
    AsteriskForm,
    RelativePath,
    MissingHost,
    EmptyHost,
    DuplicateHost,
    InvalidHost,
    HostMismatch,
    DuplicateContentLength,
}

impl RequestError {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::TooManyHeaders => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::Connect => StatusCode::NOT_IMPLEMENTED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Returns the message for the client.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::TooManyHeaders => "the request has more headers than the server allows",
            Self::HeaderValue => "a header value begins or ends with whitespace",
            Self::MethodCase => "methods are case-sensitive: standard methods are uppercase",
            Self::Connect => "CONNECT is not supported with HTTP/2",
            Self::TargetCharacter => {
                "the request target has a character that must be percent-encoded"
            }
            Self::TargetTooLong => "the request target exceeds the server's limit",
            Self::AsteriskForm => "the request target `*` is valid only with OPTIONS",
            Self::RelativePath => "the path of the request target must begin with `/`",
            Self::MissingHost => "a request must have an `:authority` or a `host` header",
            Self::EmptyHost => "the `host` header is empty",
            Self::DuplicateHost => "there is more than one `host` header",
            Self::InvalidHost => "the authority of the request is not a host with an optional port",
            Self::HostMismatch => "`:authority` and the `host` header differ",
            Self::DuplicateContentLength => "there is more than one `content-length` header",
        }
    }
}

/// The declarations in the headers of a valid request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) kind: RequestKind,
    pub(super) accepts_trailers: bool,
}

/// Checks a request, and changes its headers to those that it would have with HTTP/1.
pub(super) fn check(parts: &mut Parts, limits: &Limits) -> Result<Declared, RequestError> {
    if parts.headers.len() > limits.header_count {
        return Err(RequestError::TooManyHeaders);
    }
    check_method_and_target(parts)?;
    if !parts.headers.values().all(is_well_formed) {
        return Err(RequestError::HeaderValue);
    }
    let mut lengths = parts.headers.get_all(header::CONTENT_LENGTH).iter();
    if lengths.nth(1).is_some() {
        return Err(RequestError::DuplicateContentLength);
    }
    check_host(parts, limits)?;
    join_cookies(&mut parts.headers);
    Ok(Declared {
        kind: kind(&parts.headers),
        accepts_trailers: lists(&parts.headers, header::TE, "trailers"),
    })
}

/// Returns whether a value has no whitespace around it (RFC 9113, 8.2.1).
pub(super) fn is_well_formed(value: &HeaderValue) -> bool {
    let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let value = value.as_bytes();
    !is_blank(value.first()) && !is_blank(value.last())
}

fn check_method_and_target(parts: &Parts) -> Result<(), RequestError> {
    if parts.method == Method::CONNECT {
        return Err(RequestError::Connect);
    }
    if is_standard_in_other_case(parts.method.as_str().as_bytes()) {
        return Err(RequestError::MethodCase);
    }
    let target = parts.uri.path_and_query();
    let target = target.map_or(&b""[..], |target| target.as_str().as_bytes());
    if valid_len(target) < target.len() {
        return Err(RequestError::TargetCharacter);
    }
    match target {
        _ if target.len() > MAX_LEN => Err(RequestError::TargetTooLong),
        [b'/', ..] => Ok(()),
        b"*" if parts.method == Method::OPTIONS => Ok(()),
        b"*" => Err(RequestError::AsteriskForm),
        _ => Err(RequestError::RelativePath),
    }
}

/// Checks the host of a request. `:authority` and `host` have the same meaning; handlers read the value of either as
/// `host`.
fn check_host(parts: &mut Parts, limits: &Limits) -> Result<(), RequestError> {
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    let (host, second) = (hosts.next(), hosts.next());
    if second.is_some() {
        return Err(RequestError::DuplicateHost);
    }
    let authority = parts.uri.authority().map(|it| it.as_str().as_bytes());
    let is_valid = |host: &[u8]| host.is_empty() || is_authority(host);
    match (authority, host.map(HeaderValue::as_bytes)) {
        (None, None) if limits.host_header => Err(RequestError::MissingHost),
        (None, None) => Ok(()),
        (Some(authority), _) if !is_authority(authority) => Err(RequestError::InvalidHost),
        (_, Some(host)) if !is_valid(host) => Err(RequestError::InvalidHost),
        (Some(authority), Some(host)) if !authority.eq_ignore_ascii_case(host) => {
            Err(RequestError::HostMismatch)
        }
        (None, Some(b"")) if limits.host_header => Err(RequestError::EmptyHost),
        (_, Some(_)) => Ok(()),
        (Some(authority), None) => {
            let host = HeaderValue::from_bytes(authority);
            let host = host.map_err(|_| RequestError::InvalidHost)?;
            lazy_map::set(&mut parts.headers, header::HOST, host);
            Ok(())
        }
    }
}

/// Joins the `cookie` fields: HTTP/2 allows one field for each cookie, but other protocols allow only one field in
/// total (RFC 9113, 8.2.3).
fn join_cookies(headers: &mut HeaderMap) {
    let mut cookies = headers.get_all(header::COOKIE).iter();
    let (Some(first), Some(second)) = (cookies.next(), cookies.next()) else {
        return;
    };
    let mut all = first.as_bytes().to_vec();
    for cookie in std::iter::once(second).chain(cookies) {
        all.extend_from_slice(b"; ");
        all.extend_from_slice(cookie.as_bytes());
    }
    // Valid values joined by valid bytes form a valid value.
    if let Ok(all) = HeaderValue::from_maybe_shared(bytes::Bytes::from(all)) {
        lazy_map::set(headers, header::COOKIE, all);
    }
}

fn kind(headers: &HeaderMap) -> RequestKind {
    let mut kind = RequestKind::Plain;
    for value in headers.get_all(header::EXPECT) {
        for expectation in elements(value.as_bytes()) {
            if !expectation.eq_ignore_ascii_case(b"100-continue") {
                return RequestKind::UnknownExpectation;
            }
            kind = RequestKind::ExpectContinue;
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_with(
        (method, uri): (&str, &str),
        headers: &[(&'static str, &str)],
        limits: &Limits,
    ) -> Result<(Parts, Declared), RequestError> {
        let mut request = http::Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        let declared = check(&mut parts, limits)?;
        Ok((parts, declared))
    }

    fn host_of(uri: &str, headers: &[(&'static str, &str)]) -> Result<String, RequestError> {
        let (parts, _) = check_with(("GET", uri), headers, &Limits::default())?;
        let host = parts.headers[header::HOST].to_str().expect("text");
        Ok(host.to_owned())
    }

    #[test]
    fn authority_and_host_have_the_same_meaning() {
        assert_eq!(host_of("http://a:1/", &[]), Ok("a:1".to_owned()));
        assert_eq!(host_of("/", &[("host", "b")]), Ok("b".to_owned()));
        assert_eq!(host_of("http://A/", &[("host", "a")]), Ok("a".to_owned()));
        for (uri, headers, error) in [
            ("/", &[][..], RequestError::MissingHost),
            ("/", &[("host", "")], RequestError::EmptyHost),
            ("/", &[("host", "a b")], RequestError::InvalidHost),
            ("http://u@a/", &[], RequestError::InvalidHost),
            ("http://a/", &[("host", "b")], RequestError::HostMismatch),
            ("http://a/", &[("host", "")], RequestError::HostMismatch),
            (
                "/",
                &[("host", "a"), ("host", "a")],
                RequestError::DuplicateHost,
            ),
        ] {
            assert_eq!(host_of(uri, headers), Err(error), "{uri} {headers:?}");
        }
        let limits = Limits {
            host_header: false,
            ..Limits::default()
        };
        assert!(check_with(("GET", "/"), &[], &limits).is_ok());
    }

    #[test]
    fn methods_and_targets_are_those_of_http_1() {
        for (method, uri, error) in [
            ("get", "http://a/", RequestError::MethodCase),
            ("CONNECT", "a:1", RequestError::Connect),
            ("GET", "http://a/\u{e9}", RequestError::TargetCharacter),
            ("GET", "http://a/{b}", RequestError::TargetCharacter),
            ("GET", "*", RequestError::AsteriskForm),
            ("GET", "http://a?b", RequestError::RelativePath),
        ] {
            let checked = check_with((method, uri), &[("host", "a")], &Limits::default());
            assert_eq!(checked.map(|_| ()), Err(error), "{method} {uri}");
        }
        for (method, uri) in [("OPTIONS", "*"), ("BREW", "/a?b={c}")] {
            let checked = check_with((method, uri), &[("host", "a")], &Limits::default());
            assert!(checked.is_ok(), "{method} {uri}: {:?}", checked.err());
        }
    }

    #[test]
    fn headers_are_those_of_http_1() {
        let limits = Limits {
            header_count: 2,
            ..Limits::default()
        };
        for (headers, error) in [
            (
                &[("a", "1"), ("a", "2"), ("a", "3")][..],
                RequestError::TooManyHeaders,
            ),
            (&[("a", "\tb")], RequestError::HeaderValue),
            (&[("a", "b ")], RequestError::HeaderValue),
            (
                &[("content-length", "1"), ("content-length", "1")],
                RequestError::DuplicateContentLength,
            ),
        ] {
            let checked = check_with(("GET", "http://a/"), headers, &limits);
            assert_eq!(checked.map(|_| ()), Err(error), "{headers:?}");
        }
        let cookies = [("cookie", "a=1"), ("cookie", "b=2")];
        let checked = check_with(("GET", "http://a/"), &cookies, &limits);
        let (parts, _) = checked.expect("valid");
        assert_eq!(parts.headers[header::COOKIE], "a=1; b=2");
        assert_eq!(parts.headers.len(), 2);
    }

    #[test]
    fn expectations_and_trailers_are_declared() {
        for (name, value, kind, accepts_trailers) in [
            ("a", "b", RequestKind::Plain, false),
            ("te", "trailers", RequestKind::Plain, true),
            ("expect", "100-Continue", RequestKind::ExpectContinue, false),
            (
                "expect",
                "100-continue, x",
                RequestKind::UnknownExpectation,
                false,
            ),
        ] {
            let headers = [(name, value)];
            let checked = check_with(("GET", "http://a/"), &headers, &Limits::default());
            let (_, declared) = checked.expect("valid");
            let expected = Declared {
                kind,
                accepts_trailers,
            };
            assert_eq!(declared, expected, "{name}: {value}");
        }
    }
}

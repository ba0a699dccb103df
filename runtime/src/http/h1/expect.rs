//! What a request wants besides an answer.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Version, header};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Answer,
    /// CONNECT: a tunnel.
    Tunnel,
    /// Another protocol on this connection.
    Upgrade,
    /// To be told whether to send its body: `expect: 100-continue`.
    Continue,
    /// An expectation that nobody has heard of.
    Unknown,
}

/// What a request wants that has an `expect` or an `upgrade`, or is a CONNECT.
pub(crate) fn wish(request: &Parts) -> Wish {
    if request.method == Method::CONNECT {
        return Wish::Tunnel;
    }
    if wants_upgrade(&request.headers) && request.version == Version::HTTP_11 {
        return Wish::Upgrade;
    }
    if expects_continue(request) {
        return Wish::Continue;
    }
    match expects(request) {
        Some(_) => Wish::Unknown,
        None => Wish::Answer,
    }
}

/// Whether the client sends the body only when it is told to.
pub(crate) fn expects_continue(request: &Parts) -> bool {
    expects(request).is_some_and(|what| what.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// HTTP/1.0 knows no interim answers, and so nothing to expect.
fn expects(request: &Parts) -> Option<&HeaderValue> {
    let expect = request.headers.get(header::EXPECT);
    expect.filter(|_| request.version == Version::HTTP_11)
}

/// An `upgrade` counts where `connection` names it.
fn wants_upgrade(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::CONNECTION).iter().any(|value| {
        let mut options = value.as_bytes().split(|&byte| byte == b',');
        options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    });
    named && headers.contains_key(header::UPGRADE)
}

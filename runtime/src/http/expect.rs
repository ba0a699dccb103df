//! What a request wants besides an answer.

use http::{HeaderMap, Method, Version, header};

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
pub(crate) fn wish<B>(request: &hyper::Request<B>) -> Wish {
    if *request.method() == Method::CONNECT {
        return Wish::Tunnel;
    }
    if wants_upgrade(request.headers()) && request.version() == Version::HTTP_11 {
        return Wish::Upgrade;
    }
    match request.headers().get(header::EXPECT) {
        // HTTP/1.0 knows no interim answers.
        Some(_) if request.version() != Version::HTTP_11 => Wish::Answer,
        Some(expect) if expect.as_bytes().eq_ignore_ascii_case(b"100-continue") => Wish::Continue,
        Some(_) => Wish::Unknown,
        None => Wish::Answer,
    }
}

/// An `upgrade` counts where `connection` names it.
fn wants_upgrade(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::CONNECTION).iter().any(|value| {
        let mut options = value.as_bytes().split(|&byte| byte == b',');
        options.any(|option| option.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    });
    named && headers.contains_key(header::UPGRADE)
}

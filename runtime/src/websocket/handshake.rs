//! The opening handshake (RFC 6455, 4.2; RFC 8441, 5).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use sha1_smol::Sha1;

use super::WebSocketOptions;
use super::options::Origins;
use crate::error::Failure;
use crate::http::{Request, Response, is_listed, is_same_origin, lists, origin};

/// The name of the protocol in `upgrade`.
pub(super) const PROTOCOL: &str = "websocket";

/// The version of RFC 6455.
const VERSION: &str = "13";

const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Checks the request and sets the headers of the response. Returns the subprotocol.
pub(super) fn accept(
    req: &Request,
    res: &mut Response,
    options: &WebSocketOptions,
) -> Result<Option<String>, Failure> {
    if req.method != Method::GET && req.method != Method::HEAD {
        res.set_header(header::ALLOW, "GET");
        let what = "a WebSocket must be opened with GET";
        return Err(Failure::new(StatusCode::METHOD_NOT_ALLOWED, what));
    }
    if !lists(&req.headers, header::UPGRADE, PROTOCOL) {
        return Err(res.upgrade_required(PROTOCOL));
    }
    check_version(req, res)?;
    if let Origins::SameOrigin | Origins::Listed(_) = &options.origins {
        check_origin(req, &options.origins)?;
    }
    if req.version != Version::HTTP_2 {
        let accept = accept_value(&req.headers)?;
        res.set_header(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    let protocol = choose_protocol(&req.headers, &options.protocols);
    if let Some(protocol) = &protocol {
        res.set_header(header::SEC_WEBSOCKET_PROTOCOL, protocol.clone());
    }
    Ok(protocol)
}

fn elements(value: &HeaderValue) -> impl Iterator<Item = &str> {
    let elements = value.to_str().unwrap_or_default().split(',');
    elements.map(|element| element.trim_matches([' ', '\t']))
}

fn check_version(req: &Request, res: &mut Response) -> Result<(), Failure> {
    let mut versions = req
        .headers
        .get_all(header::SEC_WEBSOCKET_VERSION)
        .into_iter();
    if versions.next().is_some_and(|version| version == VERSION) && versions.next().is_none() {
        return Ok(());
    }
    res.set_header(header::SEC_WEBSOCKET_VERSION, VERSION);
    let what = "this server speaks version 13 of the WebSocket protocol";
    Err(Failure::new(StatusCode::UPGRADE_REQUIRED, what))
}

/// Checks that the origin may open a WebSocket. Without this check, a page of another site could open one with the
/// user's cookies, because the browser sends them.
fn check_origin(req: &Request, origins: &Origins) -> Result<(), Failure> {
    let Some(origin) = origin(&req.headers) else {
        // A client that sends no `origin` is not a browser.
        return Ok(());
    };
    let is_allowed = match origins {
        Origins::Any => true,
        Origins::Listed(listed) => is_listed(origin, listed),
        Origins::SameOrigin => is_same_origin(origin, &req.headers),
    };
    if is_allowed {
        return Ok(());
    }
    let what = "this origin is not allowed to open a WebSocket here";
    Err(Failure::new(StatusCode::FORBIDDEN, what))
}

fn accept_value(headers: &HeaderMap) -> Result<HeaderValue, Failure> {
    let mut keys = headers.get_all(header::SEC_WEBSOCKET_KEY).into_iter();
    let key = match (keys.next(), keys.next()) {
        (Some(key), None) if is_key(key) => key,
        _ => {
            let what = "`sec-websocket-key` must be 16 bytes in Base64";
            return Err(Failure::bad_request(what));
        }
    };
    let mut hash = Sha1::new();
    hash.update(key.as_bytes());
    hash.update(GUID.as_bytes());
    let accept = STANDARD.encode(hash.digest().bytes());
    HeaderValue::try_from(accept).map_err(|_| Failure::bad_request(""))
}

fn is_key(key: &HeaderValue) -> bool {
    let decoded = STANDARD.decode(key.as_bytes());
    decoded.is_ok_and(|bytes| bytes.len() == 16)
}

/// Returns the first of the server's protocols that the client offers.
fn choose_protocol(headers: &HeaderMap, protocols: &[String]) -> Option<String> {
    let offers = |protocol: &str| {
        let mut values = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).into_iter();
        values.any(|value| elements(value).any(|it| it == protocol))
    };
    protocols.iter().find(|it| offers(it)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_accept_value_equals_that_of_the_rfc() {
        let mut headers = HeaderMap::new();
        let key = HeaderValue::from_static("dGhlIHNhbXBsZSBub25jZQ==");
        headers.insert(header::SEC_WEBSOCKET_KEY, key);
        let accept = accept_value(&headers).expect("a valid key");
        assert_eq!(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn a_key_is_16_bytes() {
        for key in ["", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25j", "????"] {
            assert!(!is_key(&HeaderValue::from_static(key)), "{key}");
        }
    }
}

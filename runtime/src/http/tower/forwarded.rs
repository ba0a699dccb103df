//! The header fields that a proxy removes and adds.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, HeaderValue, Version, header};

use crate::http::headers::list::listed_names;
use crate::http::request::Request;

/// The fields that concern one connection ([RFC 9110, 7.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1)),
/// even if `connection` does not list them. `trailer` is not one of them: the trailers are passed on.
const CONNECTION_FIELDS: [HeaderName; 8] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

pub(super) fn remove_connection_fields(headers: &mut HeaderMap) {
    let named = listed_names(headers, header::CONNECTION);
    for name in named.iter().chain(&CONNECTION_FIELDS) {
        headers.remove(name);
    }
}

/// The description of the client that is sent to the other server.
pub(super) struct Forwarded {
    client: Option<IpAddr>,
    host: Option<HeaderValue>,
    proto: &'static str,
    version: Version,
    /// Whether the client is a proxy that the server trusts, so that its own entries are kept.
    is_trusted: bool,
}

impl Forwarded {
    pub(super) fn of(req: &Request) -> Self {
        let client = req.socket.remote_addr.ip();
        let proxies = req.socket.proxies();
        let is_https = req.socket.encrypted() || req.url.original().scheme_str() == Some("https");
        Self {
            client,
            host: req.headers.get("host").cloned(),
            proto: if is_https { "https" } else { "http" },
            version: req.version,
            is_trusted: proxies.is_some_and(|it| it.trusted.contains(client)),
        }
    }

    pub(super) fn write(&self, headers: &mut HeaderMap) {
        if !self.is_trusted {
            let names = [X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO];
            for name in names.iter().chain([&header::FORWARDED]) {
                headers.remove(name);
            }
        }
        append(headers, header::FORWARDED, self.element());
        append(headers, X_FORWARDED_FOR, self.address());
        // Only the first proxy knows the original host and protocol, so the values that it sent are kept.
        if let (Some(host), false) = (&self.host, headers.contains_key(X_FORWARDED_HOST)) {
            headers.insert(X_FORWARDED_HOST, host.clone());
        }
        if !headers.contains_key(X_FORWARDED_PROTO) {
            headers.insert(X_FORWARDED_PROTO, HeaderValue::from_static(self.proto));
        }
        let version = match self.version {
            Version::HTTP_10 => "1.0",
            Version::HTTP_2 => "2",
            _ => "1.1",
        };
        append(headers, header::VIA, format!("{version} onward"));
    }

    /// Returns the client, as an entry of `x-forwarded-for`.
    fn address(&self) -> String {
        match self.client {
            Some(ip) => ip.to_string(),
            None => "unknown".to_owned(),
        }
    }

    /// Returns the element of `forwarded` (RFC 7239).
    fn element(&self) -> String {
        let client = match self.client {
            Some(IpAddr::V6(ip)) => format!("\"[{ip}]\""),
            _ => self.address(),
        };
        let host = self.host.as_ref().and_then(|it| it.to_str().ok());
        let is_plain = |host: &&str| !host.contains(['"', '\\']);
        let host = match host.filter(is_plain) {
            Some(host) => format!(";host=\"{host}\""),
            None => String::new(),
        };
        format!("for={client}{host};proto={}", self.proto)
    }
}

fn append(headers: &mut HeaderMap, name: HeaderName, element: String) {
    if let Ok(element) = HeaderValue::try_from(element) {
        headers.append(name, element);
    }
}

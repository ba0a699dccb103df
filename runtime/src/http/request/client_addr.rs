//! Determines the address of a client whose requests pass through proxies.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, header};

use super::Request;
use super::headers::Headers;
use crate::http::headers::list::{ends_in_quotes, split_unquoted};
use crate::http::proxies::{Networks, ProxyHeader};
use crate::http::socket::Socket;

/// The maximum number of header entries that are followed.
const MAX_HOPS: usize = 64;

impl Request {
    /// Returns the client's address, even behind proxies that the server trusts.
    ///
    /// This is the address of the connection, or `None` for a Unix socket, unless the connection comes from a proxy
    /// that the server trusts: see [`trust_proxy`](crate::http::Server::trust_proxy). In that case, the header that the
    /// proxies write is read from its end, up to the first address that is not a trusted proxy. A client can write the
    /// beginning of that header, but not its end, so it cannot forge its address. If an entry is not an address, the
    /// result is the address of the proxy that wrote the entry. Node.js: no counterpart; Express: `req.ip` with
    /// `trust proxy`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let req = Request::get("/").header("x-forwarded-for", "192.0.2.7");
    /// // No proxy is trusted.
    /// assert_eq!(req.client_addr().unwrap().to_string(), "127.0.0.1");
    /// ```
    #[inline]
    pub fn client_addr(&self) -> Option<IpAddr> {
        client_addr(&self.socket, &self.headers)
    }
}

/// Returns the client's address for a request that was received on a connection.
#[inline]
pub(crate) fn client_addr(socket: &Socket, headers: &Headers) -> Option<IpAddr> {
    let peer = socket.remote_addr.ip();
    let Some(proxies) = socket.proxies() else {
        return peer;
    };
    let trusted = &proxies.trusted;
    if !trusted.contains(peer) {
        return peer;
    }
    match proxies.header {
        ProxyHeader::XForwardedFor => client(peer, x_forwarded_for(headers), trusted),
        ProxyHeader::Forwarded => client(peer, forwarded(headers), trusted),
    }
}

/// Follows the entries, which are in reverse order. An entry is `None` if it is not an address.
#[inline]
fn client(
    peer: Option<IpAddr>,
    entries: impl Iterator<Item = Option<IpAddr>>,
    trusted: &Networks,
) -> Option<IpAddr> {
    let mut client = peer;
    for entry in entries.take(MAX_HOPS) {
        let Some(ip) = entry else {
            break;
        };
        client = Some(ip);
        if !trusted.contains_ip(ip) {
            break;
        }
    }
    client
}

/// Returns the entries of all `x-forwarded-for` lines in reverse order.
#[inline]
fn x_forwarded_for(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    lines.flat_map(|line| {
        let entries = line.as_bytes().rsplit(|&byte| byte == b',');
        entries.map(|entry| address(str::from_utf8(entry).ok()?.trim()))
    })
}

/// Returns the entries of all `forwarded` lines (RFC 7239) in reverse order.
#[inline]
fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(header::FORWARDED).iter().rev();
    lines.flat_map(|line| {
        let text = line.to_str().unwrap_or_default();
        // A quote that a client opens and does not close would hide the entry that a proxy appends to the line.
        let elements = match ends_in_quotes(text) {
            true => vec![None],
            false => split_unquoted(text, ',').map(for_parameter).collect(),
        };
        elements.into_iter().rev()
    })
}

/// Returns the address in the `for` parameter of an element.
#[inline]
fn for_parameter(element: &str) -> Option<IpAddr> {
    let mut values = split_unquoted(element, ';').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("for")
            .then(|| value.trim())
    });
    let value = values.next()?;
    let quoted = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    address(quoted.unwrap_or(value))
}

/// Parses an address, which may have a port or be in brackets.
#[inline]
fn address(text: &str) -> Option<IpAddr> {
    let ip = match text.parse::<IpAddr>() {
        Ok(ip) => ip,
        Err(_) => match text.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(inner) => IpAddr::V6(inner.parse().ok()?),
            None => text.parse::<SocketAddr>().ok()?.ip(),
        },
    };
    Some(ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn find(header: &'static str, lines: &[&'static str]) -> String {
        let trusted = Networks::parse(["10.0.0.0/8", "::1"]).expect("networks");
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header, HeaderValue::from_static(line));
        }
        let peer = Some(IpAddr::from([10, 0, 0, 1]));
        let found = match header {
            "forwarded" => client(peer, forwarded(&headers), &trusted),
            _ => client(peer, x_forwarded_for(&headers), &trusted),
        };
        found.map_or("none".to_owned(), |ip| ip.to_string())
    }

    #[test]
    fn x_forwarded_for_is_read_from_its_end() {
        let find = |lines: &[&'static str]| find("x-forwarded-for", lines);
        assert_eq!(find(&[]), "10.0.0.1");
        assert_eq!(find(&["192.0.2.7"]), "192.0.2.7");
        assert_eq!(find(&["6.6.6.6, 192.0.2.7, 10.0.0.2"]), "192.0.2.7");
        assert_eq!(
            find(&["6.6.6.6,192.0.2.7", "10.0.0.3,10.0.0.2"]),
            "192.0.2.7"
        );
        assert_eq!(find(&["10.0.0.3, 10.0.0.2"]), "10.0.0.3");
        assert_eq!(find(&["192.0.2.7:4711"]), "192.0.2.7");
        assert_eq!(find(&["2001:db8::7"]), "2001:db8::7");
        assert_eq!(find(&["[2001:db8::7]:80"]), "2001:db8::7");
        assert_eq!(find(&["[2001:db8::7]"]), "2001:db8::7");
        assert_eq!(find(&["::ffff:192.0.2.7"]), "192.0.2.7");
    }

    #[test]
    fn an_entry_that_is_not_an_address_ends_the_search() {
        let find = |lines: &[&'static str]| find("x-forwarded-for", lines);
        assert_eq!(find(&["6.6.6.6, unknown, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(find(&["6.6.6.6, , 10.0.0.2"]), "10.0.0.2");
        assert_eq!(find(&["192.0.2.7,"]), "10.0.0.1");
    }

    #[test]
    fn forwarded_is_read_from_its_end() {
        let find = |lines: &[&'static str]| find("forwarded", lines);
        assert_eq!(find(&["for=192.0.2.7"]), "192.0.2.7");
        assert_eq!(
            find(&["for=6.6.6.6, FOR=192.0.2.7;proto=https, for=10.0.0.2;by=x"]),
            "192.0.2.7"
        );
        assert_eq!(
            find(&["proto=http;for=\"[2001:db8::7]:4711\""]),
            "2001:db8::7"
        );
        assert_eq!(find(&["for=\"192.0.2.7:80\""]), "192.0.2.7");
        assert_eq!(
            find(&["for=6.6.6.6", "for=192.0.2.7", "for=10.0.0.2"]),
            "192.0.2.7"
        );
        assert_eq!(
            find(&["for=6.6.6.6, for=_hidden, for=10.0.0.2"]),
            "10.0.0.2"
        );
        assert_eq!(find(&["for=6.6.6.6, by=10.0.0.9"]), "10.0.0.1");
        assert_eq!(find(&["for=192.0.2.7;x=\", for=6.6.6.6\""]), "192.0.2.7");
        assert_eq!(
            find(&["for=192.0.2.7;x=\"\\\", for=6.6.6.6\""]),
            "192.0.2.7"
        );
    }

    #[test]
    fn a_quote_that_a_client_leaves_open_does_not_hide_what_a_proxy_appends() {
        let find = |lines: &[&'static str]| find("forwarded", lines);
        for line in [
            "for=6.6.6.6;x=\", for=192.0.2.7",
            "for=6.6.6.6;x=\", for=\"[2001:db8::7]:80\"",
            "for=6.6.6.6;x=\"\\\", for=192.0.2.7",
        ] {
            assert_eq!(find(&[line]), "10.0.0.1", "{line}");
        }
    }
}

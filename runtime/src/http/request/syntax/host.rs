//! Validates an authority: a host with an optional port
//! ([RFC 3986, 3.2](https://www.rfc-editor.org/rfc/rfc3986#section-3.2)).

use std::net::Ipv6Addr;

use memchr::memchr;

use super::byte_class::alphanumeric_or;

/// Returns whether `authority` is a host with an optional port: `example.com:80`, `[::1]:80`. User information is not
/// allowed.
pub(crate) fn is_authority(authority: &[u8]) -> bool {
    split_port(authority).is_some_and(|port| port.is_none_or(|port| parse_port(port).is_some()))
}

/// Returns whether `authority` is a target of CONNECT: a host and a port other than 0.
pub(crate) fn is_host_and_port(authority: &[u8]) -> bool {
    let port = split_port(authority).flatten().and_then(parse_port);
    port.flatten().is_some_and(|port| port > 0)
}

/// Returns the text after the colon of an authority, or `Some(None)` if there is no colon. Returns `None` if the host
/// is invalid.
fn split_port(authority: &[u8]) -> Option<Option<&[u8]>> {
    let rest = match authority {
        [b'[', rest @ ..] => {
            let end = memchr(b']', rest)?;
            is_ip_literal(&rest[..end]).then_some(&rest[end + 1..])?
        }
        name => {
            let end = name.iter().position(|&byte| !NAME[usize::from(byte)]);
            let (name, rest) = name.split_at(end.unwrap_or(name.len()));
            (!name.is_empty()).then_some(rest)?
        }
    };
    match rest {
        [] => Some(None),
        [b':', port @ ..] => Some(Some(port)),
        _ => None,
    }
}

fn is_ip_literal(address: &[u8]) -> bool {
    match address {
        [b'v' | b'V', future @ ..] => is_future_address(future),
        _ => str::from_utf8(address).is_ok_and(|it| it.parse::<Ipv6Addr>().is_ok()),
    }
}

/// Returns whether an address is `1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`.
fn is_future_address(address: &[u8]) -> bool {
    let Some(dot) = memchr(b'.', address) else {
        return false;
    };
    let (version, rest) = (&address[..dot], &address[dot + 1..]);
    let allowed = |&byte: &u8| NAME[usize::from(byte)] || byte == b':' || byte == b',';
    !version.is_empty()
        && version.iter().all(u8::is_ascii_hexdigit)
        && !rest.is_empty()
        && rest.iter().all(allowed)
}

/// Returns the port number, or `Some(None)` if the text is empty. Returns `None` if the port is invalid.
fn parse_port(port: &[u8]) -> Option<Option<u16>> {
    if port.is_empty() {
        return Some(None);
    }
    let is_number = port.len() <= 5 && port.iter().all(u8::is_ascii_digit);
    let text = is_number.then(|| str::from_utf8(port).ok()).flatten()?;
    text.parse().ok().map(Some)
}

/// The bytes of a registered name, without the comma, which would create a list, and without the percent sign, because
/// a host is not percent-encoded.
const NAME: [bool; 256] = alphanumeric_or(b"-._~!$&'()*+;=");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_is_a_host_with_an_optional_port() {
        for authority in [
            "a",
            "a.example:80",
            "127.0.0.1",
            "[::1]",
            "[::1]:80",
            "[::ffff:1.2.3.4]",
            "[v1.a:b]",
            "a_b",
            "a:",
            "a:65535",
        ] {
            assert!(is_authority(authority.as_bytes()), "{authority}");
        }
        for authority in [
            "",
            "a b",
            "a, b",
            "u@a",
            "a/b",
            "a:123456",
            "a:65536",
            "a:8x",
            "[::1",
            "[a]",
            ":80",
            "a?",
            "[4712::abcd::]",
            "[12345::]",
            "[1:2:3:4:5:6:7:8:9]",
            "[:1]",
            "[v.a]",
            "[v1.]",
            "[::1%25eth0]",
            "[::1]x",
            "a@b@c",
        ] {
            assert!(!is_authority(authority.as_bytes()), "{authority}");
        }
    }

    #[test]
    fn a_tunnel_needs_a_port() {
        for (authority, good) in [
            ("a:1", true),
            ("[::1]:443", true),
            ("a", false),
            ("a:", false),
            ("a:0", false),
            ("a:99999", false),
        ] {
            assert_eq!(is_host_and_port(authority.as_bytes()), good, "{authority}");
        }
    }
}

//! The host that a request names.

use memchr::memchr;

use crate::http::h1::byte_class::alphanumeric_or;

/// A name or an address, and perhaps a port: `example.com:80`, `[::1]:80`.
pub(crate) fn is_host(host: &[u8]) -> bool {
    if let [b'[', rest @ ..] = host {
        let Some(end) = memchr(b']', rest) else {
            return false;
        };
        return is_address(&rest[..end]) && is_port(&rest[end + 1..]);
    }
    let end = host.iter().position(|&byte| !OF_NAME[usize::from(byte)]);
    let (name, port) = host.split_at(end.unwrap_or(host.len()));
    !name.is_empty() && is_port(port)
}

fn is_address(name: &[u8]) -> bool {
    let address = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    match name {
        [b'v' | b'V', rest @ ..] => rest
            .iter()
            .all(|&byte| OF_NAME[usize::from(byte)] || byte == b':'),
        _ => name.contains(&b':') && name.iter().all(address),
    }
}

fn is_port(port: &[u8]) -> bool {
    match port {
        [] => true,
        [b':', digits @ ..] => digits.len() <= 5 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// The characters of a name ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2)), but for the comma, which would
/// make a list, and for escapes, which no host has.
const OF_NAME: [bool; 256] = alphanumeric_or(b"-._~!$&'()*+;=");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for host in [
            "a",
            "a.example:80",
            "127.0.0.1",
            "[::1]",
            "[::1]:80",
            "a_b",
            "a:",
        ] {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for host in [
            "a b", "a, b", "u@a", "a/b", "a:b", "a:123456", "[::1", "[a]", ":80", "a?",
        ] {
            assert!(!is_host(host.as_bytes()), "{host}");
        }
    }
}

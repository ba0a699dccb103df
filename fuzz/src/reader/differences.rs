//! The deliberate differences between this server and the other readers, each with its reason.

use super::framed::Framed;

/// A kind of input that one reader accepts and another rejects. `T` is the value by which the difference is recognized.
struct Difference<T: ?Sized> {
    /// The reason for the difference.
    reason: &'static str,
    applies: fn(&T) -> bool,
}

/// Requests that this server rejects and both other readers accept.
const REJECTED_HERE: &[Difference<Framed>] = &[
    Difference {
        reason: "RFC 9112, 2.2: some recipients read a bare LF as a line end and others do not, which makes request smuggling possible",
        applies: has_bare_lf,
    },
    Difference {
        reason: "RFC 9112, 3.2: a request of HTTP/1.1 has exactly one host, and it is valid",
        applies: has_no_valid_host,
    },
    Difference {
        reason: "RFC 9112, 3.2: a target has one of four forms, and two of them belong to one method each",
        applies: has_unusual_target,
    },
    Difference {
        reason: "RFC 3986, 2: these characters are percent-encoded in a URL",
        applies: has_unencoded_target,
    },
    Difference {
        reason: "RFC 9110, 9.1: methods are case-sensitive, and `get` is likely a mistake that another server may correct",
        applies: has_method_in_other_case,
    },
    Difference {
        reason: "RFC 9112, 6.3: more than one declaration of the length is rejected, even if they agree",
        applies: declares_length_twice,
    },
    Difference {
        reason: "RFC 9112, 6.1: a transfer coding that is not understood is rejected",
        applies: has_other_codings,
    },
    Difference {
        reason: "RFC 9110, 9.3.6: a body has no meaning in a CONNECT request",
        applies: |it| it.request.method == "CONNECT" && !it.body.is_empty(),
    },
    Difference {
        reason: "RFC 9112, 7.1: chunk extensions have a grammar, and whitespace is not part of a chunk size",
        applies: has_more_than_chunk_sizes,
    },
    Difference {
        reason: "RFC 9110, 6.5.1: fields that frame, route or decode the message come too late in trailers",
        applies: has_forbidden_trailer,
    },
];

/// Requests that this server accepts and another reader rejects, by the bytes that the other reader did not consume.
const ALLOWED_HERE: &[Difference<[u8]>] = &[Difference {
    reason: "RFC 9110, 2.5: a higher minor version is read as the highest one that is known",
    applies: has_higher_minor_version,
}];

/// Returns the reason to reject a request that both other readers accept.
pub(crate) fn rejected_here(framed: &Framed) -> Option<&'static str> {
    let found = REJECTED_HERE.iter().find(|it| (it.applies)(framed));
    found.map(|it| it.reason)
}

/// Returns the reason to accept the request that `rest` begins with, which another reader rejects.
pub(crate) fn allowed_here(rest: &[u8]) -> Option<&'static str> {
    let found = ALLOWED_HERE.iter().find(|it| (it.applies)(rest));
    found.map(|it| it.reason)
}

fn has_higher_minor_version(rest: &[u8]) -> bool {
    let mut lines = rest.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
    matches!(
        line,
        [
            ..,
            b' ',
            b'H',
            b'T',
            b'T',
            b'P',
            b'/',
            b'1',
            b'.',
            b'2'..=b'9'
        ]
    )
}

fn has_bare_lf(framed: &Framed) -> bool {
    let is_bare = |bytes: &[u8]| {
        let starts = bytes.first() == Some(&b'\n');
        starts || bytes.windows(2).any(|it| it[0] != b'\r' && it[1] == b'\n')
    };
    let is_chunked = framed.request.values("transfer-encoding").next().is_some();
    is_bare(&framed.head) || is_chunked && is_bare(&framed.body)
}

fn has_no_valid_host(framed: &Framed) -> bool {
    let hosts: Vec<_> = framed.request.values("host").collect();
    match hosts[..] {
        [] => !framed.request.is_http10,
        [host] => !is_authority(host),
        _ => true,
    }
}

/// Returns whether a host is a name or an IPv4 address, with an optional port. The result is `false` for an address in
/// brackets, which is not parsed here.
fn is_authority(host: &[u8]) -> bool {
    let text = String::from_utf8_lossy(host);
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (&*text, ""),
    };
    let is_port =
        port.is_empty() || port.parse::<u16>().is_ok() && port.len() <= 5 && !port.starts_with('+');
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+;=".contains(&byte);
    is_port && !name.is_empty() && name.bytes().all(is_name)
}

fn has_unusual_target(framed: &Framed) -> bool {
    let target = framed.request.target.as_bytes();
    match &*framed.request.method {
        "CONNECT" => {
            !is_authority(target)
                || !target.contains(&b':')
                || target.ends_with(b":")
                || has_port_zero(target)
        }
        "OPTIONS" if target == b"*" => false,
        _ if target.starts_with(b"/") => false,
        _ => !is_absolute(target),
    }
}

fn has_port_zero(target: &[u8]) -> bool {
    let port = target.rsplit(|&byte| byte == b':').next();
    port.is_some_and(|port| port.iter().all(|&byte| byte == b'0'))
}

fn is_absolute(target: &[u8]) -> bool {
    let text = String::from_utf8_lossy(target);
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    ["http", "https"]
        .iter()
        .any(|it| scheme.eq_ignore_ascii_case(it))
        && is_authority(authority.as_bytes())
}

fn has_unencoded_target(framed: &Framed) -> bool {
    let target = &framed.request.target;
    let path = target.split('?').next().unwrap_or_default();
    let is_odd = |it: char| !it.is_ascii() || it.is_ascii_control() || "\"#<> ".contains(it);
    target.contains(is_odd) || path.contains(|it| "\\^`{|}".contains(it))
}

fn has_method_in_other_case(framed: &Framed) -> bool {
    const STANDARD: [&str; 9] = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
    ];
    let method = &*framed.request.method;
    let is_other = |it: &&str| it.eq_ignore_ascii_case(method) && **it != *method;
    STANDARD.iter().any(is_other)
}

fn declares_length_twice(framed: &Framed) -> bool {
    let lengths = framed.request.values("content-length").count();
    let codings = framed.request.values("transfer-encoding").count();
    lengths + codings > 1
}

fn has_other_codings(framed: &Framed) -> bool {
    let codings = framed.request.values("transfer-encoding");
    codings
        .into_iter()
        .any(|it| !it.eq_ignore_ascii_case(b"chunked"))
}

fn has_more_than_chunk_sizes(framed: &Framed) -> bool {
    let is_chunked = framed.request.values("transfer-encoding").next().is_some();
    is_chunked
        && framed
            .body
            .iter()
            .any(|byte| matches!(byte, b' ' | b'\t' | b';'))
}

fn has_forbidden_trailer(framed: &Framed) -> bool {
    const FORBIDDEN: [&str; 5] = [
        "content-length",
        "transfer-encoding",
        "host",
        "trailer",
        "content-encoding",
    ];
    let trailers = &framed.request.trailers;
    trailers
        .iter()
        .any(|(name, _)| FORBIDDEN.contains(&&**name))
}

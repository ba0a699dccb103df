//! The first line of a request.

use http::StatusCode;
use memchr::memchr2;

use super::super::characters::is_token;
use super::super::host::is_host;
use super::{Flaw, Span, bad};

/// hyper takes no longer URL.
const LONGEST_URL: usize = 65_534;

/// What of it has to do with the headers.
#[derive(Clone, Copy, Debug)]
pub(super) struct RequestLine {
    /// Where it is, with its end.
    pub(super) at: Span,
    pub(super) http10: bool,
    pub(super) connect: bool,
}

impl RequestLine {
    pub(super) fn read(line: &[u8], at: Span) -> Result<Self, Flaw> {
        const SHAPE: Flaw = bad("the request line is not `METHOD /path HTTP/1.1`");
        let method = line.iter().position(|&byte| !is_token(byte));
        let (method, rest) = line.split_at(method.ok_or(SHAPE)?);
        let (target, version) = rest.split_last_chunk().ok_or(SHAPE)?;
        let [b' ', target @ .., b' '] = target else {
            return Err(SHAPE);
        };
        // Compared, not matched: a pattern of bytes is tried byte by byte.
        let http10 = version == b"HTTP/1.0";
        if !http10 && version != b"HTTP/1.1" {
            return Err(bad("this server speaks HTTP/1.1 and HTTP/1.0"));
        }
        // All bytes are looked at, which takes fewer steps than to stop at the first odd one.
        let odd = |byte: u8| byte <= b' ' || byte == b'#' || byte >= 0x7f;
        if target.iter().fold(false, |found, &byte| found | odd(byte)) {
            return Err(flaw_of_target(target));
        }
        if method.iter().any(u8::is_ascii_lowercase) {
            return Err(bad("a method is written in upper case"));
        }
        check_target(method, target)?;
        let connect = method == b"CONNECT";
        Ok(Self {
            at,
            http10,
            connect,
        })
    }
}

fn flaw_of_target(target: &[u8]) -> Flaw {
    match memchr2(b' ', b'#', target).map(|at| target[at]) {
        Some(b' ') => bad("the request line is not `METHOD /path HTTP/1.1`"),
        Some(_) => bad("a fragment, `#…`, is not sent to a server"),
        None => bad("a URL is of printable ASCII: other characters are percent-encoded"),
    }
}

/// The four forms of a target, each with the methods that may have it.
fn check_target(method: &[u8], target: &[u8]) -> Result<(), Flaw> {
    if target.len() > LONGEST_URL {
        return Err(Flaw {
            status: StatusCode::URI_TOO_LONG,
            reason: "the URL is longer than this server reads",
        });
    }
    match target {
        [b'/', ..] if method != b"CONNECT" => Ok(()),
        b"*" if method == b"OPTIONS" => Ok(()),
        b"*" => Err(bad("`*` is only for OPTIONS")),
        _ if method == b"CONNECT" && is_host(target) => Ok(()),
        _ if method == b"CONNECT" => Err(bad("CONNECT is for a host and a port")),
        _ if is_absolute(target) => Ok(()),
        _ => Err(bad("the path of a URL begins with `/`")),
    }
}

fn is_absolute(target: &[u8]) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        let start = target.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    })
}

//! The head of a request as its client sent it, read line by line before hyper sees it.
//!
//! hyper mends what it can: it takes lines that end in LF alone, and of a length beside a transfer coding it drops the
//! length. Whoever stands between may have read it the other way, and see another request in it. So this is stricter
//! ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)): what can be read in two ways is refused. It says as well how the body
//! is framed.
//!
//! hyper gets an excerpt: the request line, and the headers that it goes by (the length of the body comes last, for it may be
//! that there is no need for it: see [`Inbound`](super::inbound::Inbound)). To make a map of all headers is most of the work
//! of a request as browsers send them, and is done when somebody asks for one ([`Headers`](super::headers::Headers)). So all
//! that makes a header well-formed is seen to here.

use std::ops::Range;

use http::StatusCode;
use memchr::memchr2;

use super::characters::alphanumeric_or;
use super::host::is_host;

/// hyper takes no longer URL.
const LONGEST_URL: usize = 65_534;

/// A header's name cannot be as long as this.
const LONGEST_NAME: usize = 65_536;

/// Why a client is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) status: StatusCode,
    pub(crate) reason: &'static str,
}

pub(crate) const fn bad(reason: &'static str) -> Flaw {
    Flaw {
        status: StatusCode::BAD_REQUEST,
        reason,
    }
}

const TOO_LONG: Flaw = Flaw {
    status: StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
    reason: "request line and headers are longer than this server reads",
};

pub(crate) const TOO_MANY: Flaw = Flaw {
    status: StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
    reason: "the request has more headers than this server reads",
};

/// What a server asks of a head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// How long it may be, in bytes.
    pub(crate) size: usize,
    /// How many headers it may have.
    pub(crate) count: usize,
    /// Whether a request of HTTP/1.1 must name its host.
    pub(crate) host: bool,
}

/// A head that is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Its length in bytes, with the empty line.
    pub(crate) len: usize,
    pub(crate) framing: Framing,
    /// Where the line with the `content-length` is.
    pub(crate) length: Option<Span>,
    /// Where the value of the first `content-type` is, with the blanks around it.
    pub(crate) content_type: Option<Span>,
    /// It has an `expect` or an `upgrade`, or the method is CONNECT: somebody has to look closer.
    pub(crate) special: bool,
}

/// From where to where, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Where the body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// After so many bytes.
    Length(u64),
    /// It says so itself.
    Chunked,
}

/// Reads a head as it arrives; no line is read twice.
#[derive(Debug, Default)]
pub(crate) struct HeadReader {
    /// Where the first line begins that is not complete.
    line: usize,
    facts: Facts,
}

/// What the lines so far say.
#[derive(Debug, Default)]
struct Facts {
    /// The request line was read.
    begun: bool,
    headers: usize,
    http10: bool,
    hosts: usize,
    empty_host: bool,
    length: Option<u64>,
    length_at: Option<Span>,
    content_type: Option<Span>,
    chunked: bool,
    special: bool,
}

impl HeadReader {
    /// The head at the beginning of `bytes`, once it is complete. What hyper is to see of it goes to `excerpt`, but for the
    /// length of the body and the empty line.
    pub(crate) fn read(
        &mut self,
        bytes: &[u8],
        rules: Rules,
        excerpt: &mut Vec<u8>,
    ) -> Result<Option<Head>, Flaw> {
        while let Some(end) = end_of_line(&bytes[self.line..])? {
            let start = self.line;
            let line = &bytes[start..start + end];
            self.line += end + LINE_END.len();
            let of_hyper = match line {
                [] if self.facts.begun => {
                    within(self.line, rules)?;
                    check_text(&bytes[..self.line])?;
                    return self.facts.head(self.line, rules).map(Some);
                }
                // Empty lines ahead of a request are a habit of old clients.
                [] => false,
                _ if self.facts.begun => self.facts.read_header(line, start, rules)?,
                _ => self.facts.read_request_line(line)?,
            };
            if of_hyper {
                excerpt.extend_from_slice(&bytes[start..self.line]);
            }
        }
        within(bytes.len(), rules)?;
        Ok(None)
    }
}

pub(crate) const LINE_END: &[u8] = b"\r\n";

/// Where the first line ends, if it is complete.
fn end_of_line(bytes: &[u8]) -> Result<Option<usize>, Flaw> {
    // Every head ends in an empty line: that one is worth no search.
    let end = match bytes {
        [b'\r', ..] => Some(0),
        _ => memchr2(b'\r', b'\n', bytes),
    };
    let Some(end) = end else {
        return Ok(None);
    };
    match bytes[end..] {
        [b'\r', b'\n', ..] => Ok(Some(end)),
        [b'\r'] => Ok(None),
        [b'\r', ..] => Err(bad("a carriage return without a line feed")),
        _ => Err(bad("a line ends in a line feed without a carriage return")),
    }
}

/// No header has a control character in it, but for the tab. All bytes are looked at, which takes fewer steps than to stop
/// at the first odd one.
fn check_text(head: &[u8]) -> Result<(), Flaw> {
    let odd =
        |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\r' && byte != b'\n' || byte == 0x7f;
    match head.iter().fold(false, |found, &byte| found | odd(byte)) {
        false => Ok(()),
        true => Err(bad("there is a control character in a header")),
    }
}

fn within(len: usize, rules: Rules) -> Result<(), Flaw> {
    if len <= rules.size {
        return Ok(());
    }
    Err(TOO_LONG)
}

impl Facts {
    /// Not part of the loop over the lines, which would get ready for this before each of them.
    #[inline(never)]
    fn read_request_line(&mut self, line: &[u8]) -> Result<bool, Flaw> {
        const SHAPE: Flaw = bad("the request line is not `METHOD /path HTTP/1.1`");
        self.begun = true;
        let method = line.iter().position(|&byte| byte == b' ').ok_or(SHAPE)?;
        let (method, rest) = line.split_at(method);
        let (target, version) = rest.split_last_chunk().ok_or(SHAPE)?;
        let [b' ', target @ .., b' '] = target else {
            return Err(SHAPE);
        };
        // Compared, not matched: a pattern of bytes is tried byte by byte.
        self.http10 = version == b"HTTP/1.0";
        if !self.http10 && version != b"HTTP/1.1" {
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
        self.special = method == b"CONNECT";
        check_target(method, target)?;
        Ok(true)
    }

    /// Whether hyper goes by the header. The values of all but a few are not looked at.
    fn read_header(&mut self, line: &[u8], start: usize, rules: Rules) -> Result<bool, Flaw> {
        self.headers += 1;
        if self.headers > rules.count {
            return Err(TOO_MANY);
        }
        let (name, value) = split(line)?;
        match name.len() {
            4 if same(name, b"host") => {
                self.read_host(trim_blanks(value))?;
                return Ok(false);
            }
            14 if same(name, b"content-length") => {
                self.read_length(trim_blanks(value))?;
                let end = start + line.len() + LINE_END.len();
                self.length_at = Some(Span { start, end });
                return Ok(false);
            }
            12 if same(name, b"content-type") => {
                let end = start + line.len();
                let start = end - value.len();
                self.content_type.get_or_insert(Span { start, end });
                return Ok(false);
            }
            17 if same(name, b"transfer-encoding") => self.read_coding(trim_blanks(value))?,
            6 if same(name, b"expect") => self.special = true,
            7 if same(name, b"upgrade") => self.special = true,
            10 if same(name, b"connection") => {}
            2 if same(name, b"te") => {}
            LONGEST_NAME.. => return Err(TOO_LONG),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn read_host(&mut self, host: &[u8]) -> Result<(), Flaw> {
        self.hosts += 1;
        self.empty_host = host.is_empty();
        if self.hosts > 1 {
            return Err(bad("there are two `host` headers"));
        }
        if !host.is_empty() && !is_host(host) {
            return Err(bad(
                "the `host` header is not a host with or without a port",
            ));
        }
        Ok(())
    }

    fn read_length(&mut self, length: &[u8]) -> Result<(), Flaw> {
        if self.length.is_some() {
            return Err(bad("there are two `content-length` headers"));
        }
        self.length = Some(number(length).ok_or(bad("the `content-length` is not a number"))?);
        Ok(())
    }

    fn read_coding(&mut self, coding: &[u8]) -> Result<(), Flaw> {
        if self.chunked {
            return Err(bad("there are two `transfer-encoding` headers"));
        }
        if coding.eq_ignore_ascii_case(b"chunked") {
            self.chunked = true;
            return Ok(());
        }
        let last = coding.rsplit(|&byte| byte == b',').next();
        if !last.is_some_and(|last| last.trim_ascii().eq_ignore_ascii_case(b"chunked")) {
            return Err(bad(
                "the `transfer-encoding` does not say where the body ends",
            ));
        }
        Err(Flaw {
            status: StatusCode::NOT_IMPLEMENTED,
            reason: "the only `transfer-encoding` of this server is `chunked`",
        })
    }

    fn head(&self, len: usize, rules: Rules) -> Result<Head, Flaw> {
        if rules.host && (self.hosts == 0 && !self.http10) {
            return Err(bad("a request of HTTP/1.1 needs a `host` header"));
        }
        if rules.host && self.empty_host {
            return Err(bad("the `host` header is empty"));
        }
        let framing = match (self.length, self.chunked) {
            (None, false) => Framing::Length(0),
            (Some(length), false) => Framing::Length(length),
            (None, true) if !self.http10 => Framing::Chunked,
            (None, true) => return Err(bad("HTTP/1.0 has no `transfer-encoding`")),
            (Some(_), true) => {
                return Err(bad("there are `content-length` and `transfer-encoding`"));
            }
        };
        Ok(Head {
            len,
            framing,
            length: self.length_at,
            content_type: self.content_type,
            special: self.special,
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

/// Name and value of a header.
fn split(line: &[u8]) -> Result<(&[u8], &[u8]), Flaw> {
    let end = line.iter().position(|&byte| !OF_NAME[usize::from(byte)]);
    match line.split_at_checked(end.unwrap_or(0)) {
        Some((name @ [_, ..], [b':', value @ ..])) => Ok((name, value)),
        _ => Err(flaw_of_header(line)),
    }
}

fn flaw_of_header(line: &[u8]) -> Flaw {
    match line {
        [b' ' | b'\t', ..] => bad("a header is continued on a line of its own"),
        _ => bad("a header is not `name: value`"),
    }
}

/// Whether a name is `word`, which is in lower case. Upper and lower case are told apart by one bit.
fn same<const N: usize>(name: &[u8], word: &[u8; N]) -> bool {
    let name = name.first_chunk::<N>();
    name.is_some_and(|name| name.map(|byte| byte | 0x20) == *word)
}

/// Without blanks and tabs around, and nothing else: a vertical tab is no blank.
fn trim_blanks(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = value {
        value = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// A number in digits only: no sign, no blanks, no list.
fn number(digits: &[u8]) -> Option<u64> {
    let whole = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let digits = whole.then(|| str::from_utf8(digits).ok()).flatten()?;
    digits.parse().ok()
}

/// The characters of a header's name: a `token` ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)).
const OF_NAME: [bool; 256] = alphanumeric_or(b"!#$%&'*+-.^_`|~");

#[cfg(test)]
mod tests;

//! The head of a request as its client sent it, read line by line before hyper sees it.
//!
//! hyper mends what it can: it takes lines that end in LF alone, and of a length beside a transfer coding it drops the
//! length. Whoever stands between may have read it the other way, and see another request in it. So this is stricter
//! ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)): what can be read in two ways is refused. It says as well how the body
//! is framed.
//!
//! hyper gets an excerpt: the request line, and the headers that it goes by (the length of the body comes last, for it may be
//! that there is no need for it: see [`Inbound`](crate::http::h1::inbound::Inbound)). To make a map of all headers is most of the work
//! of a request as browsers send them, and is done when somebody asks for one ([`Headers`](crate::http::request::headers::Headers)). So all
//! that makes a header well-formed is seen to here. Headers that came just so with the request before are not read again
//! ([`Known`]).

use std::ops::Range;

use memchr::memchr;

use self::fields::Fields;
use self::request_line::RequestLine;
use crate::http::h1::parse_error::Flaw;

pub(crate) mod fields;
pub(crate) mod known;
pub(crate) mod request_line;

pub(crate) use self::known::Known;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

    /// The same, told from further ahead.
    fn behind(self, len: usize) -> Self {
        Self {
            start: self.start + len,
            end: self.end + len,
        }
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

/// Reads one head after another, as they arrive; no line is read twice, and no headers that are known.
#[derive(Debug, Default)]
pub(crate) struct HeadReader {
    /// Where the first line begins that is not complete.
    line: usize,
    /// What the request line says, once it was read.
    request: Option<RequestLine>,
    fields: Fields,
}

impl Default for Framing {
    fn default() -> Self {
        Self::Length(0)
    }
}

impl HeadReader {
    /// The head at the beginning of `bytes`, once it is complete. What hyper is to see of it goes to `excerpt`, which is empty
    /// at first, but for the length of the body and the empty line.
    pub(crate) fn read(
        &mut self,
        bytes: &[u8],
        rules: Rules,
        known: &mut Known,
        excerpt: &mut Vec<u8>,
    ) -> Result<Option<Head>, Flaw> {
        if self.line == 0
            && let Some(request) = RequestLine::usual(bytes)
        {
            let end = request.at.end;
            excerpt.extend_from_slice(&bytes[..end]);
            // Asked once: headers that come in parts are read as they come.
            if let Some(head) = known.of(&bytes[end..]) {
                excerpt.extend_from_slice(&known.excerpt);
                let head = head.behind(end);
                within(head.len, rules)?;
                return Ok(Some(head));
            }
            self.line = end;
            self.request = Some(request);
        }
        self.read_lines(bytes, rules, known, excerpt)
    }

    /// Line by line. Not part of what is done where they are known, which would get ready for this.
    #[inline(never)]
    fn read_lines(
        &mut self,
        bytes: &[u8],
        rules: Rules,
        known: &mut Known,
        excerpt: &mut Vec<u8>,
    ) -> Result<Option<Head>, Flaw> {
        let request = match self.request {
            Some(request) => request,
            None => {
                let Some(request) = self.read_request_line(bytes)? else {
                    within(bytes.len(), rules)?;
                    return Ok(None);
                };
                excerpt.extend_from_slice(&bytes[request.at.range()]);
                request
            }
        };
        let head = self.read_fields(request, bytes, rules, known, excerpt)?;
        if head.is_some() {
            *self = Self::default();
        }
        Ok(head)
    }

    fn read_request_line(&mut self, bytes: &[u8]) -> Result<Option<RequestLine>, Flaw> {
        while let Some(len) = end_of_line(&bytes[self.line..])? {
            let start = self.line;
            let end = start + len + LINE_END.len();
            self.line = end;
            // Empty lines ahead of a request are a habit of old clients.
            if len > 0 {
                let line = &bytes[start..start + len];
                self.request = Some(RequestLine::read(line, Span { start, end })?);
                break;
            }
        }
        Ok(self.request)
    }

    fn read_fields(
        &mut self,
        request: RequestLine,
        bytes: &[u8],
        rules: Rules,
        known: &mut Known,
        excerpt: &mut Vec<u8>,
    ) -> Result<Option<Head>, Flaw> {
        let first = request.at.end;
        while let Some(end) = end_of_line(&bytes[self.line..])? {
            let start = self.line;
            let line = &bytes[start..start + end];
            self.line += end + LINE_END.len();
            if line.is_empty() {
                let lines = &bytes[first..self.line];
                within(self.line, rules)?;
                check_text(lines)?;
                let head = Head::of(request, &self.fields, lines.len(), rules)?;
                if !request.http10 && !request.connect {
                    // Ahead of them is the request line.
                    known.keep(lines, &excerpt[request.at.range().len()..], head);
                }
                return Ok(Some(head.behind(first)));
            }
            if self.fields.read(line, start - first, rules)? {
                excerpt.extend_from_slice(&bytes[start..self.line]);
            }
        }
        within(bytes.len(), rules)?;
        Ok(None)
    }
}

impl Head {
    /// What the two say together. Of the headers it is told where they are behind the request line.
    fn of(request: RequestLine, fields: &Fields, len: usize, rules: Rules) -> Result<Self, Flaw> {
        if rules.host && (fields.hosts == 0 && !request.http10) {
            return Err(Flaw::NoHost);
        }
        if rules.host && fields.empty_host {
            return Err(Flaw::EmptyHost);
        }
        let framing = match (fields.length, fields.chunked) {
            (None, false) => Framing::Length(0),
            (Some(length), false) => Framing::Length(length),
            (None, true) if !request.http10 => Framing::Chunked,
            (None, true) => return Err(Flaw::CodingInHttp10),
            (Some(_), true) => {
                return Err(Flaw::LengthAndCoding);
            }
        };
        Ok(Self {
            len,
            framing,
            length: fields.length_at,
            content_type: fields.content_type,
            special: fields.special || request.connect,
        })
    }

    /// The same, told from further ahead.
    fn behind(self, start: usize) -> Self {
        Self {
            len: self.len + start,
            length: self.length.map(|it| it.behind(start)),
            content_type: self.content_type.map(|it| it.behind(start)),
            ..self
        }
    }
}

pub(crate) const LINE_END: &[u8] = b"\r\n";

/// Where the first line ends, if it is complete.
fn end_of_line(bytes: &[u8]) -> Result<Option<usize>, Flaw> {
    let end = memchr(b'\r', bytes);
    if memchr(b'\n', &bytes[..end.unwrap_or(bytes.len())]).is_some() {
        return Err(Flaw::LineFeed);
    }
    match end.map(|end| (end, bytes.get(end + 1))) {
        Some((end, Some(b'\n'))) => Ok(Some(end)),
        Some((_, Some(_))) => Err(Flaw::CarriageReturn),
        Some((_, None)) | None => Ok(None),
    }
}

/// No header has a control character in it, but for the tab. All bytes are looked at, which takes fewer steps than to stop
/// at the first odd one.
fn check_text(lines: &[u8]) -> Result<(), Flaw> {
    let odd =
        |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\r' && byte != b'\n' || byte == 0x7f;
    match lines.iter().fold(false, |found, &byte| found | odd(byte)) {
        false => Ok(()),
        true => Err(Flaw::ControlCharacter),
    }
}

fn within(len: usize, rules: Rules) -> Result<(), Flaw> {
    if len <= rules.size {
        return Ok(());
    }
    Err(Flaw::HeadTooLong)
}

#[cfg(test)]
mod tests;

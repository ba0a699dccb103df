//! Parses a request head as it arrives, line by line.
//!
//! The parser is strict ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)): a request that two recipients could
//! read differently is rejected, because a proxy may have read it the other way (request smuggling). Every header is
//! validated here, so that a map can be built later without errors.

use memchr::memchr2;

use super::fields::Fields;
use super::header_cache::HeaderCache;
use super::parse_error::ParseError;
use super::request_head::{FieldSummary, RequestHead};
use super::request_line::{PartialLine, RequestLine};

/// The limits and options for parsing a head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParserConfig {
    /// The maximum length of the request line and headers, in bytes.
    pub(crate) max_size: usize,
    pub(crate) max_headers: usize,
    /// Whether an HTTP/1.1 request must have a `host`.
    pub(crate) require_host: bool,
}

/// A parser for consecutive heads. No line is parsed twice, and headers that equal those of the previous head are
/// usually not parsed at all.
#[derive(Debug, Default)]
pub(crate) struct HeadParser {
    /// The offset of the first incomplete line.
    line: usize,
    /// How many bytes of that line were searched for its end.
    searched: usize,
    /// The request line, while it is incomplete.
    partial_line: PartialLine,
    /// The request line, once it is complete.
    request: Option<RequestLine>,
    fields: Fields,
}

impl HeadParser {
    /// Parses the head at the beginning of `bytes`. Returns the head once it is complete.
    pub(crate) fn parse(
        &mut self,
        bytes: &[u8],
        config: ParserConfig,
        cache: &mut HeaderCache,
    ) -> Result<Option<RequestHead>, ParseError> {
        // Bytes beyond the limit are ignored, so that the result does not depend on how many have arrived.
        let allowed = &bytes[..bytes.len().min(config.max_size)];
        // A request line that arrives in parts is parsed only once, not from its beginning each time.
        if self.line == 0
            && self.searched == 0
            && let Some(line) = RequestLine::read_usual(allowed)
        {
            if let Some(fields) = cache.lookup(&allowed[line.end..]) {
                return Ok(Some(RequestHead { line, fields }));
            }
            self.line = line.end;
            self.request = Some(line);
        }
        let head = self.parse_lines(allowed, config, cache)?;
        match head {
            None if bytes.len() > allowed.len() => Err(ParseError::HeadTooLong),
            head => Ok(head),
        }
    }

    // Not inlined, so that heads with cached headers do not pay for the setup of this function.
    #[inline(never)]
    fn parse_lines(
        &mut self,
        bytes: &[u8],
        config: ParserConfig,
        cache: &mut HeaderCache,
    ) -> Result<Option<RequestHead>, ParseError> {
        let line = match self.request {
            Some(line) => line,
            None => match self.parse_request_line(bytes)? {
                Some(line) => line,
                None => return Ok(None),
            },
        };
        let fields = self.parse_fields(line, bytes, config, cache)?;
        if fields.is_some() {
            *self = Self::default();
        }
        Ok(fields.map(|fields| RequestHead { line, fields }))
    }

    fn parse_request_line(&mut self, bytes: &[u8]) -> Result<Option<RequestLine>, ParseError> {
        while let Some(len) = self.next_line(bytes)? {
            let start = self.line;
            self.line = start + len + LINE_END.len();
            // Some old clients send empty lines before a request (RFC 9112, 2.2).
            if len > 0 {
                self.request = Some(RequestLine::read(&bytes[start..start + len], start)?);
                return Ok(self.request);
            }
        }
        Ok(None)
    }

    /// Returns the length of the next line, without its CRLF, once the CRLF has arrived.
    fn next_line(&mut self, bytes: &[u8]) -> Result<Option<usize>, ParseError> {
        let start = self.line + self.searched;
        let rest = bytes.get(start..).unwrap_or_default();
        let end = memchr2(b'\r', b'\n', rest);
        let text = &rest[..end.unwrap_or(rest.len())];
        self.searched += text.len();
        if self.request.is_none() {
            // Bytes that cannot become a request line, such as a TLS handshake on a plain port, are rejected at once.
            let line = &bytes[self.line..self.line + self.searched];
            self.partial_line.check(line)?;
        }
        let Some([first, following @ ..]) = end.map(|end| &rest[end..]) else {
            return Ok(None);
        };
        match (first, following.first()) {
            (b'\n', _) => Err(ParseError::BareLf),
            (_, None) => Ok(None),
            (_, Some(b'\n')) => {
                self.partial_line = PartialLine::default();
                Ok(Some(std::mem::take(&mut self.searched)))
            }
            (_, Some(_)) => Err(ParseError::BareCr),
        }
    }

    fn parse_fields(
        &mut self,
        request: RequestLine,
        bytes: &[u8],
        config: ParserConfig,
        cache: &mut HeaderCache,
    ) -> Result<Option<FieldSummary>, ParseError> {
        let first = request.end;
        while let Some(len) = self.next_line(bytes)? {
            let start = self.line;
            let line = &bytes[start..start + len];
            self.line += len + LINE_END.len();
            if line.is_empty() {
                let lines = &bytes[first..self.line];
                check_text(lines)?;
                let fields = FieldSummary::of(&request, &self.fields, lines.len(), config)?;
                if !request.is_http10 && !request.is_connect {
                    cache.keep(lines, fields);
                }
                return Ok(Some(fields));
            }
            self.fields.read(line, start - first, config)?;
        }
        Ok(None)
    }
}

const LINE_END: &[u8] = b"\r\n";

/// Rejects control characters other than tab, CR and LF. All bytes are checked together, which takes fewer instructions
/// than stopping at the first control character.
fn check_text(lines: &[u8]) -> Result<(), ParseError> {
    let is_control =
        |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\r' && byte != b'\n' || byte == 0x7f;
    match lines
        .iter()
        .fold(false, |found, &byte| found | is_control(byte))
    {
        false => Ok(()),
        true => Err(ParseError::ControlCharacter),
    }
}

//! Parsing a request head as it arrives, line by line.
//!
//! It is strict ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)): what two recipients could read in two ways is rejected,
//! because a proxy in between may have read it the other way and see another request in it. Every header is checked here,
//! so that a map can be made of them later without errors.

use memchr::{memchr, memchr2};

use super::fields::Fields;
use super::header_cache::HeaderCache;
use super::parse_error::ParseError;
use super::request_head::{FieldSummary, RequestHead};
use super::request_line::RequestLine;

/// What a server allows in a head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParserConfig {
    /// The length of request line and headers, in bytes.
    pub(crate) max_size: usize,
    pub(crate) max_headers: usize,
    /// Whether an HTTP/1.1 request must have a `host`.
    pub(crate) require_host: bool,
}

/// Parses one head after another. No line is read twice, and headers that equal the previous ones are not read at all.
#[derive(Debug, Default)]
pub(crate) struct HeadParser {
    /// Where the first incomplete line begins.
    line: usize,
    /// How many bytes of an incomplete request line are checked.
    checked: usize,
    /// The request line, once it is complete.
    request: Option<RequestLine>,
    fields: Fields,
}

impl HeadParser {
    /// The head that `bytes` begin with, once it is complete.
    pub(crate) fn parse(
        &mut self,
        bytes: &[u8],
        config: ParserConfig,
        cache: &mut HeaderCache,
    ) -> Result<Option<RequestHead>, ParseError> {
        // What exceeds the limit is not looked at, whether it was received already or not.
        let allowed = &bytes[..bytes.len().min(config.max_size)];
        if self.line == 0
            && let Some(line) = RequestLine::read_usual(allowed)
        {
            if let Some(fields) = cache.lookup(&allowed[line.end..]) {
                self.checked = 0;
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

    // A function of its own, so that the cached case does not prepare for this one.
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
        loop {
            let start = self.line;
            self.check_beginning(&bytes[start..])?;
            let Some(len) = line_len(&bytes[start..])? else {
                return Ok(None);
            };
            self.line = start + len + LINE_END.len();
            self.checked = 0;
            // Some old clients send empty lines before a request (RFC 9112, 2.2).
            if len > 0 {
                self.request = Some(RequestLine::read(&bytes[start..start + len], start)?);
                return Ok(self.request);
            }
        }
    }

    /// What cannot become a request line is rejected at once, such as a TLS handshake on a plain port. A complete line is
    /// checked too, so that the error does not depend on how the bytes arrive.
    fn check_beginning(&mut self, bytes: &[u8]) -> Result<(), ParseError> {
        let end = memchr2(b'\r', b'\n', &bytes[self.checked..]);
        let line = &bytes[..end.map_or(bytes.len(), |end| self.checked + end)];
        if !RequestLine::can_begin_with(line, self.checked) {
            return Err(ParseError::NotHttp);
        }
        self.checked = line.len();
        Ok(())
    }

    fn parse_fields(
        &mut self,
        request: RequestLine,
        bytes: &[u8],
        config: ParserConfig,
        cache: &mut HeaderCache,
    ) -> Result<Option<FieldSummary>, ParseError> {
        let first = request.end;
        while let Some(len) = line_len(&bytes[self.line..])? {
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

/// The length of the first line without its end; `None`: it is incomplete.
fn line_len(bytes: &[u8]) -> Result<Option<usize>, ParseError> {
    let end = memchr(b'\r', bytes);
    if memchr(b'\n', &bytes[..end.unwrap_or(bytes.len())]).is_some() {
        return Err(ParseError::BareLf);
    }
    match end.map(|end| (end, bytes.get(end + 1))) {
        Some((end, Some(b'\n'))) => Ok(Some(end)),
        Some((_, Some(_))) => Err(ParseError::BareCr),
        Some((_, None)) | None => Ok(None),
    }
}

/// No header contains a control character except the tab. All bytes are checked together, which takes fewer instructions
/// than stopping at the first one.
fn check_text(lines: &[u8]) -> Result<(), ParseError> {
    let odd =
        |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\r' && byte != b'\n' || byte == 0x7f;
    match lines.iter().fold(false, |found, &byte| found | odd(byte)) {
        false => Ok(()),
        true => Err(ParseError::ControlCharacter),
    }
}

//! Parses header lines, and evaluates those that the connection depends on.

use super::head_parser::ParserConfig;
use super::parse_error::ParseError;
use super::request_head::Expectation;
use crate::http::headers::list::{elements, trim_blanks};
use crate::http::request::syntax::byte_class::is_token;
use crate::http::request::syntax::host::is_authority;
use crate::http::request::target_parts::Span;

/// The length, in bytes, at which a header name becomes too long for `http::HeaderName`.
const MAX_NAME: usize = 65_536;

/// The declarations of the header lines parsed so far. Spans are relative to the beginning of the first line, so that
/// they do not depend on the request line.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    headers: usize,
    pub(crate) hosts: usize,
    pub(crate) empty_host: bool,
    pub(crate) length: Option<u64>,
    pub(crate) content_type: Option<Span>,
    pub(crate) chunked: bool,
    pub(crate) connection: ConnectionOptions,
    pub(crate) has_upgrade: bool,
    pub(crate) expectation: Option<Expectation>,
    pub(crate) accepts_trailers: bool,
}

/// The options that the `connection` header lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConnectionOptions {
    pub(crate) close: bool,
    pub(crate) keep_alive: bool,
    pub(crate) upgrade: bool,
}

impl Fields {
    /// Parses the next line. Only the values of a few headers are evaluated.
    // Inlined, because it makes up most of the loop over the lines.
    #[inline]
    pub(crate) fn read(
        &mut self,
        line: &[u8],
        start: usize,
        config: ParserConfig,
    ) -> Result<(), ParseError> {
        self.headers += 1;
        if self.headers > config.max_headers {
            return Err(ParseError::TooManyHeaders);
        }
        let (name, value) = split(line)?;
        match name.len() {
            4 if same(name, b"host") => self.read_host(trim_blanks(value))?,
            14 if same(name, b"content-length") => self.read_length(trim_blanks(value))?,
            12 if same(name, b"content-type") => {
                let end = start + line.len();
                let start = end - value.len();
                self.content_type.get_or_insert(Span { start, end });
            }
            17 if same(name, b"transfer-encoding") => self.read_coding(trim_blanks(value))?,
            6 if same(name, b"expect") => self.read_expectation(value),
            7 if same(name, b"upgrade") => self.has_upgrade |= elements(value).next().is_some(),
            10 if same(name, b"connection") => self.connection.read(value),
            2 if same(name, b"te") => self.read_te(value),
            MAX_NAME.. => return Err(ParseError::HeadTooLong),
            _ => {}
        }
        Ok(())
    }

    fn read_host(&mut self, host: &[u8]) -> Result<(), ParseError> {
        self.hosts += 1;
        self.empty_host = host.is_empty();
        if self.hosts > 1 {
            return Err(ParseError::DuplicateHost);
        }
        if !host.is_empty() && !is_authority(host) {
            return Err(ParseError::InvalidHost);
        }
        Ok(())
    }

    fn read_length(&mut self, length: &[u8]) -> Result<(), ParseError> {
        if self.length.is_some() {
            return Err(ParseError::DuplicateContentLength);
        }
        self.length = Some(parse_number(length).ok_or(ParseError::InvalidContentLength)?);
        Ok(())
    }

    fn read_coding(&mut self, coding: &[u8]) -> Result<(), ParseError> {
        if self.chunked {
            return Err(ParseError::DuplicateTransferEncoding);
        }
        if coding.eq_ignore_ascii_case(b"chunked") {
            self.chunked = true;
            return Ok(());
        }
        let last = coding.rsplit(|&byte| byte == b',').next();
        if !last.is_some_and(|last| last.trim_ascii().eq_ignore_ascii_case(b"chunked")) {
            return Err(ParseError::ChunkedNotFinal);
        }
        Err(ParseError::UnsupportedTransferCoding)
    }

    fn read_expectation(&mut self, value: &[u8]) {
        for element in elements(value) {
            let expectation = match element.eq_ignore_ascii_case(b"100-continue") {
                true => Expectation::Continue,
                false => Expectation::Other,
            };
            self.expectation = self.expectation.max(Some(expectation));
        }
    }

    fn read_te(&mut self, value: &[u8]) {
        let mut codings = elements(value);
        self.accepts_trailers |= codings.any(|coding| coding.eq_ignore_ascii_case(b"trailers"));
    }
}

impl ConnectionOptions {
    fn read(&mut self, value: &[u8]) {
        for option in elements(value) {
            self.close |= option.eq_ignore_ascii_case(b"close");
            self.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
            self.upgrade |= option.eq_ignore_ascii_case(b"upgrade");
        }
    }
}

/// Splits a header line into name and value.
fn split(line: &[u8]) -> Result<(&[u8], &[u8]), ParseError> {
    let end = line.iter().position(|&byte| !is_token(byte));
    match line.split_at_checked(end.unwrap_or(0)) {
        Some((name @ [_, ..], [b':', value @ ..])) => Ok((name, value)),
        _ => Err(header_error(line)),
    }
}

fn header_error(line: &[u8]) -> ParseError {
    match line {
        [b' ' | b'\t', ..] => ParseError::ObsoleteFold,
        _ => ParseError::Header,
    }
}

/// Returns whether a name equals `word`, regardless of case; `word` is lowercase. The first letter is compared first,
/// because most names already differ there. Setting one bit makes a letter lowercase.
fn same<const N: usize>(name: &[u8], word: &[u8; N]) -> bool {
    let Some(name) = name.first_chunk::<N>() else {
        return false;
    };
    if name[0] | 0x20 != word[0] {
        return false;
    }
    let mut is_same = true;
    for (byte, lower) in name.iter().zip(word) {
        is_same &= byte | 0x20 == *lower;
    }
    is_same
}

/// Parses digits and nothing else: no sign, no whitespace, no list.
fn parse_number(digits: &[u8]) -> Option<u64> {
    let all_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let digits = all_digits.then(|| str::from_utf8(digits).ok()).flatten()?;
    digits.parse().ok()
}

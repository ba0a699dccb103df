//! The header lines of a request.

use super::{LINE_END, Rules, Span};
use crate::http::h1::byte_class::is_token;
use crate::http::h1::host::is_host;
use crate::http::h1::parse_error::Flaw;

/// A header's name cannot be as long as this.
const LONGEST_NAME: usize = 65_536;

/// What the lines so far say. Where something is, is told from where the first of them begins: the request line ahead of
/// them has any length.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    headers: usize,
    pub(crate) hosts: usize,
    pub(crate) empty_host: bool,
    pub(crate) length: Option<u64>,
    pub(crate) length_at: Option<Span>,
    pub(crate) content_type: Option<Span>,
    pub(crate) chunked: bool,
    pub(crate) special: bool,
}

impl Fields {
    /// Whether hyper goes by the header. The values of all but a few are not looked at.
    // Part of the loop over the lines, of which it is nearly all.
    #[inline]
    pub(crate) fn read(&mut self, line: &[u8], start: usize, rules: Rules) -> Result<bool, Flaw> {
        self.headers += 1;
        if self.headers > rules.count {
            return Err(Flaw::TooManyHeaders);
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
            LONGEST_NAME.. => return Err(Flaw::HeadTooLong),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn read_host(&mut self, host: &[u8]) -> Result<(), Flaw> {
        self.hosts += 1;
        self.empty_host = host.is_empty();
        if self.hosts > 1 {
            return Err(Flaw::TwoHosts);
        }
        if !host.is_empty() && !is_host(host) {
            return Err(Flaw::Host);
        }
        Ok(())
    }

    fn read_length(&mut self, length: &[u8]) -> Result<(), Flaw> {
        if self.length.is_some() {
            return Err(Flaw::TwoLengths);
        }
        self.length = Some(number(length).ok_or(Flaw::Length)?);
        Ok(())
    }

    fn read_coding(&mut self, coding: &[u8]) -> Result<(), Flaw> {
        if self.chunked {
            return Err(Flaw::TwoCodings);
        }
        if coding.eq_ignore_ascii_case(b"chunked") {
            self.chunked = true;
            return Ok(());
        }
        let last = coding.rsplit(|&byte| byte == b',').next();
        if !last.is_some_and(|last| last.trim_ascii().eq_ignore_ascii_case(b"chunked")) {
            return Err(Flaw::CodingWithoutEnd);
        }
        Err(Flaw::OtherCoding)
    }
}

/// Name and value of a header.
fn split(line: &[u8]) -> Result<(&[u8], &[u8]), Flaw> {
    let end = line.iter().position(|&byte| !is_token(byte));
    match line.split_at_checked(end.unwrap_or(0)) {
        Some((name @ [_, ..], [b':', value @ ..])) => Ok((name, value)),
        _ => Err(flaw_of_header(line)),
    }
}

fn flaw_of_header(line: &[u8]) -> Flaw {
    match line {
        [b' ' | b'\t', ..] => Flaw::ContinuedHeader,
        _ => Flaw::Header,
    }
}

/// Whether a name is `word`, which is in lower case. Upper and lower case are told apart by one bit, and most names by the
/// first letter.
fn same<const N: usize>(name: &[u8], word: &[u8; N]) -> bool {
    let name = name.first_chunk::<N>();
    let lower = |byte: u8| byte | 0x20;
    name.is_some_and(|name| lower(name[0]) == word[0] && name.map(lower) == *word)
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

//! Decodes a chunked body ([RFC 9112, 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).
//!
//! The decoder accepts only what the grammar allows; otherwise an invalid body could be mistaken for a shorter,
//! complete one.

use bytes::Bytes;

use super::parse_error::ChunkError;
use crate::http::headers::list::trim_blanks;
use crate::http::limits::MAX_HEADERS;
use crate::http::request::syntax::byte_class::{hex_digit, is_token};
use crate::http::request::syntax::trailer::is_forbidden;

/// The maximum total length of the chunk extensions in a body, in bytes. This is Node's limit.
const MAX_EXTENSIONS: usize = 16 * 1024;

/// The maximum number of digits of a chunk size, which is a `u64`.
const MAX_DIGITS: u8 = 16;

/// The maximum length of the name of a field, in bytes. This is the limit of `HeaderName`.
const MAX_NAME: usize = 65_535;

#[derive(Debug)]
pub(crate) struct ChunkedDecoder {
    state: ChunkState,
    /// The size of the rest of the current chunk, in bytes.
    size: u64,
    digits: u8,
    /// The length of the extensions so far.
    extensions: usize,
    /// The trailer line so far.
    line: Vec<u8>,
    /// The length of the trailers so far.
    trailers_len: usize,
    max_trailers: usize,
    /// The lines of the trailers, each with its CRLF.
    trailers: Vec<u8>,
    trailer_count: usize,
}

/// The next element that is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChunkState {
    Size,
    /// After a size or an extension: whitespace, `;` or CRLF.
    AfterSize,
    /// Whitespace that must be followed by an extension.
    BeforeExtension,
    /// Whitespace before the name of an extension.
    BeforeName,
    Name,
    AfterName,
    /// Whitespace before the value of an extension.
    BeforeValue,
    Value,
    Quoted,
    /// After a backslash in a quoted value.
    Escaped,
    SizeLf,
    Data,
    DataCr,
    DataLf,
    Trailer,
    TrailerLf,
    End,
}

impl ChunkedDecoder {
    /// Creates a decoder. `max_trailers` is the maximum length of the trailer section, in bytes.
    pub(crate) fn new(max_trailers: usize) -> Self {
        Self {
            state: ChunkState::Size,
            size: 0,
            digits: 0,
            extensions: 0,
            line: Vec::new(),
            trailers_len: 0,
            max_trailers,
            trailers: Vec::new(),
            trailer_count: 0,
        }
    }

    /// Appends the chunk data to `data`. Returns how many bytes were read.
    pub(crate) fn decode(&mut self, bytes: &[u8], data: &mut Vec<u8>) -> Result<usize, ChunkError> {
        let mut read = 0;
        while read < bytes.len() && self.state != ChunkState::End {
            let rest = &bytes[read..];
            read += match self.state {
                ChunkState::Data => self.copy_data(rest, data),
                ChunkState::Size if self.digits == 0 => match copy_usual_chunks(rest, data) {
                    0 => self.step_over(rest[0])?,
                    len => len,
                },
                _ => self.step_over(rest[0])?,
            };
        }
        Ok(read)
    }

    /// Appends the available part of the current chunk. Returns the number of bytes.
    fn copy_data(&mut self, bytes: &[u8], data: &mut Vec<u8>) -> usize {
        let len = usize::try_from(self.size).map_or(bytes.len(), |size| size.min(bytes.len()));
        data.extend_from_slice(&bytes[..len]);
        self.size -= len as u64;
        if self.size == 0 {
            self.state = ChunkState::DataCr;
        }
        len
    }

    fn step_over(&mut self, byte: u8) -> Result<usize, ChunkError> {
        self.state = self.step(byte)?;
        Ok(1)
    }

    /// Returns whether the body is complete.
    pub(crate) fn is_complete(&self) -> bool {
        self.state == ChunkState::End
    }

    /// Takes the lines of the trailer fields of a complete body, if it has any.
    pub(crate) fn take_trailers(&mut self) -> Option<Bytes> {
        let has_trailers = self.is_complete() && !self.trailers.is_empty();
        has_trailers.then(|| std::mem::take(&mut self.trailers).into())
    }

    fn step(&mut self, byte: u8) -> Result<ChunkState, ChunkError> {
        match (self.state, byte) {
            (ChunkState::Size, _) if byte.is_ascii_hexdigit() => self.read_digit(byte),
            (ChunkState::Size, _) if self.digits > 0 => self.after_size(byte),
            (ChunkState::Size, _) => Err(ChunkError::MissingSize),
            (ChunkState::SizeLf, b'\n') => Ok(self.begin_data()),
            (ChunkState::DataCr, b'\r') => Ok(ChunkState::DataLf),
            (ChunkState::DataCr, _) => Err(ChunkError::TooLong),
            (ChunkState::DataLf, b'\n') => Ok(ChunkState::Size),
            (ChunkState::Trailer, b'\r') => Ok(ChunkState::TrailerLf),
            (ChunkState::Trailer, b'\n') => Err(ChunkError::BareLf),
            (ChunkState::Trailer, _) => self.read_trailer(byte),
            (ChunkState::TrailerLf, b'\n') => self.end_trailer(),
            (ChunkState::SizeLf | ChunkState::DataLf | ChunkState::TrailerLf, _) => {
                Err(ChunkError::BareCr)
            }
            _ => self.read_extension(byte),
        }
    }

    fn read_digit(&mut self, byte: u8) -> Result<ChunkState, ChunkError> {
        self.digits += 1;
        if self.digits > MAX_DIGITS {
            return Err(ChunkError::SizeTooLong);
        }
        self.size = self.size << 4 | u64::from(hex_digit(byte).unwrap_or_default());
        Ok(ChunkState::Size)
    }

    fn begin_data(&mut self) -> ChunkState {
        self.digits = 0;
        match self.size {
            0 => ChunkState::Trailer,
            _ => ChunkState::Data,
        }
    }

    /// Reads a byte of `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted ) ] )`.
    fn read_extension(&mut self, byte: u8) -> Result<ChunkState, ChunkError> {
        use ChunkState as S;

        self.extensions += 1;
        if self.extensions > MAX_EXTENSIONS {
            return Err(ChunkError::ExtensionsTooLong);
        }
        let blank = matches!(byte, b' ' | b'\t');
        match self.state {
            S::BeforeName | S::AfterName | S::BeforeValue if blank => Ok(self.state),
            S::BeforeName | S::Name if is_token(byte) => Ok(S::Name),
            S::Name | S::AfterName if byte == b'=' => Ok(S::BeforeValue),
            S::Name if blank => Ok(S::AfterName),
            S::BeforeExtension if blank => Ok(S::BeforeExtension),
            S::BeforeExtension | S::AfterName if byte == b';' => Ok(S::BeforeName),
            S::BeforeValue if byte == b'"' => Ok(S::Quoted),
            S::BeforeValue | S::Value if is_token(byte) => Ok(S::Value),
            S::Quoted if byte == b'"' => Ok(S::AfterSize),
            S::Quoted if byte == b'\\' => Ok(S::Escaped),
            S::Quoted | S::Escaped if is_text(byte) => Ok(S::Quoted),
            S::AfterSize | S::Name | S::Value => self.after_size(byte),
            _ => Err(ChunkError::Extension),
        }
    }

    fn after_size(&mut self, byte: u8) -> Result<ChunkState, ChunkError> {
        match byte {
            b';' => Ok(ChunkState::BeforeName),
            b'\r' => Ok(ChunkState::SizeLf),
            b' ' | b'\t' => Ok(ChunkState::BeforeExtension),
            b'\n' => Err(ChunkError::BareLf),
            _ => Err(ChunkError::InvalidSize),
        }
    }

    fn read_trailer(&mut self, byte: u8) -> Result<ChunkState, ChunkError> {
        self.trailers_len += 1;
        if self.trailers_len > self.max_trailers {
            return Err(ChunkError::TrailersTooLong);
        }
        self.line.push(byte);
        Ok(ChunkState::Trailer)
    }

    /// Ends a trailer line. An empty line ends the body.
    fn end_trailer(&mut self) -> Result<ChunkState, ChunkError> {
        if self.line.is_empty() {
            return Ok(ChunkState::End);
        }
        check_trailer(&self.line)?;
        self.trailer_count += 1;
        if self.trailer_count > MAX_HEADERS {
            return Err(ChunkError::TrailersTooLong);
        }
        self.trailers.append(&mut self.line);
        self.trailers.extend_from_slice(b"\r\n");
        Ok(ChunkState::Trailer)
    }
}

/// Appends the contents of complete chunks in the usual form. Returns the number of bytes that were read. Reading stops
/// at the last chunk, and at a chunk that has an extension or is incomplete; the framing of such chunks is read byte by
/// byte.
fn copy_usual_chunks(bytes: &[u8], data: &mut Vec<u8>) -> usize {
    let mut rest = bytes;
    while let Some((content, after)) = usual_chunk(rest) {
        match content {
            // A single byte is copied without a call, because short chunks cost the most work per byte.
            [byte] => data.push(*byte),
            _ => data.extend_from_slice(content),
        }
        rest = after;
    }
    bytes.len() - rest.len()
}

/// Returns the content of a chunk in the usual form, and the bytes after the chunk.
#[inline]
fn usual_chunk(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, rest) = match bytes {
        // Short chunks cost the most work per byte, so their sizes are read without a loop.
        [digit, b'\r', b'\n', rest @ ..] => (u64::from(hex_digit(*digit)?), rest),
        _ => usual_size(bytes)?,
    };
    if size == 0 {
        return None;
    }
    let (content, end) = rest.split_at_checked(usize::try_from(size).ok()?)?;
    Some((content, end.strip_prefix(b"\r\n")?))
}

/// Returns a size that is followed by CRLF, and the bytes after the CRLF.
#[inline]
fn usual_size(bytes: &[u8]) -> Option<(u64, &[u8])> {
    // Skips the first eight digits at once if all of them are zeros.
    let mut rest = bytes.strip_prefix(b"00000000").unwrap_or(bytes);
    let mut size = 0;
    while let [byte, after @ ..] = rest
        && let Some(digit) = hex_digit(*byte)
    {
        size = size << 4 | u64::from(digit);
        rest = after;
    }
    if bytes.len() - rest.len() > usize::from(MAX_DIGITS) {
        return None;
    }
    Some((size, rest.strip_prefix(b"\r\n")?))
}

/// Checks that a line is a valid trailer field that may be received, and that a header map can hold it.
fn check_trailer(line: &[u8]) -> Result<(), ChunkError> {
    let colon = line.iter().position(|&byte| !is_token(byte));
    let (name, rest) = line.split_at(colon.unwrap_or(line.len()));
    let [b':', value @ ..] = rest else {
        return Err(ChunkError::Trailer);
    };
    if is_forbidden(name) {
        return Err(ChunkError::ForbiddenTrailer);
    }
    let is_name = (1..=MAX_NAME).contains(&name.len());
    let is_value = trim_blanks(value).iter().all(|&byte| is_text(byte));
    match is_name && is_value {
        true => Ok(()),
        false => Err(ChunkError::Trailer),
    }
}

fn is_text(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}

#[cfg(test)]
mod tests;

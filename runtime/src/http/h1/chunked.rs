//! A chunked body as its client sends it, held to the grammar before hyper sees it.
//!
//! hyper takes the chunks apart; this only says how far they are good
//! ([RFC 9112, 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)). A body that is not must never look like one that ended
//! there.

use crate::http::h1::byte_class::is_token;
use crate::http::h1::parse_error::Flaw;

/// How long all extensions of a body may be together, in bytes: Node's limit.
const EXTENSIONS: usize = 16 * 1024;

/// A size of more digits than a `u64` has.
const DIGITS: u8 = 16;

/// Fields that say where a message ends or whom it is for: too late in a trailer.
const FORBIDDEN: [&[u8]; 5] = [
    b"content-length",
    b"transfer-encoding",
    b"host",
    b"trailer",
    b"content-encoding",
];

/// Where in a chunked body the next byte stands.
#[derive(Debug)]
pub(crate) struct Chunks {
    at: At,
    size: u64,
    /// How many digits the size has so far.
    digits: u8,
    /// How long the extensions are so far.
    extensions: usize,
    /// The line of a trailer so far.
    line: Vec<u8>,
    trailers: usize,
    /// How long trailers may be together.
    longest: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Size,
    /// Behind the size or an extension: blanks, `;` or the end of the line.
    AfterSize,
    /// Blanks that an extension has to follow.
    BeforeExtension,
    /// Blanks ahead of an extension's name.
    BeforeName,
    Name,
    /// Blanks behind a name.
    AfterName,
    /// Blanks ahead of a value.
    BeforeValue,
    Value,
    Quoted,
    /// Behind a backslash in quotes.
    Escaped,
    SizeLf,
    Data,
    DataCr,
    DataLf,
    Trailer,
    TrailerLf,
    End,
}

impl Chunks {
    pub(crate) fn new(longest: usize) -> Self {
        Self {
            at: At::Size,
            size: 0,
            digits: 0,
            extensions: 0,
            line: Vec::new(),
            trailers: 0,
            longest,
        }
    }

    /// How many of these bytes belong to the body, or why it is none. What is good ahead of a flaw is not handed on.
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Result<usize, Flaw> {
        let mut read = 0;
        while read < bytes.len() && self.at != At::End {
            if self.at == At::Data {
                let here = (bytes.len() - read) as u64;
                let data = self.size.min(here);
                self.size -= data;
                // No more than `here`, which was a `usize`.
                read += usize::try_from(data).unwrap_or(bytes.len());
                if self.size == 0 {
                    self.at = At::DataCr;
                }
                continue;
            }
            self.at = self.step(bytes[read])?;
            read += 1;
        }
        Ok(read)
    }

    /// Whether the body is complete.
    pub(crate) fn ended(&self) -> bool {
        self.at == At::End
    }

    fn step(&mut self, byte: u8) -> Result<At, Flaw> {
        match (self.at, byte) {
            (At::Size, _) if byte.is_ascii_hexdigit() => self.read_digit(byte),
            (At::Size, _) if self.digits > 0 => self.after_size(byte),
            (At::Size, _) => Err(Flaw::ChunkWithoutSize),
            (At::SizeLf, b'\n') => Ok(self.begin_data()),
            (At::DataCr, b'\r') => Ok(At::DataLf),
            (At::DataCr, _) => Err(Flaw::ChunkTooLong),
            (At::DataLf, b'\n') => Ok(At::Size),
            (At::Trailer, b'\r') => Ok(At::TrailerLf),
            (At::Trailer, b'\n') => Err(Flaw::LineFeedInChunks),
            (At::Trailer, _) => self.read_trailer(byte),
            (At::TrailerLf, b'\n') => self.end_trailer(),
            (At::SizeLf | At::DataLf | At::TrailerLf, _) => Err(Flaw::CarriageReturnInChunks),
            _ => self.read_extension(byte),
        }
    }

    fn read_digit(&mut self, byte: u8) -> Result<At, Flaw> {
        self.digits += 1;
        if self.digits > DIGITS {
            return Err(Flaw::ChunkSizeTooLong);
        }
        let digit = char::from(byte).to_digit(16).unwrap_or_default();
        self.size = self.size << 4 | u64::from(digit);
        Ok(At::Size)
    }

    fn begin_data(&mut self) -> At {
        self.digits = 0;
        if self.size == 0 {
            At::Trailer
        } else {
            At::Data
        }
    }

    /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted ) ] )`
    fn read_extension(&mut self, byte: u8) -> Result<At, Flaw> {
        self.extensions += 1;
        if self.extensions > EXTENSIONS {
            return Err(Flaw::TooManyExtensions);
        }
        let blank = matches!(byte, b' ' | b'\t');
        match self.at {
            At::BeforeName | At::AfterName | At::BeforeValue if blank => Ok(self.at),
            At::BeforeName if is_token(byte) => Ok(At::Name),
            At::Name if is_token(byte) => Ok(At::Name),
            At::Name | At::AfterName if byte == b'=' => Ok(At::BeforeValue),
            At::Name if blank => Ok(At::AfterName),
            At::BeforeExtension if blank => Ok(At::BeforeExtension),
            At::BeforeExtension | At::AfterName if byte == b';' => Ok(At::BeforeName),
            At::BeforeValue if byte == b'"' => Ok(At::Quoted),
            At::BeforeValue | At::Value if is_token(byte) => Ok(At::Value),
            At::Quoted if byte == b'"' => Ok(At::AfterSize),
            At::Quoted if byte == b'\\' => Ok(At::Escaped),
            At::Quoted | At::Escaped if is_text(byte) => Ok(At::Quoted),
            At::AfterSize | At::Name | At::Value => self.after_size(byte),
            _ => Err(Flaw::ChunkExtension),
        }
    }

    fn after_size(&mut self, byte: u8) -> Result<At, Flaw> {
        match byte {
            b';' => Ok(At::BeforeName),
            b'\r' => Ok(At::SizeLf),
            b' ' | b'\t' => Ok(At::BeforeExtension),
            b'\n' => Err(Flaw::LineFeedInChunks),
            _ => Err(Flaw::ChunkSize),
        }
    }

    fn read_trailer(&mut self, byte: u8) -> Result<At, Flaw> {
        self.trailers += 1;
        if self.trailers > self.longest {
            return Err(Flaw::TrailersTooLong);
        }
        self.line.push(byte);
        Ok(At::Trailer)
    }

    /// The end of a trailer's line; an empty one ends the body.
    fn end_trailer(&mut self) -> Result<At, Flaw> {
        if self.line.is_empty() {
            return Ok(At::End);
        }
        let name = self.line.split(|&byte| byte == b':').next();
        let name = name.filter(|name| name.len() < self.line.len());
        let good = name.is_some_and(|name| !name.is_empty() && name.iter().copied().all(is_token));
        let value = self.line.iter().skip(name.map_or(0, <[u8]>::len));
        if !good || !value.copied().all(is_text) {
            return Err(Flaw::Trailer);
        }
        let lower = name.map(<[u8]>::to_ascii_lowercase).unwrap_or_default();
        if FORBIDDEN.contains(&lower.as_slice()) {
            return Err(Flaw::HeaderAsTrailer);
        }
        self.line.clear();
        Ok(At::Trailer)
    }
}

fn is_text(byte: u8) -> bool {
    byte == b'\t' || (byte >= b' ' && byte != 0x7f)
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;

    /// How much of a body is good, and whether that is all of it; the same in one piece and byte by byte.
    fn read(body: &str) -> Result<(usize, bool), Flaw> {
        let mut chunks = Chunks::new(1024);
        let whole = chunks
            .read(body.as_bytes())
            .map(|read| (read, chunks.ended()));
        let mut chunks = Chunks::new(1024);
        let mut read = 0;
        let single = body
            .as_bytes()
            .chunks(1)
            .try_for_each(|byte| chunks.read(byte).map(|good| read += good));
        assert_eq!(single.map(|()| (read, chunks.ended())), whole, "{body}");
        whole
    }

    #[test]
    fn good_bodies_pass() {
        for body in [
            "0\r\n\r\n",
            "5\r\nhello\r\n0\r\n\r\n",
            "5;ext=1\r\nhello\r\n3\r\n ab\r\n0\r\n\r\n",
            "A ; a = \"q\\\"; x\" ;b\t;c\r\n0123456789\r\n00\r\n\r\n",
            "0\r\nx-a: 1\r\nX-B:\r\n\r\n",
            "000000000000001\r\na\r\n0\r\n\r\n",
        ] {
            assert_eq!(read(body), Ok((body.len(), true)), "{body}");
        }
    }

    #[test]
    fn what_follows_the_body_is_not_of_it() {
        assert_eq!(read("0\r\n\r\nGET / HTTP/1.1\r\n"), Ok((5, true)));
        assert_eq!(read("5\r\nhel"), Ok((6, false)));
    }

    #[test]
    fn bad_bodies_are_told() {
        for body in [
            "zz\r\nhello\r\n",
            "\r\n\r\n",
            "-1\r\n",
            "0x5\r\nhello\r\n",
            "5_\r\n",
            "ffffffffffffffffff\r\n",
            "00000000000000000\r\n\r\n",
            "2\r\nhello\r\n0\r\n\r\n",
            "2\nhi\n0\n\n",
            "2\r\nhi\n0\r\n\r\n",
            "2\rhi",
            "5;\r\nhello\r\n",
            "5;=x\r\nhello\r\n",
            "5;a=\r\nhello\r\n",
            "5;a b\r\nhello\r\n",
            "5;a=\"x\r\nhello\r\n",
            "5;a\x01\r\nhello\r\n",
            "5;a\nhello\r\n",
            "5 5\r\nhello\r\n",
            "5 \r\nhello\r\n",
            "5;a\t\r\nhello\r\n",
            "0\r\nbad name: 1\r\n\r\n",
            "0\r\n: 1\r\n\r\n",
            "0\r\nno colon\r\n\r\n",
            "0\r\nx: a\x00b\r\n\r\n",
            "0\r\nContent-Length: 1\r\n\r\n",
            "0\r\nx: 1\n\r\n",
        ] {
            let flaw = read(body).expect_err(body);
            assert_eq!(flaw.status(), StatusCode::BAD_REQUEST, "{body}");
        }
    }

    #[test]
    fn extensions_and_trailers_have_an_end() {
        let body = format!("1;{}\r\nx\r\n0\r\n\r\n", "e".repeat(20_000));
        let flaw = read(&body).expect_err("extensions");
        assert_eq!(flaw.status(), StatusCode::PAYLOAD_TOO_LARGE);
        let body = format!("0\r\nx: {}\r\n\r\n", "e".repeat(2_000));
        let flaw = read(&body).expect_err("trailers");
        assert_eq!(flaw.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
}

//! Parses a `multipart/form-data` body ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)) into parts.

use bytes::{Buf, Bytes, BytesMut};
use memchr::memmem::Finder;

/// The maximum size of the headers of a part in bytes.
const MAX_HEAD: usize = 8 * 1024;

/// The maximum amount of whitespace after a boundary, in bytes.
const MAX_PADDING: usize = 256;

/// The next element that a parser finds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The headers of a part.
    Head(Bytes),
    /// A chunk of the part's content.
    Data(Bytes),
    /// The end of the part.
    EndOfPart,
    /// The end of the form, after the end of the last part. The rest of the body is ignored.
    End,
}

/// The reason why a body is malformed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Malformed {
    Truncated,
    Boundary,
    LongHead,
}

impl Malformed {
    pub(super) fn message(&self) -> &'static str {
        match self {
            Self::Truncated => "the multipart body ended prematurely",
            Self::Boundary => "a boundary of the multipart body is malformed",
            Self::LongHead => "the headers of a part exceed 8192 bytes",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first boundary.
    Preamble,
    /// After a boundary, before the end of its line.
    Boundary,
    Head,
    Data,
    End,
}

/// A parser, whose buffer never contains more than the last chunk, a head and a boundary.
pub(super) struct Parser {
    /// A line break, two hyphens and the boundary.
    delimiter: Finder<'static>,
    state: State,
    buffer: BytesMut,
    is_complete: bool,
}

impl Parser {
    pub(super) fn new(boundary: &str) -> Self {
        Self {
            delimiter: Finder::new(&format!("\r\n--{boundary}")).into_owned(),
            state: State::Preamble,
            // The first boundary is at the start of the body, without a line break before it.
            buffer: BytesMut::from(&b"\r\n"[..]),
            is_complete: false,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// Records that the body has ended.
    pub(super) fn complete(&mut self) {
        self.is_complete = true;
    }

    /// Returns the next event, or `None` if more of the body is needed.
    pub(super) fn next(&mut self) -> Result<Option<Event>, Malformed> {
        loop {
            let found = match self.state {
                State::Preamble => self.skip_preamble(),
                State::Boundary => self.boundary()?,
                State::Head => self.head()?,
                State::Data => self.data(),
                State::End => return Ok(Some(Event::End)),
            };
            match found {
                Step::Event(event) => return Ok(Some(event)),
                Step::Continue => {}
                Step::NeedsMore if self.is_complete => return Err(Malformed::Truncated),
                Step::NeedsMore => return Ok(None),
            }
        }
    }

    fn skip_preamble(&mut self) -> Step {
        match self.delimiter.find(&self.buffer) {
            Some(at) => {
                self.buffer.advance(at + self.delimiter.needle().len());
                self.state = State::Boundary;
                Step::Continue
            }
            None => {
                let decided = self.decided_len();
                self.buffer.advance(decided);
                Step::NeedsMore
            }
        }
    }

    /// Returns how many bytes at the start of the buffer cannot be part of a delimiter that continues in the next
    /// chunk.
    fn decided_len(&self) -> usize {
        let delimiter = self.delimiter.needle();
        let first = self.buffer.len().saturating_sub(delimiter.len() - 1);
        let tail = &self.buffer[first..];
        let starts = memchr::memchr_iter(b'\r', tail);
        let mut open = starts.filter(|&at| delimiter.starts_with(&tail[at..]));
        open.next().map_or(self.buffer.len(), |at| first + at)
    }

    fn boundary(&mut self) -> Result<Step, Malformed> {
        if self.buffer.starts_with(b"--") {
            self.state = State::End;
            return Ok(Step::Continue);
        }
        let is_padding = |byte: &u8| matches!(byte, b' ' | b'\t');
        let padding = self.buffer.iter().take_while(|it| is_padding(it)).count();
        let rest = &self.buffer[padding..];
        match rest {
            _ if padding > MAX_PADDING => Err(Malformed::Boundary),
            [b'\r', b'\n', ..] => {
                // The line break is kept: in a part without headers, it and the empty line after it form the `\r\n\r\n`
                // that ends the head.
                self.buffer.advance(padding);
                self.state = State::Head;
                Ok(Step::Continue)
            }
            [] | [b'\r'] => Ok(Step::NeedsMore),
            [b'-'] if padding == 0 => Ok(Step::NeedsMore),
            _ => Err(Malformed::Boundary),
        }
    }

    fn head(&mut self) -> Result<Step, Malformed> {
        let searched = &self.buffer[..self.buffer.len().min(MAX_HEAD)];
        match memchr::memmem::find(searched, b"\r\n\r\n") {
            Some(at) => {
                let mut head = self.buffer.split_to(at + 4).freeze();
                head.advance(2);
                self.state = State::Data;
                Ok(Step::Event(Event::Head(head)))
            }
            None if self.buffer.len() >= MAX_HEAD => Err(Malformed::LongHead),
            None => Ok(Step::NeedsMore),
        }
    }

    fn data(&mut self) -> Step {
        match self.delimiter.find(&self.buffer) {
            Some(0) => {
                self.buffer.advance(self.delimiter.needle().len());
                self.state = State::Boundary;
                Step::Event(Event::EndOfPart)
            }
            Some(at) => Step::Event(Event::Data(self.buffer.split_to(at).freeze())),
            None => match self.decided_len() {
                0 => Step::NeedsMore,
                decided => Step::Event(Event::Data(self.buffer.split_to(decided).freeze())),
            },
        }
    }
}

enum Step {
    Event(Event),
    Continue,
    NeedsMore,
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"preamble\r\n--b\r\nname: a\r\n\r\none\r\n--b \t\r\nname: b\r\n\r\n\r\n--c\r\n--\r\n\r\r\n--b\r\n\r\n\r\n--b--epilogue";

    /// Returns the heads and contents of all parts.
    fn parse<'a>(
        chunks: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Vec<(Bytes, Vec<u8>)>, Malformed> {
        let mut parser = Parser::new("b");
        let mut chunks = chunks.into_iter();
        let mut parts = Vec::new();
        loop {
            match parser.next()? {
                None => match chunks.next() {
                    Some(chunk) => parser.push(chunk),
                    None => parser.complete(),
                },
                Some(Event::Head(head)) => parts.push((head, Vec::new())),
                Some(Event::Data(data)) => {
                    parts.last_mut().expect("a head").1.extend_from_slice(&data)
                }
                Some(Event::EndOfPart) => {}
                Some(Event::End) => return Ok(parts),
            }
        }
    }

    #[test]
    fn parts_are_found() {
        let parts = parse([BODY]).expect("a valid body");
        let expected: [(&[u8], &[u8]); 3] = [
            (b"name: a\r\n\r\n", b"one"),
            (b"name: b\r\n\r\n", b"\r\n--c\r\n--\r\n\r"),
            (b"\r\n", b""),
        ];
        assert_eq!(parts.len(), 3);
        for ((head, data), (expected_head, expected_data)) in parts.iter().zip(expected) {
            assert_eq!((&head[..], &data[..]), (expected_head, expected_data));
        }
    }

    #[test]
    fn a_body_is_parsed_alike_wherever_it_is_split() {
        let whole = parse([BODY]);
        for first in 0..=BODY.len() {
            let (a, rest) = BODY.split_at(first);
            assert_eq!(parse([a, rest]), whole, "{first}");
            for second in 0..=rest.len() {
                let (b, c) = rest.split_at(second);
                assert_eq!(parse([a, b, c]), whole, "{first} {second}");
            }
        }
        assert_eq!(parse(BODY.chunks(1)), whole);
    }

    #[test]
    fn a_body_that_is_truncated_anywhere_is_an_error() {
        let end = BODY.len() - "epilogue".len();
        for at in 0..end {
            assert_eq!(parse([&BODY[..at]]), Err(Malformed::Truncated), "{at}");
            assert_eq!(
                parse(BODY[..at].chunks(1)),
                Err(Malformed::Truncated),
                "{at}"
            );
        }
        for at in end..=BODY.len() {
            assert!(parse([&BODY[..at]]).is_ok(), "{at}");
        }
    }

    #[test]
    fn malformed_bodies_are_errors() {
        for (body, error) in [
            (&b"--bx\r\n\r\n\r\n--b--"[..], Malformed::Boundary),
            (b"--b-\r\n\r\n\r\n--b--", Malformed::Boundary),
            (b"--b\n\n--b--", Malformed::Boundary),
            (b"--b\r\n\r\n--b--", Malformed::Truncated),
            (b"", Malformed::Truncated),
            (b"--c--", Malformed::Truncated),
        ] {
            assert_eq!(
                parse([body]),
                Err(error),
                "{:?}",
                String::from_utf8_lossy(body)
            );
        }
        let long = [b"--b\r\n", &b"a".repeat(10_000)[..], b"\r\n\r\n\r\n--b--"].concat();
        assert_eq!(parse([&long[..]]), Err(Malformed::LongHead));
        assert_eq!(parse(long.chunks(7)), Err(Malformed::LongHead));
        let padded = [b"--b", &b" ".repeat(10_000)[..], b"\r\n\r\n\r\n--b--"].concat();
        assert_eq!(parse([&padded[..]]), Err(Malformed::Boundary));
    }

    #[test]
    fn the_buffer_stays_small() {
        let mut parser = Parser::new("b");
        for start in [&b""[..], b"\r\n--b\r\nname: a\r\n\r\n"] {
            parser.push(start);
            for _ in 0..10_000 {
                parser.push(&[b'\r'; 100]);
                while parser.next().expect("valid so far").is_some() {}
                assert!(parser.buffer.len() < 10);
            }
        }
    }
}

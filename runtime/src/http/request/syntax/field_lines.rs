//! The header lines in the text of a request head.

use std::ops::Range;

use memchr::memchr;

/// Returns the first header with this name.
pub(crate) fn find<'h>(head: &'h [u8], name: &str) -> Option<FieldLine<'h>> {
    FieldLines::of(head).find(|line| line.name.eq_ignore_ascii_case(name.as_bytes()))
}

/// An iterator over the header lines.
pub(crate) struct FieldLines<'h> {
    head: &'h [u8],
    /// The offset of the next line.
    at: usize,
}

pub(crate) struct FieldLine<'h> {
    pub(crate) at: usize,
    pub(crate) name: &'h [u8],
    /// The range of the value, without surrounding whitespace.
    pub(crate) value: Range<usize>,
}

impl<'h> FieldLines<'h> {
    /// Returns the header lines of a head. Skips the request line, and empty lines before it.
    pub(crate) fn of(head: &'h [u8]) -> Self {
        let at = head.len() - head.trim_ascii_start().len();
        let mut lines = Self { head, at };
        lines.next_line();
        lines
    }

    /// Returns the lines of a trailer section.
    pub(crate) fn of_trailers(lines: &'h [u8]) -> Self {
        Self { head: lines, at: 0 }
    }

    /// Moves to the next line. Returns the end of the previous one.
    fn next_line(&mut self) -> Option<usize> {
        let end = self.at + memchr(b'\n', self.head.get(self.at..)?)?;
        self.at = end + 1;
        Some(end)
    }
}

impl<'h> Iterator for FieldLines<'h> {
    type Item = FieldLine<'h>;

    fn next(&mut self) -> Option<FieldLine<'h>> {
        let at = self.at;
        let end = self.next_line()?;
        let line = self.head.get(at..end)?;
        let (name, rest) = line.split_at(memchr(b':', line)?);
        let value = rest[1..].trim_ascii_start();
        let start = end - value.len();
        let end = start + value.trim_ascii_end().len();
        Some(FieldLine {
            at,
            name,
            value: start..end,
        })
    }
}

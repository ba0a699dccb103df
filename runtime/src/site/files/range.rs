//! The header `range` ([RFC 9110, 14](https://www.rfc-editor.org/rfc/rfc9110#section-14)).

use std::ops::Range;

/// The maximum number of ranges of a request. With more, the whole file is sent.
const MAX_RANGES: usize = 50;

/// The ranges that a `range` header requests.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Requested {
    /// The whole file, because the header is malformed, has a different unit, or requests too many ranges.
    Whole,
    /// None of the ranges is in the file.
    Unsatisfiable,
    /// The ranges in the order requested, at least one. They do not overlap.
    Parts(Vec<Range<u64>>),
}

impl Requested {
    /// Parses `bytes=0-99,200-,-5` for a file of `len` bytes.
    pub(super) fn parse(header: &[u8], len: u64) -> Self {
        Self::try_parse(header, len).unwrap_or(Self::Whole)
    }

    /// Returns `None` if the header is malformed.
    fn try_parse(header: &[u8], len: u64) -> Option<Self> {
        let (unit, list) = std::str::from_utf8(header).ok()?.split_once('=')?;
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return None;
        }
        let mut parts = Vec::new();
        let mut count = 0;
        for range in list.split(',').map(|it| it.trim_matches([' ', '\t'])) {
            if range.is_empty() {
                continue;
            }
            count += 1;
            parts.extend(parse_one(range, len)?);
        }
        if count == 0 || count > MAX_RANGES {
            return None;
        }
        Some(match parts.is_empty() {
            true => Self::Unsatisfiable,
            false => Self::Parts(merged(parts)),
        })
    }
}

/// Parses one range. Returns `None` if it is malformed, and `Some(None)` if it is outside of the file.
#[expect(clippy::option_option, reason = "the outer `None` is a syntax error")]
fn parse_one(range: &str, len: u64) -> Option<Option<Range<u64>>> {
    let (first, last) = range.split_once('-')?;
    if first.is_empty() {
        let suffix = number(last)?;
        let start = len.saturating_sub(suffix);
        return Some((start < len).then_some(start..len));
    }
    let first = number(first)?;
    let end = match last {
        "" => len,
        last => {
            let last = number(last)?;
            if last < first {
                return None;
            }
            last.saturating_add(1).min(len)
        }
    };
    Some((first < end).then_some(first..end))
}

/// Parses digits. A number that is too large becomes the maximum.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Merges ranges that overlap or are adjacent, at the position of the first of them.
fn merged(parts: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut merged: Vec<Range<u64>> = Vec::new();
    for mut part in parts {
        // A range may join several of the ranges before it.
        let mut place = None;
        let mut index = 0;
        while let Some(other) = merged.get(index) {
            if part.start <= other.end && other.start <= part.end {
                part = part.start.min(other.start)..part.end.max(other.end);
                merged.remove(index);
                place.get_or_insert(index);
                index = 0;
            } else {
                index += 1;
            }
        }
        merged.insert(place.unwrap_or(merged.len()).min(merged.len()), part);
    }
    merged
}

#[cfg(test)]
#[expect(
    clippy::single_range_in_vec_init,
    reason = "a list often has only one range"
)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_parsed_as_the_standard_requires() {
        use Requested::{Parts, Unsatisfiable, Whole};
        for (header, expected) in [
            ("bytes=0-0", Parts(vec![0..1])),
            ("bytes=0-9", Parts(vec![0..10])),
            ("bytes=9-", Parts(vec![9..10])),
            ("bytes=-1", Parts(vec![9..10])),
            ("bytes=-100", Parts(vec![0..10])),
            ("bytes=0-99999999999999999999999", Parts(vec![0..10])),
            ("Bytes = 2-3", Parts(vec![2..4])),
            ("bytes=0-1,4-5", Parts(vec![0..2, 4..6])),
            ("bytes=4-5 , 0-1,", Parts(vec![4..6, 0..2])),
            ("bytes=0-1,20-", Parts(vec![0..2])),
            ("bytes=0-5,2-3", Parts(vec![0..6])),
            ("bytes=0-1,2-3", Parts(vec![0..4])),
            ("bytes=0-1,8-9,2-7", Parts(vec![0..10])),
            ("bytes=10-", Unsatisfiable),
            ("bytes=10-20,-0", Unsatisfiable),
            ("bytes=99999999999999999999999-", Unsatisfiable),
            ("bytes=-0", Unsatisfiable),
            ("bytes=", Whole),
            ("bytes=,", Whole),
            ("bytes=-", Whole),
            ("bytes=5-4", Whole),
            ("bytes=a-b", Whole),
            ("bytes=0-1,x", Whole),
            ("bytes=+0-1", Whole),
            ("bytes=0 - 1", Whole),
            ("bytes=0--1", Whole),
            ("lines=0-1", Whole),
            ("bytes", Whole),
            ("", Whole),
        ] {
            assert_eq!(
                Requested::parse(header.as_bytes(), 10),
                expected,
                "{header}"
            );
        }
        assert_eq!(Requested::parse(b"bytes=0-", 0), Unsatisfiable);
        let many = format!("bytes={}", "0-0,".repeat(51));
        assert_eq!(Requested::parse(many.as_bytes(), 10), Whole);
    }
}

//! The path of a route, parsed from its text. This module uses no tokens.
//!
//! ```text
//! /shop/{id: u32}/{from}-{to}.json      segments: shop · {id: u32} · {from} "-" {to} ".json"
//! /files/{rest..}                       segments: files · {rest..}
//! /{{a}}                                segments: {a}, as text
//! ```

mod foreign_syntax;
mod parse;
mod query;
mod segment;
#[cfg(test)]
mod tests;

pub(crate) use foreign_syntax::is_identifier;
pub(crate) use parse::parse;
pub(crate) use query::{QueryParam, parse_query, split_query};
pub(crate) use segment::{Capture, Extent, Param, Segment, SegmentPart};

/// A route's path. `/` has no segments. Only the last segment may be a tail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) segments: Vec<Segment>,
}

impl Pattern {
    /// Returns the pattern of a mount, which is written without a tail.
    pub(crate) fn with_everything_below(mut self) -> Self {
        self.segments.push(Segment::everything_below());
        self
    }

    /// Returns the parameters in the order written.
    pub(crate) fn params(&self) -> std::vec::IntoIter<&Param> {
        let mut params = Vec::new();
        for segment in &self.segments {
            params.extend(segment.params());
        }
        params.into_iter()
    }

    /// Returns the segments that match exactly one segment of a path each, and the tail that follows them.
    pub(crate) fn split_tail(&self) -> (&[Segment], Option<&Segment>) {
        match self.segments.split_last() {
            Some((last, before)) if last.is_tail() => (before, Some(last)),
            _ => (&self.segments, None),
        }
    }

    /// Returns whether a path may end before the slash of the tail. The path of `/{rest..}` is never shorter than `/`.
    pub(crate) fn has_optional_tail(&self, bare_rest: bool) -> bool {
        let (before, tail) = self.split_tail();
        !before.is_empty() && tail.is_some_and(|tail| tail.is_optional(bare_rest))
    }
}

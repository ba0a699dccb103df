//! The path of a route, read from its text: no tokens in, no tokens out.
//!
//! ```text
//! /shop/{id: u32}/{from}-{to}.json      segments: shop · {id: u32} · {from} "-" {to} ".json"
//! /files/{rest..}                       segments: files, then a rest
//! ```

mod habits;
mod parse;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use parse::parse;

/// A route's path. `/` has no segments and no rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) segments: Vec<Segment>,
    /// `{rest..}`: everything behind the last segment's slash, which may be nothing.
    pub(crate) rest: Option<Param>,
}

/// What stands between two slashes: text, then captures that are each followed by text. Between two
/// captures that text is never empty, or nothing would say where the first one ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) text: String,
    pub(crate) captures: Vec<Capture>,
}

/// A parameter and the text up to the next one or to the segment's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Capture {
    pub(crate) param: Param,
    pub(crate) text: String,
}

/// `{name}`, `{name: Type}` or `{name..}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Param {
    pub(crate) name: String,
    /// The text of the type, where there is one.
    pub(crate) ty: Option<String>,
    /// Where `{…}` stands in the path, in bytes, braces included.
    pub(crate) range: Range<usize>,
}

impl Pattern {
    /// The parameters in the order written, a rest last.
    pub(crate) fn params(&self) -> impl Iterator<Item = &Param> {
        self.segments
            .iter()
            .flat_map(|segment| &segment.captures)
            .map(|capture| &capture.param)
            .chain(&self.rest)
    }
}

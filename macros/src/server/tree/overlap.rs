//! The paths that two patterns have in common.
//!
//! The results are exact for paths of any characters. A capture matches every text, so it can be represented by a
//! character that no pattern contains: what holds for that character holds for all.

use super::types;
use crate::server::pattern::{Capture, Param, Pattern, Segment};

/// Returns whether some path is matched by both patterns. Types are ignored: `{id: u32}` and `me` overlap.
pub(crate) fn overlap(a: &Pattern, b: &Pattern, bare_rest: bool) -> bool {
    let ((in_a, tail_a), (in_b, tail_b)) = (split(a), split(b));
    let lengths_meet = match (tail_a, tail_b) {
        (Some(_), Some(_)) => true,
        (Some(_), None) => fewest(a, bare_rest) <= in_b.len(),
        (None, Some(_)) => fewest(b, bare_rest) <= in_a.len(),
        (None, None) => in_a.len() == in_b.len(),
    };
    lengths_meet && in_a.iter().zip(in_b).all(|(a, b)| segments_overlap(a, b))
}

/// Returns whether every path that `b` matches is matched by `a`. The texts that parse are known only for the types in
/// `types.rs`; a parameter of any other type covers only a parameter of the same type.
pub(crate) fn covers(a: &Pattern, b: &Pattern, bare_rest: bool) -> bool {
    let ((in_a, tail_a), (in_b, tail_b)) = (split(a), split(b));
    let lengths_fit = match (tail_a, tail_b) {
        (Some(_), Some(_)) => {
            let may_end_early = b.has_optional_tail(bare_rest);
            in_a.len() <= in_b.len() && (!may_end_early || fewest(a, bare_rest) <= in_b.len())
        }
        (Some(_), None) => fewest(a, bare_rest) <= in_b.len(),
        (None, Some(_)) => false,
        (None, None) => in_a.len() == in_b.len(),
    };
    lengths_fit && in_a.iter().zip(in_b).all(|(a, b)| segment_covers(a, b))
}

/// Returns a path that `pattern` matches, for a message: `/users/{id: u32}/{tab}` gives `/users/7/tab`.
pub(crate) fn example(pattern: &Pattern) -> String {
    let (segments, tail) = split(pattern);
    let is_written = |tail: &&Segment| tail.params().all(|param| param.extent.is_written());
    let mut segments: Vec<&Segment> = segments.iter().collect();
    segments.extend(tail.filter(is_written));
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        path.push_str(&filled(segment, types::example));
    }
    if path.is_empty() {
        return "/".to_owned();
    }
    path
}

/// Returns [`Pattern::split_tail`] for the paths that `pattern` matches: `/` is one empty segment, as in a path.
pub(super) fn split(pattern: &Pattern) -> (&[Segment], Option<&Segment>) {
    const EMPTY: &[Segment] = &[Segment {
        text: String::new(),
        captures: Vec::new(),
    }];
    match pattern.split_tail() {
        ([], None) => (EMPTY, None),
        split => split,
    }
}

/// Returns the minimum number of segments that a pattern with a tail matches. The tail itself takes at least one, which
/// may be empty; an optional tail may take none.
fn fewest(pattern: &Pattern, bare_rest: bool) -> usize {
    let (before, _) = pattern.split_tail();
    before.len() + usize::from(!pattern.has_optional_tail(bare_rest))
}

pub(super) fn segments_overlap(a: &Segment, b: &Segment) -> bool {
    match (a.captures.last(), b.captures.last()) {
        (None, None) => a.text == b.text,
        (None, Some(_)) => captured(b, &a.text).is_some(),
        (Some(_), None) => captured(a, &b.text).is_some(),
        // The inner texts of both fit between the two ends.
        (Some(last_a), Some(last_b)) => starts_agree(a, b) && ends_agree(last_a, last_b),
    }
}

fn starts_agree(a: &Segment, b: &Segment) -> bool {
    a.text.starts_with(&b.text) || b.text.starts_with(&a.text)
}

fn ends_agree(a: &Capture, b: &Capture) -> bool {
    a.text.ends_with(&b.text) || b.text.ends_with(&a.text)
}

pub(super) fn segment_covers(a: &Segment, b: &Segment) -> bool {
    if a.captures.is_empty() {
        return b.captures.is_empty() && a.text == b.text;
    }
    if a.params().all(types::accepts_any_text) {
        let unused = unused_char(a);
        return captured(a, &filled(b, |_| unused.clone())).is_some();
    }
    if same_texts(a, b) && types_cover(a, b) {
        return true;
    }
    // If `b` has captures, their texts are not known, and how `a` splits the segment may depend on them.
    let text = b.captures.is_empty().then_some(&b.text);
    let values = text.and_then(|text| captured(a, text));
    values.is_some_and(|values| {
        let mut values = a.params().zip(values);
        values.all(|(param, value)| types::accepts(param, value))
    })
}

fn same_texts(a: &Segment, b: &Segment) -> bool {
    let after = |segment: &Segment| -> Vec<String> {
        let captures = segment.captures.iter();
        captures.map(|capture| capture.text.clone()).collect()
    };
    a.text == b.text && after(a) == after(b)
}

fn types_cover(a: &Segment, b: &Segment) -> bool {
    let mut pairs = a.captures.iter().zip(&b.captures);
    pairs.all(|(a, b)| types::accepts_any_text(&a.param) || a.param.ty == b.param.ty)
}

/// Returns a character that occurs in no text of `segment`.
fn unused_char(segment: &Segment) -> String {
    let known = |char: char| {
        let mut after = segment.captures.iter();
        segment.text.contains(char) || after.any(|capture| capture.text.contains(char))
    };
    ('\u{e000}'..)
        .find(|char| !known(*char))
        .map_or_else(String::new, String::from)
}

/// Returns `segment` with a text for each of its parameters.
fn filled(segment: &Segment, value: impl Fn(&Param) -> String) -> String {
    let mut text = segment.text.clone();
    for capture in &segment.captures {
        text.push_str(&value(&capture.param));
        text.push_str(&capture.text);
    }
    text
}

/// Returns the captures of `segment` in `text`, if it matches. Each capture takes at least one character, and the text
/// between two captures matches at its first occurrence.
fn captured<'t>(segment: &Segment, text: &'t str) -> Option<Vec<&'t str>> {
    let Some((last, between)) = segment.captures.split_last() else {
        return (segment.text == text).then(Vec::new);
    };
    let mut left = text.strip_prefix(&segment.text)?;
    let mut values = Vec::new();
    for capture in between {
        let after = after_first(left)?;
        let end = left.len() - after.len() + after.find(&capture.text)?;
        values.push(&left[..end]);
        left = &left[end + capture.text.len()..];
    }
    let value = left.strip_suffix(&last.text)?;
    values.push(value);
    (!value.is_empty()).then_some(values)
}

/// Returns `text` without its first character.
fn after_first(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().map(|_| chars.as_str())
}

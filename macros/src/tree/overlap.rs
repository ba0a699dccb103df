//! Which paths two patterns have in common.
//!
//! The results are exact for paths of any characters. A capture matches every text, so it can be represented by a
//! character that no pattern contains: what holds for that character holds for all.

use crate::pattern::{Capture, Param, Pattern, Segment};

/// Whether some path is matched by both patterns. Types are not looked at: `{id: u32}` and `me` overlap.
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

/// Whether every path that `b` matches is matched by `a`. A typed parameter of `a` covers only the
/// same parameter of the same type, because it is not known here which texts parse.
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

/// A path that `pattern` matches, for a message: `/users/{id: u32}/{tab}` gives `/users/7/tab`.
pub(crate) fn example(pattern: &Pattern) -> String {
    let (segments, tail) = split(pattern);
    let segments = segments.iter().chain(tail);
    let filled = segments.map(|segment| format!("/{}", filled(segment, example_value)));
    filled.collect()
}

fn example_value(param: &Param) -> String {
    let value = match param.ty.as_deref() {
        Some("u8" | "u16" | "u32" | "u64" | "u128" | "usize") => "7",
        Some("i8" | "i16" | "i32" | "i64" | "i128" | "isize") => "-7",
        Some("f32" | "f64") => "0.5",
        Some("bool") => "true",
        Some("char") => "c",
        _ => param.name.trim_start_matches("r#"),
    };
    value.to_owned()
}

/// [`Pattern::split_tail`] for the paths that `pattern` matches: `/` is one empty segment, as in a path.
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

/// The least number of segments that a pattern with a tail matches. The tail itself takes at least one, which may
/// be empty; an optional one takes none.
fn fewest(pattern: &Pattern, bare_rest: bool) -> usize {
    let (before, _) = pattern.split_tail();
    before.len() + usize::from(!pattern.has_optional_tail(bare_rest))
}

pub(super) fn segments_overlap(a: &Segment, b: &Segment) -> bool {
    match (a.captures.last(), b.captures.last()) {
        (None, None) => a.text == b.text,
        (None, Some(_)) => fits(b, &a.text),
        (Some(_), None) => fits(a, &b.text),
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
    if a.captures.iter().any(|capture| capture.param.ty.is_some()) {
        return same_texts(a, b) && types_cover(a, b);
    }
    let unused = unused_char(a);
    fits(a, &filled(b, |_| unused.clone()))
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
    pairs.all(|(a, b)| a.param.ty.is_none() || a.param.ty == b.param.ty)
}

/// A character that occurs in no text of `segment`.
fn unused_char(segment: &Segment) -> String {
    let known = |char: char| {
        let mut after = segment.captures.iter();
        segment.text.contains(char) || after.any(|capture| capture.text.contains(char))
    };
    ('\u{e000}'..)
        .find(|char| !known(*char))
        .map_or_else(String::new, String::from)
}

/// `segment` with a text for each of its parameters.
fn filled(segment: &Segment, value: impl Fn(&Param) -> String) -> String {
    let mut text = segment.text.clone();
    for capture in &segment.captures {
        text.push_str(&value(&capture.param));
        text.push_str(&capture.text);
    }
    text
}

/// Whether `segment` matches `text`. Each capture takes at least one character, and the text between two captures
/// matches at its first occurrence.
fn fits(segment: &Segment, text: &str) -> bool {
    let Some((last, between)) = segment.captures.split_last() else {
        return segment.text == text;
    };
    let mut left = text.strip_prefix(&segment.text);
    for capture in between {
        let after = left.and_then(after_first);
        left = after.and_then(|it| Some(it.split_once(&capture.text)?.1));
    }
    left.and_then(after_first)
        .is_some_and(|it| it.ends_with(&last.text))
}

/// `text` without its first character.
fn after_first(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().map(|_| chars.as_str())
}

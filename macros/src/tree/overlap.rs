//! Which paths two patterns have in common.
//!
//! The answers are exact for paths of any characters. Where a pattern captures, every text is
//! possible; a capture can therefore be stood in for by a character that no pattern contains, and
//! what holds for that one holds for all.

use crate::pattern::{Capture, Param, Pattern, Segment};

/// Whether some path is matched by both patterns. Types are not looked at: `{id: u32}` and `me` overlap.
pub(crate) fn overlap(a: &Pattern, b: &Pattern, bare_rest: bool) -> bool {
    let (in_a, in_b) = (segments(a), segments(b));
    let lengths_meet = match (&a.rest, &b.rest) {
        (Some(_), Some(_)) => true,
        (Some(_), None) => fewest(a, bare_rest) <= in_b.len(),
        (None, Some(_)) => fewest(b, bare_rest) <= in_a.len(),
        (None, None) => in_a.len() == in_b.len(),
    };
    lengths_meet && in_a.iter().zip(in_b).all(|(a, b)| segments_overlap(a, b))
}

/// Whether every path that `b` matches is matched by `a`. A typed parameter of `a` covers only the
/// same parameter of the same type, for which texts parse is not known here.
pub(crate) fn covers(a: &Pattern, b: &Pattern, bare_rest: bool) -> bool {
    let (in_a, in_b) = (segments(a), segments(b));
    let lengths_fit = match (&a.rest, &b.rest) {
        (Some(_), Some(_)) => in_a.len() <= in_b.len(),
        (Some(_), None) => fewest(a, bare_rest) <= in_b.len(),
        (None, Some(_)) => false,
        (None, None) => in_a.len() == in_b.len(),
    };
    lengths_fit && in_a.iter().zip(in_b).all(|(a, b)| segment_covers(a, b))
}

/// A path that `pattern` matches, for a message: `/users/{id: u32}/{tab}` gives `/users/7/tab`.
pub(crate) fn example(pattern: &Pattern) -> String {
    let mut path = String::new();
    for segment in segments(pattern) {
        path.push('/');
        path.push_str(&filled(segment, example_value));
    }
    if let Some(rest) = &pattern.rest {
        path.push('/');
        path.push_str(&example_value(rest));
    }
    path
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

/// The segments of the paths that `pattern` matches: `/` is one empty segment, as in a path.
fn segments(pattern: &Pattern) -> &[Segment] {
    const EMPTY: &[Segment] = &[Segment {
        text: String::new(),
        captures: Vec::new(),
    }];
    if pattern.segments.is_empty() && pattern.rest.is_none() {
        EMPTY
    } else {
        &pattern.segments
    }
}

/// The least number of segments that a pattern with a rest matches. What the rest itself takes is at
/// least one, empty as it may be; a bare rest takes none, but a path has no fewer than one.
fn fewest(pattern: &Pattern, bare_rest: bool) -> usize {
    let before = pattern.segments.len();
    if bare_rest && before > 0 {
        before
    } else {
        before + 1
    }
}

fn segments_overlap(a: &Segment, b: &Segment) -> bool {
    match (a.captures.last(), b.captures.last()) {
        (None, None) => a.text == b.text,
        (None, Some(_)) => fits(b, &a.text),
        (Some(_), None) => fits(a, &b.text),
        // Between the two ends there is room for the inner texts of both.
        (Some(last_a), Some(last_b)) => starts_agree(a, b) && ends_agree(last_a, last_b),
    }
}

fn starts_agree(a: &Segment, b: &Segment) -> bool {
    a.text.starts_with(&b.text) || b.text.starts_with(&a.text)
}

fn ends_agree(a: &Capture, b: &Capture) -> bool {
    a.text.ends_with(&b.text) || b.text.ends_with(&a.text)
}

fn segment_covers(a: &Segment, b: &Segment) -> bool {
    if a.captures.iter().any(|capture| capture.param.ty.is_some()) {
        return same_texts(a, b) && types_cover(a, b);
    }
    let stranger = stranger_to(a);
    fits(a, &filled(b, |_| stranger.clone()))
}

fn same_texts(a: &Segment, b: &Segment) -> bool {
    let behind = |segment: &Segment| -> Vec<String> {
        let captures = segment.captures.iter();
        captures.map(|capture| capture.text.clone()).collect()
    };
    a.text == b.text && behind(a) == behind(b)
}

fn types_cover(a: &Segment, b: &Segment) -> bool {
    let mut pairs = a.captures.iter().zip(&b.captures);
    pairs.all(|(a, b)| a.param.ty.is_none() || a.param.ty == b.param.ty)
}

/// A character that no text of `segment` contains.
fn stranger_to(segment: &Segment) -> String {
    let known = |char: char| {
        let mut behind = segment.captures.iter();
        segment.text.contains(char) || behind.any(|capture| capture.text.contains(char))
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

/// Whether `segment` matches `text`. Each capture takes at least one character, and what stands
/// between two captures is found as far left as possible.
fn fits(segment: &Segment, text: &str) -> bool {
    let Some((last, between)) = segment.captures.split_last() else {
        return segment.text == text;
    };
    let mut left = text.strip_prefix(&segment.text);
    for capture in between {
        let behind = left.and_then(behind_first);
        left = behind.and_then(|it| Some(it.split_once(&capture.text)?.1));
    }
    left.and_then(behind_first)
        .is_some_and(|it| it.ends_with(&last.text))
}

/// `text` without its first character.
fn behind_first(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().map(|_| chars.as_str())
}

#[cfg(test)]
#[path = "overlap_tests.rs"]
mod tests;

//! How a segment is divided among its captures. The runtime does the same; here it answers whether
//! a pattern can match a text that is known.
//!
//! Each capture takes at least one character. A text between two captures is found as far left as
//! possible, the last text ends the segment. `%25` and `%2F` are one character each.

/// The captures of `shape` in `segment`, where they fit.
pub(super) fn split<'p>(segment: &'p str, shape: &[impl AsRef<str>]) -> Option<Vec<&'p str>> {
    let (last, between) = shape.split_last()?;
    let mut left = segment;
    let mut captures = Vec::with_capacity(shape.len());
    for text in between {
        let (capture, behind) = before(left, text.as_ref())?;
        captures.push(capture);
        left = behind;
    }
    captures.push(ending(left, last.as_ref())?);
    Some(captures)
}

/// The capture in front of the leftmost `text` that has one, and what is behind that text.
fn before<'p>(segment: &'p str, text: &str) -> Option<(&'p str, &'p str)> {
    segment.char_indices().find_map(|(at, _)| {
        let (capture, behind) = segment.split_at_checked(at)?;
        let behind = behind.strip_prefix(text)?;
        is_capture(capture).then_some((capture, behind))
    })
}

/// The capture in front of the `text` that ends the segment.
fn ending<'p>(segment: &'p str, text: &str) -> Option<&'p str> {
    segment.strip_suffix(text).filter(|it| is_capture(it))
}

fn is_capture(capture: &str) -> bool {
    !capture.is_empty() && ends_whole(capture)
}

/// Whether `text` does not end in the middle of `%25` or `%2F`.
pub(super) fn ends_whole(text: &str) -> bool {
    !text.ends_with('%') && !text.ends_with("%2")
}

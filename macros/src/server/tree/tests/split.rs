//! How a segment is divided among its captures: the runtime's behavior, for the interpreter of the tests.
//!
//! Each capture takes at least one character. The text between two captures matches at its first occurrence, and the
//! last text ends the segment. `%25` and `%2F` are one character each.

/// Returns the captures of `shape` in `segment`, if it matches.
pub(super) fn split<'p>(segment: &'p str, shape: &[impl AsRef<str>]) -> Option<Vec<&'p str>> {
    let (last, between) = shape.split_last()?;
    let mut left = segment;
    let mut captures = Vec::with_capacity(shape.len());
    for text in between {
        let (capture, after) = before(left, text.as_ref())?;
        captures.push(capture);
        left = after;
    }
    captures.push(ending(left, last.as_ref())?);
    Some(captures)
}

/// Returns the capture that ends at the first `text` after at least one character, and the part after that text.
fn before<'p>(segment: &'p str, text: &str) -> Option<(&'p str, &'p str)> {
    segment.char_indices().find_map(|(at, _)| {
        let (capture, after) = segment.split_at_checked(at)?;
        let after = after.strip_prefix(text)?;
        is_capture(capture).then_some((capture, after))
    })
}

/// Returns the capture before the `text` that ends the segment.
fn ending<'p>(segment: &'p str, text: &str) -> Option<&'p str> {
    segment.strip_suffix(text).filter(|it| is_capture(it))
}

fn is_capture(capture: &str) -> bool {
    !capture.is_empty() && ends_whole(capture)
}

/// Returns whether `text` does not end inside a `%25` or a `%2F`.
fn ends_whole(text: &str) -> bool {
    !text.ends_with('%') && !text.ends_with("%2")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_capture_takes_at_least_one_character() {
        assert_eq!(split("x", &[""]), Some(vec!["x"]));
        assert_eq!(split("", &[""]), None);
        assert_eq!(split("x.json", &[".json"]), Some(vec!["x"]));
        assert_eq!(split(".json", &[".json"]), None);
        assert_eq!(split("-x", &["-", ""]), None);
        assert_eq!(split("x-", &["-", ""]), None);
    }

    #[test]
    fn the_text_between_two_captures_is_the_leftmost_one() {
        assert_eq!(split("x-y-z", &["-", ""]), Some(vec!["x", "y-z"]));
        assert_eq!(split("-x-y", &["-", ""]), Some(vec!["-x", "y"]));
        assert_eq!(split("--", &["-", ""]), None);
        assert_eq!(split("---", &["-", ""]), Some(vec!["-", "-"]));
        assert_eq!(split("aaab", &["aa", ""]), Some(vec!["a", "b"]));
        assert_eq!(
            split("1-2-3.4", &["-", "-", ""]),
            Some(vec!["1", "2", "3.4"])
        );
    }

    #[test]
    fn the_last_text_ends_the_segment() {
        assert_eq!(split("a.json.json", &[".json"]), Some(vec!["a.json"]));
        assert_eq!(split("a.json.xml", &[".json"]), None);
        assert_eq!(split("a-b.c.c", &["-", ".c"]), Some(vec!["a", "b.c"]));
    }

    #[test]
    fn an_escape_is_one_character() {
        assert_eq!(split("x%2F", &["2F"]), None);
        assert_eq!(split("x%2F2F", &["2F"]), Some(vec!["x%2F"]));
        assert_eq!(split("%252F2Fx", &["2F", ""]), Some(vec!["%25", "2Fx"]));
        assert_eq!(split("x%25", &["5"]), None);
        assert_eq!(split("x%25", &["%25"]), Some(vec!["x"]));
        assert_eq!(split("%25%25", &["%25"]), Some(vec!["%25"]));
        assert_eq!(split("é%2F", &["%2F"]), Some(vec!["é"]));
    }

    #[test]
    fn characters_are_not_split() {
        assert_eq!(split("éè", &["è"]), Some(vec!["é"]));
        assert_eq!(split("é-è", &["-", ""]), Some(vec!["é", "è"]));
    }

    #[test]
    fn no_capture_matches_nothing() {
        assert_eq!(split("x", &[] as &[&str]), None);
    }
}

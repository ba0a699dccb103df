//! Splits a path in normal form into segments and parameters.

use std::str::FromStr;

use super::normalize::decode;
use super::number::has_one_spelling;

/// Splits a path at its first slash, which stays with the second part. Returns `None` if the first part is not a
/// parameter.
///
/// It is not inlined: a server with many routes calls it in hundreds of places, and smaller code there outweighs the
/// cost of the call. It is generic, so that it is compiled into the user's crate: a call between crates goes through a
/// table of addresses, which the CPU cannot predict well.
#[inline(never)]
pub fn segment<T: AsRef<str> + ?Sized>(path: &T) -> Option<(&str, &str)> {
    let path = path.as_ref();
    match near_slash(path.as_bytes()) {
        NEAR => far_segment(path),
        end => split(path, end),
    }
}

/// Returns the path if it is a single segment that can be a parameter. It is generic for the same reason as
/// [`segment`].
#[inline(never)]
pub fn last_segment<T: AsRef<str> + ?Sized>(path: &T) -> Option<&str> {
    let path = path.as_ref();
    (!path.is_empty() && !has_slash(path.as_bytes()) && starts_safely(path)).then_some(path)
}

#[inline]
fn split(path: &str, end: usize) -> Option<(&str, &str)> {
    path.split_at_checked(end)
        .filter(|(segment, _)| end > 0 && starts_safely(segment))
}

/// The number of bytes that are searched without a branch that depends on the position of the slash. Parameters are
/// rarely longer, and their length is unpredictable.
const NEAR: usize = 16;

/// Returns the position of the first slash, or the length of the path if there is no slash. Returns [`NEAR`] if this
/// position is beyond `NEAR`.
#[inline]
fn near_slash(path: &[u8]) -> usize {
    let offset = path.len().min(NEAR).saturating_sub(8);
    let far = path.get(offset..).and_then(|far| far.first_chunk::<8>());
    let (Some(near), Some(far)) = (path.first_chunk::<8>(), far) else {
        return first(slashes(padded(path))).min(path.len());
    };
    // With fewer than sixteen bytes, the two words overlap.
    let far = offset + first(slashes(u64::from_le_bytes(*far)));
    match slashes(u64::from_le_bytes(*near)) {
        0 => far,
        near => first(near),
    }
}

/// Does the same as [`segment`], for a path without a slash in the first [`NEAR`] bytes.
#[inline(never)]
fn far_segment(path: &str) -> Option<(&str, &str)> {
    let (words, tail) = path.as_bytes().as_chunks::<8>();
    let mut far = words.iter().enumerate().skip(NEAR / 8);
    let found = far.find_map(|(at, word)| match slashes(u64::from_le_bytes(*word)) {
        0 => None,
        slashes => Some(at * 8 + first(slashes)),
    });
    let end = found.unwrap_or_else(|| {
        let in_tail = first(slashes(padded(tail)));
        path.len() - tail.len() + in_tail.min(tail.len())
    });
    split(path, end)
}

/// Returns whether there is a slash, which is cheaper than finding it.
#[inline]
fn has_slash(path: &[u8]) -> bool {
    let half = |at: usize| path.get(at..).and_then(|it| it.first_chunk::<4>());
    let half = |at: usize| half(at).map_or(0, |it| u64::from(u32::from_le_bytes(*it)));
    match path.len() {
        0..4 => path.contains(&b'/'),
        // Four words of four bytes cover the whole path; some bytes may be in two words.
        length @ 4..=NEAR => {
            let (inner, last) = (length / 8 * 4, length - 4);
            let front = half(0) << 32 | half(inner);
            let back = half(last) << 32 | half(last - inner);
            slashes(front) | slashes(back) != 0
        }
        _ => {
            let (words, _) = path.as_chunks::<8>();
            let mut words = words.iter().chain(path.last_chunk());
            words.any(|word| slashes(u64::from_le_bytes(*word)) != 0)
        }
    }
}

/// Returns up to seven bytes as a word, followed by zeros. The function has no loop; bytes may be read twice.
#[inline]
fn padded(bytes: &[u8]) -> u64 {
    if let (Some(front), Some(back)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let back = u64::from(u32::from_le_bytes(*back)) << (8 * (bytes.len() - 4));
        return u64::from(u32::from_le_bytes(*front)) | back;
    }
    let middle = bytes.len() / 2;
    match (bytes.first(), bytes.get(middle), bytes.last()) {
        (Some(&front), Some(&within), Some(&back)) => {
            let back = u64::from(back) << (8 * (bytes.len() - 1));
            u64::from(front) | u64::from(within) << (8 * middle) | back
        }
        _ => 0,
    }
}

/// Returns a word with the high bit set in each byte that is a slash. Bytes after the first slash may be wrong.
#[inline]
fn slashes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let other = word ^ (ONES * b'/' as u64);
    // The subtraction sets a clear high bit only if the byte is zero, or if the byte below it has borrowed.
    other.wrapping_sub(ONES) & !other & (ONES << 7)
}

/// Returns the index of the first byte that is marked in `slashes`, or 8.
#[inline]
fn first(slashes: u64) -> usize {
    slashes.trailing_zeros() as usize / 8
}

/// Matches the first parameter of `{a}text…`: at least one character, up to the leftmost `text`. Returns the parameter
/// and the rest after `text`.
#[inline]
pub fn before<'p>(segment: &'p str, text: &str) -> Option<(&'p str, &'p str)> {
    let mut from = segment.chars().next()?.len_utf8();
    loop {
        let at = from + segment.get(from..)?.find(text)?;
        let (capture, rest) = segment.split_at(at);
        if is_capture(capture) {
            let rest = &rest[text.len()..];
            return (ends_safely(capture) && starts_safely(rest)).then_some((capture, rest));
        }
        from = at + rest.chars().next()?.len_utf8();
    }
}

/// Matches the parameter of `{a}text` up to the end of the segment: at least one character.
#[inline]
pub fn ending<'p>(segment: &'p str, text: &str) -> Option<&'p str> {
    segment
        .strip_suffix(text)
        .filter(|capture| is_capture(capture) && ends_safely(capture))
}

/// Returns whether a parameter can match this text: not if it is empty, and not if it ends inside an escape, as it
/// would if the text `25` matched a part of `%25`.
fn is_capture(text: &str) -> bool {
    !text.is_empty() && !text.ends_with('%') && !text.ends_with("%2")
}

/// Returns whether a parameter that captures the start of `text` would be safe there: it must not start with a slash or
/// with a `.` or `..` segment.
///
/// [`path`](super::path) checks whole segments only: in `/v..` the parameter of `/v{version}` is `..`, and in
/// `/v%2Fetc` it is `/etc`.
#[inline]
fn starts_safely(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'.' | b'%') => first_part_is_safe(text),
        _ => true,
    }
}

#[cold]
fn first_part_is_safe(text: &str) -> bool {
    let part = text.split("%2F").next().unwrap_or_default();
    is_safe_part(part) && is_safe_part(part.split('\\').next().unwrap_or_default())
}

/// Returns whether a parameter that captures the end of `text` would be safe there: it must not end with a slash or
/// with a `.` or `..` segment.
#[inline]
fn ends_safely(text: &str) -> bool {
    match text.as_bytes().last() {
        Some(b'.' | b'F') => last_part_is_safe(text),
        _ => true,
    }
}

#[cold]
fn last_part_is_safe(text: &str) -> bool {
    let part = text.rsplit("%2F").next().unwrap_or_default();
    is_safe_part(part) && part.rsplit('\\').next() != Some("..")
}

fn is_safe_part(part: &str) -> bool {
    !matches!(part, "" | "." | "..")
}

/// Parses a parameter that has a type.
#[inline]
pub fn parse<T: FromPath>(raw: &str) -> Option<T> {
    T::from_path(&decode(raw))
}

/// The bound of the type of a parameter: `FromStr`, with its own error message.
///
/// A number of the standard library must be written without `+`, leading zeros or an exponent, and not as `inf` or
/// `NaN`, so that an integer has one URL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be parsed from a path segment",
    label = "a parameter of this path has the type `{Self}`",
    note = "implement `std::str::FromStr` for the type, or remove the type to get the text"
)]
pub trait FromPath: Sized {
    /// Returns the value, or `None` if the text is not valid.
    fn from_path(text: &str) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr + 'static> FromPath for T {
    #[inline]
    fn from_path(text: &str) -> Option<Self> {
        if !has_one_spelling::<T>(text) {
            return None;
        }
        text.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_ends_before_the_slash() {
        assert_eq!(segment("a/b"), Some(("a", "/b")));
        assert_eq!(segment("a"), Some(("a", "")));
        assert_eq!(segment("café/b"), Some(("café", "/b")));
    }

    #[test]
    fn a_segment_is_not_empty() {
        assert_eq!(segment("/b"), None);
        assert_eq!(segment(""), None);
        assert_eq!(last_segment(""), None);
    }

    #[test]
    fn a_slash_is_found_at_every_position() {
        // `.` and `0` are next to `/`, and `\u{af}` ends in the byte of a slash with its high bit set.
        for other in ["a", ".", "0", "\u{af}", "\u{0}", "\u{7f}"] {
            for length in 0..40 {
                let front = format!("a{}", other.repeat(length));
                assert_eq!(last_segment(&front), Some(front.as_str()));
                assert_eq!(segment(&front), Some((front.as_str(), "")));
                for after in ["/", "//", "/.0", "/aaaaaaaaaaaa/a"] {
                    let path = format!("{front}{after}");
                    assert_eq!(segment(&path), Some((front.as_str(), after)));
                    assert_eq!(last_segment(&path), None);
                }
            }
        }
    }

    #[test]
    fn the_leftmost_text_ends_a_parameter_that_is_not_empty() {
        assert_eq!(before("a-b-c", "-"), Some(("a", "b-c")));
        assert_eq!(before("-a-b", "-"), Some(("-a", "b")));
        assert_eq!(before("-a", "-"), None);
        assert_eq!(before("a", "-"), None);
        assert_eq!(before("a-", "-"), Some(("a", "")));
        assert_eq!(before("aaa", "aa"), Some(("a", "")));
        assert_eq!(before("é-é", "-"), Some(("é", "é")));
        assert_eq!(before("", "-"), None);
    }

    #[test]
    fn an_ending_leaves_a_parameter_that_is_not_empty() {
        assert_eq!(ending("a.json", ".json"), Some("a"));
        assert_eq!(ending(".json", ".json"), None);
        assert_eq!(ending("a.xml", ".json"), None);
    }

    #[test]
    fn text_is_not_found_inside_an_escape() {
        assert_eq!(ending("x%2F", "2F"), None);
        assert_eq!(ending("x%2F", "F"), None);
        assert_eq!(ending("x%252F", "2F"), Some("x%25"));
        assert_eq!(before("x%25-5y", "5"), Some(("x%25-", "y")));
        assert_eq!(before("x%25", "25"), None);
    }

    #[test]
    fn a_typed_parameter_is_decoded_and_parsed() {
        assert_eq!(parse::<u32>("7"), Some(7));
        assert_eq!(parse::<u32>("seven"), None);
        assert_eq!(parse::<String>("a%2Fb").as_deref(), Some("a/b"));
    }

    #[test]
    fn a_part_of_a_segment_is_not_a_dot_segment_and_has_no_outer_slash() {
        for text in [".", "..", "%2Fa", "..%2Fa", ".%2Fa", "..\\a"] {
            assert_eq!(last_segment(text), None, "{text}");
            assert_eq!(segment(text), None, "{text}");
            assert_eq!(before(&format!("a-{text}"), "-"), None, "{text}");
        }
        for text in [".", "..", "a%2F", "a%2F..", "a%2F.", "a\\.."] {
            assert_eq!(before(&format!("{text}-a"), "-"), None, "{text}");
            assert_eq!(ending(&format!("{text}-a"), "-a"), None, "{text}");
        }
        for text in [".a", "...", "a%2Fb", "%25", "..a%2F.b", "F", "\\a", "a."] {
            assert_eq!(last_segment(text), Some(text));
            assert_eq!(ending(&format!("{text}-a"), "-a"), Some(text));
        }
    }

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(parse::<u32>("007"), None);
        assert_eq!(parse::<u32>("+7"), None);
        assert_eq!(parse::<i8>("-7"), Some(-7));
        assert_eq!(parse::<String>("007").as_deref(), Some("007"));
    }
}

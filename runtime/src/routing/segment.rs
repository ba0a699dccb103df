//! How a path in normal form is taken apart.

use std::str::FromStr;

use super::path::decode;

/// The text up to the next slash or the end, unless it is empty; and what follows. The slash stays with what follows.
///
/// Not inlined: a server with many routes asks at hundreds of places, and less code in each is worth more there than
/// the call costs. Generic, so that it is compiled into the user's crate: a call from one crate into another goes
/// through a table of addresses, which a branch predictor that has much to remember does not foresee.
#[inline(never)]
pub fn segment<T: AsRef<str> + ?Sized>(path: &T) -> Option<(&str, &str)> {
    let path = path.as_ref();
    match near_slash(path.as_bytes()) {
        NEAR => far_segment(path),
        end => split(path, end),
    }
}

/// All that is left of the path, if that is one segment. Generic like [`segment`].
#[inline(never)]
pub fn last_segment<T: AsRef<str> + ?Sized>(path: &T) -> Option<&str> {
    let path = path.as_ref();
    (!path.is_empty() && !has_slash(path.as_bytes())).then_some(path)
}

#[inline]
fn split(path: &str, end: usize) -> Option<(&str, &str)> {
    path.split_at_checked(end).filter(|_| end > 0)
}

/// How many bytes are looked at at once. Parameters are seldom longer, and of a length that nothing predicts: so
/// nothing depends on where in these bytes the slash is, or whether there are as many.
const NEAR: usize = 16;

/// Where the first slash is, or the end; [`NEAR`] stands for that and all that is farther away.
#[inline]
fn near_slash(path: &[u8]) -> usize {
    let behind = path.len().min(NEAR).saturating_sub(8);
    let far = path.get(behind..).and_then(|far| far.first_chunk::<8>());
    let (Some(near), Some(far)) = (path.first_chunk::<8>(), far) else {
        return first(slashes(padded(path))).min(path.len());
    };
    // Where there are fewer than sixteen, both have some of them.
    let far = behind + first(slashes(u64::from_le_bytes(*far)));
    match slashes(u64::from_le_bytes(*near)) {
        0 => far,
        near => first(near),
    }
}

/// [`segment`] where there is no slash near.
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

/// Whether there is a slash, wherever it is: that takes less than to find it.
#[inline]
fn has_slash(path: &[u8]) -> bool {
    let half = |at: usize| path.get(at..).and_then(|it| it.first_chunk::<4>());
    let half = |at: usize| half(at).map_or(0, |it| u64::from(u32::from_le_bytes(*it)));
    match path.len() {
        0..4 => path.contains(&b'/'),
        // Four times four bytes cover them all; some are looked at twice.
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

/// Up to seven bytes as a word, zeros behind them: without a loop, for bytes that are read twice do no harm.
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

/// A bit for every byte of `word` that is a slash. Behind the first it may be one that is none.
#[inline]
fn slashes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let other = word ^ (ONES * b'/' as u64);
    // A byte borrows from its high bit only if it is zero, or if the one below has borrowed.
    other.wrapping_sub(ONES) & !other & (ONES << 7)
}

/// At which byte the first of `slashes` is; 8 if there is none.
#[inline]
fn first(slashes: u64) -> usize {
    slashes.trailing_zeros() as usize / 8
}

/// The first parameter of `{a}text…`: at least one character, up to the leftmost `text`; and what follows `text`.
#[inline]
pub fn before<'p>(segment: &'p str, text: &str) -> Option<(&'p str, &'p str)> {
    let mut from = segment.chars().next()?.len_utf8();
    loop {
        let at = from + segment.get(from..)?.find(text)?;
        let (capture, rest) = segment.split_at(at);
        if is_capture(capture) {
            return Some((capture, &rest[text.len()..]));
        }
        from = at + rest.chars().next()?.len_utf8();
    }
}

/// The parameter of `{a}text`, up to the end of the segment: at least one character.
#[inline]
pub fn ending<'p>(segment: &'p str, text: &str) -> Option<&'p str> {
    segment
        .strip_suffix(text)
        .filter(|capture| is_capture(capture))
}

/// Whether this can be what a parameter matched: not empty, and not ending inside of an escape, as it would if the
/// `25` of `%25` were taken for the text `25`.
fn is_capture(text: &str) -> bool {
    !text.is_empty() && !text.ends_with('%') && !text.ends_with("%2")
}

/// A parameter with a type.
#[inline]
pub fn parse<T: FromPath>(raw: &str) -> Option<T> {
    T::from_path(&decode(raw))
}

/// What the type of a parameter must be: `FromStr`, under a name by which rustc can tell what it is for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a path",
    label = "a parameter of this path is to be a `{Self}`",
    note = "implement `std::str::FromStr` for the type, or write the parameter without a type and take its text"
)]
pub trait FromPath: Sized {
    /// The value, if the text is one.
    fn from_path(text: &str) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr> FromPath for T {
    #[inline]
    fn from_path(text: &str) -> Option<Self> {
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
    fn a_slash_is_found_wherever_it_is() {
        // `.` and `0` are next to `/`, `\u{af}` ends in the byte of a slash with its high bit set.
        for other in ["a", ".", "0", "\u{af}", "\u{0}", "\u{7f}"] {
            for before in 1..40 {
                let front = other.repeat(before);
                assert_eq!(last_segment(&front), Some(front.as_str()));
                assert_eq!(segment(&front), Some((front.as_str(), "")));
                for behind in ["/", "//", "/.0", "/aaaaaaaaaaaa/a"] {
                    let path = format!("{front}{behind}");
                    assert_eq!(segment(&path), Some((front.as_str(), behind)));
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
}

//! Header values that are lists ([RFC 9110, 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1)).

use http::{HeaderMap, HeaderName};

/// Returns the elements of a list; empty ones are ignored.
pub(crate) fn elements(list: &[u8]) -> Elements<'_> {
    Elements(list)
}

/// The remaining elements of a list.
pub(crate) struct Elements<'l>(&'l [u8]);

impl<'l> Iterator for Elements<'l> {
    type Item = &'l [u8];

    fn next(&mut self) -> Option<&'l [u8]> {
        while !self.0.is_empty() {
            let comma = memchr::memchr(b',', self.0);
            let (element, rest) = self.0.split_at(comma.unwrap_or(self.0.len()));
            self.0 = rest.get(1..).unwrap_or_default();
            let element = trim_blanks(element);
            if !element.is_empty() {
                return Some(element);
            }
        }
        None
    }
}

/// Returns whether a header of this name lists the element, regardless of case.
pub(crate) fn lists(headers: &HeaderMap, name: HeaderName, element: &str) -> bool {
    for value in headers.get_all(name) {
        if elements(value.as_bytes()).any(|it| it.eq_ignore_ascii_case(element.as_bytes())) {
            return true;
        }
    }
    false
}

/// Returns the field names that a header lists; elements that are not field names are ignored.
#[cfg(any(feature = "http2", feature = "tower"))]
pub(crate) fn listed_names(headers: &HeaderMap, name: HeaderName) -> Vec<HeaderName> {
    let mut names = Vec::new();
    for value in headers.get_all(name) {
        for element in elements(value.as_bytes()) {
            names.extend(HeaderName::from_bytes(element));
        }
    }
    names
}

/// Removes spaces and tabs at both ends, and nothing else: a vertical tab is not whitespace here.
pub(crate) fn trim_blanks(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = value {
        value = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

/// Splits text at the separators outside of quoted strings. The parts have no whitespace around them.
pub(crate) fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    split(text, separator, Backslash::EscapesAll)
}

/// Splits text like [`split_unquoted`], for the headers in a multipart form: browsers do not escape the backslashes
/// of a file name, so a backslash that precedes another one is literal ([HTML,
/// 4.10.22.8](https://html.spec.whatwg.org/#multipart-form-data)).
#[cfg(feature = "multipart")]
pub(crate) fn split_unquoted_of_form(text: &str, separator: char) -> impl Iterator<Item = &str> {
    split(text, separator, Backslash::EscapesQuotes)
}

fn split(text: &str, separator: char, backslash: Backslash) -> Parts<'_> {
    Parts {
        rest: Some(text),
        separator,
        backslash,
    }
}

/// The remaining parts of a text.
struct Parts<'t> {
    rest: Option<&'t str>,
    separator: char,
    backslash: Backslash,
}

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.rest.take()?;
        // A separator is outside of quoted strings, so the next part begins outside of them.
        let mut quotes = Quotes::new(self.backslash);
        for (at, it) in text.char_indices() {
            if quotes.passes(it) && it == self.separator {
                self.rest = text.get(at + it.len_utf8()..);
                return Some(text[..at].trim());
            }
        }
        Some(text.trim())
    }
}

/// Returns whether the last quoted string is not closed.
pub(crate) fn ends_in_quotes(text: &str) -> bool {
    let mut quotes = Quotes::new(Backslash::EscapesAll);
    for it in text.chars() {
        quotes.passes(it);
    }
    quotes.is_open
}

/// The characters that a backslash escapes in a quoted string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backslash {
    /// The next character, which may be a backslash.
    EscapesAll,
    /// A quote.
    #[cfg(feature = "multipart")]
    EscapesQuotes,
}

/// Tracks whether the current position in a text is inside a quoted string.
struct Quotes {
    backslash: Backslash,
    is_open: bool,
    /// The next character follows a backslash.
    is_escaped: bool,
}

impl Quotes {
    fn new(backslash: Backslash) -> Self {
        Self {
            backslash,
            is_open: false,
            is_escaped: false,
        }
    }

    /// Advances past a character. Returns whether the character is outside of quoted strings.
    fn passes(&mut self, it: char) -> bool {
        let is_outside = !self.is_open;
        self.is_open ^= it == '"' && !self.is_escaped;
        let is_pair = self.is_escaped && self.backslash == Backslash::EscapesAll;
        self.is_escaped = it == '\\' && self.is_open && !is_pair;
        is_outside
    }
}

/// Parses a weight, such as `0.5`, into thousandths. A weight has up to three decimal places and is at most 1.
pub(crate) fn weight(value: &str) -> Option<u16> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let is_number = decimals.len() <= 3 && decimals.bytes().all(|it| it.is_ascii_digit());
    if !is_number || !matches!(whole, "0" | "1") {
        return None;
    }
    let thousandths: u16 = format!("{whole}{decimals:0<3}").parse().ok()?;
    (thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_quotes_do_not_count() {
        let all = |text| split_unquoted(text, ';').collect::<Vec<_>>();
        assert_eq!(all("a; b = c ;d"), ["a", "b = c", "d"]);
        assert_eq!(all(r#"a="x;y";b"#), [r#"a="x;y""#, "b"]);
        assert_eq!(all(r#"a="x\\";y;b"#), [r#"a="x\\""#, "y", "b"]);
        assert_eq!(all(r#"a="x\";y";b"#), [r#"a="x\";y""#, "b"]);
    }

    #[cfg(feature = "multipart")]
    #[test]
    fn a_backslash_of_a_form_escapes_only_quotes() {
        let all = |text| split_unquoted_of_form(text, ';').collect::<Vec<_>>();
        assert_eq!(all(r#"a="x\\";y";b"#), [r#"a="x\\";y""#, "b"]);
        assert_eq!(all(r#"a="c:\\x";b"#), [r#"a="c:\\x""#, "b"]);
        assert_eq!(all(r"a=\;b"), [r"a=\", "b"]);
    }

    #[test]
    fn weights_are_thousandths() {
        for (text, expected) in [
            ("0", Some(0)),
            ("1", Some(1000)),
            ("0.5", Some(500)),
            ("0.001", Some(1)),
            ("1.000", Some(1000)),
            ("0.", Some(0)),
            ("1.001", None),
            ("0.0001", None),
            ("2", None),
            (".5", None),
            ("-1", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(weight(text), expected, "{text}");
        }
    }
}

//! Escapes text from clients, so that it can end neither a line nor a quoted string.

use std::fmt::Write;

/// The maximum number of bytes of a string that are written. Most servers allow a request line of this length.
const MAX_TEXT: usize = 8 * 1024;

/// Marks truncated text.
const REST: &str = "...";

/// Appends text for a quoted field of the Common Log Format, as Apache writes it: a backslash precedes each quote and
/// each backslash, and every byte that is not a visible ASCII character or a space is written as `\xhh`.
#[inline]
pub(super) fn push_quoted(line: &mut String, text: &[u8]) {
    for &byte in &text[..text.len().min(MAX_TEXT)] {
        match byte {
            b'"' | b'\\' => {
                line.push('\\');
                line.push(char::from(byte));
            }
            b' '..=b'~' => line.push(char::from(byte)),
            _ => {
                let _ = write!(line, "\\x{byte:02x}");
            }
        }
    }
    if text.len() > MAX_TEXT {
        line.push_str(REST);
    }
}

/// Appends a JSON string with its quotes.
///
/// It consists of ASCII characters only, since some line readers also end a line at characters such as U+2028, and
/// terminals act on control characters beyond ASCII. Bytes that are not UTF-8 become U+FFFD.
#[inline]
pub(super) fn push_json(line: &mut String, text: &[u8]) {
    line.push('"');
    for chunk in text[..text.len().min(MAX_TEXT)].utf8_chunks() {
        push_json_text(line, chunk.valid());
        if !chunk.invalid().is_empty() {
            push_json_text(line, "\u{fffd}");
        }
    }
    if text.len() > MAX_TEXT {
        line.push_str(REST);
    }
    line.push('"');
}

#[inline]
fn push_json_text(line: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                line.push('\\');
                line.push(character);
            }
            ' '..='~' => line.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(line, "\\u{unit:04x}");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &[u8]) -> String {
        let mut line = String::new();
        push_quoted(&mut line, text);
        line
    }

    fn json(text: &[u8]) -> String {
        let mut line = String::new();
        push_json(&mut line, text);
        line
    }

    #[test]
    fn quotes_and_control_characters_are_escaped() {
        assert_eq!(quoted(b"a b"), "a b");
        assert_eq!(
            quoted(b"x\" 200 1\r\n\"\\\x1b[31m\x7f"),
            r#"x\" 200 1\x0d\x0a\"\\\x1b[31m\x7f"#
        );
        assert_eq!(quoted("é\u{85}".as_bytes()), r"\xc3\xa9\xc2\x85");
        assert_eq!(quoted(b"\xff\0"), r"\xff\x00");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_json_string_is_ascii_and_can_be_parsed() {
        for text in [
            "",
            "hello \"world\"\\\r\n\t\0\u{1b}\u{7f}",
            "é\u{85}\u{2028}\u{202e}\u{fffd}",
            "😀",
        ] {
            let written = json(text.as_bytes());
            assert!(written.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            let read: String = serde_json::from_str(&written).expect("a JSON string");
            assert_eq!(read, text);
        }
        assert_eq!(json(b"a\xffb\xe2\x82"), r#""a\ufffdb\ufffd""#);
    }

    #[test]
    fn long_text_is_truncated() {
        let text = vec![b'a'; MAX_TEXT + 1];
        assert_eq!(quoted(&text).len(), MAX_TEXT + REST.len());
        assert_eq!(json(&text).len(), MAX_TEXT + REST.len() + 2);
        assert_eq!(quoted(&text[1..]).len(), MAX_TEXT);
        let mut text = vec![b'a'; MAX_TEXT - 1];
        text.extend("é".as_bytes());
        assert!(json(&text).ends_with("aa\\ufffd...\""));
    }
}

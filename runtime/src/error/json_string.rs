//! Writes strings as JSON, even without serde.

use std::fmt::Write;

/// Appends a JSON string with its quotes. Only what JSON does not permit in a string is escaped.
pub(super) fn push_json_string(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            '\n' => json.push_str("\\n"),
            '\0'..' ' => {
                let _ = write!(json, "\\u{:04x}", u32::from(character));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_read_back() {
        let text: String = ('\0'..='\u{a0}').chain(['é', '\u{2028}', '😀']).collect();
        let mut json = String::new();
        push_json_string(&mut json, &text);
        let read: String = serde_json::from_str(&json).expect("a JSON string");
        assert_eq!(read, text);
    }
}

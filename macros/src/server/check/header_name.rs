//! Header names.

use crate::messages;

/// Returns the error for an invalid header name.
pub(super) fn name_error(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some(messages::empty_header());
    }
    let bad = name.chars().find(|char| !is_char(*char))?;
    let before_colon = name.split(':').next().unwrap_or_default();
    if bad == ':' && !before_colon.is_empty() {
        return Some(messages::header_with_colon(name, before_colon));
    }
    Some(messages::invalid_header(name, bad))
}

/// Returns whether RFC 9110 allows the character in a field name.
fn is_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char)
}

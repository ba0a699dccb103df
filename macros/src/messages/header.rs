//! Headers.

use super::text::short;

pub(crate) fn invalid_header(name: &str, bad: char) -> String {
    let name = short(name);
    format!(
        "invalid header name `{}`: {bad:?} is not allowed\nhelp: use letters, digits and dashes, as in `content-type`",
        name.escape_debug()
    )
}

/// Returns the message for `set_header("x-frame-options:", "DENY")`.
pub(crate) fn header_with_colon(name: &str, before: &str) -> String {
    format!(
        "a header name does not include the `:`, found `{}`\nhelp: use `\"{before}\"`",
        short(name).escape_debug()
    )
}

pub(crate) fn uppercase_static_header(name: &str) -> String {
    let lower = name.to_lowercase();
    format!("`HeaderName::from_static` requires a lowercase name\nhelp: use `\"{lower}\"`")
}

pub(crate) fn invalid_header_value(bad: char) -> String {
    format!(
        "invalid header value: {bad:?} is not allowed\nhelp: use visible ASCII characters, or `HeaderValue::try_from(text)?` for other text"
    )
}

pub(crate) fn empty_header() -> String {
    "the header name is empty\nhelp: use a name such as `content-type`".to_owned()
}

//! Headers.

use super::text::short;

pub(crate) fn invalid_header(name: &str, bad: char) -> String {
    let name = short(name);
    format!(
        "`{}` cannot be the name of a header: it holds {bad:?}\nhelp: a name is made of letters, digits and dashes, such as `content-type`",
        name.escape_debug()
    )
}

pub(crate) fn static_header_in_capitals(name: &str) -> String {
    let lower = name.to_lowercase();
    format!("`HeaderName::from_static` takes a name in lower case\nhelp: write `\"{lower}\"`")
}

pub(crate) fn invalid_header_value(bad: char) -> String {
    format!(
        "the value of a header cannot hold {bad:?}\nhelp: `from_static` takes visible ASCII; for other text write `HeaderValue::try_from(text)?`"
    )
}

pub(crate) fn empty_header() -> String {
    "the header needs a name\nhelp: write one, such as `content-type`".to_owned()
}

pub(crate) fn misspelled_header(name: &str, known: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        "`{name}` looks like a slip\nhelp: write `{known}`; if `{name}` is a header of your own, say so by `HeaderName::from_static(\"{lower}\")`"
    )
}

//! Header values that are lists ([RFC 9110, 5.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1)).

/// The elements of a list; empty ones are ignored.
pub(crate) fn elements(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let elements = list.split(|&byte| byte == b',').map(trim_blanks);
    elements.filter(|element| !element.is_empty())
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

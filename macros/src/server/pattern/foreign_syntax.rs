//! The syntax of other routers and of URLs, recognized and translated into ours. Each function returns the message for
//! the first error that it finds.

mod parameter;
mod path;
mod segment;

pub(super) use parameter::{check_parameter, check_parameter_name, identifier_like, is_keyword};
pub(super) use path::check_path;
pub(super) use segment::check_segment;

/// Returns the Rust type for a converter of Flask or Django.
pub(super) fn rust_type(converter: &str) -> Option<&'static str> {
    match converter {
        "int" | "integer" | "number" => Some("i64"),
        "uint" => Some("u64"),
        "float" | "double" => Some("f64"),
        _ => None,
    }
}

/// The words that syn does not accept as identifiers.
const KEYWORDS: [&str; 52] = [
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "Self", "self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Returns whether a variable can have this name. ASCII names are not parsed: for each string that a macro parses,
/// rustc adds a source file to those of the program.
pub(crate) fn is_identifier(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if name.is_empty() || !name.bytes().all(is_word) {
        return syn::parse_str::<syn::Ident>(name).is_ok();
    }
    !name.starts_with(|first: char| first.is_ascii_digit()) && !KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, is_identifier};

    #[test]
    fn identifiers_are_those_of_syn() {
        let names = [
            "", "a", "_a", "a_1", "1a", "a-b", " a", "a b", "é", "日本", "r#type", "Type",
        ];
        for name in names.into_iter().chain(KEYWORDS) {
            let expected = syn::parse_str::<syn::Ident>(name).is_ok();
            assert_eq!(is_identifier(name), expected, "{name}");
        }
    }
}

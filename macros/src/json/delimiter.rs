//! The delimiter of an invocation. A function-like macro receives only the tokens inside the delimiter, but
//! `json!["a"]` is an array and `json!("a")` is a string.

use proc_macro2::{Delimiter, Span, TokenStream};

/// Returns the delimiter of the invocation that is being expanded. Returns `None` if its source is unavailable or is
/// not an invocation of `json!`: in the output of another procedural macro, or in a macro from another crate whose
/// source is unavailable.
pub(crate) fn of_call(input: &TokenStream) -> Option<Delimiter> {
    let first = input.clone().into_iter().next();
    let first = first.and_then(|token| token.span().source_text());
    read(&Span::call_site().source_text()?, first.as_deref())
}

/// Reads the delimiter from source text such as `onward::json!["a"]`, which ends with the closing delimiter. Tokens
/// that a procedural macro creates have the span of that macro's invocation. So the text must be an invocation of
/// `json!`: its path ends in `json`, or contains a `$` because it is in a `macro_rules!` (`$name!($value)`), or, if
/// `json!` was imported under another name, the text contains the `first` token of the input.
fn read(call: &str, first: Option<&str>) -> Option<Delimiter> {
    let (path, rest) = call.split_once('!')?;
    let ours = names_json(path) || path.contains('$') || first.is_none_or(|it| rest.contains(it));
    match call.chars().next_back()? {
        ')' if ours => Some(Delimiter::Parenthesis),
        ']' if ours => Some(Delimiter::Bracket),
        '}' if ours => Some(Delimiter::Brace),
        _ => None,
    }
}

fn names_json(path: &str) -> bool {
    let mut words = path
        .trim_end()
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.next() == Some("json")
}

#[cfg(test)]
mod tests {
    use super::read;
    use proc_macro2::Delimiter::{Brace, Bracket, Parenthesis};

    #[test]
    fn the_last_character_is_the_delimiter() {
        assert_eq!(read(r#"json!("a")"#, Some("\"a\"")), Some(Parenthesis));
        assert_eq!(read(r#"json!["a"]"#, Some("\"a\"")), Some(Bracket));
        assert_eq!(read(r#"json! { "a" }"#, Some("\"a\"")), Some(Brace));
        assert_eq!(
            read("::onward::json!  /* ( */ [\n1, // )\n]", Some("1")),
            Some(Bracket)
        );
    }

    #[test]
    fn the_text_in_a_macro_rules_need_not_contain_the_input() {
        assert_eq!(read("json![$x]", Some("1")), Some(Bracket));
        assert_eq!(read("$crate::json! ($($t)*)", Some("1")), Some(Parenthesis));
        assert_eq!(read("$name![$($t)*]", Some("1")), Some(Bracket));
    }

    #[test]
    fn under_another_name_the_text_must_contain_the_first_token() {
        assert_eq!(read(r#"j!["a"]"#, Some("\"a\"")), Some(Bracket));
        assert_eq!(read("j![]", None), Some(Bracket));
        assert_eq!(read("generated![x]", Some("1")), None);
        assert_eq!(read("not_json![x]", Some("1")), None);
    }

    #[test]
    fn other_text_has_no_delimiter() {
        assert_eq!(read("#[derive(Json)]", Some("\"a\"")), None);
        assert_eq!(read("", None), None);
        assert_eq!(read("json!", None), None);
    }
}

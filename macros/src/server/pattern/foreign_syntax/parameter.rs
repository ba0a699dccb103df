//! The contents of a parameter's braces.

use super::{is_identifier, rust_type};
use crate::messages;

/// Returns the first error in the contents of the braces, which is mostly the syntax of another router.
pub(in super::super) fn check_parameter(inside: &str) -> Option<String> {
    let written = format!("{{{inside}}}");
    if inside.is_empty() {
        return Some(messages::empty_param());
    }
    if let Some(name) = inside.strip_prefix('&').filter(|it| is_identifier(it)) {
        return Some(messages::translated(&written, &format!("{{{name}}}")));
    }
    if let Some(name) = inside.strip_prefix(['*', '.', '&']) {
        let name = name.trim_start_matches(['*', '.']).trim();
        let name = if is_identifier(name) { name } else { "rest" };
        return Some(messages::translated(&written, &format!("{{{name}..}}")));
    }
    if let Some(name) = inside.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        return Some(messages::translated(
            &written,
            &format!("{{{}}}", name.trim()),
        ));
    }
    let name = inside.trim_end_matches('.');
    if inside.len() - name.len() != 2 && name != inside {
        let ours = format!("{{{}..}}", name.trim_end());
        return Some(messages::translated(&written, &ours));
    }
    if let Some(name) = inside
        .strip_suffix(['*', '+'])
        .filter(|it| is_identifier(it))
    {
        return Some(messages::translated(&written, &format!("{{{name}..}}")));
    }
    if let Some(name) = inside.strip_suffix(":?") {
        return Some(messages::translated(&written, &format!("{{{name}}}")));
    }
    if let Some(name) = inside.strip_suffix('?') {
        return Some(messages::optional_param(name));
    }
    parameter_in_words(inside, &written).or_else(|| parameter_type(inside, &written))
}

/// Reports `{id as u32}`, `{id -> u32}`, `{u32 id}`, `{mut id}`, `{id = 7}`: several words.
fn parameter_in_words(inside: &str, written: &str) -> Option<String> {
    let (head, ty) = match inside.split_once(':') {
        Some((head, ty)) => (head, Some(ty.trim())),
        None => (inside, None),
    };
    let words: Vec<&str> = head.split_whitespace().collect();
    let (name, ty) = match words.as_slice() {
        ["mut" | "ref" | "let", name] => (*name, ty),
        [name, "=", ..] => (*name, ty),
        [name, "as" | "->" | "=>", ty] => (*name, Some(*ty)),
        [ty, name] if is_type(ty) => (*name, Some(*ty)),
        [name, ty] if is_type(ty) => (*name, Some(*ty)),
        _ => return None,
    };
    if !is_identifier(name) {
        return None;
    }
    let ours = match ty.map(|ty| rust_type(ty).unwrap_or(ty)) {
        Some(ty) => format!("{{{name}: {ty}}}"),
        None => format!("{{{name}}}"),
    };
    Some(messages::translated(written, &ours))
}

/// Returns whether a word is certainly a type: a primitive type, a converter such as `int`, or an identifier that
/// begins with an uppercase letter.
fn is_type(word: &str) -> bool {
    let digits = word.get(1..).unwrap_or_default();
    let is_number = word.starts_with(['u', 'i', 'f'])
        && (digits == "size"
            || (!digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())));
    is_number
        || matches!(word, "bool" | "char" | "int" | "float")
        || (word.starts_with(char::is_uppercase) && is_identifier(word))
}

/// Reports `{id:\d+}`, `{tail:.*}`, `{id:int}`: a regular expression, a catch-all or a converter instead of a Rust
/// type.
fn parameter_type(inside: &str, written: &str) -> Option<String> {
    let (name, ty) = inside.split_once(':')?;
    let (name, ty) = (name.trim(), ty.trim());
    if ty.is_empty() {
        return Some(messages::missing_type(name));
    }
    if is_type(name) && !name.starts_with(char::is_uppercase) && !is_type(ty) && is_identifier(ty) {
        let (name, ty) = (ty, rust_type(name).unwrap_or(name));
        return Some(messages::translated(written, &format!("{{{name}: {ty}}}")));
    }
    if let Some(ty) = ty
        .strip_prefix("Option<")
        .and_then(|it| it.strip_suffix('>'))
    {
        return Some(messages::optional_type(
            written,
            &format!("{{{name}: {ty}}}"),
        ));
    }
    if let Some(ty) = rust_type(ty) {
        return Some(messages::translated(written, &format!("{{{name}: {ty}}}")));
    }
    let ours = match ty {
        ".*" | ".+" | "path" | "*" | "**" => {
            return Some(messages::translated(written, &format!("{{{name}..}}")));
        }

        "str" | "&str" | "string" | "[^/]+" | "slug" | "any" | "alpha" | "alphanum" => {
            format!("{{{name}}}")
        }
        "uuid" | "guid" => format!("{{{name}: uuid::Uuid}}"),
        _ if looks_like_regex(ty) => {
            return Some(messages::translated_regex(
                written,
                &format!("{{{name}: u32}}"),
            ));
        }
        _ => return None,
    };
    Some(messages::translated(written, &ours))
}

fn looks_like_regex(ty: &str) -> bool {
    ty.contains(['\\', '^', '$', '|', '?', '+'])
        || ty.contains("[^")
        || ty.contains("*)")
        || ty.ends_with('*')
        || ty.ends_with('}')
        || (ty.starts_with('[') && !ty.contains(';'))
}

/// Returns the error in the name of a parameter, if there is one.
pub(in super::super) fn check_parameter_name(name: &str) -> Option<String> {
    if name.is_empty() {
        Some(messages::empty_param())
    } else if name == "_" {
        Some(messages::underscore_param())
    } else if is_keyword(name) {
        Some(messages::keyword_param(name))
    } else if !is_identifier(name) {
        Some(messages::invalid_param(name, &identifier_like(name)))
    } else {
        None
    }
}

/// Returns whether a word is not an identifier only because it is a keyword.
pub(in super::super) fn is_keyword(name: &str) -> bool {
    !is_identifier(name) && is_identifier(&format!("{name}_"))
}

/// Returns the nearest identifier: `user-id` → `user_id`, `1st` → `_1st`.
pub(in super::super) fn identifier_like(name: &str) -> String {
    let mut like: String = name
        .chars()
        .map(|char| if char.is_alphanumeric() { char } else { '_' })
        .collect();
    if like.starts_with(char::is_numeric) {
        like.insert(0, '_');
    }
    if is_identifier(&like) {
        like
    } else {
        "name".to_owned()
    }
}

//! The path of a route.

use crate::messages::text::short;

pub(crate) fn empty_path() -> String {
    "the path is empty\nhelp: use `\"/\"` for the root".to_owned()
}

pub(crate) fn full_url(path: &str, own: &str) -> String {
    let path = short(path);
    let own = short(own);
    format!(
        "expected a path, found the URL `{path}`\nhelp: use `\"{own}\"`; the host is `req.hostname()`"
    )
}

pub(crate) fn whitespace(path: &str) -> String {
    format!(
        "path must not contain control characters, or start or end with whitespace: `{:?}`\nhelp: use `{:?}`",
        short(path),
        short(&path.trim().replace(char::is_control, ""))
    )
}

pub(crate) fn fragment(path: &str, at: usize) -> String {
    let (own, fragment) = path.split_at(at);
    let (own, fragment) = (short(own), short(fragment));
    format!(
        "path must not contain a fragment, which clients never send: `{fragment}`\nhelp: use `\"{own}\"`"
    )
}

pub(crate) fn no_leading_slash(path: &str) -> String {
    let path = short(path);
    format!("path must start with `/`: `{path}`\nhelp: use `\"/{path}\"`")
}

pub(crate) fn double_slash(path: &str) -> String {
    let mut single = path.to_owned();
    while single.contains("//") {
        single = single.replace("//", "/");
    }
    let (path, single) = (short(path), short(&single));
    format!("path must not contain an empty segment: `{path}`\nhelp: use `\"{single}\"`")
}

pub(crate) fn trailing_slash(path: &str) -> String {
    let own = short(path.trim_end_matches('/'));
    let path = short(path);
    format!(
        "path must not end with `/`: `{path}`\nhelp: use `\"{own}\"`; to accept both forms, add `#[server(trailing_slash = ignore)]` or `redirect`"
    )
}

pub(crate) fn dot_segment(segment: &str) -> String {
    let segment = short(segment);
    format!(
        "path must not contain a `{segment}` segment: clients resolve it before they send the request\nhelp: remove it"
    )
}

pub(crate) fn backslash(path: &str) -> String {
    let own = short(&path.replace("\\", "/"));
    let path = short(path);
    format!("path must not contain a backslash: `{path}`\nhelp: use `\"{own}\"`")
}

pub(crate) fn method_in_path(method: &str, path: &str) -> String {
    let path = short(path);
    format!("the method must not be in quotes\nhelp: use `{method} \"{path}\" => …`")
}

pub(crate) fn percent_encoded(segment: &str, decoded: &str) -> String {
    let segment = short(segment);
    let decoded = short(decoded);
    format!(
        "path must not be percent-encoded: `{segment}`\nhelp: use the decoded text: `{decoded}`"
    )
}

pub(crate) fn translated(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!("`{theirs}` is not Onward's parameter syntax\nhelp: use `{ours}`")
}

pub(crate) fn translated_regex(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!(
        "regular expressions are not supported in paths: `{theirs}`\nhelp: use a typed parameter such as `{ours}`, or a guard: `if …`"
    )
}

pub(crate) fn regex(path: &str) -> String {
    let path = short(path);
    format!(
        "regular expressions are not supported in paths: `{path}`\nhelp: use a typed parameter such as `{{id: u32}}`, or a guard: `if …`"
    )
}

pub(crate) fn alternatives(group: &str, first: &str, second: &str) -> String {
    let group = short(group);
    format!(
        "a path cannot contain alternatives: `{group}`\nhelp: use a route for each: `\"{first}\"`, `\"{second}\"`; they may call the same function"
    )
}

pub(crate) fn optional_group(group: &str, ours: &str) -> String {
    format!(
        "a part of a path cannot be optional: `{group}`\nhelp: use two routes, one with `{ours}` and one without"
    )
}

pub(crate) fn lookalike(theirs: char, ours: char) -> String {
    let code = u32::from(theirs);
    format!("`{theirs}` (U+{code:04X}) is not `{ours}`\nhelp: use `{ours}`")
}

pub(crate) fn stray_brace(path: &str) -> String {
    let path = short(path);
    format!("unmatched `}}` in `{path}`\nhelp: use `{{name}}` for a parameter, or remove the `}}`")
}

pub(crate) fn unclosed_brace(piece: &str) -> String {
    let piece = short(piece);
    let name: String = piece
        .chars()
        .skip_while(|char| *char == '{')
        .take_while(|char| char.is_alphanumeric() || *char == '_')
        .collect();
    let name = if name.is_empty() { "name" } else { &name };
    format!("unclosed `{{` in `{piece}`\nhelp: use `{{{name}}}`")
}

pub(crate) fn missing_path() -> String {
    "expected a path\nhelp: add it as a string literal: `route!(\"/path\" => expression)`"
        .to_owned()
}

pub(crate) fn several_paths() -> String {
    "a route can have only one path\nhelp: use one `route!` for each path; they may call the same function".to_owned()
}

pub(crate) fn path_not_a_string() -> String {
    "expected a string literal\nhelp: use plain quotes: `\"/path\"`".to_owned()
}

pub(crate) fn status_as_path(status: &str) -> String {
    format!(
        "expected a path, found a status\nhelp: use `route!(_ => ({status}, expression))` for requests that no route matches"
    )
}

pub(crate) fn unquoted_path(path: &str) -> String {
    let quoted = path.replace([' ', '"'], "");
    format!("expected a string literal, found `{path}`\nhelp: use quotes: `\"{quoted}\"`")
}

/// Returns the message for `"/api" + "/users"` and `concat!("/api", "/users")`.
pub(crate) fn joined_path(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    format!("a path must be one string literal, found `{theirs}`\nhelp: use `\"{ours}\"`")
}

pub(crate) fn path_not_a_literal(text: &str) -> String {
    format!(
        "expected a string literal, found `{text}`; paths must be known at compile time\nhelp: use the path itself: `route!(\"/path\" => expression)`"
    )
}

pub(crate) fn quoted_fallback(path: &str) -> String {
    format!("`{path}` is not a path\nhelp: use `_ => …` without quotes for the fallback")
}

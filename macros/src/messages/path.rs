//! The path of a route.

use super::text::short;

pub(crate) fn empty_path() -> String {
    "the path is empty\nhelp: the root is `\"/\"`".to_owned()
}

pub(crate) fn full_url(path: &str, own: &str) -> String {
    let path = short(path);
    let own = short(own);
    format!(
        "`{path}` is a whole URL, and a route is the path alone\nhelp: write `\"{own}\"`; the host is in `req.headers`"
    )
}

pub(crate) fn blank_around(path: &str) -> String {
    format!(
        "the path {:?} has blanks around it or control characters in it, which no request has\nhelp: write `{:?}`",
        short(path),
        short(&path.trim().replace(char::is_control, ""))
    )
}

pub(crate) fn query(path: &str, at: usize) -> String {
    let (own, query) = path.split_at(at);
    let (own, query) = (short(own), short(query));
    let name = query[1..].split(['=', '&']).next().unwrap_or_default();
    let name = name.trim_matches(['{', '}', ':', '<', '>']);
    let name = if name.is_empty() { "name" } else { name };
    format!(
        "`{query}` is a query, and a route is the path alone\nhelp: write `\"{own}\"` and read the query in the answer: `req.url.query::<u32>(\"{name}\")?`"
    )
}

pub(crate) fn fragment(path: &str, at: usize) -> String {
    let (own, fragment) = path.split_at(at);
    let (own, fragment) = (short(own), short(fragment));
    format!("`{fragment}` is a fragment, which browsers never send\nhelp: write `\"{own}\"`")
}

pub(crate) fn no_leading_slash(path: &str) -> String {
    let path = short(path);
    format!("the path `{path}` does not start with a slash\nhelp: write `\"/{path}\"`")
}

pub(crate) fn double_slash(path: &str) -> String {
    let mut single = path.to_owned();
    while single.contains("//") {
        single = single.replace("//", "/");
    }
    let (path, single) = (short(path), short(&single));
    format!("`{path}` has an empty segment: `//`\nhelp: write `\"{single}\"`")
}

pub(crate) fn trailing_slash(path: &str) -> String {
    let own = short(path.trim_end_matches('/'));
    let path = short(path);
    format!(
        "`{path}` ends with a slash\nhelp: write `\"{own}\"`; `#[server(trailing_slash = ignore)]` answers both, `redirect` sends one to the other"
    )
}

pub(crate) fn dot_segment(segment: &str) -> String {
    let segment = short(segment);
    format!(
        "a segment `{segment}` never arrives: clients resolve it before they send the path\nhelp: leave it out"
    )
}

pub(crate) fn backslash(path: &str) -> String {
    let own = short(&path.replace('\\', "/"));
    let path = short(path);
    format!("`{path}` has a backslash, and paths are written with slashes\nhelp: write `\"{own}\"`")
}

pub(crate) fn method_in_path(method: &str, path: &str) -> String {
    let path = short(path);
    format!("the method stands outside the quotes\nhelp: write `{method} \"{path}\" => …`")
}

pub(crate) fn percent_encoded(segment: &str, decoded: &str) -> String {
    let segment = short(segment);
    let decoded = short(decoded);
    format!(
        "`{segment}` is percent-encoded, and routes are matched decoded\nhelp: write `{decoded}`"
    )
}

pub(crate) fn translated(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!("`{theirs}` is another router's syntax\nhelp: write `{ours}`")
}

pub(crate) fn translated_regex(theirs: &str, ours: &str) -> String {
    let theirs = short(theirs);
    let ours = short(ours);
    format!(
        "`{theirs}`: a path takes no regex\nhelp: give the parameter a type that reads it, such as `{ours}`, or a guard: `if …`"
    )
}

pub(crate) fn regex(path: &str) -> String {
    let path = short(path);
    format!(
        "`{path}`: a path takes no regex\nhelp: give a parameter a type that reads it, such as `{{id: u32}}`, or a guard: `if …`"
    )
}

pub(crate) fn optional_group(group: &str, ours: &str) -> String {
    format!(
        "`{group}`: a part of a path cannot be optional\nhelp: write two routes, one with `{ours}` and one without"
    )
}

pub(crate) fn lookalike(theirs: char, ours: char) -> String {
    format!("`{theirs}` only looks like `{ours}`\nhelp: write `{ours}`")
}

pub(crate) fn stray_brace(path: &str) -> String {
    let path = short(path);
    format!("`{path}` has a `}}` without its `{{`\nhelp: a parameter is written `{{name}}`")
}

pub(crate) fn unclosed_brace(piece: &str) -> String {
    let piece = short(piece);
    let name: String = piece
        .chars()
        .skip_while(|char| *char == '{')
        .take_while(|char| char.is_alphanumeric() || *char == '_')
        .collect();
    let name = if name.is_empty() { "name" } else { &name };
    format!("`{piece}` has a `{{` without its `}}`\nhelp: write `{{{name}}}`")
}

pub(crate) fn missing_path() -> String {
    "the path is missing\nhelp: write it as a string: `route!(\"/path\" => answer)`".to_owned()
}

pub(crate) fn several_paths() -> String {
    "a route has one path\nhelp: write a `route!` for each path; they may call the same function"
        .to_owned()
}

pub(crate) fn path_not_a_string() -> String {
    "a path is a string literal\nhelp: write it in plain quotes: `\"/path\"`".to_owned()
}

pub(crate) fn unquoted_path(path: &str) -> String {
    let path = path.replace([' ', '"'], "");
    format!("a path is a string literal\nhelp: put it in quotes: `\"{path}\"`")
}

pub(crate) fn path_not_a_literal(text: &str) -> String {
    format!(
        "`{text}` is no string literal, and the routes are compiled from the text of their paths\nhelp: write the path itself: `route!(\"/path\" => answer)`"
    )
}

pub(crate) fn quoted_fallback(path: &str) -> String {
    format!("`{path}` is no path\nhelp: the fallback is written `_ => …`, without quotes")
}

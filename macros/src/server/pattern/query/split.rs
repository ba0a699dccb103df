//! Splits the text of a path and its query.

/// Splits at the `?` that begins the query. `/users/:id?` and `/users/{id}?/more` contain optional parameters of other
/// routers and have no query.
pub(crate) fn split_query(text: &str) -> (&str, Option<&str>) {
    let Some(at) = top_level(text, '?') else {
        return (text, None);
    };
    let (path, query) = (&text[..at], &text[at + 1..]);
    let segment = path.rsplit('/').next().unwrap_or_default();
    let is_optional = query.is_empty() && segment.starts_with([':', '{', '(']);
    if is_optional || query.starts_with('/') || query.starts_with(')') {
        return (text, None);
    }
    (path, Some(query))
}

/// Returns the position of the first `sign` outside of braces and angle brackets. Doubled braces are text.
pub(super) fn top_level(text: &str, sign: char) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        let is_doubled =
            depth == 0 && (text[at..].starts_with("{{") || text[at..].starts_with("}}"));
        match char {
            _ if escaped => escaped = false,
            _ if is_doubled => escaped = true,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            _ if quoted => {}
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            _ if char == sign && depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Returns the parts between `&`.
pub(super) fn pieces(query: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = query;
    while let Some(at) = top_level(rest, '&') {
        pieces.push(&rest[..at]);
        rest = &rest[at + 1..];
    }
    pieces.push(rest);
    pieces
}

/// Returns the length of `{…}` at the start of `text`, ignoring braces in strings.
pub(super) fn braces_len(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Returns the position of the `=` before a default: the first one outside of brackets and quotes.
pub(super) fn default_sign(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    for (at, char) in text.char_indices() {
        match char {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '<' | '(' | '[' | '{' => depth += 1,
            '>' | ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '=' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

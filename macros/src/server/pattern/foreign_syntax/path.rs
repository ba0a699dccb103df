//! The path as a whole.

use super::is_identifier;
use crate::messages;

/// Returns the first error that concerns the path as a whole.
pub(in super::super) fn check_path(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(messages::empty_path());
    }
    if matches!(path, "*" | "**" | "_") {
        return Some(messages::quoted_fallback(path));
    }
    if let Some(at) = path.find("://") {
        let after = &path[at + 3..];
        let own = after.find('/').map_or("/", |slash| &after[slash..]);
        return Some(messages::full_url(path, own));
    }
    if path.trim() != path || path.contains(char::is_control) {
        return Some(messages::whitespace(path));
    }
    quoted_method(path)
        .or_else(|| lookalike(path))
        .or_else(|| optional_group(path))
        .or_else(|| outside_braces(path))
}

/// Reports `∕users` and `/users/｛id｝`: a first character that looks like `/`, and braces that look like ours. Such a
/// slash is ordinary text in any other position.
fn lookalike(path: &str) -> Option<String> {
    let first = path.chars().next()?;
    if "∕⁄／".contains(first) {
        return Some(messages::lookalike(first, '/'));
    }
    let brace = path.chars().find(|char| "｛｝".contains(*char))?;
    let ours = if brace == '｛' { '{' } else { '}' };
    Some(messages::lookalike(brace, ours))
}

/// Reports `/users(.:format)`, `/users(/:id)` of Rails: an optional part.
fn optional_group(path: &str) -> Option<String> {
    let open = ["(.:", "(/:", "(:"]
        .iter()
        .find_map(|open| path.find(open))?;
    let close = path[open..].find(')')?;
    let group = &path[open..=open + close];
    let (before, name) = group[1..group.len() - 1].split_once(':')?;
    is_identifier(name).then(|| messages::optional_group(group, &format!("{before}{{{name}}}")))
}

/// Reports `"GET /x"`: the method inside the quotes.
fn quoted_method(path: &str) -> Option<String> {
    let (word, own) = path.split_once(' ')?;
    let method = word.to_uppercase();
    let own = own.trim_start();
    let is_method = crate::http::methods::Methods::named(&method).is_some() && own.starts_with('/');
    is_method.then(|| messages::method_in_path(&method, own))
}

/// Reports a backslash: `\d` is a regular expression, `\users` a Windows path.
fn backslash(path: &str, at: usize) -> String {
    let after = path[at + 1..].chars().next();
    if after.is_none_or(|char| "dwsDWSbB.+*?()[]{}/^$".contains(char)) {
        messages::regex(path)
    } else {
        messages::backslash(path)
    }
}

/// Reports a `?`, a `#fragment`, a backslash, and a missing or superfluous slash.
fn outside_braces(path: &str) -> Option<String> {
    let mut depth = 0_usize;
    let mut doubled = false;
    for (at, char) in path.char_indices() {
        let here = &path[at..];
        match char {
            _ if doubled => doubled = false,
            '{' | '}' if depth == 0 && (here.starts_with("{{") || here.starts_with("}}")) => {
                doubled = true;
            }
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => return Some(question_mark(path, at)),
            '#' if depth == 0 => return Some(hash(path, at)),
            '\\' if depth == 0 => return Some(backslash(path, at)),
            _ => {}
        }
    }
    if path.starts_with('^') {
        return Some(messages::regex(path));
    }
    if let Some(own) = after_host(path) {
        return Some(messages::full_url(path, own));
    }
    if !path.starts_with('/') {
        return Some(messages::no_leading_slash(path));
    }
    if path.contains("//") {
        return Some(messages::double_slash(path));
    }
    if path.len() > 1 && path.ends_with('/') {
        return Some(messages::trailing_slash(path));
    }
    None
}

/// Reports a `#`: `#top` is a fragment, `#{id}` is interpolation in Ruby.
fn hash(path: &str, at: usize) -> String {
    let after = &path[at + 1..];
    let name = after
        .strip_prefix('{')
        .and_then(|name| name.split_once('}'));
    match name {
        Some((name, _)) if is_identifier(name) => {
            messages::translated(&format!("#{{{name}}}"), &format!("{{{name}}}"))
        }
        _ => messages::fragment(path, at),
    }
}

/// Returns the path of `localhost:3000/users`, `www.shop.example/users`.
fn after_host(path: &str) -> Option<&str> {
    let slash = path.find('/')?;
    let (host, own) = path.split_at(slash);
    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
    let has_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = has_port
        || host == "localhost"
        || host.starts_with("www.")
        || [".com", ".org", ".net"]
            .iter()
            .any(|end| host.ends_with(end));
    is_host.then_some(own)
}

/// Reports a `?`: `/users/:id?` is an optional parameter; `/users?/new` has a query in the middle.
fn question_mark(path: &str, at: usize) -> String {
    let segment = path[..at]
        .rfind('/')
        .map_or("", |slash| &path[slash + 1..at]);
    match segment.strip_prefix(':') {
        Some(name) => messages::optional_param(name),
        _ if segment.starts_with('{') => messages::optional_param(segment.trim_matches(['{', '}'])),
        _ if segment.starts_with('(') => messages::regex(path),
        _ => messages::question_mark(path, at),
    }
}

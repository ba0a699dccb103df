//! What people type who come from another framework, or from a browser's address bar: recognised
//! and translated into our syntax. Each function gives the message of the first mistake it sees.

use crate::messages;

/// Mistakes that concern the path as a whole.
pub(super) fn whole_path(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(messages::empty_path());
    }
    if matches!(path, "*" | "**" | "_") {
        return Some(messages::quoted_fallback(path));
    }
    if let Some(at) = path.find("://") {
        let behind = &path[at + 3..];
        let own = behind.find('/').map_or("/", |slash| &behind[slash..]);
        return Some(messages::full_url(path, own));
    }
    if path.trim() != path || path.contains(char::is_control) {
        return Some(messages::blank_around(path));
    }
    method_in_front(path)
        .or_else(|| lookalike(path))
        .or_else(|| optional_group(path))
        .or_else(|| outside_braces(path))
}

/// `∕users`, `/users/｛id｝`: signs that only look like ours. Elsewhere in a path they are ordinary text.
fn lookalike(path: &str) -> Option<String> {
    let first = path.chars().next()?;
    if "∕⁄／".contains(first) {
        return Some(messages::lookalike(first, '/'));
    }
    let brace = path.chars().find(|char| "｛｝".contains(*char))?;
    let ours = if brace == '｛' { '{' } else { '}' };
    Some(messages::lookalike(brace, ours))
}

/// `/users(.:format)`, `/users(/:id)` of Rails: a part that may be missing.
fn optional_group(path: &str) -> Option<String> {
    let open = ["(.:", "(/:", "(:"]
        .iter()
        .find_map(|open| path.find(open))?;
    let close = path[open..].find(')')?;
    let group = &path[open..=open + close];
    let (before, name) = group[1..group.len() - 1].split_once(':')?;
    is_identifier(name).then(|| messages::optional_group(group, &format!("{before}{{{name}}}")))
}

/// `"GET /x"`: the method in the quotes.
fn method_in_front(path: &str) -> Option<String> {
    let (word, own) = path.split_once(' ')?;
    let method = word.to_uppercase();
    let own = own.trim_start();
    let is_method = crate::methods::Methods::named(&method).is_some() && own.starts_with('/');
    is_method.then(|| messages::method_in_path(&method, own))
}

/// `\d` is a regex, `\users` a file of Windows.
fn backslash(path: &str, at: usize) -> String {
    let behind = path[at + 1..].chars().next();
    if behind.is_none_or(|char| "dwsDWSbB.+*?()[]{}/^$".contains(char)) {
        messages::regex(path)
    } else {
        messages::backslash(path)
    }
}

/// `?query`, `#fragment`, a backslash; a missing or a superfluous slash.
fn outside_braces(path: &str) -> Option<String> {
    let mut depth = 0_usize;
    for (at, char) in path.char_indices() {
        match char {
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
    if let Some(own) = behind_host(path) {
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

/// `#top` is a fragment, `#{id}` a parameter as Ruby puts it into text.
fn hash(path: &str, at: usize) -> String {
    let behind = &path[at + 1..];
    let name = behind
        .strip_prefix('{')
        .and_then(|name| name.split_once('}'));
    match name {
        Some((name, _)) if is_identifier(name) => {
            messages::translated(&format!("#{{{name}}}"), &format!("{{{name}}}"))
        }
        _ => messages::fragment(path, at),
    }
}

/// The path of `localhost:3000/users`, `www.shop.example/users`.
fn behind_host(path: &str) -> Option<&str> {
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

/// `/users?page=1` asks for a query, `/users/:id?` for an optional parameter.
fn question_mark(path: &str, at: usize) -> String {
    let segment = path[..at]
        .rfind('/')
        .map_or("", |slash| &path[slash + 1..at]);
    let ends_segment = path[at + 1..].is_empty() || path[at + 1..].starts_with('/');
    match segment.strip_prefix(':') {
        Some(name) if ends_segment => messages::optional_param(name),
        _ if segment.starts_with('{') && ends_segment => {
            messages::optional_param(segment.trim_matches(['{', '}']))
        }
        _ => messages::query(path, at),
    }
}

/// Mistakes that concern one segment of `path`.
pub(super) fn segment(path: &str, segment: &str) -> Option<String> {
    if segment == "." || segment == ".." {
        return Some(messages::dot_segment(segment));
    }
    if let Some(decoded) = percent_decoded(segment) {
        return Some(messages::percent_encoded(segment, &decoded));
    }
    colon(segment)
        .or_else(|| star(segment))
        .or_else(|| brackets(segment))
        .or_else(|| regex_group(path, segment))
}

/// `:id` of Express, Rails and early axum; `:id(\d+)` and `:rest*` of path-to-regexp.
fn colon(segment: &str) -> Option<String> {
    let name = segment.strip_prefix(':')?;
    let end = name
        .find(|char: char| !char.is_alphanumeric() && char != '_')
        .unwrap_or(name.len());
    let (name, behind) = name.split_at(end);
    if name.is_empty() {
        return None;
    }
    Some(match behind {
        "*" | "+" => messages::translated(segment, &format!("{{{name}..}}")),
        "?" => messages::optional_param(name),
        _ if behind.starts_with('(') => {
            messages::translated_regex(segment, &format!("{{{name}: u32}}"))
        }
        _ => messages::translated(segment, &format!("{{{name}}}{behind}")),
    })
}

/// `*`, `*rest` and `**` of most routers.
fn star(segment: &str) -> Option<String> {
    let name = segment.strip_prefix('*')?.trim_start_matches('*');
    if !name.is_empty() && !is_identifier(name) {
        return None;
    }
    let name = if name.is_empty() { "rest" } else { name };
    Some(messages::translated(segment, &format!("{{{name}..}}")))
}

/// `<id>`, `<int:id>`, `<rest..>` of Rocket and Flask; `[id]`, `[...rest]` of file routers.
fn brackets(segment: &str) -> Option<String> {
    let open = segment.find(['<', '['])?;
    let close = if segment[open..].starts_with('<') {
        '>'
    } else {
        ']'
    };
    let len = segment[open..].find(close)?;
    if segment[..open].contains('{') {
        return None;
    }
    let (before, behind) = (&segment[..open], &segment[open + len + 1..]);
    let inside = &segment[open + 1..open + len];
    // `<int:id>`: the name comes last.
    let name = inside.rsplit(':').next().unwrap_or(inside);
    let bare = name.trim_matches('.').trim_end_matches('?');
    if !is_identifier(bare) {
        return None;
    }
    let is_rest = name.contains("..") || inside.starts_with("path:");
    let ty = inside.split_once(':').and_then(|(ty, _)| rust_type(ty));
    let ours = match ty {
        _ if is_rest => format!("{{{bare}..}}"),
        Some(ty) => format!("{{{bare}: {ty}}}"),
        None => format!("{{{bare}}}"),
    };
    Some(messages::translated(
        segment,
        &format!("{before}{ours}{behind}"),
    ))
}

/// The type that a converter of Flask or Django stands for.
fn rust_type(converter: &str) -> Option<&'static str> {
    match converter {
        "int" | "integer" | "number" => Some("i64"),
        "uint" => Some("u64"),
        "float" | "double" => Some("f64"),
        _ => None,
    }
}

/// `(\d+)`, `([a-z]+)`, `(.*)`: a group that is a regex. Parentheses alone are ordinary text.
fn regex_group(path: &str, segment: &str) -> Option<String> {
    let open = segment.find('(')?;
    let inside = &segment[open + 1..];
    let is_regex = segment[..open].find('{').is_none()
        && (inside.contains("[") || inside.contains(".*") || inside.contains(".+"));
    is_regex.then(|| messages::regex(path))
}

/// Mistakes between the braces that are somebody else's syntax.
pub(super) fn parameter(inside: &str) -> Option<String> {
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

/// `{id as u32}`, `{id -> u32}`, `{u32 id}`, `{mut id}`, `{id = 7}`: in several words.
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

/// Whether a word is surely a type: a number's, or in capitals.
fn is_type(word: &str) -> bool {
    let digits = word.get(1..).unwrap_or_default();
    let is_number = word.starts_with(['u', 'i', 'f'])
        && (digits == "size"
            || (!digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())));
    is_number
        || matches!(word, "bool" | "char" | "int" | "float")
        || (word.starts_with(char::is_uppercase) && is_identifier(word))
}

/// `{id:\d+}`, `{tail:.*}`, `{id:int}`: a regex, a catch-all or a converter instead of a Rust type.
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

        "str" | "&str" | "string" | "[^/]+" | "slug" => format!("{{{name}}}"),
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

/// What is wrong with the name of a parameter, if anything.
pub(super) fn parameter_name(name: &str) -> Option<String> {
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

fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// A word that is an identifier but for Rust's having taken it.
fn is_keyword(name: &str) -> bool {
    !is_identifier(name) && is_identifier(&format!("{name}_"))
}

/// The nearest identifier: `user-id` → `user_id`, `1st` → `_1st`.
fn identifier_like(name: &str) -> String {
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

/// The decoded text where a segment holds `%XX`; a lone `%` is an ordinary character.
fn percent_decoded(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    let mut found = false;
    while let [first, behind @ ..] = rest {
        rest = behind;
        if let (b'%', Some(byte)) = (first, behind.get(..2).and_then(hex_byte)) {
            bytes.push(byte);
            rest = behind.get(2..).unwrap_or_default();
            found = true;
        } else {
            bytes.push(*first);
        }
    }
    found.then(|| String::from_utf8_lossy(&bytes).into_owned())
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    let all_hex = text.chars().all(|char| char.is_ascii_hexdigit());
    all_hex.then(|| u8::from_str_radix(text, 16).ok()).flatten()
}

//! One segment of a path.

use super::{is_identifier, rust_type};
use crate::messages;
use crate::server::primitive::is_primitive;

/// Returns the first error that concerns one segment of `path`.
pub(in super::super) fn check_segment(path: &str, segment: &str) -> Option<String> {
    if segment == "." || segment == ".." {
        return Some(messages::dot_segment(segment));
    }
    if let Some(decoded) = percent_decoded(segment) {
        return Some(messages::percent_encoded(segment, &decoded));
    }
    colon(segment)
        .or_else(|| dollar(segment))
        .or_else(|| format_placeholder(segment))
        .or_else(|| star(segment))
        .or_else(|| delimiter(segment))
        .or_else(|| regex_group(path, segment))
        .or_else(|| alternatives(path, segment))
}

/// Reports a parameter after a colon: `:id` from Express, Rails and early axum; `:id(\d+)` and `:rest*` from
/// path-to-regexp.
fn colon(segment: &str) -> Option<String> {
    let name = segment.strip_prefix(':')?;
    let end = name
        .find(|char: char| !char.is_alphanumeric() && char != '_')
        .unwrap_or(name.len());
    let (name, after) = name.split_at(end);
    if name.is_empty() {
        return None;
    }
    Some(match after {
        "*" | "+" => messages::translated(segment, &format!("{{{name}..}}")),
        "?" => messages::optional_param(name),
        _ if after.starts_with('(') => {
            messages::translated_regex(segment, &format!("{{{name}: u32}}"))
        }
        _ => messages::translated(segment, &format!("{{{name}}}{}", other_colons(after))),
    })
}

/// Translates `-:to` of `:from-:to`.
fn other_colons(after: &str) -> String {
    let Some((before, name)) = after.split_once(':') else {
        return after.to_owned();
    };
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    let end = name.find(|char| !is_word(char)).unwrap_or(name.len());
    let (name, after) = name.split_at(end);
    format!("{before}{{{name}}}{}", other_colons(after))
}

/// Reports a parameter after a `$`: `$id` from file routers, `${id}` from template literals. Names that are rarely
/// parameters, such as OData's `$metadata`, are text.
fn dollar(segment: &str) -> Option<String> {
    if let Some((before, after)) = segment.split_once("${") {
        let (name, rest) = after.split_once('}')?;
        let ours = format!("{before}{{{name}}}{rest}");
        return Some(messages::translated(segment, &ours));
    }
    let name = segment.strip_prefix('$')?;
    let usual = ["id", "key", "name", "slug", "uuid"];
    let is_param = usual.contains(&name) || name.ends_with("_id") || name.ends_with("Id");
    is_param.then(|| messages::translated(segment, &format!("{{{name}}}")))
}

/// Reports a placeholder of a format string: `%s`, `%d`.
fn format_placeholder(segment: &str) -> Option<String> {
    let ours = match segment {
        "%s" => "{name}",
        "%d" | "%i" => "{id: i64}",
        _ => return None,
    };
    Some(messages::translated(segment, ours))
}

/// Reports a catch-all parameter in the syntax of most routers: `*`, `*rest`, `**`.
fn star(segment: &str) -> Option<String> {
    let name = segment.strip_prefix('*')?.trim_start_matches(['*', ':']);
    if !name.is_empty() && !is_identifier(name) {
        return None;
    }
    let name = if name.is_empty() { "rest" } else { name };
    Some(messages::translated(segment, &format!("{{{name}..}}")))
}

/// Reports a parameter in other brackets: `<id>`, `<int:id>`, `<rest..>` from Rocket and Flask; `[id]`, `[...rest]`
/// from file routers.
fn delimiter(segment: &str) -> Option<String> {
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
    let (before, after) = (&segment[..open], &segment[open + len + 1..]);
    let inside = &segment[open + 1..open + len];
    // In `<int:id>` the name comes last, but not in `<id: u32>`.
    let typed = inside.split_once(':');
    let typed = typed.map(|(name, ty)| (name.trim(), ty.trim()));
    if let Some((name, ty)) = typed
        && is_identifier(name)
        && (is_primitive(ty) || ty.starts_with(char::is_uppercase))
    {
        let ours = format!("{before}{{{name}: {ty}}}{after}");
        return Some(messages::translated(segment, &ours));
    }
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
        &format!("{before}{ours}{after}"),
    ))
}

/// Reports `(\d+)`, `([a-z]+)`, `(.*)`: a group that is a regular expression. Other parentheses are ordinary text.
fn regex_group(path: &str, segment: &str) -> Option<String> {
    let open = segment.find('(')?;
    let inside = &segment[open + 1..];
    let is_regex = segment[..open].find('{').is_none()
        && (inside.contains("[") || inside.contains(".*") || inside.contains(".+"));
    is_regex.then(|| messages::regex(path))
}

/// Reports alternatives in the syntax of path-to-regexp and of regular expressions: `(page|post)`.
fn alternatives(path: &str, segment: &str) -> Option<String> {
    let (before, after) = segment.split_once('(')?;
    let (inside, _) = after.split_once(')')?;
    let (first, others) = inside.split_once('|')?;
    let in_braces = before.matches('{').count() > before.matches('}').count();
    if in_braces {
        return None;
    }
    let second = others.split('|').next().unwrap_or(others);
    let group = format!("({inside})");
    let [first, second] = [first, second].map(|text| path.replacen(&group, text, 1));
    Some(messages::alternatives(&group, &first, &second))
}

/// Returns the decoded text of a segment that contains `%XX`; a lone `%` is an ordinary character.
fn percent_decoded(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    let mut found = false;
    while let [first, after @ ..] = rest {
        rest = after;
        if let (b'%', Some(byte)) = (first, after.get(..2).and_then(hex_byte)) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
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

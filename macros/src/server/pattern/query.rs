//! Parses the query of a route from its text. Neither the input nor the output consists of tokens.
//!
//! ```text
//! {page: u32 = 1}&per-page={size: u32}&{filter..: Filter}
//! ```

mod parameter;
mod split;
#[cfg(test)]
mod tests;
mod without_braces;

pub(crate) use split::split_query;

use crate::messages;
use parameter::read_parameter;
use split::{pieces, top_level};

/// A parameter of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryParam {
    /// The name of the variable.
    pub(crate) name: String,
    /// The key in the query; empty for a parameter that reads the remaining keys.
    pub(crate) key: String,
    /// The text of the type.
    pub(crate) ty: String,
    /// The text of the default.
    pub(crate) default: Option<String>,
    /// Whether the parameter reads the remaining keys: `{name..: Type}`.
    pub(crate) all: bool,
}

/// Parses the query of the route whose path is `path`. The errors are complete messages, in the order of their
/// positions in the text.
pub(crate) fn parse_query(query: &str, path: &str) -> Result<Vec<QueryParam>, Vec<String>> {
    if query.is_empty() {
        return Err(vec![messages::empty_query(path)]);
    }
    if let Some(error) = whole_error(query, path) {
        return Err(vec![error]);
    }
    if let Some(error) = without_braces::without_any(query) {
        return Err(vec![error]);
    }
    let mut params: Vec<QueryParam> = Vec::new();
    let mut errors = Vec::new();
    for piece in pieces(query) {
        match read_piece(piece.trim(), query) {
            Ok(param) => match set_error(&params, &param) {
                Some(error) => errors.push(error),
                None => params.push(param),
            },
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(params)
    } else {
        Err(errors)
    }
}

/// Returns the error that concerns the query as a whole.
fn whole_error(query: &str, path: &str) -> Option<String> {
    if let Some(at) = top_level(query, '#') {
        let at = path.len() + 1 + at;
        return Some(messages::fragment(&format!("{path}?{query}"), at));
    }
    if top_level(query, '?').is_some() {
        return Some(messages::second_question_mark(query));
    }
    [',', ';'].into_iter().find_map(|sign| {
        let at = top_level(query, sign)?;
        let (first, second) = (query[..at].trim(), query[at + 1..].trim());
        Some(messages::query_separator(&sign.to_string(), first, second))
    })
}

/// Parses `{…}` or `key={…}`.
fn read_piece(piece: &str, query: &str) -> Result<QueryParam, String> {
    let Some(open) = piece.find('{') else {
        return Err(without_braces(piece, query));
    };
    let (before, braces) = piece.split_at(open);
    let Some(close) = split::braces_len(braces) else {
        return Err(messages::unclosed_brace(braces));
    };
    let (braces, after) = braces.split_at(close);
    let after = after.trim();
    if after.starts_with('{') {
        let first = &piece[..open + close];
        return Err(messages::query_separator("", first, after));
    }
    if !after.is_empty() {
        return Err(messages::query_text(piece));
    }
    let mut param = read_parameter(braces)?;
    let before = before.trim_end();
    if before.is_empty() {
        return Ok(param);
    }
    let Some(key) = before.strip_suffix('=') else {
        return Err(messages::query_text(piece));
    };
    if param.all {
        return Err(messages::query_rest_with_key(key, &param.name));
    }
    if let Some(error) = key_error(key) {
        return Err(error);
    }
    key.clone_into(&mut param.key);
    Ok(param)
}

/// Returns the error for `page=1`, `page`, `:page` and `<page>`.
fn without_braces(piece: &str, query: &str) -> String {
    if piece.is_empty() {
        return messages::empty_query_parameter(query);
    }
    if piece.contains('}') {
        return messages::stray_brace(piece);
    }
    without_braces::without(piece)
}

/// Returns the error in a key, which is decoded text.
fn key_error(key: &str) -> Option<String> {
    let is_plain =
        |char: char| !char.is_whitespace() && !char.is_control() && !"%=&?#+".contains(char);
    if !key.is_empty() && key.chars().all(is_plain) {
        return None;
    }
    let ours: String = key.chars().filter(|char| is_plain(*char)).collect();
    let ours = if ours.is_empty() {
        "page".to_owned()
    } else {
        ours
    };
    Some(messages::query_key(
        key,
        &format!("{ours}={{name: String}}"),
    ))
}

/// Returns the error that concerns a parameter and those before it.
fn set_error(params: &[QueryParam], param: &QueryParam) -> Option<String> {
    if let Some(rest) = params.iter().find(|it| it.all) {
        return Some(match param.all {
            true => messages::second_query_rest(&param.name),
            false => messages::query_rest_not_last(&rest.name),
        });
    }
    if params.iter().any(|it| it.name == param.name) {
        return Some(messages::duplicate_query(&param.name));
    }
    let is_read = !param.all && params.iter().any(|it| it.key == param.key);
    is_read.then(|| messages::duplicate_key(&param.key, &param.name))
}

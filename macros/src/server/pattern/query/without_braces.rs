//! Parameters that are written without braces, as in other frameworks, and literal queries.

use super::super::foreign_syntax::{identifier_like, is_identifier};
use super::split::pieces;
use crate::messages;

/// Returns the error for a query in which nothing is in braces: `q=:q`, `q&page`, `<q>&<all..>` and `page=1`.
pub(super) fn without_any(query: &str) -> Option<String> {
    let pieces = pieces(query);
    let is_plain = |piece: &&str| !piece.trim().is_empty() && !piece.contains(['{', '}']);
    if !pieces.iter().all(is_plain) {
        return None;
    }
    let read: Vec<Piece> = pieces.iter().map(|piece| Piece::read(piece)).collect();
    let ours: Vec<&str> = read.iter().map(|piece| piece.ours.as_str()).collect();
    let (theirs, ours) = (format!("?{query}"), format!("?{}", ours.join("&")));
    Some(match read.iter().find(|piece| piece.is_literal) {
        Some(literal) => messages::query_literal(&theirs, &ours, &literal.used()),
        None => messages::translated(&theirs, &ours),
    })
}

/// Returns the error for a part of a query that is not in braces.
pub(super) fn without(piece: &str) -> String {
    let read = Piece::read(piece);
    match read.is_literal {
        true => messages::query_literal(piece, &read.ours, &read.used()),
        false => messages::translated(piece, &read.ours),
    }
}

struct Piece {
    name: String,
    ty: &'static str,
    ours: String,
    /// Whether the part has a literal value, as in `page=1`.
    is_literal: bool,
}

impl Piece {
    fn read(piece: &str) -> Self {
        let (key, value) = piece.trim().split_once('=').unwrap_or((piece.trim(), ""));
        let is_parameter = value.starts_with([':', '<', '$', '*', '%', '@', '[', '(']);
        let is_literal = !value.is_empty() && !is_parameter;
        let ty = match value {
            "true" | "false" => "bool",
            value if is_literal && value.parse::<u32>().is_ok() => "u32",
            _ => "String",
        };
        let key = key
            .trim_start_matches([':', '<', '$', '@', '*'])
            .trim_end_matches(['>', '?', '*']);
        let all = key.strip_suffix("..");
        let like = identifier_like(all.unwrap_or(key));
        let name = if is_identifier(&like) {
            like
        } else {
            "name".to_owned()
        };
        let ours = match all {
            Some(_) => format!("{{{name}..: Filter}}"),
            None if key == name || key.is_empty() => format!("{{{name}: {ty}}}"),
            None => format!("{key}={{{name}: {ty}}}"),
        };
        Self {
            name,
            ty,
            ours,
            is_literal,
        }
    }

    /// Returns code that uses the parameter.
    fn used(&self) -> String {
        match self.ty {
            "String" => format!("match {}.as_str() {{ … }}", self.name),
            _ => format!("match {} {{ … }}", self.name),
        }
    }
}

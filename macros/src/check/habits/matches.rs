//! The method and the URL of a request as if they were text.

use super::is_variable;
use crate::messages;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprMatch, ExprMethodCall, Lit, Member, Pat};

/// A pattern cannot compare a method or a URL with text.
///
/// ```text
/// match req.url { "/users" => …, _ => … }
/// match (req.method, req.url.path()) { ("GET", "/users") => …, _ => … }
/// ```
pub(super) fn matched_as_text(
    choice: &ExprMatch,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    let request = request?;
    let values: Vec<&Expr> = match &*choice.expr {
        Expr::Tuple(tuple) => tuple.elems.iter().collect(),
        value => vec![value],
    };
    let is_tuple = matches!(&*choice.expr, Expr::Tuple(_));
    let arms = || choice.arms.iter();
    values.iter().enumerate().find_map(|(at, value)| {
        let part = part(value, request)?;
        let at = is_tuple.then_some(at);
        let text = arms().find_map(|arm| text(&arm.pat, at))?;
        let found = messages::source_text(&value.to_token_stream());
        let request = request.to_string();
        let message = messages::matched_as_text(&found, &request, part, &text);
        Some((value.span(), message))
    })
}

/// `method` or `url` of `req.method`, `&req.url`.
fn part(expr: &Expr, request: &Ident) -> Option<&'static str> {
    match expr {
        Expr::Reference(reference) => part(&reference.expr, request),
        Expr::Field(field) if is_variable(&field.base, Some(request)) => match &field.member {
            Member::Named(name) if name == "url" => Some("url"),
            Member::Named(name) if name == "method" => Some("method"),
            _ => None,
        },
        _ => None,
    }
}

/// The text in a pattern, or at that place of a tuple.
fn text(pat: &Pat, at: Option<usize>) -> Option<String> {
    match (pat, at) {
        (Pat::Lit(literal), None) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        (Pat::Or(or), _) => or.cases.iter().find_map(|case| text(case, at)),
        (Pat::Paren(paren), _) => text(&paren.pat, at),
        (Pat::Tuple(tuple), Some(at)) => text(tuple.elems.get(at)?, None),
        _ => None,
    }
}

/// A URL has no methods of text; its path has.
///
/// ```text
/// req.url.starts_with("/api")
/// ```
pub(super) fn url_as_text(
    call: &ExprMethodCall,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    let request = request?;
    if part(&call.receiver, request) != Some("url") || call.turbofish.is_some() {
        return None;
    }
    let method = crate::foreign::snake(&call.method.to_string());
    let method = match method.as_str() {
        "includes" => "contains",
        "start_with" => "starts_with",
        "end_with" => "ends_with",
        method => method,
    };
    const TEXT: [&str; 16] = [
        "contains",
        "starts_with",
        "ends_with",
        "strip_prefix",
        "strip_suffix",
        "split",
        "split_once",
        "split_at",
        "trim",
        "trim_start_matches",
        "trim_end_matches",
        "replace",
        "to_lowercase",
        "to_uppercase",
        "matches",
        "find",
    ];
    if !TEXT.contains(&method) {
        return None;
    }
    let arguments = messages::source_text(&call.args.to_token_stream());
    let message = messages::url_as_text(&request.to_string(), method, &arguments);
    Some((call.method.span(), message))
}

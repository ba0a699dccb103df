//! Uses of the method and the URL of a request as if they were text.

use super::super::is_variable;
use crate::messages;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprMatch, Lit, Member, Pat};

/// Reports a pattern that compares a method or a URL with text.
///
/// ```text
/// match req.url { "/users" => …, _ => … }
/// match (req.method, req.url.path()) { ("GET", "/users") => …, _ => … }
/// ```
pub(in super::super) fn matched_as_text(
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

/// Returns `method` for `req.method`, and `url` for `&req.url`.
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

/// Returns the text in a pattern, or in the element `at` of a tuple pattern.
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

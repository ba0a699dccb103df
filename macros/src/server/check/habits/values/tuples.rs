//! Tuples that are not replies. Only a tuple of a status and a reply is a reply, and a program cannot implement `Reply`
//! for other tuples.

use super::misnamed_status;
use crate::http::status;
use crate::messages;
use crate::tokens::first_span;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprTuple, Lit};

/// Reports a tuple that is not a reply.
///
/// ```text
/// (404, "no such page")
/// ("made", StatusCode::CREATED)
/// ([("x-a", "1")], "text")
/// (StatusCode::OK, headers, "text")
/// ```
pub(super) fn foreign_tuple(tuple: &ExprTuple, response: Option<&Ident>) -> Option<(Span, String)> {
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let first = tuple.elems.first()?;
    if let Some(status) = misnamed_status(first) {
        let message = messages::misnamed_status(&text(first), &status);
        return Some((first.span(), message));
    }
    let last = tuple.elems.last()?;
    if let Some(number) = number(first) {
        let status = status::value(number.base10_parse().ok()?);
        let message = messages::number_as_status(&text(first), &status, Some(&text(last)));
        return Some((first.span(), message));
    }
    let status = tuple.elems.iter().find_map(status_text);
    let mut others = tuple.elems.iter().filter(|it| status_text(it).is_none());
    let has_headers = others.clone().any(is_headers);
    let value = others
        .rfind(|it| !is_headers(it))
        .map_or_else(|| "reply".to_owned(), text);
    let reply = match &status {
        Some(status) => format!("({status}, {value})"),
        None => value.clone(),
    };
    if has_headers {
        let response = response?.to_string();
        let span = match first {
            Expr::Array(_) => first_span(first),
            _ => tuple.span(),
        };
        return Some((span, messages::headers_in_reply(&response, &reply)));
    }
    let is_pair = tuple.elems.len() == 2;
    if let Some(status) = status.filter(|_| status_text(first).is_none() && !is_unknown(first)) {
        return Some((tuple.span(), messages::status_first(&status, &value)));
    }
    let is_certain = !is_pair || is_value(first);
    is_certain.then(|| (tuple.span(), messages::tuple_as_reply(&text_of(tuple))))
}

fn text_of(tuple: &ExprTuple) -> String {
    messages::source_text(&tuple.to_token_stream())
}

fn number(expr: &Expr) -> Option<&syn::LitInt> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => Some(number),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the code for a status that is written as a constant, such as `StatusCode::OK`, or as a number.
fn status_text(expr: &Expr) -> Option<String> {
    let text = messages::source_text(&expr.to_token_stream());
    match expr {
        Expr::Path(path) => {
            let ty = path.path.segments.iter().rev().nth(1)?;
            (ty.ident == "StatusCode").then_some(text)
        }
        _ => status::number(number(expr)?).map(status::value),
    }
}

/// Returns whether the expression is a list of headers: `[("x-a", "1")]`, or a variable such as `headers`.
fn is_headers(expr: &Expr) -> bool {
    match expr {
        Expr::Array(_) => true,
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| {
            let name = name.to_string();
            name == "headers" || name == "header_map" || name.ends_with("_headers")
        }),
        _ => false,
    }
}

/// Returns whether the expression may be a status.
fn is_unknown(expr: &Expr) -> bool {
    !is_value(expr)
}

/// Returns whether the expression certainly is not a status.
fn is_value(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Array(_) => true,
        Expr::Macro(call) => ["json", "format", "vec", "include_str"]
            .iter()
            .any(|it| call.mac.path.is_ident(it)),
        Expr::Call(call) => {
            let usual = ["Json", "Html", "Form"];
            matches!(&*call.func, Expr::Path(path)
                if usual.iter().any(|it| path.path.is_ident(it)))
        }
        _ => false,
    }
}

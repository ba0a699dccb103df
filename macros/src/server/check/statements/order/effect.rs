//! What a statement does to the response.

use crate::messages;
use crate::server::check::variable::{is_field, is_variable};
use crate::server::model::names;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Lit, Local, Pat, Stmt};

pub(super) enum Effect {
    /// Writes the headers, by the method of this name.
    Writes(String, Span),
    Status(Span),
    /// Sets the header, which has a lowercase name, perhaps to a list of values.
    SetsHeader(String, bool, Span),
    /// Sets a header whose name is not known.
    Nothing,
    /// Uses the response in another way.
    Uses,
}

const SETTERS: [&str; 4] = ["set_header", "append_header", "remove_header", "write_head"];
const WRITERS: [&str; 3] = ["write", "flush_headers", "write_head"];

/// Returns what a statement that always runs does, in order. Returns `None` if it may replace the response.
pub(super) fn effects(statement: &Stmt, response: &Ident) -> Option<Vec<Effect>> {
    let expr = match statement {
        Stmt::Expr(expr, _) => expr,
        Stmt::Local(Local {
            pat: Pat::Wild(_),
            init: Some(init),
            ..
        }) => &*init.expr,
        _ => return may_replace(statement, response),
    };
    if let Expr::Assign(assign) = expr
        && is_field(&assign.left, response, "status_code")
        && !names(&assign.right.to_token_stream(), &response.to_string())
    {
        return Some(vec![Effect::Status(assign.left.span())]);
    }
    let mut calls = Vec::new();
    if !chain(expr, response, &mut calls) {
        return may_replace(statement, response);
    }
    Some(
        calls
            .into_iter()
            .map(|call| effect(call, response))
            .collect(),
    )
}

/// Collects the calls `res.first(…).second(…).await?`, in order. Returns whether the expression is nothing else.
fn chain<'a>(expr: &'a Expr, response: &Ident, calls: &mut Vec<&'a ExprMethodCall>) -> bool {
    match expr {
        Expr::Path(path) => path.path.is_ident(response),
        Expr::Await(wait) => chain(&wait.base, response, calls),
        Expr::Try(tried) => chain(&tried.expr, response, calls),
        Expr::Paren(paren) => chain(&paren.expr, response, calls),
        Expr::MethodCall(call) => {
            let holds = chain(&call.receiver, response, calls);
            calls.push(call);
            holds
        }
        _ => false,
    }
}

fn effect(call: &ExprMethodCall, response: &Ident) -> Effect {
    let method = call.method.to_string();
    if names(&call.args.to_token_stream(), &response.to_string()) {
        return Effect::Uses;
    }
    match method.as_str() {
        name if WRITERS.contains(&name) => Effect::Writes(method, call.method.span()),
        "set_header" => match call.args.first().and_then(text) {
            Some(name) => {
                let is_one = |value: &Expr| match value {
                    Expr::Lit(_) => true,
                    Expr::Macro(text) => text.mac.path.is_ident("format"),
                    _ => false,
                };
                let is_list = !call.args.last().is_some_and(is_one);
                Effect::SetsHeader(name.to_lowercase(), is_list, call.method.span())
            }
            None => Effect::Nothing,
        },
        _ => Effect::Uses,
    }
}

/// Returns `Some` if the statement only reads the response or calls its methods.
fn may_replace(statement: &Stmt, response: &Ident) -> Option<Vec<Effect>> {
    let tokens = statement.to_token_stream();
    (!replaces(&tokens, response)).then(|| vec![Effect::Uses])
}

/// Returns whether the response is used other than by `res.name`, as in `res = …` and `&mut res`.
fn replaces(tokens: &TokenStream, response: &Ident) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => replaces(&group.stream(), response),
        TokenTree::Ident(name) if name == response => {
            !matches!(tokens.get(at + 1), Some(TokenTree::Punct(dot)) if dot.as_char() == '.')
        }
        _ => false,
    })
}

/// Returns what an expression sets, if it sets a status or a header.
pub(super) fn late(expr: &Expr, response: &Ident) -> Option<(Span, String)> {
    match expr {
        Expr::Assign(assign) => {
            let is_status = ["status_code", "status_message"]
                .iter()
                .any(|field| is_field(&assign.left, response, field));
            is_status.then(|| (assign.left.span(), "the status".to_owned()))
        }
        Expr::MethodCall(call) => {
            let is_response = is_variable(&call.receiver, response);
            let method = call.method.to_string();
            if !is_response || !SETTERS.contains(&method.as_str()) {
                return None;
            }
            let what = match call.args.first().and_then(text) {
                Some(name) => format!("the header `{name}`"),
                None if method == "write_head" => "the status".to_owned(),
                None => "a header".to_owned(),
            };
            Some((call.method.span(), what))
        }
        _ => None,
    }
}

/// Returns the status in `StatusCode::OK` and `(StatusCode::OK, …)`.
pub(super) fn status_of(value: &Expr) -> Option<String> {
    match value {
        Expr::Path(path) => {
            let ty = path.path.segments.iter().rev().nth(1)?;
            (ty.ident == "StatusCode").then(|| messages::source_text(&path.to_token_stream()))
        }
        Expr::Tuple(pair) if pair.elems.len() == 2 => status_of(pair.elems.first()?),
        Expr::Paren(paren) => status_of(&paren.expr),
        _ => None,
    }
}

/// Returns whether the code may leave the function, so that what follows it does not run.
pub(super) fn leaves(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => leaves(&group.stream()),
        TokenTree::Punct(sign) => sign.as_char() == '?',
        TokenTree::Ident(word) => {
            let words = ["return", "break", "continue", "await"];
            words.iter().any(|it| word == it)
        }
        TokenTree::Literal(_) => false,
    })
}

/// Returns the value of a text literal.
pub(super) fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

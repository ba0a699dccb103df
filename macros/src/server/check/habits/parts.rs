//! Uses of the body as if it were text or a list, and of the result of a response method as if it were a future or a
//! `Result`.

mod matches;

pub(super) use self::matches::matched_as_text;

use super::is_variable;
use crate::messages;
use crate::server::check::callee::callee;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, Member};

/// Reports a misuse of the body or of a method of the response.
///
/// ```text
/// req.body["name"]
/// res["content-type"]
/// req.body.await
/// for chunk in req.body { … }
/// serde_json::from_str(&req.body)
/// res.send("a").await
/// res.set_header("a", "b")?
/// ```
pub(super) fn misused_part(
    expr: &Expr,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    match expr {
        Expr::Index(index) if is_body(&index.expr, request) => {
            let name = messages::source_text(&index.index.to_token_stream());
            let message = messages::body_field(&request?.to_string(), name.trim_matches('"'));
            Some((index.expr.span(), message))
        }
        Expr::Index(index) if text_index(index) && is_variable(&index.expr, response) => {
            let name = messages::source_text(&index.index.to_token_stream());
            let message = messages::indexed_response(&response?.to_string(), &name);
            Some((index.expr.span(), message))
        }
        Expr::Index(index) if text_index(index) && is_variable(&index.expr, request) => {
            let name = messages::source_text(&index.index.to_token_stream());
            let message = messages::indexed_request(&request?.to_string(), &name);
            Some((index.expr.span(), message))
        }
        Expr::Await(wait) if is_body(&wait.base, request) => Some((
            wait.await_token.span,
            messages::body_as_future(&request?.to_string()),
        )),
        Expr::Await(wait) => response_call(&wait.base, response)
            .map(|call| (wait.await_token.span, messages::unneeded(".await", &call))),
        Expr::Try(tried) => response_call(&tried.expr, response)
            .map(|call| (tried.question_token.span, messages::unneeded("?", &call))),
        Expr::ForLoop(each) if is_body(&each.expr, request) => Some((
            each.expr.span(),
            messages::body_as_list(&request?.to_string()),
        )),
        Expr::Call(call) => body_as_text(call, request),
        _ => None,
    }
}

/// Reports the body as an argument of a function that needs text or bytes: `serde_json::from_str(&req.body)`.
fn body_as_text(call: &ExprCall, request: Option<&Ident>) -> Option<(Span, String)> {
    const READERS: [&str; 8] = [
        "serde_json::from_str",
        "serde_json::from_slice",
        "serde_json::from_reader",
        "String::from_utf8",
        "String::from_utf8_lossy",
        "String::from",
        "std::str::from_utf8",
        "str::from_utf8",
    ];
    let function = callee(call).filter(|it| READERS.contains(&it.as_str()))?;
    let last = call.args.last()?;
    let part = match last {
        Expr::Reference(reference) => &reference.expr,
        last => last,
    };
    let is_json = function.starts_with("serde_json");
    is_body(part, request).then(|| {
        let request = request.map_or_else(String::new, Ident::to_string);
        (last.span(), messages::body_as_text(&request, is_json))
    })
}

/// Returns whether the index is text. A program cannot implement `Index<&str>` for the types of `onward`.
fn text_index(index: &syn::ExprIndex) -> bool {
    matches!(&*index.index, Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_)))
}

/// Returns whether the expression is `req.body`.
fn is_body(expr: &Expr, request: Option<&Ident>) -> bool {
    match expr {
        Expr::Field(field) => {
            let is_body = matches!(&field.member, Member::Named(name) if name == "body");
            is_body && request.is_some() && is_variable(&field.base, request)
        }
        Expr::Reference(reference) => is_body(&reference.expr, request),
        _ => false,
    }
}

/// Returns the name of the method if the expression calls one of the listed methods on the response. None of these
/// returns a future or a `Result`.
fn response_call(expr: &Expr, response: Option<&Ident>) -> Option<String> {
    let Expr::MethodCall(call) = expr else {
        return None;
    };
    let known = [
        "send",
        "end",
        "end_with",
        "set_header",
        "append_header",
        "remove_header",
        "write_head",
        "flush_headers",
        "add_trailers",
    ];
    let is_known = known.iter().any(|it| call.method == it);
    let is_response = response.is_some() && is_variable(&call.receiver, response);
    (is_known && is_response).then(|| call.method.to_string())
}

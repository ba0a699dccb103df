//! A value at the end of the function that is not a `Result`.

use super::values::{is_plain_value, value_in_ok};
use super::{code, first_token, is_variable};
use crate::messages;
use crate::server::model::{Arguments, Server, Statement, Tail};
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Stmt};

/// Returns the message for the value, and its first token, which rustc must not report again.
///
/// ```text
/// route!("/" => "home");
/// StatusCode::NOT_FOUND
/// ```
pub(super) fn wrong_end(server: &Server, arguments: &Arguments) -> Option<(Span, String, Span)> {
    let last = match server.body.last()? {
        Statement::Code(tokens) if server.tail == Tail::Expression => code::parse(tokens)?,
        _ => return None,
    };
    let Some(Stmt::Expr(value, None)) = last.stmts.last() else {
        return None;
    };
    let text = |value: &Expr| messages::source_text(&value.to_token_stream());
    let response = &arguments.response;
    let inner = value_in_ok(value);
    let sent = inner.unwrap_or(value);
    let is_unit = matches!(inner, Some(Expr::Tuple(unit)) if unit.elems.is_empty());
    let message = if is_unit {
        messages::unit_at_end()
    } else if is_variable(sent, Some(response)) {
        messages::response_at_end(&text(value), &response.to_string())
    } else if is_plain_value(sent) {
        messages::value_at_end(&text(value), &text(sent))
    } else {
        return None;
    };
    Some((value.span(), message, first_token(sent)?))
}

//! Arguments and operands that other frameworks accept, but whose types never compile or never work here.

use super::values::number_as_status;
use super::{foreign_value, is_variable};
use crate::messages;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprBinary, ExprMethodCall, GenericArgument, Lit, Member, Type};

/// ```text
/// res.send(404)
/// res.write_head(200, headers)
/// req.url.query::<HashMap<String, String>>("page")
/// ```
pub(super) fn wrong_arguments(
    call: &ExprMethodCall,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    let first = call.args.first()?;
    let is_response = response.is_some() && is_variable(&call.receiver, response);
    match call.method.to_string().as_str() {
        "send" if is_response => foreign_value(first, response),
        "write_head" if is_response => number_as_status(first),
        "query" => map_of_one_parameter(call, request),
        _ => None,
    }
}

/// Whether [`wrong_arguments`] reports a call of the response.
pub(crate) fn has_wrong_arguments(call: &ExprMethodCall, response: &Ident) -> bool {
    wrong_arguments(call, None, Some(response)).is_some()
}

/// `query` reads a single parameter; a map would be a 500 for every request.
fn map_of_one_parameter(call: &ExprMethodCall, request: Option<&Ident>) -> Option<(Span, String)> {
    if !is_field_of_request(&call.receiver, "url", request) {
        return None;
    }
    let GenericArgument::Type(ty @ Type::Path(path)) = call.turbofish.as_ref()?.args.first()?
    else {
        return None;
    };
    let name = &path.path.segments.last()?.ident;
    let is_map = ["BTreeMap", "HashMap", "IndexMap"].contains(&name.to_string().as_str());
    let request = request.filter(|_| is_map)?.to_string();
    let text = messages::source_text(&ty.to_token_stream());
    Some((ty.span(), messages::map_of_one_parameter(&request, &text)))
}

/// A header is an `Option<&HeaderValue>`, which cannot be compared with text.
///
/// ```text
/// req.headers.get("accept") == "text/html"
/// req.headers.get("accept") == Some("text/html")
/// ```
pub(super) fn compared_header(
    binary: &ExprBinary,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    let is_equal = match binary.op {
        BinOp::Eq(_) => true,
        BinOp::Ne(_) => false,
        _ => return None,
    };
    let Expr::MethodCall(header) = &*binary.left else {
        return None;
    };
    let is_header =
        header.method == "get" && is_field_of_request(&header.receiver, "headers", request);
    let text = text_literal(&binary.right).filter(|_| is_header)?;
    let header = messages::source_text(&binary.left.to_token_stream());
    let text = messages::source_text(&text.to_token_stream());
    let message = messages::compared_header(&header, &text, is_equal);
    Some((binary.op.span(), message))
}

/// The text in `"text"` or `Some("text")`.
fn text_literal(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => Some(expr),
        Expr::Call(some) => {
            let is_some = matches!(&*some.func, Expr::Path(path) if path.path.is_ident("Some"));
            some.args.first().filter(|_| is_some).and_then(text_literal)
        }
        _ => None,
    }
}

fn is_field_of_request(expr: &Expr, name: &str, request: Option<&Ident>) -> bool {
    match expr {
        Expr::Field(field) => {
            let is_name = matches!(&field.member, Member::Named(member) if member == name);
            is_name && request.is_some() && is_variable(&field.base, request)
        }
        _ => false,
    }
}

//! Values that the client controls and that can make the handler panic.

use crate::messages;
use crate::server::check::variable::is_field;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Lit};

/// Reports code that panics if the client omits a value or sends an invalid one:
///
/// ```text
/// req.url.query::<u32>("page").unwrap()
/// req.body.json::<User>().await.unwrap()
/// req.headers["x-key"]
/// req.headers.get("x-key").unwrap()
/// ```
pub(super) fn panics(expr: &Expr, request: &Ident) -> Option<(Span, String)> {
    match expr {
        Expr::MethodCall(call) if call.method == "unwrap" || call.method == "expect" => {
            let value = messages::source_text(&call.receiver.to_token_stream());
            let read = match &*call.receiver {
                Expr::Await(wait) => &wait.base,
                receiver => receiver,
            };
            let Expr::MethodCall(read) = read else {
                return None;
            };
            let message = match part(read, request)? {
                "headers" if names_host(read.args.first()) => return None,
                "headers" => messages::unwrapped_header(&value),
                _ => messages::unwrapped_input(&value),
            };
            Some((call.method.span(), message))
        }
        Expr::Index(index) if is_field(&index.expr, request, "headers") => {
            if names_host(Some(&index.index)) {
                return None;
            }
            let headers = messages::source_text(&index.expr.to_token_stream());
            let name = messages::source_text(&index.index.to_token_stream());
            let message = messages::indexed_header(&headers, &name);
            Some((index.bracket_token.span.join(), message))
        }
        _ => None,
    }
}

/// Returns the part of the request that is read.
fn part(read: &ExprMethodCall, request: &Ident) -> Option<&'static str> {
    let methods = [
        ("url", "query query_as"),
        ("body", "json form text bytes"),
        ("headers", "get"),
    ];
    let found = methods.iter().find(|(field, names)| {
        names.split(' ').any(|name| read.method == name) && is_field(&read.receiver, request, field)
    });
    found.map(|(field, _)| *field)
}

/// Returns whether the name is that of `host`, a header that every HTTP/1.1 request has.
fn names_host(name: Option<&Expr>) -> bool {
    match name {
        Some(Expr::Lit(name)) => {
            matches!(&name.lit, Lit::Str(name) if name.value().eq_ignore_ascii_case("host"))
        }
        // A constant, such as `header::HOST`.
        Some(Expr::Path(name)) => {
            let last = name.path.segments.last();
            last.is_some_and(|last| last.ident == "HOST")
        }
        _ => false,
    }
}

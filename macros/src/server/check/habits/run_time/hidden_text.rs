//! Texts that become errors and that the client does not see.

use crate::messages;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Lit};

/// Reports text that becomes an error with the status 500, but names a different status.
///
/// ```text
/// find(id).ok_or("not found")?
/// find(id).map_err(|_| "no such product")?
/// ```
pub(super) fn hidden(expr: &Expr) -> Option<(Span, String)> {
    let Expr::Try(tried) = expr else {
        return None;
    };
    let Expr::MethodCall(call) = &*tried.expr else {
        return None;
    };
    let makes_error = ["ok_or", "ok_or_else", "map_err"];
    let is_one = makes_error.iter().any(|it| call.method == it);
    let error = match call.args.first().filter(|_| is_one)? {
        Expr::Closure(closure) => &closure.body,
        error => error,
    };
    let status = status(&text(error)?)?;
    let value = messages::source_text(&error.to_token_stream());
    Some((error.span(), messages::hidden_text(&value, status)))
}

/// Returns the text of `"not found"`, `"not found".to_owned()` and `format!("no product {id}")`.
fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::MethodCall(call) => {
            let owns = ["to_string", "to_owned", "into"];
            let is_owned = owns.iter().any(|it| call.method == it);
            is_owned.then(|| text(&call.receiver)).flatten()
        }
        Expr::Macro(call) if call.mac.path.is_ident("format") => {
            let first = call.mac.tokens.clone().into_iter().next()?;
            let first: syn::LitStr = syn::parse2(first.into()).ok()?;
            Some(first.value())
        }
        _ => None,
    }
}

/// Returns the status that the text names.
fn status(text: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 7] = [
        ("not found", "NOT_FOUND"),
        ("no such ", "NOT_FOUND"),
        ("unauthorized", "UNAUTHORIZED"),
        ("forbidden", "FORBIDDEN"),
        ("not allowed", "FORBIDDEN"),
        ("bad request", "BAD_REQUEST"),
        ("invalid ", "BAD_REQUEST"),
    ];
    let text = text.to_lowercase();
    let found = WORDS.iter().find(|(words, _)| text.contains(words));
    found.map(|(_, status)| *status)
}

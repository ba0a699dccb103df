//! The arguments of `Error::new`.

use super::{number_as_status, status_constant};
use crate::messages;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, Lit};

/// Reports `Error::new(404, "none")` and `Error::new("none", StatusCode::NOT_FOUND)`.
pub(super) fn status_of_error(error: &Expr) -> Option<(Span, String)> {
    let Expr::Call(call) = error else {
        return None;
    };
    let is_new = call.func.to_token_stream().to_string() == "Error :: new";
    let [first, second] = [call.args.first()?, call.args.last()?];
    if !is_new || call.args.len() != 2 {
        return None;
    }
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let status = match (first, status_constant(second)) {
        (Expr::Lit(text), Some(status)) if matches!(text.lit, Lit::Str(_)) => status,
        _ => return number_as_status(first),
    };
    let message = messages::status_after_text(&text(error), &status, &text(first));
    Some((error.span(), message))
}

//! `return` with a value of a type that the function does not return.

use super::values::{self, is_plain_value, value_in_ok};
use super::{Habits, first_token, is_variable};
use crate::messages;
use quote::ToTokens;
use syn::spanned::Spanned;

impl Habits<'_> {
    /// Reports a `return` whose value does not have the return type of the function.
    ///
    /// ```text
    /// return "a"
    /// return (StatusCode::NOT_FOUND, "none")
    /// return res.send("a")
    /// ```
    pub(super) fn visit_return(&mut self, expr: &syn::ExprReturn) -> bool {
        if self.in_handler
            && let Some(found) = values::option_in_return(expr, &self.arguments.response)
        {
            self.found.push(found);
            self.reported
                .extend(expr.expr.as_deref().and_then(first_token));
            return false;
        }
        if self.in_handler
            && self.has_default_error
            && let Some(value) = &expr.expr
            && let Some(error) = values::value_in_err(value)
        {
            self.found.push(error);
            self.reported.extend(first_token(value));
            return false;
        }
        if self.in_handler
            && let Some(value) = &expr.expr
            && let Some(inner) = value_in_ok(value)
            && (is_plain_value(inner) || is_variable(inner, self.response))
        {
            let text = messages::source_text(&inner.to_token_stream());
            let response = self.arguments.response.to_string();
            self.found
                .push((value.span(), messages::returned_in_ok(&text, &response)));
            self.reported.extend(first_token(inner));
            return false;
        }
        if self.in_handler
            && let Some(value) = &expr.expr
            && (is_plain_value(value) || is_variable(value, self.response) || self.sends(value))
        {
            let text = messages::source_text(&value.to_token_stream());
            let response = self.arguments.response.to_string();
            let message = match self.sends(value) {
                true => messages::returned_sent(&text),
                false if text == response => messages::returned_in_ok(&text, &response),
                false => messages::returned_reply(&text, &response),
            };
            self.found.push((value.span(), message));
            self.reported.extend(first_token(value));
            return false;
        }
        true
    }
}

/// Returns whether the return type is missing, `Result` or `Result<Sent>`.
pub(super) fn has_default_error(output: &syn::ReturnType) -> bool {
    let syn::ReturnType::Type(_, ty) = output else {
        return true;
    };
    let text = messages::source_text(&ty.to_token_stream());
    [
        "Result",
        "Result<Sent>",
        "onward::Result",
        "onward::Result<Sent>",
    ]
    .contains(&text.as_str())
}

pub(in super::super) fn names_response(sig: &syn::Signature) -> bool {
    match sig.inputs.iter().nth(1) {
        Some(syn::FnArg::Typed(typed)) => {
            matches!(&*typed.ty, syn::Type::Path(path) if path.path.is_ident("Response"))
        }
        _ => false,
    }
}

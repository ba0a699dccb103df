//! `#[derive(Reply)]`, `#[derive(Responder)]` and `#[derive(IntoResponse)]`, which Onward lacks.
//!
//! The prelude exports them with the traits of these names.

use crate::messages;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

/// Returns the error.
pub(crate) fn derive(item: &TokenStream) -> TokenStream {
    let name = name(item).map_or_else(|| "Page".to_owned(), |name| name.to_string());
    let message = messages::derived_reply(&name);
    syn::Error::new(Span::call_site(), message).to_compile_error()
}

/// Returns the name of the struct or the enum.
fn name(item: &TokenStream) -> Option<Ident> {
    let mut is_type = false;
    item.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if is_type => Some(word),
        TokenTree::Ident(word) => {
            is_type = word == "struct" || word == "enum" || word == "union";
            None
        }
        _ => None,
    })
}

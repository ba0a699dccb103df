//! A body that `#[tracing::instrument]` above `#[server]` has moved into an async block:
//!
//! ```text
//! let __tracing_attr_span = …;
//! let __tracing_instrument_future = async move { …; { route!("/" => …); } };
//! Instrument::instrument(__tracing_instrument_future, __tracing_attr_span).await
//! ```
//!
//! The innermost block is the body that the user wrote: its value and its `return`s belong to the function.

use super::body::holds_route;
use crate::tokens::{mapped, with_contents};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// The code around the body.
pub(crate) struct Wrapper(TokenStream);

/// The variable that holds the wrapped body. Only a body with this variable is unwrapped: an async block that the user
/// wrote is not the body.
const FUTURE: &str = "__tracing_instrument_future";

const PLACEHOLDER: &str = "__onward_body";

/// Returns the body that the user wrote, and the code around it, if there is any.
pub(super) fn unwrap(body: TokenStream) -> (Option<Wrapper>, TokenStream) {
    let is_wrapped = body
        .clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(ident) if ident == FUTURE));
    if !is_wrapped || holds_route(&body) {
        return (None, body);
    }
    let mut inner = None;
    let around = replace(body.clone(), &mut |group| {
        let is_body = inner.is_none()
            && group.delimiter() == Delimiter::Brace
            && holds_route(&group.stream());
        is_body.then(|| {
            inner = Some(group.stream());
            let placeholder = Ident::new(PLACEHOLDER, Span::call_site());
            TokenTree::Ident(placeholder).into()
        })
    });
    match inner {
        Some(inner) => (Some(Wrapper(around)), inner),
        None => (None, body),
    }
}

impl Wrapper {
    /// Returns the code with `body` in place of the body that the user wrote.
    pub(crate) fn wrap(&self, body: &TokenStream) -> TokenStream {
        replace(self.0.clone(), &mut |group| {
            let is_placeholder = group.stream().to_string() == PLACEHOLDER;
            is_placeholder.then(|| body.clone())
        })
    }
}

/// Replaces the contents of each group for which `contents` returns `Some`.
fn replace(
    tokens: TokenStream,
    contents: &mut dyn FnMut(&Group) -> Option<TokenStream>,
) -> TokenStream {
    mapped(tokens, &mut |token| {
        let TokenTree::Group(group) = token else {
            return token;
        };
        let inside = contents(&group).unwrap_or_else(|| replace(group.stream(), contents));
        with_contents(&group, inside)
    })
}

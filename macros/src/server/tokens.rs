//! What several phases ask of tokens, whatever the tokens mean.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// Whether the token is this sign.
pub(crate) fn is_punct<'a>(token: impl Into<Option<&'a TokenTree>>, char: char) -> bool {
    matches!(token.into(), Some(TokenTree::Punct(punct)) if punct.as_char() == char)
}

/// The position of the first token.
pub(crate) fn first_span(tokens: &impl ToTokens) -> Span {
    let first = tokens.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}

/// The group with other contents, at the same position.
pub(crate) fn with_contents(group: &Group, contents: TokenStream) -> TokenTree {
    let mut new = Group::new(group.delimiter(), contents);
    new.set_span(group.span());
    TokenTree::Group(new)
}

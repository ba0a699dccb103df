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

/// The tokens, each replaced by what `change` makes of it. The closure's type is erased, and vectors are collected, because
/// rustc would compile the code of `TokenStream` again for each type of iterator.
pub(crate) fn mapped(
    tokens: TokenStream,
    change: &mut dyn FnMut(TokenTree) -> TokenTree,
) -> TokenStream {
    let mut changed = Vec::new();
    for token in tokens {
        changed.push(change(token));
    }
    stream(changed)
}

pub(crate) fn stream(tokens: Vec<TokenTree>) -> TokenStream {
    tokens.into_iter().collect()
}

/// The tokens without the first `count`.
pub(crate) fn skip(count: usize, tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.drain(..count.min(tokens.len()));
    stream(tokens)
}

/// The tokens before the first one for which `ends` returns `true`, or all.
pub(crate) fn before(
    tokens: &[TokenTree],
    ends: &mut dyn FnMut(&TokenTree) -> bool,
) -> TokenStream {
    let mut first = Vec::new();
    for token in tokens {
        if ends(token) {
            break;
        }
        first.push(token.clone());
    }
    stream(first)
}

/// The group with other contents, at the same position.
pub(crate) fn with_contents(group: &Group, contents: TokenStream) -> TokenTree {
    let mut new = Group::new(group.delimiter(), contents);
    new.set_span(group.span());
    TokenTree::Group(new)
}

//! Functions on tokens that several phases use, regardless of what the tokens mean.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// Returns whether the token is this sign.
pub(crate) fn is_punct<'a>(token: impl Into<Option<&'a TokenTree>>, char: char) -> bool {
    matches!(token.into(), Some(TokenTree::Punct(punct)) if punct.as_char() == char)
}

/// Returns the span of the first token.
pub(crate) fn first_span(tokens: &impl ToTokens) -> Span {
    let first = tokens.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}

/// Returns the tokens, each replaced with the result of `change`. The closure's type is erased, and vectors are
/// collected, because rustc would compile the code of `TokenStream` again for each type of iterator.
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

/// Calls a function with each token that is not a group, inside of groups too.
pub(crate) fn each_leaf(tokens: &TokenStream, on_leaf: &mut dyn FnMut(&TokenTree)) {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => each_leaf(&group.stream(), on_leaf),
            leaf => on_leaf(&leaf),
        }
    }
}

pub(crate) fn stream(tokens: Vec<TokenTree>) -> TokenStream {
    tokens.into_iter().collect()
}

/// Returns the tokens without the first `count`.
pub(crate) fn skip(count: usize, tokens: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.drain(..count.min(tokens.len()));
    stream(tokens)
}

/// Returns the tokens before the first one for which `ends` returns `true`, or all.
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

/// Returns the group with other contents, at the same position.
pub(crate) fn with_contents(group: &Group, contents: TokenStream) -> TokenTree {
    let mut new = Group::new(group.delimiter(), contents);
    new.set_span(group.span());
    TokenTree::Group(new)
}

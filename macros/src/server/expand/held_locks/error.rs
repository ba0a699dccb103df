//! Errors that are held across an `.await`: the error in `Err(error) => { … }` may be a `Box<dyn Error>`, which is not `Send`.

use super::{awaits, check_of, is_block, only_name};
use crate::tokens::{is_punct, stream, with_contents};
use proc_macro2::{Ident, TokenStream, TokenTree};

/// Returns the tokens, with a check at the start of each block with such an error.
///
/// ```text
/// match load() { Ok(text) => text, Err(error) => { report(error.to_string()).await; … } }
/// if let Err(error) = save() { report(error.to_string()).await; }
/// ```
pub(super) fn mark(mut tokens: Vec<TokenTree>, krate: &TokenStream) -> Vec<TokenTree> {
    for at in 0..tokens.len() {
        let TokenTree::Ident(word) = &tokens[at] else {
            continue;
        };
        let start = match word.to_string().as_str() {
            "match" => at + 1,
            "let" => at + 4,
            _ => continue,
        };
        let Some(block) = (start..tokens.len()).find(|at| is_block(&tokens[*at])) else {
            continue;
        };
        let name = error_in(&tokens[at + 1..]);
        if !is_value(&tokens[start..block]) {
            continue;
        }
        tokens[block] = match name {
            Some(name) if start == at + 4 => checked(&tokens[block], &name, krate),
            None if start == at + 1 => with_arms(&tokens[block], krate),
            _ => continue,
        };
    }
    tokens
}

/// Returns `error` of `Err(error) =`.
fn error_in(tokens: &[TokenTree]) -> Option<Ident> {
    match tokens {
        [TokenTree::Ident(err), TokenTree::Group(inside), equals, ..]
            if err == "Err" && is_punct(equals, '=') =>
        {
            only_name(inside)
        }
        _ => None,
    }
}

/// Returns whether the value is probably not a reference, whose error would not be held.
fn is_value(tokens: &[TokenTree]) -> bool {
    let ends = match tokens.last() {
        Some(TokenTree::Ident(_) | TokenTree::Group(_)) => true,
        end => is_punct(end, '?'),
    };
    let is_as_ref = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "as_ref" || word == "as_mut");
    ends && !is_punct(tokens.first(), '&') && !tokens.iter().any(is_as_ref)
}

/// Checks the errors in the arms of a `match`.
fn with_arms(block: &TokenTree, krate: &TokenStream) -> TokenTree {
    let TokenTree::Group(group) = block else {
        return block.clone();
    };
    let mut tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    for at in 0..tokens.len().saturating_sub(4) {
        let is_arm = is_punct(&tokens[at + 3], '>') && is_block(&tokens[at + 4]);
        if let Some(name) = error_in(&tokens[at..]).filter(|_| is_arm) {
            tokens[at + 4] = checked(&tokens[at + 4], &name, krate);
        }
    }
    with_contents(group, stream(tokens))
}

/// Checks the error at the start of the block if there is an `.await` in it. The error is held until the end of the block, even
/// if it is moved.
fn checked(block: &TokenTree, name: &Ident, krate: &TokenStream) -> TokenTree {
    let TokenTree::Group(group) = block else {
        return block.clone();
    };
    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
    if !awaits(&inside) {
        return block.clone();
    }
    let mut contents = check_of(name, krate);
    contents.extend(inside);
    with_contents(group, contents)
}

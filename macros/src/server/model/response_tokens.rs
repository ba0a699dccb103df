//! Whether code that does not parse consumes the response, as far as its tokens show. For code that parses,
//! see `response_use.rs`.

use crate::tokens::is_punct;
use proc_macro2::{Ident, TokenStream, TokenTree};

/// The methods of `Response` that take it by value.
pub(super) const CONSUMING: [&str; 3] = ["end", "end_with", "send"];

/// Returns the occurrence of the variable `response` that the tokens consume. Every use consumes the variable, except a
/// borrow, an access to a field or a call to a method that does not consume it, and a use in a `return` statement.
pub(super) fn consumption_in_tokens(tokens: &TokenStream, response: &Ident) -> Option<Ident> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) if word == "return" => {
                at += statement_len(&tokens[at..]);
                continue;
            }
            TokenTree::Ident(word) if word == response => match occurrence(&tokens, at) {
                Occurrence::Consumed => return Some(word.clone()),
                // The name means something else in the rest of this block.
                Occurrence::Bound => return None,
                Occurrence::Other => {}
            },
            TokenTree::Group(group) => {
                let found = consumption_in_tokens(&group.stream(), response);
                if found.is_some() {
                    return found;
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

enum Occurrence {
    Consumed,
    Bound,
    Other,
}

/// Returns the effect of the occurrence of the name at `at`.
fn occurrence(tokens: &[TokenTree], at: usize) -> Occurrence {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let is_bound = is_word(before(1), "let")
        || (is_word(before(1), "mut") && is_word(before(2), "let"))
        || (is_punct(before(1), '|') && is_punct(tokens.get(at + 1), '|'));
    if is_bound {
        return Occurrence::Bound;
    }
    let is_field = is_punct(before(1), '.') && !is_punct(before(2), '.');
    let is_path = is_punct(before(1), ':') && is_punct(before(2), ':');
    let is_borrowed =
        is_punct(before(1), '&') || (is_word(before(1), "mut") && is_punct(before(2), '&'));
    let is_label = is_punct(tokens.get(at + 1), ':');
    if is_field || is_path || is_borrowed || is_label {
        return Occurrence::Other;
    }
    match (tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(TokenTree::Punct(dot)), Some(TokenTree::Ident(method)))
            if dot.as_char() == '.' && !CONSUMING.contains(&method.to_string().as_str()) =>
        {
            Occurrence::Other
        }
        // `res.` is still being typed: rust-analyzer compares it with `res.` followed by an identifier.
        (Some(TokenTree::Punct(dot)), None) if dot.as_char() == '.' => Occurrence::Other,
        _ => Occurrence::Consumed,
    }
}

/// Returns the number of tokens up to the semicolon.
fn statement_len(tokens: &[TokenTree]) -> usize {
    tokens
        .iter()
        .position(|token| is_punct(Some(token), ';'))
        .unwrap_or(tokens.len())
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

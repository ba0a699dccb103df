//! The expression after `=>`, and whether it sends `res` itself.

use super::diverge::never_ends;
use super::response_tokens::consumption_in_tokens;
use super::response_use::consumption;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::Expr;

/// The tokens of the expression, unchanged.
pub(crate) struct Reply {
    pub(crate) tokens: TokenStream,
    /// `=>`
    pub(crate) arrow: Span,
    /// Whether it moves `res`, and so has the value that `res.end()` or `res.send()` returned. Otherwise its value
    /// implements `Reply`.
    pub(crate) sends: bool,
    /// Where it moves `res`, if it does.
    pub(crate) consumption: Option<Ident>,
    /// Whether it never has a value, as with `return …` or `todo!()`.
    pub(crate) diverges: bool,
    /// Whether it does not parse, for example because it is still being typed.
    pub(crate) unfinished: bool,
}

impl Reply {
    /// Whether the expression uses the variable `name`.
    pub(crate) fn names(&self, name: &str) -> bool {
        names(&self.tokens, name)
    }

    pub(super) fn new(tokens: TokenStream, arrow: Span, response: Option<&Ident>) -> Self {
        let expr = syn::parse2::<Expr>(tokens.clone());
        let consumption = response.and_then(|response| match &expr {
            Ok(expr) => consumption(expr, response),
            Err(_) => consumption_in_tokens(&tokens, response),
        });
        Self {
            sends: consumption.is_some(),
            consumption,
            diverges: expr.as_ref().is_ok_and(never_ends),
            unfinished: expr.is_err(),
            tokens,
            arrow,
        }
    }
}

/// Whether the tokens use the variable `name`, including as `{name}` in a format string.
pub(crate) fn names(tokens: &TokenStream, name: &str) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.any(|token| match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => names(&group.stream(), name),
        TokenTree::Literal(literal) => formats(&literal.to_string(), name),
        TokenTree::Punct(_) => false,
    })
}

/// Whether a literal contains `{name}`, `{name:…}`, or `name` as a width: `{:name$}`.
fn formats(literal: &str, name: &str) -> bool {
    let is_word = |char: char| char.is_alphanumeric() || char == '_';
    literal.match_indices(name).any(|(at, _)| {
        let before = literal[..at].trim_end().chars().next_back();
        let after = literal[at + name.len()..].chars().next();
        before.is_some_and(|char| !is_word(char))
            && !after.is_some_and(is_word)
            && literal.contains('{')
    })
}

pub(crate) fn is_punct(token: Option<&TokenTree>, char: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char)
}

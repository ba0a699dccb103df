//! The expression after `=>`, and whether it sends `res` itself.

use super::diverge::never_ends;
use super::response_tokens::consumption_in_tokens;
use super::response_use::consumption;
use crate::server::ast::ReplyCode;
use crate::tokens::{each_leaf, is_punct};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use std::collections::HashSet;
use syn::Expr;

/// The expression after `=>`: its tokens, unchanged, and what the checks and the expansion need to know about it.
pub(crate) struct Reply {
    pub(crate) tokens: TokenStream,
    /// The span of `=>`.
    pub(crate) arrow: Span,
    /// Whether the expression moves `res`, and so has the value that `res.end()` or `res.send()` returned. Otherwise
    /// its value implements `Reply`.
    pub(crate) sends: bool,
    /// The place where the expression moves `res`, if it does.
    pub(crate) consumption: Option<Ident>,
    /// Whether the expression never has a value, as with `return …` or `todo!()`.
    pub(crate) diverges: bool,
    /// See [`ReplyCode::expr`]. All checks share it: parsing is expensive.
    pub(crate) expr: Option<Box<Expr>>,
}

impl Reply {
    /// Returns whether the expression uses the variable `name`.
    pub(crate) fn uses(&self, name: &str) -> bool {
        uses_variable(&self.tokens, name)
    }

    /// Returns whether the expression does not parse.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.expr.is_none()
    }

    pub(super) fn new(code: ReplyCode, arrow: Span, response: Option<&Ident>) -> Self {
        let ReplyCode { tokens, expr } = code;
        let consumption = response.and_then(|response| match &expr {
            Some(expr) => consumption(expr, response),
            None => consumption_in_tokens(&tokens, response),
        });
        Self {
            sends: consumption.is_some(),
            consumption,
            diverges: expr.as_deref().is_some_and(never_ends),
            expr,
            tokens,
            arrow,
        }
    }
}

/// Returns whether the tokens use the variable `name`. Fields, names before a colon and plain text that contains
/// `{name}` do not count.
pub(crate) fn uses_variable(tokens: &TokenStream, name: &str) -> bool {
    uses_in(tokens, name, false)
}

/// Does the same as [`uses_variable`], inside or outside of a macro. In a macro, text may be a format string, and a
/// word before a colon may be an expression.
fn uses_in(tokens: &TokenStream, name: &str, in_macro: bool) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let at = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    (0..tokens.len()).any(|index| match &tokens[index] {
        TokenTree::Ident(word) => {
            let (before, earlier) = (at(index.checked_sub(1)), at(index.checked_sub(2)));
            let is_member = is_punct(before, '.') && !is_punct(earlier, '.');
            let is_declared = is_punct(at(Some(index + 1)), ':') && !in_macro;
            word == name && !is_member && !is_declared
        }
        TokenTree::Group(group) => {
            let is_macro = is_punct(at(index.checked_sub(1)), '!');
            uses_in(&group.stream(), name, in_macro || is_macro)
        }
        TokenTree::Literal(literal) => in_macro && formats(&literal.to_string(), name),
        TokenTree::Punct(_) => false,
    })
}

/// Returns whether the tokens contain the word `name`, including as `{name}` in a format string.
pub(crate) fn names(tokens: &TokenStream, name: &str) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.any(|token| match token {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => names(&group.stream(), name),
        TokenTree::Literal(literal) => formats(&literal.to_string(), name),
        TokenTree::Punct(_) => false,
    })
}

/// Adds all words for which [`names`] is true.
pub(crate) fn add_words(tokens: &TokenStream, words: &mut HashSet<String>) {
    each_leaf(tokens, &mut |token| match token {
        TokenTree::Ident(word) => {
            words.insert(word.to_string());
        }
        TokenTree::Literal(literal) => add_formatted(&literal.to_string(), words),
        TokenTree::Group(_) | TokenTree::Punct(_) => {}
    });
}

/// Adds all words for which [`formats`] is true.
fn add_formatted(literal: &str, words: &mut HashSet<String>) {
    if !literal.contains('{') {
        return;
    }
    let mut rest = literal;
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..].find(|char| !is_word(char));
        let end = end.map_or(rest.len(), |end| start + end);
        let at = literal.len() - rest.len() + start;
        let before = literal[..at].trim_end().chars().next_back();
        if before.is_some_and(|char| !is_word(char)) {
            words.insert(rest[start..end].to_owned());
        }
        rest = &rest[end..];
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Returns whether a literal contains `{name}`, `{name:…}`, or `name` as a width: `{:name$}`.
fn formats(literal: &str, name: &str) -> bool {
    literal.match_indices(name).any(|(at, _)| {
        let before = literal[..at].trim_end().chars().next_back();
        let after = literal[at + name.len()..].chars().next();
        before.is_some_and(|char| !is_word(char))
            && !after.is_some_and(is_word)
            && literal.contains('{')
    })
}

#[cfg(test)]
mod tests {
    use super::{add_words, names};
    use std::collections::HashSet;

    #[test]
    fn added_words_are_those_that_the_code_names() {
        let code = r##"let first = (second, "third {fourth} { fifth:?} six {:seventh$}", "eighth", r#"{ninth}"#, '{');"##;
        let code = code.parse().expect("tokens");
        let mut words = HashSet::new();
        add_words(&code, &mut words);
        for word in code_words() {
            assert_eq!(words.contains(word), names(&code, word), "{word}");
        }
        assert!(words.contains("fourth") && words.contains("ninth") && !words.contains("eighth"));
    }

    fn code_words() -> [&'static str; 13] {
        [
            "let", "first", "second", "third", "fourth", "fifth", "six", "seventh", "eighth",
            "ninth", "r", "four", "th",
        ]
    }
}

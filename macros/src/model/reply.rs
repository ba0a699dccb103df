//! The expression after `=>`, and whether it sends `res` itself.

use super::diverge::diverges;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

/// The tokens of the expression, unchanged.
pub(crate) struct Reply {
    pub(crate) tokens: TokenStream,
    /// `=>`
    pub(crate) arrow: Span,
    /// Whether it moves `res`, and so yields what `res.end()` or `res.send()` returned. Otherwise its value implements
    /// `Reply`.
    pub(crate) sends: bool,
    /// Whether it never has a value, as with `return …` or `todo!()`.
    pub(crate) diverges: bool,
    /// Whether it does not parse, as while it is being typed.
    pub(crate) unfinished: bool,
}

impl Reply {
    /// Whether the expression uses the variable `name`.
    pub(crate) fn names(&self, name: &str) -> bool {
        names(&self.tokens, name)
    }

    pub(super) fn new(tokens: TokenStream, arrow: Span, response: Option<&Ident>) -> Self {
        let sends = response.is_some_and(|response| moves(&tokens, response));
        let diverges = diverges(&tokens);
        let unfinished = syn::parse2::<syn::Expr>(tokens.clone()).is_err();
        Self {
            tokens,
            arrow,
            sends,
            diverges,
            unfinished,
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

/// The methods of `Response` that take it by value.
const CONSUMING: [&str; 3] = ["end", "end_with", "send"];

/// Whether the tokens move `response`: they name it other than to borrow it, to access a field or method that does not
/// consume it, or in an early `return`.
///
/// ```text
/// res.end()                         moves
/// admin(req.at(rest), res).await    moves
/// { res.set_header(…); "text" }     does not
/// { if x { return Ok(res.end()) } "text" }   does not: that branch never yields a value
/// ```
fn moves(tokens: &TokenStream, response: &Ident) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) if word == "return" => {
                at += statement_len(&tokens[at..]);
                continue;
            }
            TokenTree::Ident(word) if word == response => {
                match occurrence(&tokens, at) {
                    Occurrence::Move => return true,
                    // The name means something else in the rest of this block.
                    Occurrence::Shadow => return false,
                    Occurrence::Other => {}
                }
            }
            TokenTree::Group(group) if moves(&group.stream(), response) => return true,
            _ => {}
        }
        at += 1;
    }
    false
}

enum Occurrence {
    Move,
    Shadow,
    Other,
}

/// What the occurrence of the name at `at` does.
fn occurrence(tokens: &[TokenTree], at: usize) -> Occurrence {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let is_bound = is_word(before(1), "let")
        || (is_word(before(1), "mut") && is_word(before(2), "let"))
        || (is_punct(before(1), '|') && is_punct(tokens.get(at + 1), '|'));
    if is_bound {
        return Occurrence::Shadow;
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
            if dot.as_char() == '.' && !CONSUMING.iter().any(|name| method == name) =>
        {
            Occurrence::Other
        }
        // `res.`, while it is being typed: rust-analyzer compares it with `res.` and any identifier.
        (Some(TokenTree::Punct(dot)), None) if dot.as_char() == '.' => Occurrence::Other,
        _ => Occurrence::Move,
    }
}

/// The number of tokens up to the semicolon.
fn statement_len(tokens: &[TokenTree]) -> usize {
    tokens
        .iter()
        .position(|token| is_punct(Some(token), ';'))
        .unwrap_or(tokens.len())
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

pub(crate) fn is_punct(token: Option<&TokenTree>, char: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_that_moves_the_response_sends_it() {
        let cases = [
            ("res.end()", true),
            ("res.end_with(\"x\")", true),
            ("admin(req.at(rest), res).await", true),
            ("{ res.set_header(A, b); res.send(x) }", true),
            ("match x { 1 => res.end(), _ => other(res) }", true),
            ("{ res.set_header(A, b); \"text\" }", false),
            ("{ res.status_code = StatusCode::CREATED; \"text\" }", false),
            ("{ add_headers(&mut res); \"text\" }", false),
            ("{ if x { return Ok(res.end()); } \"text\" }", false),
            ("return Ok(res.end())", false),
            ("{ let res = fetch().await; res.text() }", false),
            ("Reply { res: 1 }", false),
            ("reply.res", false),
            ("results.iter().map(|res| res).count()", false),
            ("\"res\"", false),
            ("res.", false),
            ("{ let x = 7; res. }", false),
            ("{ res.send(x) }", true),
        ];
        let response = Ident::new("res", Span::call_site());
        for (tokens, expected) in cases {
            let stream: TokenStream = tokens.parse().expect("the case is Rust");
            assert_eq!(moves(&stream, &response), expected, "{tokens}");
        }
    }
}

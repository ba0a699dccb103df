//! The keys of an object: a literal, or a Rust expression up to the colon.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Error, Expr, Lit, Result, Token};

use super::ast::Key;
use super::{error, group};

/// Reads a key's tokens and its colon.
pub(super) fn written(input: ParseStream<'_>) -> Result<(TokenStream, Span)> {
    let mut key = Vec::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.peek(Token![::]) {
            key.push(input.parse()?);
        } else if input.peek(Token![:]) {
            let colon = input.parse::<Token![:]>()?.spans[0];
            return match key.is_empty() {
                true => Err(error::missing_key(colon)),
                false => Ok((key.into_iter().collect(), colon)),
            };
        }
        key.push(input.parse()?);
    }
    Err(without_colon(&key))
}

/// Returns the error for `"a"`, `"a" 1`, `"a" = 1`: a colon was expected after the literal. The end of other
/// expressions is not known.
fn without_colon(tokens: &[TokenTree]) -> Error {
    match tokens {
        [first, ..] if tokens.iter().any(is_semicolon) => error::block(first),
        [key @ TokenTree::Literal(_), found, ..] => error::missing_colon(key, found),
        _ => error::key_alone(&tokens.iter().cloned().collect()),
    }
}

/// Reads the key that the tokens represent.
pub(super) fn read(written: TokenStream) -> Result<Key> {
    let tokens: Vec<TokenTree> = written.clone().into_iter().collect();
    match tokens.as_slice() {
        [token] => read_token(token),
        [first @ TokenTree::Ident(word), ..] if word == "let" => Err(error::block(first)),
        [
            key @ TokenTree::Literal(_),
            found @ (TokenTree::Literal(_) | TokenTree::Ident(_)),
            ..,
        ] => Err(error::missing_colon(key, found)),
        _ => read_expression(written),
    }
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

fn read_token(token: &TokenTree) -> Result<Key> {
    match token {
        TokenTree::Literal(literal) => match Lit::new(literal.clone()) {
            Lit::Str(text) if text.suffix().is_empty() => Ok(Key::Text(text.value(), text.span())),
            Lit::Char(char) if char.suffix().is_empty() => {
                Ok(Key::Text(char.value().to_string(), char.span()))
            }
            _ => Err(error::key_not_a_string(token)),
        },
        TokenTree::Ident(word) if word == "null" || word == "true" || word == "false" => {
            Err(error::key_not_a_string(token))
        }
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Bracket | Delimiter::Brace => Err(error::key_in_brackets(token)),
            _ if group.stream().is_empty() => Err(error::key_not_a_string(token)),
            Delimiter::Parenthesis | Delimiter::None => read(group.stream()),
        },
        TokenTree::Ident(_) | TokenTree::Punct(_) => read_expression(token.clone().into()),
    }
}

fn read_expression(written: TokenStream) -> Result<Key> {
    match syn::parse2::<Expr>(written.clone()) {
        Ok(_) => Ok(Key::Expr(group::parenthesize(written))),
        Err(error) => Err(error::unfinished(&error, &written)),
    }
}

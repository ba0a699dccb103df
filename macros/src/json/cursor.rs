//! Lookahead, and skipping of tokens.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::buffer::Cursor;
use syn::parse::ParseStream;
use syn::{Lit, Token};

use super::literal;

pub(super) fn next_token(input: ParseStream<'_>) -> Option<TokenTree> {
    input.cursor().token_tree().map(|(token, _)| token)
}

/// Returns the span of a comma, if it is the next token.
pub(super) fn comma(input: ParseStream<'_>) -> Option<Span> {
    input.peek(Token![,]).then(|| input.span())
}

/// Skips everything up to the next comma.
pub(super) fn skip_to_comma(input: ParseStream<'_>) {
    while !input.peek(Token![,]) && input.parse::<TokenTree>().is_ok() {}
}

pub(super) fn skip_all(input: ParseStream<'_>) {
    while input.parse::<TokenTree>().is_ok() {}
}

/// Returns the tokens between two positions.
pub(super) fn between(mut start: Cursor<'_>, end: Cursor<'_>) -> TokenStream {
    let mut tokens = TokenStream::new();
    while start != end
        && let Some((token, rest)) = start.token_tree()
    {
        tokens.extend([token]);
        start = rest;
    }
    tokens
}

/// Returns the contents of brackets or braces that are JSON, and not the start of a Rust expression such as
/// `[1, 2].len()`.
pub(super) fn json_group(input: ParseStream<'_>, delimiter: Delimiter) -> Option<TokenStream> {
    let read = input.step(|cursor| match cursor.group(delimiter) {
        Some((inside, _, rest)) if !is_operator(rest) => Ok((inside.token_stream(), rest)),
        _ => Err(cursor.error("")),
    });
    read.ok()
}

/// Returns the JSON text of a literal that is the whole value: not `1` in `1 + 1`.
pub(super) fn constant(input: ParseStream<'_>) -> Option<String> {
    let read = input.step(|cursor| match constant_at(*cursor) {
        Some((text, rest)) if ends_value(rest) => Ok((text, rest)),
        _ => Err(cursor.error("")),
    });
    read.ok()
}

fn constant_at(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    if let Some((word, rest)) = cursor.ident() {
        let word = word.to_string();
        return matches!(word.as_str(), "null" | "true" | "false").then_some((word, rest));
    }
    let (minus, cursor) = match cursor.punct() {
        Some((punct, rest)) if punct.as_char() == '-' => (true, rest),
        _ => (false, cursor),
    };
    let (literal, rest) = cursor.literal()?;
    Some((literal::text(&Lit::new(literal), minus)?, rest))
}

/// Returns whether the next token cannot be a part of the value before it.
fn ends_value(next: Cursor<'_>) -> bool {
    match next.token_tree() {
        None | Some((TokenTree::Literal(_), _)) => true,
        Some((TokenTree::Ident(word), _)) => word != "as",
        Some((TokenTree::Punct(_), _)) => !is_operator(next),
        Some((TokenTree::Group(_), _)) => false,
    }
}

fn is_operator(next: Cursor<'_>) -> bool {
    next.punct()
        .is_some_and(|(punct, _)| !matches!(punct.as_char(), ',' | ';' | ':'))
}

//! A `;` that is missing at the end of a line. rustc would report it at the next line, and with follow-up errors.

use super::body::ends_expression;
use crate::messages;
use crate::tokens::{is_punct, stream, with_contents};
use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Block, Expr};

/// A missing `;`, and the code with it.
pub(super) struct MissingSemicolon {
    pub(super) error: syn::Error,
    pub(super) repaired: TokenStream,
}

/// Returns the `;` without which an expression does not parse.
///
/// ```text
/// {
///     let name: String = req.body.json().await?
///     name.to_uppercase()
/// }
/// ```
pub(super) fn missing_semicolon(reply: &TokenStream) -> Option<MissingSemicolon> {
    let (span, statement, repaired) = in_groups(reply)?;
    syn::parse2::<Expr>(repaired.clone()).ok()?;
    let message = messages::missing_semicolon(&messages::source_text(&statement));
    Some(MissingSemicolon {
        error: syn::Error::new(span, message),
        repaired,
    })
}

type Found = (Span, TokenStream, TokenStream);

/// Looks for it in the groups of the code, except the arguments of macros.
fn in_groups(code: &TokenStream) -> Option<Found> {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let is_of_macro = at > 0 && is_punct(&tokens[at - 1], '!');
        let TokenTree::Group(group) = token else {
            continue;
        };
        if is_of_macro {
            continue;
        }
        if let Some((span, statement, inside)) = in_group(group) {
            let mut repaired = tokens.clone();
            repaired[at] = with_contents(group, inside);
            return Some((span, statement, stream(repaired)));
        }
    }
    None
}

fn in_group(group: &Group) -> Option<Found> {
    let is_block = group.delimiter() == Delimiter::Brace;
    if is_block && parses(group.stream()) {
        return None;
    }
    in_groups(&group.stream()).or_else(|| in_block(group).filter(|_| is_block))
}

/// Looks for a line whose end, with a `;`, makes the block parse.
fn in_block(block: &Group) -> Option<Found> {
    let tokens: Vec<TokenTree> = block.stream().into_iter().collect();
    let mut start = 0;
    for at in 1..tokens.len() {
        let (last, next) = (&tokens[at - 1], &tokens[at]);
        if is_punct(last, ';') {
            start = at;
        }
        let starts = matches!(next, TokenTree::Ident(_) | TokenTree::Literal(_));
        let ends_line = last.span().end().line < next.span().start().line;
        if !starts || !ends_line || !(is_block(last) || ends_expression(last)) {
            continue;
        }
        let mut repaired = tokens.clone();
        repaired.insert(at, Punct::new(';', Spacing::Alone).into());
        let repaired = stream(repaired);
        if parses(repaired.clone()) {
            let statement = stream(tokens[start..at].to_vec());
            return Some((last.span(), statement, repaired));
        }
    }
    None
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn parses(code: TokenStream) -> bool {
    Block::parse_within.parse2(code).is_ok()
}

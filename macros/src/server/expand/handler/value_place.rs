//! Where rustc reports that the value of a route is not a reply: at the value, even at the end of a block.

use crate::server::model::{Reply, never_ends};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Stmt};

/// Returns the tokens of a reply with spans such that rustc reports an unsuitable type at the line of the value. rustc
/// locates a block by its braces, so the braces get the span of the value.
///
/// ```text
/// {
///     let user = find(id).await?;
///     user                               // reported here
/// }
/// ```
pub(super) fn at_value(reply: &Reply, tokens: TokenStream) -> TokenStream {
    let Some(expr) = reply.expr.as_deref() else {
        return tokens;
    };
    let Some(value) = value(expr) else {
        return wrapped(tokens, None);
    };
    let mut all = tokens.clone().into_iter();
    match (expr, all.next(), all.next()) {
        (Expr::Block(block), Some(TokenTree::Group(braces)), None) if block.label.is_none() => {
            if braces.span_open().start().line == value.start().line {
                return tokens;
            }
            let mut placed = Group::new(braces.delimiter(), braces.stream());
            placed.set_span(value);
            quote!(#placed)
        }
        _ => wrapped(tokens, Some(value)),
    }
}

/// Puts an `if` or a `match` of several lines into an additional block. If the expression does not parse, it gets the
/// block as well: see [`super::reply`].
pub(super) fn wrapped(tokens: TokenStream, value: Option<Span>) -> TokenStream {
    let mut all = tokens.clone().into_iter();
    let (first, last) = (all.next(), all.last());
    let (Some(first @ TokenTree::Ident(word)), Some(TokenTree::Group(last))) = (&first, &last)
    else {
        return tokens;
    };
    let is_choice = word == "if" || word == "match";
    let is_long = first.span().start().line != last.span_close().end().line;
    if !is_choice || !is_long || last.delimiter() != Delimiter::Brace {
        return tokens;
    }
    let mut block = Group::new(Delimiter::Brace, tokens);
    let value = value.unwrap_or_else(|| first.span());
    block.set_span(Span::call_site().located_at(value));
    quote!(#block)
}

/// Returns the span of the first token of the first value that the expression may have.
fn value(expr: &Expr) -> Option<Span> {
    match expr {
        _ if never_ends(expr) => None,
        Expr::Block(block) if block.label.is_none() => value_of_block(&block.block),
        Expr::If(choice) => {
            let (_, other) = choice.else_branch.as_ref()?;
            value_of_block(&choice.then_branch).or_else(|| value(other))
        }
        Expr::Match(choice) => choice.arms.iter().find_map(|arm| value(&arm.body)),
        _ => expr
            .to_token_stream()
            .into_iter()
            .next()
            .map(|it| it.span()),
    }
}

fn value_of_block(block: &Block) -> Option<Span> {
    match block.stmts.last()? {
        Stmt::Expr(last, None) => value(last),
        Stmt::Macro(call) if call.semi_token.is_none() => {
            let first = call.to_token_stream().into_iter().next();
            first.map(|it| it.span())
        }
        _ => None,
    }
}

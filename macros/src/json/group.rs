//! Invisible groups, in which `macro_rules!` wraps a captured expression.

use crate::tokens::mapped;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Expr;

/// Adds parentheses around an operator in an invisible group.
///
/// With `$x` being `1 + 2`, the tokens of `$x * 3` contain `1 + 2` in an invisible group. rustc ignores such groups in
/// the output of a procedural macro, and would compute `1 + 2 * 3`.
pub(super) fn parenthesize(tokens: TokenStream) -> TokenStream {
    if !has_invisible(tokens.clone()) {
        return tokens;
    }
    mapped(tokens, &mut parenthesize_token)
}

fn has_invisible(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::None || has_invisible(group.stream())
        }
        _ => false,
    })
}

fn parenthesize_token(token: TokenTree) -> TokenTree {
    let TokenTree::Group(group) = token else {
        return token;
    };
    let delimiter = if group.delimiter() == Delimiter::None && is_operation(group.stream()) {
        Delimiter::Parenthesis
    } else {
        group.delimiter()
    };
    let mut visible = Group::new(delimiter, parenthesize(group.stream()));
    visible.set_span(group.span());
    TokenTree::Group(visible)
}

/// Returns whether the tokens are an expression that is parsed differently without its group. Parentheses are also
/// valid around a captured type or pattern that looks like one (`&T`, `1..=5`).
fn is_operation(tokens: TokenStream) -> bool {
    matches!(
        syn::parse2(tokens),
        Ok(Expr::Binary(_)
            | Expr::Cast(_)
            | Expr::Closure(_)
            | Expr::Range(_)
            | Expr::Reference(_)
            | Expr::Unary(_))
    )
}

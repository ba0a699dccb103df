//! The end of the function.

use super::Statement;
use super::diverge::never_passes;
use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::{Block, Expr, Stmt};

/// The code that responds if no route matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Generated code: 404, 405 or the response to `OPTIONS`.
    Unmatched,
    /// The fallback: `route!(_ => …)`.
    Fallback,
    /// The user's code: an expression after the last route, such as `Ok(res.send("…"))`, or `return …;`.
    Expression,
}

impl Tail {
    pub(crate) fn of(body: &[Statement]) -> Self {
        match body.last() {
            Some(Statement::Fallback(_)) => Self::Fallback,
            Some(Statement::Code(code)) if ends_in_value(code) => Self::Expression,
            _ => Self::Unmatched,
        }
    }
}

/// Returns whether the code ends in an expression that can only be the function's value. An `if` or a `match` without a
/// semicolon is treated as a statement, because middleware often ends that way.
fn ends_in_value(code: &TokenStream) -> bool {
    let Ok(statements) = Block::parse_within.parse2(code.clone()) else {
        return false;
    };
    match statements.last() {
        Some(last) if never_passes(last) => true,
        Some(Stmt::Expr(expr, None)) => !matches!(
            expr,
            Expr::If(_)
                | Expr::Match(_)
                | Expr::Block(_)
                | Expr::Unsafe(_)
                | Expr::Loop(_)
                | Expr::While(_)
                | Expr::ForLoop(_)
        ),
        Some(Stmt::Macro(call)) => {
            call.semi_token.is_none()
                && !matches!(call.mac.delimiter, syn::MacroDelimiter::Brace(_))
        }
        _ => false,
    }
}

//! A counter that starts again with each request.

use super::super::parse;
use crate::messages;
use crate::server::model::{Reply, Server, names};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{BinOp, Expr, Lit, Pat, Stmt};

/// ```text
/// let mut visits = 0;
/// route!("/" => { visits += 1; format!("visit {visits}") });
/// ```
pub(super) fn own_counters(server: &Server) -> Vec<(Span, String)> {
    let replies: Vec<(Span, Ident)> = server.replies().filter_map(counted).collect();
    if replies.is_empty() {
        return Vec::new();
    }
    let statements = server.statements().filter_map(parse);
    let statements: Vec<Stmt> = statements.flat_map(|block| block.stmts).collect();
    let is_own = |name: &Ident| {
        let text = name.to_string();
        let mut uses = statements
            .iter()
            .filter(|it| names(&it.to_token_stream(), &text));
        uses.next().is_some_and(|first| starts_at_zero(first, name)) && uses.next().is_none()
    };
    let own = replies.into_iter().filter(|(_, name)| is_own(name));
    own.map(|(span, name)| (span, messages::own_counter(&name.to_string())))
        .collect()
}

/// Returns the variable of `visits += 1;` in a reply.
fn counted(reply: &Reply) -> Option<(Span, Ident)> {
    let Some(Expr::Block(block)) = reply.expr.as_deref() else {
        return None;
    };
    let mut statements = block.block.stmts.iter();
    statements.find_map(|statement| {
        let Stmt::Expr(Expr::Binary(change), Some(_)) = statement else {
            return None;
        };
        let Expr::Path(variable) = &*change.left else {
            return None;
        };
        let adds = matches!(change.op, BinOp::AddAssign(_)) && is_number(&change.right, "1");
        let name = variable.path.get_ident().filter(|_| adds)?;
        Some((statement.span(), name.clone()))
    })
}

fn starts_at_zero(statement: &Stmt, name: &Ident) -> bool {
    let Stmt::Local(local) = statement else {
        return false;
    };
    let pat = match &local.pat {
        Pat::Type(typed) => &typed.pat,
        pat => pat,
    };
    let is_it = matches!(pat, Pat::Ident(variable) if variable.ident == *name);
    let init = local.init.as_ref();
    is_it && init.is_some_and(|init| is_number(&init.expr, "0"))
}

fn is_number(expr: &Expr, digits: &str) -> bool {
    matches!(expr, Expr::Lit(literal)
        if matches!(&literal.lit, Lit::Int(number) if number.base10_digits() == digits))
}

//! The user's code, parsed, and whether it declares a name again.

use crate::server::model::{Reply, Server, Walk, binds};
use proc_macro2::{Ident, TokenStream};
use syn::parse::Parser;
use syn::visit::Visit;
use syn::{Block, Expr};

/// The user's code.
pub(super) enum Code<'a> {
    Statements(Block),
    Reply(&'a Expr),
}

impl Code<'_> {
    pub(super) fn visit(&self, mut walk: Walk<'_>) {
        match self {
            Self::Statements(block) => walk.visit_block(block),
            Self::Reply(expr) => walk.visit_expr(expr),
        }
    }
}

/// Returns the parsed code; `None` if it is not finished.
fn code(reply: &Reply) -> Option<Code<'_>> {
    match reply.expr.as_deref() {
        Some(expr) => Some(Code::Reply(expr)),
        None => parse(&reply.tokens).map(Code::Statements),
    }
}

/// Parses statements, or an expression; returns `None` if it is not finished.
pub(super) fn parse(tokens: &TokenStream) -> Option<Block> {
    let stmts = Block::parse_within.parse2(tokens.clone()).ok()?;
    let brace_token = syn::token::Brace::default();
    Some(Block { brace_token, stmts })
}

/// Returns whether the name of the response refers to a different variable anywhere.
pub(in super::super) fn rebinds_response(server: &Server, response: &Ident) -> bool {
    rebinds(&all(server), response)
}

/// Returns the statements, the guards and the replies that are finished.
pub(super) fn all(server: &Server) -> Vec<Code<'_>> {
    let statements = server.statements().chain(server.guards());
    let statements = statements.filter_map(parse).map(Code::Statements);
    statements
        .chain(server.replies().filter_map(code))
        .collect()
}

/// Returns whether the name refers to a different variable anywhere. Such functions are left to rustc.
pub(super) fn rebinds(code: &[Code<'_>], name: &Ident) -> bool {
    let mut is_rebound = false;
    for code in code {
        code.visit(Walk::Pats(&mut |pat| {
            is_rebound |= binds(pat, name).is_some()
        }));
    }
    is_rebound
}

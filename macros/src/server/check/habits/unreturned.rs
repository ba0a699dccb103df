//! Values in an `if` that are meant to end the handler, but are not returned.

use super::Code;
use super::values::is_plain_value;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::{Server, Statement, Visitor, Walk};
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Block, Expr, Stmt};

/// ```text
/// if req.url.query_string().is_none() {
///     (StatusCode::BAD_REQUEST, "a query is required");
/// }
/// ```
pub(super) fn unreturned(
    server: &Server,
    code: &[Code<'_>],
    found: &mut Vec<(Span, String)>,
    reported: &mut Vec<Span>,
) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let mut rule = Unreturned {
        response: arguments.response.to_string(),
        found: Vec::new(),
    };
    // After all routes, the value of a last `if` is that of the function.
    let has_tail = matches!(server.body.last(), Some(Statement::Code(_)));
    for code in code {
        if let Code::Statements(block) = code
            && let Some(last) = block.stmts.last()
            && !has_tail
        {
            rule.statement(last);
        }
        code.visit(Walk::Rule(&mut rule));
    }
    reported.extend(rule.found.iter().map(|(span, _)| *span));
    found.extend(rule.found);
}

struct Unreturned {
    response: String,
    found: Vec<(Span, String)>,
}

impl Visitor for Unreturned {
    fn expr(&mut self, expr: &Expr) -> bool {
        // `return` would end the closure.
        !matches!(expr, Expr::Closure(_) | Expr::Async(_))
    }

    fn block(&mut self, block: &Block) -> bool {
        if let Some((_, statements)) = block.stmts.split_last() {
            statements.iter().for_each(|it| self.statement(it));
        }
        true
    }
}

impl Unreturned {
    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Expr(Expr::If(choice), _) => self.branches(choice),
            Stmt::Local(local) => {
                let diverge = local.init.as_ref().and_then(|init| init.diverge.as_ref());
                if let Some((_, other)) = diverge
                    && let Expr::Block(block) = &**other
                {
                    // With a `;`, rustc reports the block.
                    self.value(block.block.stmts.last().filter(|it| is_value(it)));
                }
            }
            _ => {}
        }
    }

    fn branches(&mut self, choice: &syn::ExprIf) {
        self.values(&choice.then_branch);
        match choice.else_branch.as_ref().map(|(_, other)| &**other) {
            Some(Expr::If(other)) => self.branches(other),
            Some(Expr::Block(other)) => self.values(&other.block),
            _ => {}
        }
    }

    fn values(&mut self, block: &Block) {
        block.stmts.iter().for_each(|it| self.value(Some(it)));
    }

    fn value(&mut self, statement: Option<&Stmt>) {
        if let Some(Stmt::Expr(value, _)) = statement
            && let Some(returned) = self.returned(value)
        {
            let message = messages::unreturned(&returned);
            self.found.push((value.span(), message));
        }
    }

    /// Returns what to return in place of a value.
    fn returned(&self, value: &Expr) -> Option<String> {
        let text = || messages::source_text(&value.to_token_stream());
        match value {
            Expr::Call(call) if is_variable(&call.func, "Err") => Some(text()),
            Expr::Tuple(tuple) if tuple.elems.is_empty() => None,
            value => {
                is_plain_value(value).then(|| format!("Ok({}.send({}))", self.response, text()))
            }
        }
    }
}

fn is_value(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(_, None))
}

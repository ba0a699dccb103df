//! Reading the body of a request in a loop or twice.

use super::Code;
use crate::messages;
use crate::server::check::variable::is_field;
use crate::server::model::{Visitor, Walk};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Block, Expr, ExprLet, Local, Pat, Stmt};

/// Reports `while let Some(chunk) = body.next().await`, without `?`, where `body` is the body of the request.
pub(super) fn unchecked_chunks(code: &[Code<'_>], request: &Ident) -> Vec<(Span, String)> {
    let mut loops = Loops {
        request,
        bodies: Vec::new(),
        found: Vec::new(),
    };
    for code in code {
        code.visit(Walk::Rule(&mut loops));
    }
    loops.found
}

struct Loops<'a> {
    request: &'a Ident,
    /// The variables that hold the body.
    bodies: Vec<Ident>,
    found: Vec<(Span, String)>,
}

impl Loops<'_> {
    fn is_body(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(path) => self.bodies.iter().any(|body| path.path.is_ident(body)),
            expr => is_field(expr, self.request, "body"),
        }
    }

    fn check_let(&mut self, condition: &ExprLet) {
        let is_some = matches!(&*condition.pat, Pat::TupleStruct(pat) if pat.path.is_ident("Some"));
        if let Expr::Await(awaited) = &*condition.expr
            && let Expr::MethodCall(call) = &*awaited.base
            && call.method == "next"
            && self.is_body(&call.receiver)
            && is_some
        {
            let body = messages::source_text(&call.receiver.to_token_stream());
            let message = messages::chunk_in_result(&body);
            self.found.push((condition.expr.span(), message));
        }
    }
}

impl Visitor for Loops<'_> {
    fn local(&mut self, local: &Local) -> bool {
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init)
            && self.is_body(&init.expr)
        {
            self.bodies.push(name.ident.clone());
        }
        true
    }

    fn expr(&mut self, expr: &Expr) -> bool {
        if let Expr::Let(condition) = expr {
            self.check_let(condition);
        }
        true
    }
}

/// Reports a second read of the same body:
///
/// ```text
/// let text = req.body.text().await?;
/// let user: User = req.body.json().await?;
/// ```
pub(super) fn read_twice(code: &[Code<'_>], request: &Ident) -> Vec<(Span, String)> {
    let mut blocks = Blocks {
        request,
        found: Vec::new(),
    };
    for code in code {
        match code {
            Code::Statements(block) => {
                blocks.check(block);
                Walk::Rule(&mut blocks).visit_block(block);
            }
            Code::Reply(expr) => Walk::Rule(&mut blocks).visit_expr(expr),
        }
    }
    blocks.found
}

struct Blocks<'a> {
    request: &'a Ident,
    found: Vec<(Span, String)>,
}

impl Blocks<'_> {
    /// Reports the second of two statements in one block that read the body: both run, unless the first one leaves
    /// the block. The search ends at an assignment to the body, and at a statement with an attribute, which may be
    /// compiled out.
    fn check(&mut self, block: &Block) {
        let mut first = None;
        for statement in &block.stmts {
            let tokens = statement.to_token_stream().to_string();
            if tokens.contains("body =") || tokens.starts_with('#') {
                return;
            }
            let Some(body) = read_in(statement, self.request) else {
                continue;
            };
            let line = body.span().start().line;
            match first {
                None => first = Some(line),
                Some(line) => {
                    let text = messages::source_text(&body.to_token_stream());
                    self.found
                        .push((body.span(), messages::body_read_twice(&text, line)));
                    return;
                }
            }
        }
    }
}

impl Visitor for Blocks<'_> {
    fn block(&mut self, block: &Block) -> bool {
        self.check(block);
        true
    }
}

/// Returns `req.body` in `let value = req.body.json().await?;`, or in a statement without `let`.
fn read_in<'a>(statement: &'a Stmt, request: &Ident) -> Option<&'a Expr> {
    let mut value = match statement {
        Stmt::Local(local) => &*local.init.as_ref()?.expr,
        Stmt::Expr(expr, _) => expr,
        _ => return None,
    };
    loop {
        value = match value {
            Expr::Try(tried) => &tried.expr,
            Expr::Await(wait) => &wait.base,
            Expr::MethodCall(call) => {
                let reads = ["json", "form", "text", "bytes"];
                if is_field(&call.receiver, request, "body") {
                    return reads
                        .iter()
                        .any(|it| call.method == it)
                        .then_some(&*call.receiver);
                }
                &call.receiver
            }
            _ => return None,
        }
    }
}

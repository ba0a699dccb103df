//! Reading the body of a request in a loop.

use super::Code;
use crate::messages;
use crate::server::model::{Visitor, Walk};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprLet, Local, Member, Pat};

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
    /// The variables that are the body.
    bodies: Vec<Ident>,
    found: Vec<(Span, String)>,
}

impl Loops<'_> {
    fn is_body(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Field(field) => {
                let is_body = matches!(&field.member, Member::Named(name) if name == "body");
                let is_request =
                    matches!(&*field.base, Expr::Path(path) if path.path.is_ident(self.request));
                is_body && is_request
            }
            Expr::Path(path) => self.bodies.iter().any(|body| path.path.is_ident(body)),
            _ => false,
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

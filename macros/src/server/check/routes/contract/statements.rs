//! Rules about the statements above a route that reads the query or the body: they must leave the request usable.

use super::Found;
use crate::messages;
use crate::server::check::variable::is_field;
use crate::server::model::{Server, Statement, Visitor, Walk, consumption_in_statement};
use crate::tokens::first_span;
use proc_macro2::Ident;
use syn::parse::Parser;
use syn::visit::Visit;
use syn::{Block, Expr, Local, Stmt};

/// Checks that no statement above the route moves the request, or reads the body that the route declares.
///
/// ```text
/// route!("/" => "home");
/// log(req);
/// route!("/products?{page: u32}" => …);
/// ```
pub(super) fn check_statements_above(server: &Server, index: usize, found: &mut Found) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let route = &server.routes[index];
    let contract = &route.contract;
    if contract.query.is_empty() && contract.body.is_none() {
        return;
    }
    let is_route = |it: &Statement| matches!(it, Statement::Route(at) if *at == index);
    let at = server.body.iter().position(is_route).unwrap_or(0);
    let first = server
        .body
        .iter()
        .position(|it| !matches!(it, Statement::Code(_)));
    let request = &arguments.request;
    let name = request.to_string();
    for (position, statement) in server.body[..at].iter().enumerate() {
        let Statement::Code(code) = statement else {
            continue;
        };
        let statements = Block::parse_within.parse2(code.clone()).unwrap_or_default();
        for statement in &statements {
            // Another rule applies above the first route.
            if first.is_some_and(|first| position > first)
                && let Some(place) = consumption_in_statement(statement, request)
            {
                let part = if contract.body.is_some() {
                    "body"
                } else {
                    "query"
                };
                let line = place.span().start().line;
                let message = messages::moved_before_contract(&name, part, line);
                found.push((route.path.span(), message));
                return;
            }
            if let Some(body) = &contract.body
                && reads_body(statement, request)
            {
                let span = first_span(&body.pattern);
                found.push((span, messages::body_read_above(&name)));
                return;
            }
        }
    }
}

/// Returns whether a statement always reads the body, not only under a condition.
fn reads_body(statement: &Stmt, request: &Ident) -> bool {
    struct Reads<'a>(&'a Ident, bool);
    impl Visitor for Reads<'_> {
        fn expr(&mut self, expr: &Expr) -> bool {
            match expr {
                Expr::If(_)
                | Expr::Match(_)
                | Expr::Loop(_)
                | Expr::While(_)
                | Expr::ForLoop(_) => false,
                Expr::Closure(_) | Expr::Async(_) | Expr::Macro(_) => false,
                Expr::MethodCall(call) => {
                    let method = call.method.to_string();
                    let reads = ["json", "form", "text", "bytes", "limit", "read"];
                    self.1 |= reads.contains(&method.as_str()) && self.is_body(&call.receiver);
                    true
                }
                _ => true,
            }
        }
    }
    impl Reads<'_> {
        fn is_body(&self, expr: &Expr) -> bool {
            is_field(expr, self.0, "body")
        }
    }
    let mut reads = Reads(request, false);
    let mut walk = Walk::Rule(&mut reads);
    match statement {
        // The `else` block of a `let` does not always run.
        Stmt::Local(Local {
            init: Some(init), ..
        }) => walk.visit_expr(&init.expr),
        statement => walk.visit_stmt(statement),
    }
    reads.1
}

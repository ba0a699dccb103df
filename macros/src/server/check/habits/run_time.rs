//! Warnings about code that compiles, but blocks, panics or has no effect when a request arrives.

mod blocking;
mod hidden_text;
mod lost_change;
mod own_counter;
mod panic;

pub(super) use self::lost_change::is_collection;

use super::Code;
use crate::server::check::warnings::Warnings;
use crate::server::model::{Server, Visitor, Walk};
use proc_macro2::{Ident, Span};
use syn::visit::Visit;
use syn::{Expr, Macro};

/// Checks the statements, guards and replies of a server. `request` is `None` if the variable is rebound.
pub(super) fn check_run_time(
    server: &Server,
    code: &[Code<'_>],
    request: Option<&Ident>,
    has_default_error: bool,
    warnings: &mut Warnings,
) {
    let mut rules = Rules {
        request,
        has_default_error,
        found: Vec::new(),
    };
    for code in code {
        code.visit(Walk::Rule(&mut rules));
    }
    rules.found.extend(lost_change::lost_changes(server));
    rules.found.extend(own_counter::own_counters(server));
    for (span, message) in rules.found {
        warnings.push(span, message);
    }
}

struct Rules<'a> {
    request: Option<&'a Ident>,
    has_default_error: bool,
    found: Vec<(Span, String)>,
}

impl Visitor for Rules<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        // A closure may run on another thread.
        if let Expr::Closure(_) = expr {
            return false;
        }
        let found = blocking::blocks(expr)
            .or_else(|| panic::panics(expr, self.request?))
            .or_else(|| hidden_text::hidden(expr).filter(|_| self.has_default_error));
        self.found.extend(found);
        true
    }

    fn macro_call(&mut self, call: &Macro) {
        for argument in &super::arguments(call) {
            Walk::Rule(self).visit_expr(argument);
        }
    }
}

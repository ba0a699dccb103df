//! Visits the expressions or the patterns of a piece of code. syn's visitor is large and is compiled for every type
//! that implements `Visit`, so rules without state share this one.

use syn::visit::{self, Visit};
use syn::{Expr, Item, Pat};

/// Skips functions and other items, which cannot use the variables around them.
pub(crate) enum Walk<'a> {
    /// Called for each expression; returns whether to visit its parts.
    Exprs(&'a mut dyn FnMut(&Expr) -> bool),
    /// Called for each pattern that is not inside another one.
    Pats(&'a mut dyn FnMut(&Pat)),
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let descends = match self {
            Self::Exprs(on_expr) => on_expr(expr),
            Self::Pats(_) => true,
        };
        if descends {
            visit::visit_expr(self, expr);
        }
    }

    fn visit_pat(&mut self, pat: &'ast Pat) {
        match self {
            Self::Exprs(_) => visit::visit_pat(self, pat),
            Self::Pats(on_pat) => on_pat(pat),
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

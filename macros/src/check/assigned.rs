//! Rules about parameters that are assigned.

use super::outlive::rebinds;
use crate::errors::Errors;
use crate::messages;
use crate::model::Param;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprAssign, ExprBinary};

/// A parameter is not mutable. rustc would suggest adding `mut` before the path.
///
/// ```text
/// route!("/next/{number: u32}" => { number += 1; format!("{number}") });
/// ```
pub(super) fn check_assigned(expr: &Expr, params: &[Param], errors: &mut Errors) -> bool {
    let params = params.iter().filter(|param| !rebinds(expr, &param.ident));
    let mut assigned = Assigned {
        params: params.collect(),
        found: None,
    };
    if !assigned.params.is_empty() {
        assigned.visit_expr(expr);
    }
    let holds = assigned.found.is_none();
    if let Some((span, message)) = assigned.found {
        errors.push(span, message);
    }
    holds
}

struct Assigned<'a> {
    params: Vec<&'a Param>,
    found: Option<(Span, String)>,
}

impl Assigned<'_> {
    fn check(&mut self, place: &Expr) {
        let Expr::Path(path) = place else {
            return;
        };
        let mut params = self.params.iter();
        if let Some(param) = params.find(|param| path.path.is_ident(&param.ident)) {
            let message = messages::assigned_param(&param.ident.to_string());
            self.found.get_or_insert((place.span(), message));
        }
    }
}

impl<'ast> Visit<'ast> for Assigned<'_> {
    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.check(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        let assigns = matches!(
            binary.op,
            BinOp::AddAssign(_)
                | BinOp::SubAssign(_)
                | BinOp::MulAssign(_)
                | BinOp::DivAssign(_)
                | BinOp::RemAssign(_)
                | BinOp::BitXorAssign(_)
                | BinOp::BitAndAssign(_)
                | BinOp::BitOrAssign(_)
                | BinOp::ShlAssign(_)
                | BinOp::ShrAssign(_)
        );
        if assigns {
            self.check(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }
}

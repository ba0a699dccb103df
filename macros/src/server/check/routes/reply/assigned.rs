//! Rules about parameters that are assigned.

use super::outlive::rebinds;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::{Param, Walk};
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{BinOp, Expr};

/// Reports an assignment to a parameter, which is not mutable. rustc would suggest adding `mut` before the path.
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
        Walk::Exprs(&mut |expr| {
            assigned.check(expr);
            true
        })
        .visit_expr(expr);
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
    fn check(&mut self, expr: &Expr) {
        match expr {
            Expr::Assign(assign) => self.check_place(&assign.left),
            Expr::Binary(binary) if assigns(&binary.op) => self.check_place(&binary.left),
            _ => {}
        }
    }

    fn check_place(&mut self, place: &Expr) {
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

fn assigns(op: &BinOp) -> bool {
    matches!(
        op,
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
    )
}

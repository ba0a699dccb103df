//! Rules about text parameters that are used as numbers.

use super::outlive::rebinds;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::{Param, Visitor, Walk};
use crate::server::pattern::Extent;
use proc_macro2::{Span, TokenStream};
use syn::visit::Visit;
use syn::{BinOp, Expr, Lit, UnOp};

/// Checks that a parameter without a type, which is text, is not used as a number.
///
/// ```text
/// route!("/page/{number}" if number > 0 => …);
/// route!("/add/{a}/{b}" => format!("{}", a + b));
/// ```
pub(super) fn check_text(
    guard: Option<&TokenStream>,
    reply: Option<&Expr>,
    params: &[Param],
    errors: &mut Errors,
) -> bool {
    let guard: Option<Expr> = guard.and_then(|guard| syn::parse2(guard.clone()).ok());
    let code: Vec<&Expr> = guard.iter().chain(reply).collect();
    let texts = params
        .iter()
        .filter(|param| param.ty.is_none() && param.extent == Extent::Segment);
    let texts = texts.filter(|param| !code.iter().any(|code| rebinds(code, &param.ident)));
    let mut numbers = Numbers {
        texts: texts.collect(),
        found: None,
    };
    if !numbers.texts.is_empty() {
        for code in code {
            Walk::Rule(&mut numbers).visit_expr(code);
        }
    }
    let holds = numbers.found.is_none();
    if let Some((span, message)) = numbers.found {
        errors.push(span, message);
    }
    holds
}

struct Numbers<'a> {
    texts: Vec<&'a Param>,
    found: Option<(Span, String)>,
}

impl<'a> Numbers<'a> {
    fn text(&self, expr: &Expr) -> Option<&'a Param> {
        let Expr::Path(path) = expr else {
            return None;
        };
        let mut texts = self.texts.iter().copied();
        texts.find(|param| path.path.is_ident(&param.ident))
    }

    fn check(&mut self, expr: &Expr, other: &Expr, op: &BinOp) {
        let Some(param) = self.text(expr) else {
            return;
        };
        let ty = number_type(other);
        let is_wrong = match op {
            BinOp::Add(_) => ty.is_some() || self.text(other).is_some(),
            BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => true,
            BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => ty.is_some(),
            BinOp::Eq(_) | BinOp::Ne(_) => ty.is_some(),
            _ => false,
        };
        if is_wrong {
            let message = messages::text_as_number(&param.ident.to_string(), ty.unwrap_or("u32"));
            self.found.get_or_insert((expr_span(expr), message));
        }
    }
}

impl Visitor for Numbers<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        if let Expr::Binary(binary) = expr {
            self.check(&binary.left, &binary.right, &binary.op);
            self.check(&binary.right, &binary.left, &binary.op);
        }
        true
    }

    fn macro_call(&mut self, call: &syn::Macro) {
        for argument in crate::server::check::habits::arguments(call) {
            Walk::Rule(self).visit_expr(&argument);
        }
    }
}

fn expr_span(expr: &Expr) -> Span {
    syn::spanned::Spanned::span(expr)
}

/// Returns the type that a parameter must have to be compared with a literal.
fn number_type(expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(_) => Some("u32"),
            Lit::Float(_) => Some("f64"),
            _ => None,
        },
        Expr::Unary(negative) if matches!(negative.op, UnOp::Neg(_)) => {
            number_type(&negative.expr).map(|ty| if ty == "u32" { "i32" } else { ty })
        }
        _ => None,
    }
}

//! Text that is joined with `+`, as in other languages.

use super::outlive::rebinds;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::{Param, Visitor, Walk};
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{BinOp, Expr, Lit, Type};

/// Reports a text literal that is extended with `+`. A program may implement `+` for a user-defined type, so
/// the second operand must have a built-in type.
///
/// ```text
/// route!("/hello/{name}" => "hello " + name);
/// ```
pub(super) fn check_joined(reply: &Expr, params: &[Param], errors: &mut Errors) -> bool {
    let params = params.iter().filter(|param| !rebinds(reply, &param.ident));
    let mut joined = Joined {
        params: params.collect(),
        found: None,
    };
    Walk::Rule(&mut joined).visit_expr(reply);
    let holds = joined.found.is_none();
    if let Some((span, message)) = joined.found {
        errors.push(span, message);
    }
    holds
}

struct Joined<'a> {
    params: Vec<&'a Param>,
    found: Option<(Span, String)>,
}

impl Joined<'_> {
    /// Returns whether the operand certainly has a built-in type.
    fn is_built_in(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) => true,
            Expr::Path(path) => {
                let mut params = self.params.iter();
                params.any(|it| path.path.is_ident(&it.ident) && has_built_in_type(it))
            }
            Expr::MethodCall(call) => {
                call.args.is_empty() && (call.method == "to_string" || call.method == "to_owned")
            }
            Expr::Macro(call) => call.mac.path.is_ident("format"),
            Expr::Reference(reference) => self.is_built_in(&reference.expr),
            Expr::Paren(paren) => self.is_built_in(&paren.expr),
            _ => false,
        }
    }
}

impl Visitor for Joined<'_> {
    fn expr(&mut self, expr: &Expr) -> bool {
        let Some(operands) = operands(expr) else {
            return true;
        };
        let [first, second, ..] = operands.as_slice() else {
            return true;
        };
        if !is_text(first) || !self.is_built_in(second) {
            return true;
        }
        let message = messages::joined_text(&formatted(&operands));
        self.found.get_or_insert((first.span(), message));
        false
    }
}

/// Returns the operands of `a + b + c`.
fn operands(expr: &Expr) -> Option<Vec<&Expr>> {
    let Expr::Binary(sum) = expr else {
        return None;
    };
    if !matches!(sum.op, BinOp::Add(_)) {
        return None;
    }
    let mut all = operands(&sum.left).unwrap_or_else(|| vec![&sum.left]);
    all.push(&sum.right);
    Some(all)
}

fn is_text(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)))
}

fn has_built_in_type(param: &Param) -> bool {
    let Some(ty) = param.ty.as_deref() else {
        return true;
    };
    const BUILT_IN: [&str; 17] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char", "String",
    ];
    matches!(ty, Type::Path(path) if BUILT_IN.iter().any(|it| path.path.is_ident(it)))
}

/// Returns the operands as a call: `format!("hello {name}")`.
fn formatted(operands: &[&Expr]) -> String {
    let mut text = String::new();
    let mut arguments = String::new();
    for operand in operands {
        let source = messages::source_text(&operand.to_token_stream());
        match operand {
            Expr::Lit(_) if is_text(operand) && source.starts_with('"') => {
                let inside = source.trim_start_matches('"').trim_end_matches('"');
                text.push_str(&inside.replace('{', "{{").replace('}', "}}"));
            }
            Expr::Path(path) if path.path.get_ident().is_some() => {
                text.push_str(&format!("{{{source}}}"));
            }
            _ => {
                text.push_str("{}");
                arguments.push_str(&format!(", {source}"));
            }
        }
    }
    format!("format!(\"{text}\"{arguments})")
}

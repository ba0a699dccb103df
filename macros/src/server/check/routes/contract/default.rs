//! Rules about the default of a query parameter.

use crate::messages;
use crate::server::model::Query;
use crate::server::primitive;
use quote::ToTokens;
use syn::{Expr, Lit, UnOp};

/// Returns the error for a default that is not a literal or a constant of the parameter's type.
///
/// ```text
/// route!("/products?{page: u32 = first()}" => …);
/// route!("/products?{page: Option<u32> = 1}" => …);
/// route!("/products?{page: u32 = \"1\"}" => …);
/// route!("/products?{page: u32 = None}" => …);
/// ```
pub(super) fn default_error(query: &Query) -> Option<String> {
    let default = query.default.as_ref()?;
    let name = query.ident.to_string();
    if let Some(inner) = query.optional() {
        let inner = messages::source_text(&inner.to_token_stream());
        return Some(messages::default_of_optional(
            &name,
            &query.text,
            &inner,
            &default.text,
        ));
    }
    if query.is_list() {
        return Some(messages::default_of_list(&name, &query.text));
    }
    if example(&query.text).is_some()
        && let Some(some) = option(&default.expr)
    {
        return Some(messages::optional_default(
            &name,
            &query.text,
            some.as_deref(),
        ));
    }
    if !is_constant(&default.expr) {
        return Some(messages::default_not_constant(
            &name,
            &query.text,
            &default.text,
        ));
    }
    let ours = example(&query.text)?;
    let fits = fits(&query.text, &default.expr);
    (!fits).then(|| messages::default_of_other_type(&name, &query.text, &default.text, ours))
}

/// Recognizes `None` and `Some(value)`, and returns the value.
fn option(default: &Expr) -> Option<Option<String>> {
    match default {
        Expr::Path(path) if path.path.is_ident("None") => Some(None),
        Expr::Call(call) if call.args.len() == 1 => {
            let is_some = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some"));
            let value = messages::source_text(&call.args.to_token_stream());
            is_some.then_some(Some(value))
        }
        _ => None,
    }
}

fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Path(_) => true,
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Neg(_)) && matches!(&*unary.expr, Expr::Lit(_) | Expr::Path(_))
        }
        _ => false,
    }
}

/// Returns an example of a default for a primitive type or `String`.
fn example(ty: &str) -> Option<&'static str> {
    match ty {
        "bool" => Some("false"),
        "char" => Some("'a'"),
        "f32" | "f64" => Some("1.0"),
        "String" => Some("\"text\""),
        _ if super::query::is_scalar(ty) => Some("1"),
        _ => None,
    }
}

/// Returns whether a literal may have the type. The type of a constant is unknown.
fn fits(ty: &str, expr: &Expr) -> bool {
    let (literal, negative) = match expr {
        Expr::Lit(literal) => (&literal.lit, false),
        Expr::Unary(unary) => match &*unary.expr {
            Expr::Lit(literal) => (&literal.lit, true),
            _ => return true,
        },
        _ => return true,
    };
    match literal {
        Lit::Str(_) => ty == "String" && !negative,
        Lit::Bool(_) => ty == "bool" && !negative,
        Lit::Char(_) => ty == "char" && !negative,
        Lit::Float(_) => matches!(ty, "f32" | "f64"),
        Lit::Int(number) => {
            let is_integer = super::query::is_scalar(ty) && ty.starts_with(['u', 'i']);
            let suffix = number.suffix();
            let is_float = matches!(ty, "f32" | "f64") && suffix == ty;
            let text = number.base10_digits();
            let text = if negative {
                format!("-{text}")
            } else {
                text.to_owned()
            };
            is_float || is_integer && (suffix.is_empty() || suffix == ty) && is_in_range(ty, &text)
        }
        _ => false,
    }
}

fn is_in_range(ty: &str, digits: &str) -> bool {
    let bits = match ty.get(1..) {
        Some("8") => 8,
        Some("16") => 16,
        Some("32") => 32,
        Some("64" | "size") => 64,
        _ => 128,
    };
    primitive::fits(digits, ty.starts_with('i'), bits)
}

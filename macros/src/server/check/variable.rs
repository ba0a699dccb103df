//! Variables and their fields: `req`, `req.body`.

use proc_macro2::Ident;
use syn::{Expr, Member};

/// Returns whether the expression is the variable itself.
pub(super) fn is_variable<N: ?Sized>(expr: &Expr, name: &N) -> bool
where
    Ident: PartialEq<N>,
{
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}

/// Returns whether the expression is a field of the variable, as in `req.body`.
pub(super) fn is_field<N: ?Sized>(expr: &Expr, variable: &N, field: &str) -> bool
where
    Ident: PartialEq<N>,
{
    let Expr::Field(part) = expr else {
        return false;
    };
    let is_member = matches!(&part.member, Member::Named(name) if name == field);
    is_member && is_variable(&part.base, variable)
}

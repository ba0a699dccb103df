//! A `match` that has an arm for `Some`, but none for `None`.

use crate::errors::Errors;
use crate::messages;
use syn::{Expr, Pat};

/// Reports a `match` all of whose arms are `Some(…)`, and returns `false` in that case. rustc's own suggestion,
/// `None => todo!()`, does not show how a route responds if there is no value.
///
/// ```text
/// route!("/users/{id: u32}" => match find(id) { Some(user) => user });
/// ```
pub(super) fn check_arms(value: &Expr, errors: &mut Errors) -> bool {
    let Expr::Match(choice) = value else {
        return true;
    };
    let misses_none = !choice.arms.is_empty() && choice.arms.iter().all(|arm| is_some(&arm.pat));
    if misses_none {
        errors.push(choice.match_token.span, messages::missing_arm());
    }
    !misses_none
}

/// Returns whether the pattern is `Some(value)`. A match on `Ok(value)` alone is complete if there can be no error.
fn is_some(pat: &Pat) -> bool {
    match pat {
        Pat::TupleStruct(pat) => pat.path.is_ident("Some"),
        Pat::Guard(guarded) => is_some(&guarded.pat),
        _ => false,
    }
}

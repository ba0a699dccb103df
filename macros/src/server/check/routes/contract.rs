//! Rules about the query, the body and the reply of a route.

mod body;
mod default;
mod query;
mod reply;
mod statements;
mod strict;

use super::Invalid;
use crate::errors::Errors;
use crate::server::model::{Route, Server, names};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

pub(super) use strict::check_strict;

/// The violations found in a route.
type Found = Vec<(Span, String)>;

pub(super) fn check_contracts(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) || route.contract.is_empty() {
            continue;
        }
        let mut found = Found::new();
        query::check_query(server, route, &mut found);
        if body::check_body(server, route, &mut found) {
            invalid.bodies.insert(index);
        }
        reply::check_reply_type(server, route, &mut found);
        statements::check_statements_above(server, index, &mut found);
        if !found.is_empty() {
            invalid.routes.insert(index);
        }
        for (span, message) in found {
            errors.push(span, message);
        }
    }
}

/// Returns the place where the guard of a route uses a variable, if it does.
fn in_guard(route: &Route, name: &str) -> Option<Span> {
    let guard = route.guard.as_ref().filter(|guard| names(guard, name))?;
    Some(find(guard, name).unwrap_or_else(|| route.path.span()))
}

fn find(tokens: &TokenStream, name: &str) -> Option<Span> {
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if word == name => Some(word.span()),
        TokenTree::Group(group) => find(&group.stream(), name),
        _ => None,
    })
}

/// Returns whether the expression uses the variable, or the variable's name begins with `_`.
fn is_used(route: &Route, name: &Ident) -> bool {
    let name = name.to_string();
    let plain = name.trim_start_matches("r#");
    name.starts_with('_') || route.reply.uses(&name) || route.reply.uses(plain)
}

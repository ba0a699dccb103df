//! Changes to a variable that only this request has, and that nothing reads afterwards.

use super::super::parse;
use crate::messages;
use crate::server::model::{Server, add_words};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use std::collections::{HashMap, HashSet};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, FnArg, Pat, PathSegment, Stmt, Type};

/// ```text
/// let mut names = Vec::new();
/// route!(POST "/names" (name: String) => { names.push(name); "saved" });
/// ```
pub(super) fn lost_changes(server: &Server) -> Vec<(Span, String)> {
    let variables = variables(server);
    let mut found = Vec::new();
    if variables.is_empty() {
        return found;
    }
    for reply in server.replies() {
        if let Some(Expr::Block(block)) = reply.expr.as_deref() {
            found.extend(lost_in(&block.block.stmts, &variables));
        }
    }
    found
}

/// Returns the variables that each request has for itself, with their types if they are arguments.
fn variables(server: &Server) -> HashMap<String, Option<String>> {
    let mut variables = HashMap::new();
    for argument in &server.function.sig.inputs {
        if let FnArg::Typed(argument) = argument
            && let Pat::Ident(name) = &*argument.pat
            && is_plain(&argument.ty)
        {
            let ty = messages::source_text(&argument.ty.to_token_stream());
            variables.insert(name.ident.to_string(), Some(ty));
        }
    }
    let statements = server.statements().filter_map(parse);
    for statement in statements.flat_map(|block| block.stmts) {
        if let Stmt::Local(local) = &statement
            && let Some(init) = &local.init
            && is_new(&init.expr)
        {
            let pat = match &local.pat {
                Pat::Type(typed) => &typed.pat,
                pat => pat,
            };
            if let Pat::Ident(name) = pat {
                variables.insert(name.ident.to_string(), None);
            }
        }
    }
    variables
}

fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.segments.last().is_some_and(is_collection))
}

/// Returns whether a name is that of a collection or a text of std.
fn is_collection(name: &PathSegment) -> bool {
    const TYPES: [&str; 7] = [
        "Vec", "String", "HashMap", "HashSet", "BTreeMap", "BTreeSet", "VecDeque",
    ];
    TYPES.iter().any(|it| name.ident == it)
}

/// Returns whether a value is a new collection or text: `Vec::new()`, `vec![…]`, `HashMap::from([…])`.
fn is_new(value: &Expr) -> bool {
    const MAKES: [&str; 4] = ["new", "from", "with_capacity", "default"];
    match value {
        Expr::Macro(call) => call.mac.path.is_ident("vec"),
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else {
                return false;
            };
            let mut names = function.path.segments.iter().rev();
            let makes = names
                .next()
                .is_some_and(|name| MAKES.iter().any(|it| name.ident == it));
            makes && names.next().is_some_and(is_collection)
        }
        _ => false,
    }
}

fn lost_in(
    statements: &[Stmt],
    variables: &HashMap<String, Option<String>>,
) -> Vec<(Span, String)> {
    let mut used_later = HashSet::new();
    let mut found = Vec::new();
    for statement in statements.iter().rev() {
        if let Some((call, name)) = changed(statement) {
            let name = name.to_string();
            if let Some(ty) = variables.get(&name)
                && !used_later.contains(&name)
            {
                let call = messages::source_text(&call.to_token_stream());
                let message = messages::lost_change(&name, ty.as_deref(), &call);
                found.push((statement.span(), message));
            }
        }
        add_words(&statement.to_token_stream(), &mut used_later);
    }
    found
}

/// Returns the call that changes a collection, and the variable: `names.push(name);`.
fn changed(statement: &Stmt) -> Option<(&ExprMethodCall, &Ident)> {
    const CHANGES: [&str; 11] = [
        "push",
        "push_str",
        "push_back",
        "push_front",
        "insert",
        "remove",
        "extend",
        "clear",
        "retain",
        "append",
        "truncate",
    ];
    let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement else {
        return None;
    };
    let Expr::Path(variable) = &*call.receiver else {
        return None;
    };
    let changes = CHANGES.iter().any(|it| call.method == it);
    changes.then_some((call, variable.path.get_ident()?))
}

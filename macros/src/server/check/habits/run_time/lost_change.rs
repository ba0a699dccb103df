//! Changes to a variable that belongs to a single request, and that no code reads afterwards.

use super::super::parse;
use crate::messages;
use crate::server::model::{Reply, Server, add_words};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use std::collections::{HashMap, HashSet};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, FnArg, Pat, PathSegment, Stmt, Type};

/// Reports changes that are lost, because each request has its own variable:
///
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
    for route in &server.routes {
        let is_own = |name: &str| route.declares(name);
        found.extend(lost_in(&route.reply, &variables, is_own));
    }
    for reply in server.replies().skip(server.routes.len()) {
        found.extend(lost_in(reply, &variables, |_| false));
    }
    found
}

/// What a name in the server refers to.
#[derive(Clone)]
enum Variable {
    /// A new collection or text, with its type if it is an argument.
    New(Option<String>),
    /// Anything else, or more than one variable.
    Other,
}

type Variables = HashMap<String, Variable>;

/// Returns the variables that the arguments and the statements of a server declare.
fn variables(server: &Server) -> Variables {
    let mut variables = Variables::new();
    for argument in &server.function.sig.inputs {
        if let FnArg::Typed(argument) = argument {
            let variable = match is_plain(&argument.ty) {
                true => Variable::New(Some(messages::source_text(&argument.ty.to_token_stream()))),
                false => Variable::Other,
            };
            declare(&argument.pat, &variable, &mut variables);
        }
    }
    let statements = server.statements().filter_map(parse);
    for statement in statements.flat_map(|block| block.stmts) {
        if let Stmt::Local(local) = &statement {
            let variable = match &local.init {
                Some(init) if is_new(&init.expr) => Variable::New(None),
                _ => Variable::Other,
            };
            declare(&local.pat, &variable, &mut variables);
        }
    }
    variables
}

/// Adds the names in a pattern. `variable` is what the name refers to if the pattern is only a name.
fn declare(pat: &Pat, variable: &Variable, variables: &mut Variables) {
    let pat = match pat {
        Pat::Type(typed) => &typed.pat,
        pat => pat,
    };
    let mut names = HashSet::new();
    add_words(&pat.to_token_stream(), &mut names);
    names.remove("mut");
    for name in names {
        let is_only_one = matches!(pat, Pat::Ident(_)) && !variables.contains_key(&name);
        let variable = match is_only_one {
            true => variable.clone(),
            false => Variable::Other,
        };
        variables.insert(name, variable);
    }
}

fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Path(ty) if ty.path.segments.last().is_some_and(is_collection))
}

/// Returns whether the name is that of a collection type of std, or `String`.
pub(in super::super) fn is_collection(name: &PathSegment) -> bool {
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

/// Returns the changes in a reply to variables that the rest of the reply does not use. `is_own` returns whether the
/// route itself declares a variable of a name.
fn lost_in(
    reply: &Reply,
    variables: &Variables,
    is_own: impl Fn(&str) -> bool,
) -> Vec<(Span, String)> {
    let Some(Expr::Block(block)) = reply.expr.as_deref() else {
        return Vec::new();
    };
    let statements = &block.block.stmts;
    let mut own = HashSet::new();
    for statement in statements {
        if let Stmt::Local(local) = statement {
            add_words(&local.pat.to_token_stream(), &mut own);
        }
    }
    let mut used_later = HashSet::new();
    let mut found = Vec::new();
    for statement in statements.iter().rev() {
        if let Some((call, name)) = changed(statement) {
            let name = name.to_string();
            if let Some(Variable::New(ty)) = variables.get(&name)
                && !used_later.contains(&name)
                && !own.contains(&name)
                && !is_own(&name)
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

//! Variables in format strings that nothing declares.

use super::Invalid;
use super::known::Known;
use crate::errors::Errors;
use crate::messages;
use crate::server::check::routes::reply::rebinds;
use crate::server::model::{Server, Walk, names};
use crate::tokens::{each_leaf, is_punct};
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use std::collections::HashSet;
use syn::visit::Visit;
use syn::{Expr, LitStr};

/// Checks that a route declares the parameters that its reply uses. In a format string, only a variable can have a
/// lowercase name.
///
/// ```text
/// route!("/users" => format!("user {id}"));
/// ```
pub(super) fn check_undeclared(
    server: &Server,
    known: &Known<'_>,
    errors: &mut Errors,
    invalid: &mut Invalid,
) {
    let mut params = Vec::new();
    for route in &server.routes {
        params.extend(route.params.iter().map(|param| param.ident.to_string()));
    }
    let params: HashSet<&str> = params.iter().map(String::as_str).collect();
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) || route.mount.is_some() {
            continue;
        }
        let missing = undeclared_in_format(server, known, index)
            .or_else(|| parameter_of_other(server, known, index, &params));
        if let Some((span, key)) = unquoted_key(server, known, index) {
            errors.push(span, messages::unquoted_key(&key));
            invalid.routes.insert(index);
            invalid.replies.insert(index);
            continue;
        }
        if let Some((span, name)) = missing {
            let path = route.path.value();
            let path = path.split('?').next().unwrap_or_default();
            let similar = similar_variable(&route.reply.tokens, &name);
            errors.push(
                span,
                match similar {
                    Some(similar) => messages::misspelled_variable(&name, &similar),
                    None => messages::undeclared(&name, path.trim_end_matches('/')),
                },
            );
            invalid.routes.insert(index);
            invalid.replies.insert(index);
        }
    }
}

/// Returns a variable in a format string that neither the reply nor the code around the route may declare.
fn undeclared_in_format(
    server: &Server,
    known: &Known<'_>,
    index: usize,
) -> Option<(Span, String)> {
    let reply = &server.routes[index].reply.tokens;
    let formatted = format_strings(reply);
    if formatted.is_empty() {
        return None;
    }
    // One of the names in the reply may declare the variable.
    let mut words = HashSet::new();
    each_leaf(reply, &mut |token| {
        if let TokenTree::Ident(word) = token {
            words.insert(word.to_string());
        }
    });
    formatted.iter().find_map(|literal| {
        let name = variables(literal).into_iter().find(|name| {
            name.starts_with(char::is_lowercase)
                && !words.contains(name)
                && !may_be_declared(server, known, index, name)
        })?;
        Some((literal.span(), name))
    })
}

/// Returns a variable of the reply whose name differs in one letter: `let`, `mut` or `for` precedes it.
fn similar_variable(reply: &TokenStream, name: &str) -> Option<String> {
    let tokens: Vec<TokenTree> = reply.clone().into_iter().collect();
    let is_similar = |word: &Ident| messages::distance(&word.to_string(), name) == 1;
    tokens.iter().enumerate().find_map(|(at, token)| {
        let declares = matches!(at.checked_sub(1).map(|at| &tokens[at]), Some(TokenTree::Ident(word))
            if word == "let" || word == "mut" || word == "for");
        match token {
            TokenTree::Group(group) => similar_variable(&group.stream(), name),
            TokenTree::Ident(word) if declares && is_similar(word) => Some(word.to_string()),
            _ => None,
        }
    })
}

/// Returns whether the route, its guard or a statement may declare the variable. A guard declares one with `if let`.
fn may_be_declared(server: &Server, known: &Known<'_>, index: usize, name: &str) -> bool {
    let guard = server.routes[index].guard.as_ref();
    known.has(index, name) || guard.is_some_and(|guard| names(guard, name))
}

/// Returns a variable that is a parameter of another route, but not of this one.
///
/// ```text
/// route!("/users/{id}" => format!("{id}"));
/// route!("/me" => id.to_string());
/// ```
fn parameter_of_other(
    server: &Server,
    known: &Known<'_>,
    index: usize,
    params: &HashSet<&str>,
) -> Option<(Span, String)> {
    let route = &server.routes[index];
    let expr = route.reply.expr.as_deref()?;
    for variable in receivers(expr) {
        let name = variable.to_string();
        let is_param = params.contains(name.as_str());
        if is_param && !rebinds(expr, &variable) && !may_be_declared(server, known, index, &name) {
            return Some((variable.span(), name));
        }
    }
    None
}

/// Returns a key of `json!` that has no quotes and is not a variable.
///
/// ```text
/// route!("/" => json!({ name: "ada" }));
/// ```
fn unquoted_key(server: &Server, known: &Known<'_>, index: usize) -> Option<(Span, String)> {
    let route = &server.routes[index];
    let expr = route.reply.expr.as_deref()?;
    let mut keys = Vec::new();
    add_keys(&route.reply.tokens, false, &mut keys);
    let mut keys = keys.into_iter();
    keys.find_map(|key| {
        let name = key.to_string();
        let is_variable = rebinds(expr, &key) || may_be_declared(server, known, index, &name);
        let is_constant = !name.starts_with(char::is_lowercase);
        (!is_variable && !is_constant).then(|| (key.span(), name))
    })
}

/// Collects the names that are keys in the objects of `json!`.
fn add_keys(code: &TokenStream, in_json: bool, keys: &mut Vec<Ident>) {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match token {
            TokenTree::Group(group) => {
                let starts = matches!(&tokens[..at], [.., TokenTree::Ident(name), bang]
                    if name == "json" && is_punct(bang, '!'));
                // The fields in `Point { x: 7 }` are not keys.
                let is_value = before.is_none() || is_punct(before, ':') || is_punct(before, ',');
                let is_data = in_json && is_value && group.delimiter() != Delimiter::Parenthesis;
                add_keys(&group.stream(), starts || is_data, keys);
            }
            TokenTree::Ident(key) if in_json => {
                let is_first = before.is_none() || is_punct(before, ',');
                let is_key =
                    is_punct(tokens.get(at + 1), ':') && !is_punct(tokens.get(at + 2), ':');
                if is_first && is_key {
                    keys.push(key.clone());
                }
            }
            _ => {}
        }
    }
}

/// Returns the names on which a method is called, which are variables. Other names may be functions.
fn receivers(expr: &Expr) -> Vec<Ident> {
    let mut found = Vec::new();
    Walk::Exprs(&mut |expr| {
        if let Expr::MethodCall(call) = expr
            && let Expr::Path(path) = &*call.receiver
        {
            found.extend(path.path.get_ident().cloned());
        }
        true
    })
    .visit_expr(expr);
    found
}

/// Returns the first arguments of `format!`, `println!` and similar macros.
fn format_strings(code: &TokenStream) -> Vec<Literal> {
    const MACROS: [&str; 5] = ["format", "println", "eprintln", "print", "eprint"];
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        found.extend(format_strings(&group.stream()));
        if let [.., TokenTree::Ident(name), TokenTree::Punct(bang)] = &tokens[..at]
            && bang.as_char() == '!'
            && MACROS.iter().any(|it| name == it)
            && let Some(TokenTree::Literal(first)) = group.stream().into_iter().next()
        {
            found.push(first);
        }
    }
    found
}

/// Returns the variables of a format string: `id` and `name` of `"{id} {name:?} {{text}}"`.
fn variables(literal: &Literal) -> Vec<String> {
    let Ok(text) = syn::parse2::<LitStr>(TokenTree::Literal(literal.clone()).into()) else {
        return Vec::new();
    };
    let text = text.value().replace("{{", "").replace("}}", "");
    let mut names = Vec::new();
    for piece in text.split('{').skip(1) {
        let end = piece.find(['}', ':']).unwrap_or(piece.len());
        let name = piece[..end].trim();
        if syn::parse_str::<syn::Ident>(name).is_ok() {
            names.push(name.to_owned());
        }
    }
    names
}

//! Variables in format strings that nothing declares.

use super::Invalid;
use super::params::is_known;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::Server;
use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::LitStr;

/// A route declares the parameters that its reply uses. In a format string, only a variable can have a lowercase name.
///
/// ```text
/// route!("/users" => format!("user {id}"));
/// ```
pub(super) fn check_undeclared(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) || route.mount.is_some() {
            continue;
        }
        let reply = &route.reply.tokens;
        let mut words = Vec::new();
        add_words(reply, &mut words);
        let formatted = format_strings(reply);
        let missing = formatted.iter().find_map(|literal| {
            let name = variables(literal).into_iter().find(|name| {
                name.starts_with(char::is_lowercase)
                    && !words.contains(name)
                    && !is_known(server, index, name)
            })?;
            Some((literal.span(), name))
        });
        if let Some((span, name)) = missing {
            let path = route.path.value();
            let path = path.split('?').next().unwrap_or_default();
            errors.push(
                span,
                messages::undeclared(&name, path.trim_end_matches('/')),
            );
            invalid.routes.insert(index);
        }
    }
}

/// The names in the code. One of them may declare the variable.
fn add_words(code: &TokenStream, words: &mut Vec<String>) {
    for token in code.clone() {
        match token {
            TokenTree::Group(group) => add_words(&group.stream(), words),
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The first arguments of `format!`, `println!` and similar macros.
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

/// `id` and `name` of `"{id} {name:?} {{text}}"`.
fn variables(literal: &Literal) -> Vec<String> {
    let Ok(text) = syn::parse2::<LitStr>(TokenTree::Literal(literal.clone()).into()) else {
        return Vec::new();
    };
    let text = text.value().replace("{{", "").replace("}}", "");
    let pieces = text.split('{').skip(1);
    let names = pieces.filter_map(|piece| piece.split(['}', ':']).next());
    names
        .map(str::trim)
        .filter(|name| syn::parse_str::<syn::Ident>(name).is_ok())
        .map(str::to_owned)
        .collect()
}

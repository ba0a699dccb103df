//! Rules about literals anywhere in the body that would otherwise fail only at run time.

use super::header_name::name_error;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::Server;
use proc_macro2::{Literal, TokenStream, TokenTree};
use syn::LitStr;

pub(super) fn check_literals(server: &Server, errors: &mut Errors) {
    for tokens in server.code() {
        check_literals_in(tokens, errors);
    }
}

fn check_literals_in(tokens: &TokenStream, errors: &mut Errors) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            check_literals_in(&group.stream(), errors);
        }
        if let [
            TokenTree::Ident(ty),
            TokenTree::Punct(_),
            TokenTree::Punct(colon),
            TokenTree::Ident(function),
            TokenTree::Group(arguments),
            ..,
        ] = &tokens[at..]
            && colon.as_char() == ':'
            && let Some(TokenTree::Literal(literal)) = only(arguments.stream())
        {
            match (ty.to_string().as_str(), function.to_string().as_str()) {
                ("HeaderName", "from_static") => check_static_name(&literal, errors),
                ("HeaderValue", "from_static") => check_static_value(&literal, errors),
                _ => {}
            }
        }
    }
}

fn only(tokens: TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.into_iter();
    tokens.next().filter(|_| tokens.next().is_none())
}

/// Checks the argument of `HeaderName::from_static`, which must be a valid lowercase name.
///
/// ```ignore
/// HeaderName::from_static("X-Own")
/// ```
fn check_static_name(literal: &Literal, errors: &mut Errors) {
    let Ok(name) = syn::parse_str::<LitStr>(&literal.to_string()) else {
        return;
    };
    let name = name.value();
    if let Some(message) = name_error(&name) {
        errors.push(literal.span(), message);
    } else if name.contains(|char: char| char.is_ascii_uppercase()) {
        errors.push(literal.span(), messages::uppercase_static_header(&name));
    }
}

/// Checks the argument of `HeaderValue::from_static`, which must be visible ASCII on one line.
///
/// ```ignore
/// HeaderValue::from_static("two\nlines")
/// ```
fn check_static_value(literal: &Literal, errors: &mut Errors) {
    let Ok(value) = syn::parse_str::<LitStr>(&literal.to_string()) else {
        return;
    };
    let is_fit = |char: char| char == '\t' || (' '..='~').contains(&char);
    if let Some(bad) = value.value().chars().find(|char| !is_fit(*char)) {
        errors.push(literal.span(), messages::invalid_header_value(bad));
    }
}

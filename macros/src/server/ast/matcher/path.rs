//! The path of a route, and what is written in its place or after it by mistake.

use super::{has_arrow, idents, is_method, tokens_before_arrow};
use crate::http::status;
use crate::messages;
use crate::server::ast::contract::body_before_path;
use crate::server::ast::foreign;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Lit, LitInt, LitStr, Token};

pub(in super::super) fn read_path(
    input: ParseStream<'_>,
    end: Span,
    methods: &[Ident],
) -> syn::Result<LitStr> {
    if input.is_empty() {
        return Err(syn::Error::new(end, messages::missing_path()));
    }
    if let Some(error) = body_before_path(input) {
        return Err(error);
    }
    if input.peek(LitStr) {
        let path: LitStr = input.parse()?;
        return match wrong_after_path(input, &path) {
            Some(error) => Err(error),
            None => Ok(path),
        };
    }
    let message = if input.peek(Token![=>]) {
        messages::missing_path()
    } else if let Some(status) = status_as_path(input) {
        messages::status_as_path(&status)
    } else if input.peek(Lit) {
        messages::path_not_a_string()
    } else if input.peek(Token![_]) {
        messages::fallback_with_method(&methods.iter().map(Ident::to_string).collect::<Vec<_>>())
    } else {
        no_literal(&tokens_before_arrow(input))
    };
    Err(input.error(message))
}

/// Returns the value of a status in the position of the path: `route!(404 => "no such page")`.
fn status_as_path(input: ParseStream<'_>) -> Option<String> {
    let number: LitInt = input.fork().parse().ok()?;
    status::number(&number).map(status::value)
}

/// Returns the error for anything else in the position of the path.
fn no_literal(tokens: &TokenStream) -> String {
    let text = messages::source_text(tokens);
    let first = tokens.clone().into_iter().next();
    let last_word = idents(tokens.clone()).pop();
    if let Some((name, path)) = name_before_path(tokens) {
        return messages::name_before_path(&name, &path);
    }
    match (first, last_word) {
        (Some(TokenTree::Group(group)), _) if holds_paths(&group.stream()) => {
            messages::several_paths()
        }
        (_, Some(method)) if text.contains("::") && is_method(&method) => {
            messages::qualified_method(&method.to_string().to_uppercase())
        }
        _ if matches!(
            text.as_str(),
            "else" | "default" | "otherwise" | "fallback" | "other"
        ) =>
        {
            messages::fallback_word(&text)
        }
        _ if text.starts_with("*\"") => messages::star_as_method(),
        _ if text.starts_with("concat!(") && !literals(tokens).is_empty() => {
            messages::joined_path(&text, &literals(tokens))
        }
        _ if is_constant_in_braces(tokens) => messages::path_not_a_literal(&text),
        _ if text.starts_with(['/', '{']) => messages::unquoted_path(&text),
        _ => messages::path_not_a_literal(&text),
    }
}

/// Returns the name and the path in `as home "/"`, after the `as`.
fn name_before_path(tokens: &TokenStream) -> Option<(String, String)> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Literal(path)] => {
            let path = path.to_string();
            path.starts_with('"').then(|| (name.to_string(), path))
        }
        _ => None,
    }
}

/// Returns the joined text of all literals.
fn literals(tokens: &TokenStream) -> String {
    let texts = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) => literals(&group.stream()),
        TokenTree::Literal(text) => text.to_string().trim_matches('"').to_owned(),
        _ => String::new(),
    });
    texts.collect()
}

/// Returns whether the path is `{PATH}`.
fn is_constant_in_braces(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let [TokenTree::Group(group)] = tokens.as_slice() else {
        return false;
    };
    let name = group.stream().to_string();
    name.starts_with(char::is_uppercase) && name == name.to_uppercase()
}

/// Returns whether the text is a method in capitals: `route!("POST", "/users" => …)`.
fn is_method_name(text: &str) -> bool {
    text == text.to_uppercase() && syn::parse_str::<Ident>(text).is_ok_and(|word| is_method(&word))
}

fn holds_paths(tokens: &TokenStream) -> bool {
    let tokens = tokens.clone().into_iter();
    let literals = tokens.filter(|token| matches!(token, TokenTree::Literal(_)));
    literals.count() > 1
}

/// Reports code that cannot follow a path, or a method in quotes: `"/a", "/b"`, `"/x" GET`, `"/x" && admin`,
/// `"/x".to_string()`; `"GET" "/x"`.
fn wrong_after_path(input: ParseStream<'_>, path: &LitStr) -> Option<syn::Error> {
    let ahead = input.fork();
    let is_joined = input.peek(Token![,]) && is_method_name(&path.value());
    if (input.peek(LitStr) || is_joined) && !path.value().starts_with('/') {
        if is_joined {
            ahead.parse::<Token![,]>().ok()?;
        }
        let next = ahead.parse::<LitStr>().ok();
        let next = next.map_or_else(
            || "\"/path\"".to_owned(),
            |it| it.to_token_stream().to_string(),
        );
        let message = messages::quoted_method(&path.value(), &next);
        return Some(syn::Error::new(path.span(), message));
    }
    if let Some(error) = foreign::after_path(input, path) {
        return Some(error);
    }
    let token: TokenTree = ahead.parse().ok()?;
    let foreign = foreign::joined_after_path(input, path);
    if let Some(message) = foreign.or_else(|| foreign::divided_path(input, path)) {
        return Some(syn::Error::new(token.span(), message));
    }
    let message = match &token {
        TokenTree::Literal(_) if has_arrow(input) => messages::several_paths(),
        TokenTree::Punct(dot) if dot.as_char() == '.' => {
            let after = messages::source_text(&tokens_before_arrow(input));
            messages::path_not_a_literal(&format!("{:?}{after}", path.value()))
        }
        TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | '|') => {
            let second: LitStr = ahead.parse().ok()?;
            if !second.value().starts_with('/') {
                return None;
            }
            messages::several_paths()
        }
        TokenTree::Punct(_) if input.peek(Token![&&]) => messages::wrong_guard_word("&&"),
        TokenTree::Ident(word) if is_method(word) => {
            messages::method_after_path(&word.to_string().to_uppercase(), &path.value())
        }
        _ => return None,
    };
    Some(syn::Error::new(token.span(), message))
}

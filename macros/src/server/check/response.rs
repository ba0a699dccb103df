//! Rules about calls on the response, as far as the tokens reveal them.

use super::header_name::name_error;
use super::header_typo::typo;
use super::warnings::Warnings;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::Server;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::LitStr;

pub(super) fn check_response(server: &Server, errors: &mut Errors, warnings: &mut Warnings) {
    let mut found = Found { errors, warnings };
    let Some(arguments) = &server.arguments else {
        return;
    };
    let name = arguments.response.to_string();
    for tokens in server.code() {
        if !rebinds(tokens, &name) {
            check_calls(tokens, &name, &mut found);
        }
    }
}

struct Found<'a> {
    errors: &'a mut Errors,
    warnings: &'a mut Warnings,
}

fn check_calls(tokens: &TokenStream, response: &str, found: &mut Found<'_>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            check_calls(&group.stream(), response, found);
        }
        if let [
            TokenTree::Ident(object),
            TokenTree::Punct(dot),
            TokenTree::Ident(method),
            TokenTree::Group(arguments),
            ..,
        ] = &tokens[at..]
            && dot.as_char() == '.'
            && arguments.delimiter() == Delimiter::Parenthesis
        {
            if object == response {
                let method = method.to_string();
                check_end_takes_nothing(response, &method, arguments, found.errors);
                check_header_name(&method, arguments, found);
            } else if object == "headers" && (method == "get" || method == "contains_key") {
                check_typo(arguments, found.warnings);
            }
        }
    }
}

/// Unlike Node's, `end` takes no argument; `send` does.
///
/// ```ignore
/// res.end("hello")
/// ```
fn check_end_takes_nothing(response: &str, method: &str, arguments: &Group, errors: &mut Errors) {
    let mut inside = arguments.stream().into_iter();
    if let ("end", Some(first)) = (method, inside.next()) {
        let text = messages::source_text(&arguments.stream());
        errors.push(first.span(), messages::end_with_argument(response, &text));
    }
}

/// A header name consists of letters, digits and dashes.
///
/// ```ignore
/// res.set_header("content type", "text/plain");
/// res.write_head(StatusCode::OK, [("content type", "text/plain")]);
/// ```
fn check_header_name(method: &str, arguments: &Group, found: &mut Found<'_>) {
    let takes_name = [
        "set_header",
        "append_header",
        "remove_header",
        "get_header",
        "header",
        "has_header",
    ];
    let takes_pairs = ["write_head", "write_early_hints", "add_trailers"];
    let takes_value = method.starts_with("set_") || method.starts_with("append_");
    if takes_value && is_only(arguments) {
        // The missing value is reported.
    } else if takes_name.contains(&method) {
        check_first(arguments, found);
    } else if takes_pairs.contains(&method) {
        for list in groups(arguments, Delimiter::Bracket) {
            for pair in groups(&list, Delimiter::Parenthesis) {
                check_first(&pair, found);
            }
        }
    }
}

/// Returns whether there is a single argument.
fn is_only(arguments: &Group) -> bool {
    arguments.stream().into_iter().count() == 1
}

/// Returns the groups with the given delimiter among the tokens of another group.
fn groups(group: &Group, delimiter: Delimiter) -> Vec<Group> {
    let inside = group.stream().into_iter();
    let groups = inside.filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        _ => None,
    });
    groups.collect()
}

/// Checks the first argument, a header name, if it is a literal.
fn check_first(arguments: &Group, found: &mut Found<'_>) {
    let Some((span, name)) = first_text(arguments) else {
        return;
    };
    match name_error(&name) {
        Some(message) => found.errors.push(span, message),
        None => check_typo(arguments, found.warnings),
    }
}

/// A name that is almost a registered one is a typo.
///
/// ```ignore
/// res.set_header("cache-contrl", "no-store");
/// req.headers.get("content_type")
/// ```
fn check_typo(arguments: &Group, warnings: &mut Warnings) {
    if let Some((span, name)) = first_text(arguments)
        && let Some(message) = typo(&name)
    {
        warnings.push(span, message);
    }
}

fn first_text(arguments: &Group) -> Option<(Span, String)> {
    let Some(TokenTree::Literal(first)) = arguments.stream().into_iter().next() else {
        return None;
    };
    let name = syn::parse_str::<LitStr>(&first.to_string()).ok()?;
    Some((first.span(), name.value()))
}

/// Returns whether the tokens bind the response's name to something else.
fn rebinds(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| {
        let after = tokens.get(at + 1);
        let is_name = |token: Option<&TokenTree>| {
            matches!(token, Some(TokenTree::Ident(word)) if word == name)
        };
        match token {
            TokenTree::Group(group) => rebinds(&group.stream(), name),
            TokenTree::Ident(word) if word == "let" || word == "mut" => is_name(after),
            TokenTree::Ident(word) if word == "fn" || word == "for" => true,
            TokenTree::Punct(bar) if bar.as_char() == '|' => is_name(after),
            _ => false,
        }
    })
}

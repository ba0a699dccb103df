//! Rules about calls on the response, as far as the tokens reveal them.

use super::header_name::name_error;
use crate::errors::Errors;
use crate::messages;
use crate::server::model::Server;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::LitStr;

pub(super) fn check_response(server: &Server, errors: &mut Errors) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let name = arguments.response.to_string();
    for tokens in server.code() {
        if !rebinds(tokens, &name) {
            check_calls(tokens, &name, errors);
        }
    }
}

fn check_calls(tokens: &TokenStream, response: &str, errors: &mut Errors) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            check_calls(&group.stream(), response, errors);
        }
        if let [
            TokenTree::Ident(object),
            TokenTree::Punct(dot),
            TokenTree::Ident(method),
            TokenTree::Group(arguments),
            ..,
        ] = &tokens[at..]
            && object == response
            && dot.as_char() == '.'
            && arguments.delimiter() == Delimiter::Parenthesis
        {
            let method = method.to_string();
            check_end_takes_nothing(response, &method, arguments, errors);
            check_header_name(&method, arguments, errors);
        }
    }
}

/// Reports an argument of `end`, which takes none, unlike Node's; `send` takes the reply.
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

/// Checks that a header name contains only the characters that RFC 9110 allows, such as letters, digits and dashes.
///
/// ```ignore
/// res.set_header("content type", "text/plain");
/// res.write_head(StatusCode::OK, [("content type", "text/plain")]);
/// ```
fn check_header_name(method: &str, arguments: &Group, errors: &mut Errors) {
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
        check_first(arguments, errors);
    } else if takes_pairs.contains(&method) {
        for list in groups(arguments, Delimiter::Bracket) {
            for pair in groups(&list, Delimiter::Parenthesis) {
                check_first(&pair, errors);
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
fn check_first(arguments: &Group, errors: &mut Errors) {
    let mut inside = arguments.stream().into_iter();
    let Some(TokenTree::Literal(first)) = inside.next() else {
        return;
    };
    let Ok(name) = syn::parse_str::<LitStr>(&first.to_string()).map(|name| name.value()) else {
        return;
    };
    if let Some(message) = name_error(&name) {
        errors.push(first.span(), message);
    }
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

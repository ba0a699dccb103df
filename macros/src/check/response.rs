//! Rules about what the body does with the response, as far as its tokens show.

use crate::errors::Errors;
use crate::messages;
use crate::model::{Server, Statement};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::LitStr;

pub(super) fn check_response(server: &Server, errors: &mut Errors) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let name = arguments.response.to_string();
    let routes = server.routes.iter().map(|route| &route.answer.tokens);
    let fallbacks = server.fallbacks.iter().map(|it| &it.answer.tokens);
    let code = server.body.iter().filter_map(|statement| match statement {
        Statement::Code(code) => Some(code),
        _ => None,
    });
    for tokens in code.chain(routes).chain(fallbacks) {
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

/// `end` ends and no more: what Node's takes goes to `send`.
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

/// A header is spelt as it is everywhere, and is made of letters, digits and dashes.
///
/// ```ignore
/// res.set_header("content type", "text/plain");
/// res.set_header("contnet-type", "text/plain");
/// ```
fn check_header_name(method: &str, arguments: &Group, errors: &mut Errors) {
    let takes_name = [
        "set_header",
        "append_header",
        "remove_header",
        "header",
        "has_header",
    ];
    if !takes_name.contains(&method) {
        return;
    }
    let mut inside = arguments.stream().into_iter();
    let Some(TokenTree::Literal(first)) = inside.next() else {
        return;
    };
    let Ok(name) = syn::parse_str::<LitStr>(&first.to_string()).map(|name| name.value()) else {
        return;
    };
    if let Some(bad) = name.chars().find(|char| !is_header_char(*char)) {
        errors.push(first.span(), messages::invalid_header(&name, bad));
    } else if name.is_empty() {
        errors.push(first.span(), messages::empty_header());
    } else if let Some(known) = misspelt_header(&name) {
        errors.push(first.span(), messages::misspelt_header(&name, known));
    }
}

/// What RFC 9110 lets a field's name be made of.
fn is_header_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char)
}

/// The header that is meant by a name one or two slips away from it. Short names and those of one's own
/// (`x-…`) are left alone.
fn misspelt_header(name: &str) -> Option<&'static str> {
    const LONG: usize = 8;
    let name = name.to_ascii_lowercase();
    if name.len() < LONG || name.starts_with("x-") || KNOWN.contains(&name.as_str()) {
        return None;
    }
    let near = |known: &&&str| known.len() >= LONG && messages::distance(&name, known) <= 2;
    KNOWN.iter().find(near).copied()
}

/// The headers a server sets.
const KNOWN: [&str; 58] = [
    "accept-ch",
    "accept-encoding",
    "accept-language",
    "accept-patch",
    "accept-post",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-request-headers",
    "access-control-request-method",
    "alt-svc",
    "authorization",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-security-policy-report-only",
    "content-type",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "deprecation",
    "forwarded",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "last-modified",
    "location",
    "permissions-policy",
    "proxy-authenticate",
    "proxy-authorization",
    "referrer-policy",
    "reporting-endpoints",
    "retry-after",
    "server-timing",
    "service-worker-allowed",
    "set-cookie",
    "set-cookie2",
    "strict-transport-security",
    "timing-allow-origin",
    "transfer-encoding",
    "traceparent",
    "tracestate",
    "user-agent",
    "www-authenticate",
];

/// Whether the tokens give the response's name to something else.
fn rebinds(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| {
        let behind = tokens.get(at + 1);
        let is_name = |token: Option<&TokenTree>| {
            matches!(token, Some(TokenTree::Ident(word)) if word == name)
        };
        match token {
            TokenTree::Group(group) => rebinds(&group.stream(), name),
            TokenTree::Ident(word) if word == "let" || word == "mut" => is_name(behind),
            TokenTree::Ident(word) if word == "fn" || word == "for" => true,
            TokenTree::Punct(bar) if bar.as_char() == '|' => is_name(behind),
            _ => false,
        }
    })
}

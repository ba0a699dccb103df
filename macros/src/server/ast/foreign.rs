//! The syntax of other frameworks that users write in a route.

use super::matcher::{is_method, tokens_before_arrow};
use crate::http::status;
use crate::messages;
use crate::tokens::{before, is_punct, skip, stream};
use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Lit, LitStr, Token};

/// Returns the error for what follows the path in other frameworks.
pub(super) fn after_path(input: ParseStream<'_>, path: &LitStr) -> Option<syn::Error> {
    option_after_path(input, path).or_else(|| function_after_path(input, path))
}

/// Reports `"/x", methods = ["POST"]`, `"/x" rank = 2`: options after the path.
fn option_after_path(input: ParseStream<'_>, path: &LitStr) -> Option<syn::Error> {
    let ahead = input.fork();
    ahead.parse::<Option<Token![,]>>().ok()?;
    named_option(&ahead, Some(path))
}

/// Reports `"/x", authenticate => …`, `"/x", (req, res) => …`: functions after the path, as in
/// `app.get("/x", authenticate, handler)`.
fn function_after_path(input: ParseStream<'_>, path: &LitStr) -> Option<syn::Error> {
    let ahead = input.fork();
    ahead.parse::<Token![,]>().ok()?;
    let span = ahead.span();
    let first: Vec<TokenTree> = tokens_before_arrow(&ahead).into_iter().collect();
    let body = skip(first.len() + 2, ahead.cursor().token_stream());
    if first.is_empty() || body.is_empty() || ahead.peek(LitStr) {
        return None;
    }
    let message = match first.as_slice() {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            messages::function_after_path(&path.value(), &messages::source_text(&body))
        }
        _ => {
            let first = before(&first, &mut |it| is_punct(it, ','));
            messages::middleware_in_route(&messages::source_text(&first))
        }
    };
    Some(syn::Error::new(span, message))
}

/// Reports `method: GET, url: "/x"`: options instead of a method and a path.
pub(super) fn named_option(input: ParseStream<'_>, path: Option<&LitStr>) -> Option<syn::Error> {
    let ahead = input.fork();
    let name = ahead.call(Ident::parse_any).ok()?;
    let is_option = ahead.peek(Token![=]) && !ahead.peek(Token![=>]) && !ahead.peek(Token![==]);
    let is_field = ahead.peek(Token![:]) && !ahead.peek(Token![::]) && is_usual_option(&name);
    if !is_option && !is_field {
        return None;
    }
    let all: Vec<TokenTree> = tokens_before_arrow(input).into_iter().collect();
    let methods: Vec<String> = words(&all).into_iter().filter_map(method).collect();
    let path = path.map(LitStr::value).or_else(|| first_path(&all));
    let value = ahead.parse::<TokenTree>().and_then(|_| ahead.parse());
    let value = value.map(|value: TokenTree| value.to_string());
    let message = messages::route_option(
        &name.to_string(),
        value.unwrap_or_default().trim_matches(['"', '<', '>']),
        &methods,
        path.as_deref().unwrap_or("/path"),
    );
    Some(syn::Error::new(name.span(), message))
}

fn is_usual_option(name: &Ident) -> bool {
    let usual = [
        "method", "methods", "verb", "url", "path", "uri", "handler", "name",
    ];
    usual.contains(&name.to_string().as_str())
}

/// Returns the words in the tokens, including those in quotes and brackets.
fn words(tokens: &[TokenTree]) -> Vec<String> {
    let mut all = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                all.extend(words(&inside));
            }
            TokenTree::Ident(word) => all.push(word.to_string()),
            TokenTree::Literal(literal) => {
                all.push(literal.to_string().trim_matches('"').to_owned());
            }
            TokenTree::Punct(_) => {}
        }
    }
    all
}

fn method(word: String) -> Option<String> {
    let upper = word.to_uppercase();
    crate::http::methods::Methods::named(&upper).map(|_| upper)
}

fn first_path(tokens: &[TokenTree]) -> Option<String> {
    let mut words = words(tokens).into_iter();
    words.find(|word| word.starts_with('/'))
}

/// Reports `"/x" and PUT`, `"/a" or "/b"`: conditions joined by words.
pub(super) fn joined_after_path(input: ParseStream<'_>, path: &LitStr) -> Option<String> {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok()?;
    if !["and", "or", "with"].contains(&word.to_string().as_str()) {
        return None;
    }
    if ahead.peek(Lit) {
        return Some(messages::several_paths());
    }
    let method = ahead.call(Ident::parse_any).ok()?;
    let name = method.to_string().to_uppercase();
    is_method(&method).then(|| messages::method_after_path(&name, &path.value()))
}

/// Reports `"users" / u32` and `"/api" + "/users"`: segments joined by slashes, or text by `+`.
pub(super) fn divided_path(input: ParseStream<'_>, path: &LitStr) -> Option<String> {
    let is_sum = input.peek(Token![+]);
    if !input.peek(Token![/]) && !is_sum {
        return None;
    }
    let mut ours = format!("/{}", path.value().trim_start_matches('/'));
    for token in tokens_before_arrow(input) {
        match token {
            TokenTree::Punct(_) => {}
            TokenTree::Literal(text) if is_sum => {
                ours.push_str(text.to_string().trim_matches('"'));
            }
            TokenTree::Literal(text) => {
                ours.push('/');
                ours.push_str(text.to_string().trim_matches(['"', '/']));
            }
            TokenTree::Ident(name) if is_sum => ours.push_str(&format!("{{{name}}}")),
            TokenTree::Ident(ty) if ty == "String" => ours.push_str("/{name}"),
            TokenTree::Ident(ty) => ours.push_str(&format!("/{{id: {ty}}}")),
            TokenTree::Group(_) => return None,
        }
    }
    let theirs = format!("{:?} {}", path.value(), tokens_before_arrow(input));
    if is_sum {
        return Some(messages::joined_path(&theirs, &ours));
    }
    Some(messages::translated(&theirs, &format!("\"{ours}\"")))
}

/// Reports a negated method: `!GET "/x"`.
pub(super) fn negated_method(input: ParseStream<'_>) -> Option<syn::Error> {
    let ahead = input.fork();
    let sign: Token![!] = ahead.parse().ok()?;
    let method = ahead.call(Ident::parse_any).ok()?;
    if !is_method(&method) {
        return None;
    }
    let path = ahead.parse::<LitStr>().map(|path| path.value());
    let message = messages::negated_method(
        &method.to_string().to_uppercase(),
        path.as_deref().unwrap_or("/path"),
    );
    Some(syn::Error::new(sign.span, message))
}

/// Reports `scope "/x"`, `prefix "/x"`: the names of a mount in other frameworks.
pub(super) fn other_mount(word: &Ident, input: ParseStream<'_>) -> Option<syn::Error> {
    let word_text = word.to_string();
    if !messages::is_other_mount(&word_text) {
        return None;
    }
    let path: LitStr = input.fork().parse().ok()?;
    let message = messages::other_mount(&word_text, &path.value());
    Some(syn::Error::new(word.span(), message))
}

/// Reports `"no such page", 404` and `StatusCode::OK, "text"`: two values. `input` starts after the first.
pub(super) fn second_value(first: &Expr, input: ParseStream<'_>) -> Option<syn::Error> {
    let comma: Token![,] = input.fork().parse().ok()?;
    let rest: Vec<TokenTree> = input.cursor().token_stream().into_iter().skip(1).collect();
    let has_arrow = rest
        .windows(2)
        .any(|pair| is_punct(&pair[0], '=') && is_punct(&pair[1], '>'));
    let second: TokenStream = rest.into_iter().collect();
    let parser = |input: ParseStream<'_>| {
        let value: Expr = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(value)
    };
    let second = parser.parse2(second).ok().filter(|_| !has_arrow)?;
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let pair = match (status(first), status(&second)) {
        (Some(status), None) => (status, text(&second)),
        (_, Some(status)) => (status, text(first)),
        (None, None) => return None,
    };
    let message = messages::status_and_reply(&pair.0, &pair.1);
    Some(syn::Error::new(comma.span, message))
}

/// Returns the value of a status, if the expression certainly is one.
fn status(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => status::number(number).map(status::value),
            _ => None,
        },
        Expr::Path(path) => {
            let ty = path.path.segments.iter().rev().nth(1)?;
            (ty.ident == "StatusCode").then(|| messages::source_text(&path.to_token_stream()))
        }
        _ => None,
    }
}

/// Reports `{ hello: "world" }`, `send({ ok: true })`: braces with keys and values, which are a block in Rust.
pub(crate) fn object(reply: &TokenStream) -> Option<syn::Error> {
    let tokens: Vec<TokenTree> = reply.clone().into_iter().collect();
    tokens.iter().enumerate().find_map(|(at, token)| {
        let TokenTree::Group(group) = token else {
            return None;
        };
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        match before {
            // A macro, which has its own syntax.
            Some(token) if is_punct(token, '!') => None,
            // `Point { x: 1 }`
            Some(TokenTree::Ident(_)) if group.delimiter() == Delimiter::Brace => {
                object(&group.stream())
            }
            _ if is_object(group) => {
                let text = messages::source_text(&quoted_keys(group).into());
                Some(syn::Error::new(group.span_open(), messages::object(&text)))
            }
            _ => object(&group.stream()),
        }
    })
}

fn is_object(group: &Group) -> bool {
    let inside: Vec<TokenTree> = group.stream().into_iter().take(3).collect();
    group.delimiter() == Delimiter::Brace
        && matches!(inside.as_slice(),
            [TokenTree::Ident(_) | TokenTree::Literal(_), colon, value]
                if is_punct(colon, ':') && !is_punct(value, ':'))
}

/// Reports `(req, res) => …`, `req => …`: an arrow function.
pub(super) fn arrow_function(input: ParseStream<'_>) -> Option<syn::Error> {
    let ahead = input.fork();
    ahead.parse::<Option<Token![async]>>().ok()?;
    let arguments: TokenTree = ahead.parse().ok()?;
    let is_list = match &arguments {
        TokenTree::Ident(_) => true,
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        _ => false,
    };
    if !is_list || !ahead.peek(Token![=>]) && !ahead.peek(Token![->]) {
        return None;
    }
    let body = skip(2, ahead.cursor().token_stream());
    let message = messages::function_as_reply(&messages::source_text(&body));
    Some(syn::Error::new(arguments.span(), message))
}

/// Returns the object with its keys in quotes.
fn quoted_keys(object: &Group) -> TokenTree {
    let tokens: Vec<TokenTree> = object.stream().into_iter().collect();
    let mut inside = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        inside.push(match token {
            TokenTree::Ident(key) if is_punct(tokens.get(at + 1), ':') => {
                TokenTree::Literal(Literal::string(&key.to_string()))
            }
            TokenTree::Group(inner) if is_object(inner) => quoted_keys(inner),
            token => token.clone(),
        });
    }
    TokenTree::Group(Group::new(Delimiter::Brace, stream(inside)))
}

/// Returns the method and the path of `app.get("/users", handler)`, a route of another framework.
pub(crate) fn router_call(code: &TokenStream) -> Option<(Ident, String)> {
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    tokens.windows(3).find_map(|tokens| match tokens {
        [dot, TokenTree::Ident(method), TokenTree::Group(arguments)] if is_punct(dot, '.') => {
            let is_route =
                is_method(method) || ["route", "all", "any"].contains(&method.to_string().as_str());
            let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
            let [TokenTree::Literal(path), comma, ..] = arguments.as_slice() else {
                return None;
            };
            let path = path.to_string().trim_matches('"').to_owned();
            (is_route && path.starts_with('/') && is_punct(comma, ','))
                .then(|| (method.clone(), path))
        }
        _ => None,
    })
}

/// Returns the name of `my_routes!();`: a macro that is called as a statement, and that is not one of the standard
/// library.
pub(crate) fn unknown_macro(code: &TokenStream) -> Option<Ident> {
    const KNOWN: [&str; 12] = [
        "println",
        "eprintln",
        "print",
        "eprint",
        "dbg",
        "assert",
        "assert_eq",
        "todo",
        "panic",
        "unimplemented",
        "unreachable",
        "debug_assert",
    ];
    let tokens: Vec<TokenTree> = code.clone().into_iter().collect();
    tokens.windows(3).find_map(|tokens| match tokens {
        [TokenTree::Ident(name), bang, TokenTree::Group(_)] if is_punct(bang, '!') => {
            let is_known = KNOWN.contains(&name.to_string().as_str());
            (!is_known).then(|| name.clone())
        }
        _ => None,
    })
}

/// Reports `if |req| is_admin(req)`: a closure is not a condition.
pub(super) fn closure_as_guard(tokens: &[TokenTree]) -> Option<syn::Error> {
    let [TokenTree::Punct(bar), ..] = tokens else {
        return None;
    };
    let guard = tokens.iter().cloned().collect();
    let Expr::Closure(closure) = syn::parse2(guard).ok()? else {
        return None;
    };
    let body = messages::source_text(&closure.body.to_token_stream());
    Some(syn::Error::new(
        bar.span(),
        messages::closure_as_guard(&body),
    ))
}

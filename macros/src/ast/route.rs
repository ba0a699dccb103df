//! `route!([METHOD {"|" METHOD}] PATH [as NAME] [if GUARD] => ANSWER)`

use super::{Matcher, Route};
use crate::errors::Errors;
use crate::messages;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, Lit, LitStr, Token};

/// Reads one call; a mistake in it is recorded and leaves the route out.
pub(super) fn parse(
    attrs: &TokenStream,
    name: &Ident,
    arguments: &Group,
    errors: &mut Errors,
) -> Option<Route> {
    let attrs = Attribute::parse_outer.parse2(attrs.clone());
    let span = name.span();
    let end = arguments.span_close();
    let parser = |input: ParseStream<'_>| read_route(input, span, end);
    let route = parser.parse2(arguments.stream());
    match (attrs, route) {
        (Ok(attrs), Ok(route)) => Some(Route {
            attrs: [attrs, route.attrs].concat(),
            ..route
        }),
        (attrs, route) => {
            for error in [attrs.err(), route.err()].into_iter().flatten() {
                errors.add(error);
            }
            None
        }
    }
}

fn read_route(input: ParseStream<'_>, span: Span, end: Span) -> syn::Result<Route> {
    if input.is_empty() {
        return Err(syn::Error::new(span, messages::empty_route()));
    }
    let attrs = input.call(Attribute::parse_outer)?;
    let matcher = read_matcher(input, end)?;
    read_arrow(input, end)?;
    let answer = read_answer(input, end)?;
    Ok(Route {
        attrs,
        matcher,
        answer,
    })
}

fn read_matcher(input: ParseStream<'_>, end: Span) -> syn::Result<Matcher> {
    if input.peek(Token![_]) {
        return input.parse().map(Matcher::Fallback);
    }
    let methods = read_methods(input)?;
    let path = read_path(input, end)?;
    let name = read_name(input)?;
    let guard = read_guard(input)?;
    Ok(Matcher::Path {
        methods,
        path,
        name,
        guard,
    })
}

/// `GET | HEAD`, or nothing in front of the path.
fn read_methods(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let mut methods: Vec<Ident> = Vec::new();
    if input.peek(Token![|]) {
        return Err(input.error(messages::missing_method()));
    }
    while input.peek(syn::Ident::peek_any) && !starts_expression(input) {
        methods.push(input.call(Ident::parse_any)?);
        if let Some(error) = comma_behind_method(input, &methods) {
            return Err(error);
        }
        if !input.peek(Token![|]) {
            break;
        }
        input.parse::<Token![|]>()?;
        if !input.peek(syn::Ident::peek_any) {
            return Err(input.error(messages::missing_method()));
        }
    }
    Ok(methods)
}

/// `PRODUCTS => …`, `concat!(…) => …`, `paths::HOME => …`: no method, but a path that is no literal.
fn starts_expression(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    let Ok(word) = ahead.call(Ident::parse_any) else {
        return false;
    };
    let is_method = crate::methods::Methods::named(&word.to_string()).is_some();
    !is_method
        && (ahead.peek(Token![!])
            || ahead.peek(Token![::])
            || ahead.peek(Token![=>])
            || ahead.peek(Token![.])
            || ahead.peek(syn::token::Paren))
}

/// `GET, "/x"` and `get, "/x"`: as if the macro were a function.
fn comma_behind_method(input: ParseStream<'_>, methods: &[Ident]) -> Option<syn::Error> {
    let comma = input.fork().parse::<Token![,]>().ok()?;
    let method = methods.last()?.to_string().to_uppercase();
    Some(syn::Error::new(
        comma.span,
        messages::comma_behind_method(&method),
    ))
}

fn read_path(input: ParseStream<'_>, end: Span) -> syn::Result<LitStr> {
    if input.is_empty() {
        return Err(syn::Error::new(end, messages::missing_path()));
    }
    if let Ok(path) = input.parse::<LitStr>() {
        return match input.fork().parse::<LitStr>() {
            Ok(_) => Err(syn::Error::new(
                path.span(),
                messages::quoted_method(&path.value()),
            )),
            Err(_) => Ok(path),
        };
    }
    if input.peek(Token![=>]) {
        return Err(input.error(messages::missing_path()));
    }
    let span = input.span();
    if input.fork().parse::<Lit>().is_ok() {
        return Err(syn::Error::new(span, messages::path_not_a_string()));
    }
    let text = tokens_before_arrow(input).to_string();
    if text.starts_with('/') || text.starts_with('{') {
        return Err(syn::Error::new(span, messages::unquoted_path(&text)));
    }
    Err(syn::Error::new(span, messages::path_not_a_literal(&text)))
}

fn read_name(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if !input.peek(Token![as]) {
        return Ok(None);
    }
    input.parse::<Token![as]>()?;
    let span = input.span();
    if let Ok(name) = input.fork().parse::<Ident>() {
        input.parse::<Ident>()?;
        return Ok(Some(name));
    }
    let text = tokens_before_arrow(input).to_string();
    Err(syn::Error::new(span, messages::route_name(&text)))
}

/// The tokens between `if` and `=>`, whatever they are: rustc judges the expression.
fn read_guard(input: ParseStream<'_>) -> syn::Result<Option<TokenStream>> {
    if !input.peek(Token![if]) {
        return Ok(None);
    }
    let span = input.span();
    input.parse::<Token![if]>()?;
    let guard = tokens_before_arrow(input);
    if guard.is_empty() {
        return Err(syn::Error::new(span, messages::empty_guard()));
    }
    advance_to_arrow(input)?;
    Ok(Some(guard))
}

fn read_arrow(input: ParseStream<'_>, end: Span) -> syn::Result<()> {
    if input.peek(Token![=>]) {
        return input.parse::<Token![=>]>().map(drop);
    }
    let span = if input.is_empty() { end } else { input.span() };
    let found = input
        .fork()
        .parse::<TokenTree>()
        .map(|token| token.to_string())
        .unwrap_or_default();
    let message = match found.as_str() {
        "" => messages::missing_arrow(),
        "," | "-" | "=" | ":" => messages::wrong_arrow(&found),
        "where" | "when" | "guard" => messages::wrong_guard_word(&found),
        _ => messages::unexpected_before_arrow(&found),
    };
    Err(syn::Error::new(span, message))
}

/// All that is left, less a trailing comma. What is no expression goes to rustc as it is: its parser
/// and an editor's recover from unfinished code better than a macro can.
fn read_answer(input: ParseStream<'_>, end: Span) -> syn::Result<TokenStream> {
    if input.is_empty() {
        return Err(syn::Error::new(end, messages::missing_answer()));
    }
    let ahead = input.fork();
    if ahead.parse::<Expr>().is_err() {
        return input.parse();
    }
    let answer = tokens_up_to(input, &ahead)?;
    if input.peek(Token![,]) {
        let comma = input.parse::<Token![,]>()?;
        if !input.is_empty() {
            return Err(syn::Error::new(comma.span, messages::second_route()));
        }
    }
    if input.peek(Token![;]) {
        return Err(input.error(messages::semicolon_in_answer()));
    }
    if !input.is_empty() {
        return Err(input.error(messages::tokens_behind_answer(&input.to_string())));
    }
    Ok(answer)
}

/// The tokens between `input` and `ahead`, which has run ahead of it; `input` catches up.
fn tokens_up_to(input: ParseStream<'_>, ahead: ParseStream<'_>) -> syn::Result<TokenStream> {
    let left = ahead.cursor().token_stream().into_iter().count();
    let all: Vec<TokenTree> = input.cursor().token_stream().into_iter().collect();
    let len = all.len().saturating_sub(left);
    input.advance_to(ahead);
    Ok(all.into_iter().take(len).collect())
}

fn tokens_before_arrow(input: ParseStream<'_>) -> TokenStream {
    let ahead = input.fork();
    let mut tokens = TokenStream::new();
    while !ahead.is_empty() && !ahead.peek(Token![=>]) {
        match ahead.parse::<TokenTree>() {
            Ok(token) => tokens.extend([token]),
            Err(_) => break,
        }
    }
    tokens
}

fn advance_to_arrow(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![=>]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

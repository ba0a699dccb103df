//! `route!(MATCHER => REPLY)`. `matcher` parses the part before `=>`.

use super::operators::foreign_operator_in;
use super::semicolon::missing_semicolon;
use super::{Matcher, ReplyCode, Route, foreign, matcher};
use crate::errors::Errors;
use crate::messages;
use crate::tokens::stream;
use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, Token};

/// Parses one call. If it contains an error, the error is recorded and the route is left out.
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
    let matcher = matcher::read_matcher(input, end)?;
    if let Matcher::Unmatched(arrow) = matcher
        && input.is_empty()
    {
        let reply = ReplyCode::default();
        return Ok(Route {
            attrs,
            matcher,
            arrow,
            reply,
        });
    }
    let arrow = read_arrow(input, end)?;
    let reply = read_reply(input, end)?;
    Ok(Route {
        attrs,
        matcher,
        arrow,
        reply,
    })
}

fn read_arrow(input: ParseStream<'_>, end: Span) -> syn::Result<Span> {
    if input.peek(Token![=>]) {
        return input.parse::<Token![=>]>().map(|arrow| arrow.spans[0]);
    }
    let span = if input.is_empty() { end } else { input.span() };
    let head = matcher::tokens_before_arrow(input);
    let message = match sign(&head).as_str() {
        "" if head.is_empty() => messages::missing_arrow(),
        "" => unexpected(input, &head),
        sign => messages::wrong_arrow(sign),
    };
    Err(syn::Error::new(span, message))
}

/// Returns the punctuation that was probably meant as the arrow: `->`, `,`, `:`.
pub(super) fn sign(tokens: &TokenStream) -> String {
    let mut sign = String::new();
    for token in tokens.clone() {
        let TokenTree::Punct(punct) = token else {
            break;
        };
        sign.push(punct.as_char());
        if punct.spacing() == Spacing::Alone {
            break;
        }
    }
    if sign.starts_with([',', '-', '=', ':', '>', '~']) {
        sign
    } else {
        String::new()
    }
}

/// Returns the error for tokens where `=>` is expected.
fn unexpected(input: ParseStream<'_>, head: &TokenStream) -> String {
    let text = messages::source_text(head);
    let all = input.cursor().token_stream();
    let has_arrow = all.into_iter().count() > head.clone().into_iter().count();
    let first = head.clone().into_iter().next().map(|it| it.to_string());
    match first.unwrap_or_default().as_str() {
        _ if !has_arrow => messages::arrow_left_out(&text),
        word @ ("where" | "when" | "unless" | "guard" | "and") => messages::wrong_guard_word(word),
        "as" => messages::second_name(),
        _ if is_pattern_with_type(head) => messages::body_without_parentheses(&text),
        _ => messages::unexpected_before_arrow(&text),
    }
}

/// Returns whether the head is a pattern with a type: `Json(user): Json<User>`, as in the arguments of a function in
/// axum.
fn is_pattern_with_type(head: &TokenStream) -> bool {
    matches!(syn::parse2(head.clone()), Ok(syn::FnArg::Typed(_)))
}

/// Reads the remaining tokens without a trailing comma. Tokens that are not an expression are passed to rustc
/// unchanged: rustc and editors recover from incomplete code better than a macro can.
fn read_reply(input: ParseStream<'_>, end: Span) -> syn::Result<ReplyCode> {
    if input.is_empty() {
        return Err(syn::Error::new(end, messages::missing_reply()));
    }
    if let Some(error) = not_a_reply(input) {
        return Err(error);
    }
    let ahead = input.fork();
    let all = input.cursor().token_stream();
    let Ok(expr) = ahead.parse::<Box<Expr>>() else {
        let tokens = input.parse()?;
        let missing = || missing_semicolon(&tokens).map(|missing| missing.error);
        return match foreign::object(&tokens).or_else(missing) {
            Some(error) => Err(error),
            None => Ok(ReplyCode { tokens, expr: None }),
        };
    };
    let tokens = tokens_up_to(input, &ahead)?;
    if let Some(error) = name_after(&tokens) {
        return Err(error);
    }
    if let Some(error) = foreign::second_value(&expr, input) {
        return Err(error);
    }
    if input.peek(Token![,]) {
        let comma = input.parse::<Token![,]>()?;
        if !input.is_empty() {
            return Err(syn::Error::new(comma.span, messages::second_route()));
        }
    }
    if input.peek(Token![;]) {
        let message = match holds_arrow(input) {
            true => messages::second_route(),
            false => messages::semicolon_in_reply(),
        };
        return Err(input.error(message));
    }
    if !input.is_empty() {
        return Err(match foreign_operator_in(&all) {
            Some((span, message)) => syn::Error::new(span, message),
            None => input.error(after_reply(input)),
        });
    }
    let expr = Some(expr);
    Ok(ReplyCode { tokens, expr })
}

/// Returns whether another `=>` follows.
fn holds_arrow(input: ParseStream<'_>) -> bool {
    let all = input.cursor().token_stream().into_iter().count();
    matcher::tokens_before_arrow(input).into_iter().count() < all
}

/// Returns the error for tokens after the reply: `"a" if admin`, `"/x" => "a"`, `"a" "b"`.
fn after_reply(input: ParseStream<'_>) -> String {
    let text = messages::source_text(&input.cursor().token_stream());
    if input.peek(Token![if]) {
        return messages::guard_after_reply(&text);
    }
    if input.peek(Token![=>]) {
        return messages::second_arrow();
    }
    messages::tokens_after_reply(&text)
}

/// Returns the error for tokens that cannot start a reply.
fn not_a_reply(input: ParseStream<'_>) -> Option<syn::Error> {
    if input.peek(Token![=>]) {
        return Some(input.error(messages::second_arrow()));
    }
    if input.peek(Token![let]) {
        return Some(input.error(messages::statement_as_reply()));
    }
    closure(input)
        .or_else(|| body_after_arrow(input))
        .or_else(|| foreign::arrow_function(input))
        .or_else(|| type_of_reply(input))
}

/// Reports `=> (text: String) text`.
fn body_after_arrow(input: ParseStream<'_>) -> Option<syn::Error> {
    let ahead = input.fork();
    let body: Group = ahead.parse().ok()?;
    let is_body =
        body.delimiter() == Delimiter::Parenthesis && is_pattern_with_type(&body.stream());
    if !is_body || ahead.is_empty() || ahead.peek(Token![=>]) {
        return None;
    }
    let text = messages::source_text(&body.stream());
    let message = messages::body_after_arrow(&text);
    Some(syn::Error::new(body.span(), message))
}

/// Reports a name after the reply: `=> "a" as name`. A cast cannot be meant: no type that `as` can cast to is a
/// reply.
fn name_after(reply: &TokenStream) -> Option<syn::Error> {
    let tokens: Vec<TokenTree> = reply.clone().into_iter().collect();
    match tokens.as_slice() {
        [
            TokenTree::Literal(_),
            TokenTree::Ident(word),
            TokenTree::Ident(name),
        ] if word == "as" => {
            let message = messages::name_after_reply(&name.to_string());
            Some(syn::Error::new(word.span(), message))
        }
        _ => None,
    }
}

/// Reports a reply type after `=>`: `=> -> String { … }`.
fn type_of_reply(input: ParseStream<'_>) -> Option<syn::Error> {
    let ahead = input.fork();
    let arrow: Token![->] = ahead.parse().ok()?;
    let ty = ahead.parse::<syn::Type>().ok();
    let ty = ty.map(|ty| messages::source_text(&ty.to_token_stream()));
    let message = messages::reply_type_after_arrow(ty.as_deref().unwrap_or("Type"));
    Some(syn::Error::new(arrow.spans[0], message))
}

/// Reports a closure as the reply: `=> |req| …`. Other routers take closures, but a closure is not a reply.
fn closure(input: ParseStream<'_>) -> Option<syn::Error> {
    let ahead = input.fork();
    while ahead.peek(Token![move]) || ahead.peek(Token![async]) {
        ahead.parse::<TokenTree>().ok()?;
    }
    let bar: Token![|] = if ahead.peek(Token![||]) {
        return Some(ahead.error(messages::closure_as_reply()));
    } else {
        ahead.parse().ok()?
    };
    Some(syn::Error::new(bar.span, messages::closure_as_reply()))
}

/// Returns the tokens between `input` and its fork `ahead`, and advances `input` to `ahead`.
fn tokens_up_to(input: ParseStream<'_>, ahead: ParseStream<'_>) -> syn::Result<TokenStream> {
    let left = ahead.cursor().token_stream().into_iter().count();
    let mut all: Vec<TokenTree> = input.cursor().token_stream().into_iter().collect();
    all.truncate(all.len().saturating_sub(left));
    input.advance_to(ahead);
    Ok(stream(all))
}

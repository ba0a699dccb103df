//! Code that was reported as a habit of another framework, and that rustc must not report again.

use super::error_ident;
use crate::http::status;
use crate::server::check::{has_wrong_arguments, is_sending};
use crate::server::foreign;
use crate::server::model::Arguments;
use crate::tokens::{is_punct, with_contents};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Replaces reported fields, calls and names, together with everything that is accessed through them.
pub(super) fn without_habits(tokens: TokenStream, arguments: &Arguments) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_after_dot = at > 0 && is_punct(&tokens[at - 1], '.');
        let is_type = matches!(&tokens[at], TokenTree::Ident(name)
            if name.to_string().trim_start_matches("__onward_") == "HttpResponse" || name == "StatusCode");
        if !is_after_dot && is_habit(&tokens[at..], arguments) {
            kept.extend([TokenTree::Ident(error_ident())]);
            let is_macro = at + 1 < tokens.len() && is_punct(&tokens[at + 1], '!');
            at += match (is_type, is_macro) {
                (true, _) => 4,
                (_, true) => 2,
                _ => 1,
            };
            at += postfix_len(&tokens[at..]);
            continue;
        }
        if let TokenTree::Group(group) = &tokens[at] {
            let inside = without_habits(group.stream(), arguments);
            tokens[at] = with_contents(group, inside);
        }
        kept.extend([tokens[at].clone()]);
        at += 1;
    }
    kept
}

/// Replaces the values that start at the `reported` positions, together with everything that is accessed through them.
pub(super) fn without_reported(tokens: TokenStream, reported: &[Span]) -> TokenStream {
    if reported.is_empty() {
        return tokens;
    }
    let place = |span: Span| (span.start().line, span.start().column);
    let is_reported =
        |token: &TokenTree| reported.iter().any(|it| place(*it) == place(token.span()));
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = TokenStream::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if is_reported(token) {
            kept.extend([TokenTree::Ident(error_ident())]);
            while let [first, second, TokenTree::Ident(_), ..] = &tokens[at..]
                && is_punct(first, ':')
                && is_punct(second, ':')
            {
                at += 3;
            }
            // A macro.
            if let [bang, TokenTree::Group(_), ..] = &tokens[at..]
                && is_punct(bang, '!')
            {
                at += 2;
            }
            at += postfix_len(&tokens[at..]);
            // Both operands of `name || "text"`, whose value is not a `bool` as that of `||` would be.
            if let [bar, other, operand, ..] = &tokens[at..]
                && is_punct(bar, '|')
                && is_punct(other, '|')
                && is_reported(operand)
            {
                at += 3;
                at += postfix_len(&tokens[at..]);
            }
            continue;
        }
        match token {
            TokenTree::Group(group) => {
                let inside = without_reported(group.stream(), reported);
                kept.extend([with_contents(group, inside)]);
            }
            token => kept.extend([token.clone()]),
        }
    }
    kept
}

/// Returns whether the tokens start with `req.params`, `req.body.name`, `req.header("host")`, `res.status` or
/// `HttpResponse::Ok()`.
fn is_habit(tokens: &[TokenTree], arguments: &Arguments) -> bool {
    is_foreign_name(tokens).unwrap_or_else(|| is_habit_of_argument(tokens, arguments))
}

/// Returns whether the tokens start with `HttpResponse::Ok()`, `StatusCode::NotFound` or `uri!(…)`. Returns `None` if
/// they start with another name.
fn is_foreign_name(tokens: &[TokenTree]) -> Option<bool> {
    if let [
        TokenTree::Ident(ty),
        colon,
        _,
        TokenTree::Ident(_),
        call,
        ..,
    ] = tokens
        && ty.to_string().trim_start_matches("__onward_") == "HttpResponse"
        && is_punct(colon, ':')
    {
        return Some(call_arguments(call).is_some_and(|arguments| arguments.stream().is_empty()));
    }
    // `StatusCode::NotFound`
    if let [
        TokenTree::Ident(ty),
        colon,
        _,
        TokenTree::Ident(constant),
        ..,
    ] = tokens
        && ty == "StatusCode"
        && is_punct(colon, ':')
    {
        let constant = constant.to_string();
        return Some(
            constant.contains(char::is_lowercase) && status::constant_like(&constant).is_some(),
        );
    }
    if let [TokenTree::Ident(name), bang, call, ..] = tokens
        && name == "uri"
        && is_punct(bang, '!')
    {
        return Some(call_arguments(call).is_some());
    }
    None
}

/// Returns whether the tokens start with a use of the request or of the response that does not exist.
fn is_habit_of_argument(tokens: &[TokenTree], arguments: &Arguments) -> bool {
    let [
        TokenTree::Ident(variable),
        dot,
        TokenTree::Ident(member),
        after @ ..,
    ] = tokens
    else {
        return false;
    };
    if !is_punct(dot, '.') {
        return false;
    }
    let (name, member) = (variable.to_string(), member.to_string());
    let call = after.first().and_then(call_arguments);
    if arguments.request == *variable {
        if member == "headers" && is_compared(after) {
            return true;
        }
        return match call {
            Some(arguments) => is_setter_as_getter(&member, &arguments.stream()),
            None if member == "body" || member == "headers" => is_field(after),
            None if member == "url" => is_foreign_url(after, &name),
            None => !is_path(after) && foreign::request_field(&name, &member).is_some(),
        };
    }
    let is_response = arguments.response == *variable;
    if is_response && call.is_some() {
        let call: TokenStream = tokens[..4].iter().cloned().collect();
        return syn::parse2(call).is_ok_and(|call| has_wrong_arguments(&call, &arguments.response));
    }
    let is_response = is_response && !is_path(after);
    is_response && foreign::response_field(&name, &member).is_some()
}

fn is_setter_as_getter(method: &str, arguments: &TokenStream) -> bool {
    let mut inside = arguments.clone().into_iter();
    match method {
        "header" => !arguments.is_empty() && !inside.any(|token| is_punct(&token, ',')),
        "body" | "json" => arguments.is_empty(),
        _ => false,
    }
}

/// Returns whether `.searchParams`, `.query.page` or `.query("page", 1)` follows `req.url`.
fn is_foreign_url(tokens: &[TokenTree], request: &str) -> bool {
    match tokens {
        [dot, TokenTree::Ident(name), after @ ..] if is_punct(dot, '.') => {
            match after.first().and_then(call_arguments) {
                Some(arguments) => {
                    let mut inside = arguments.stream().into_iter().peekable();
                    let is_empty = inside.peek().is_none();
                    name == "query" && (is_empty || inside.any(|token| is_punct(&token, ',')))
                }
                None => !is_path(after) && foreign::url_field(request, &name.to_string()).is_some(),
            }
        }
        _ => false,
    }
}

/// Returns whether `.get("accept") == "text/html"` or the like follows `req.headers`.
fn is_compared(tokens: &[TokenTree]) -> bool {
    match tokens {
        [dot, TokenTree::Ident(get), call, first, second, value, ..] => {
            let is_get = is_punct(dot, '.') && get == "get" && call_arguments(call).is_some();
            let is_operator =
                is_punct(second, '=') && (is_punct(first, '=') || is_punct(first, '!'));
            let is_text = match value {
                TokenTree::Literal(_) => true,
                TokenTree::Ident(some) => some == "Some",
                _ => false,
            };
            is_get && is_operator && is_text
        }
        _ => false,
    }
}

/// Returns whether `.name` follows, without a call.
fn is_field(tokens: &[TokenTree]) -> bool {
    match tokens {
        [dot, TokenTree::Ident(name), after @ ..] if is_punct(dot, '.') => {
            name != "await" && after.first().and_then(call_arguments).is_none() && !is_path(after)
        }
        _ => false,
    }
}

/// Returns whether `::<T>(…)` follows the name of a method.
fn is_path(tokens: &[TokenTree]) -> bool {
    tokens.first().is_some_and(|token| is_punct(token, ':'))
}

fn call_arguments(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Some(group),
        _ => None,
    }
}

/// Returns the number of tokens of `.name`, `(…)`, `[…]` and `?` that follow a value.
fn postfix_len(tokens: &[TokenTree]) -> usize {
    let mut len = 0;
    loop {
        len += turbofish_len(&tokens[len..]);
        len += match &tokens[len..] {
            [dot, TokenTree::Ident(_) | TokenTree::Literal(_), ..] if is_punct(dot, '.') => 2,
            [question, ..] if is_punct(question, '?') => 1,
            [TokenTree::Group(group), ..] if group.delimiter() != Delimiter::Brace => 1,
            _ => return len,
        };
    }
}

/// Returns the number of tokens of `::<T>`.
fn turbofish_len(tokens: &[TokenTree]) -> usize {
    let [first, second, open, ..] = tokens else {
        return 0;
    };
    if !is_punct(first, ':') || !is_punct(second, ':') || !is_punct(open, '<') {
        return 0;
    }
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        depth += usize::from(is_punct(token, '<'));
        if is_punct(token, '>') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        }
    }
    0
}

/// Replaces the value of each `return` that was reported.
pub(super) fn without_returned_values(tokens: TokenStream) -> TokenStream {
    let mut kept = TokenStream::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at).cloned() {
        at += 1;
        let is_return = matches!(&token, TokenTree::Ident(word) if word == "return");
        match token {
            TokenTree::Group(group) => {
                let inside = without_returned_values(group.stream());
                kept.extend([with_contents(&group, inside)]);
            }
            token => kept.extend([token]),
        }
        let len = returned_len(&tokens[at..]);
        let is_empty = tokens.get(at).is_none_or(|next| is_punct(next, ';'));
        if is_return && is_empty {
            kept.extend([TokenTree::Ident(error_ident())]);
        }
        if is_return && len > 0 {
            at += len;
            let error: Ident = error_ident();
            kept.extend([TokenTree::Ident(error)]);
        }
    }
    kept
}

/// Returns the number of tokens of text, a number, a tuple, or `res.send(…)` after `return`.
fn returned_len(tokens: &[TokenTree]) -> usize {
    match tokens {
        [TokenTree::Literal(_) | TokenTree::Group(_), ..] => 1,
        [TokenTree::Ident(_), dot, TokenTree::Ident(method), call, ..] => {
            let is_call = is_punct(dot, '.') && call_arguments(call).is_some();
            if is_sending(method) && is_call { 4 } else { 0 }
        }
        _ => 0,
    }
}

//! Uses of the response after it was sent, and values of `send` and `end` that are discarded.

use super::first_span;
use crate::messages;
use crate::server::check::branches::values;
use crate::server::check::habits::{is_plain_value, is_sending};
use crate::server::check::variable::is_variable;
use crate::server::model::{Walk, binds, names};
use crate::tokens::is_punct;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Block, Expr, Stmt};

/// Returns what the reply of a route does wrong with the response, if it certainly does.
pub(super) fn wrong_sending(reply: &Expr, response: &Ident) -> Option<(Span, String)> {
    let in_block = branches(reply).into_iter().find_map(|block| {
        not_ended(block, response)
            .or_else(|| used_after(block, response))
            .or_else(|| sent_in_loop(block, response))
    });
    let found = in_block.or_else(|| unsent_branch(reply, response))?;
    let mut declares = false;
    Walk::Pats(&mut |pat| declares |= binds(pat, response).is_some()).visit_expr(reply);
    let is_other = declares || replaces(&reply.to_token_stream(), response);
    (!is_other).then_some(found)
}

/// Reports a branch with a value next to a branch that sends the response.
///
/// ```text
/// match find() { Some(user) => res.send(user), None => StatusCode::NOT_FOUND }
/// ```
fn unsent_branch(reply: &Expr, response: &Ident) -> Option<(Span, String)> {
    let values = values(reply);
    let sends = values
        .iter()
        .any(|value| sending(value, response).is_some());
    let unsent = values.iter().find(|value| is_plain_value(value));
    let unsent = unsent.filter(|_| sends)?;
    let text = messages::source_text(&unsent.to_token_stream());
    let message = messages::unsent_branch(&response.to_string(), &text);
    Some((first_span(unsent), message))
}

/// A call that sends the response, `res.send(…)`, and its line.
struct Sending<'a> {
    value: &'a Expr,
    method: String,
    line: usize,
}

fn sending<'a>(value: &'a Expr, response: &Ident) -> Option<Sending<'a>> {
    let Expr::MethodCall(call) = value else {
        return None;
    };
    let is_response = is_variable(&call.receiver, response);
    (is_response && is_sending(&call.method)).then(|| Sending {
        value,
        method: call.method.to_string(),
        line: call.method.span().start().line,
    })
}

/// Returns the call in `res.send(…);`, whose value is discarded, and the semicolon.
fn discarded<'a>(statement: &'a Stmt, response: &Ident) -> Option<(Sending<'a>, Span)> {
    match statement {
        Stmt::Expr(value, Some(semicolon)) => Some((sending(value, response)?, semicolon.span)),
        _ => None,
    }
}

/// Reports a block that sends the response, but discards the value of `send` or `end`.
///
/// ```text
/// { log(); res.send("hello"); }
/// { if is_new { res.send("new"); } else { res.send("old"); } }
/// { res.send("hello"); Ok(()) }
/// ```
fn not_ended(block: &Block, response: &Ident) -> Option<(Span, String)> {
    match block.stmts.as_slice() {
        [.., Stmt::Expr(value @ (Expr::If(_) | Expr::Match(_)), None)] => branches(value)
            .into_iter()
            .find_map(|it| not_ended(it, response)),
        [.., last] if discarded(last, response).is_some() => {
            let (sent, semicolon) = discarded(last, response)?;
            let text = messages::source_text(&sent.value.to_token_stream());
            Some((semicolon, messages::sent_discarded(&text)))
        }
        [.., sent, Stmt::Expr(value, None)] => {
            let (sent, _) = discarded(sent, response)?;
            let text = messages::source_text(&value.to_token_stream());
            if text == "Ok(())" {
                let message = messages::unit_after_sending(&response.to_string());
                return Some((first_span(value), message));
            }
            let message = messages::value_after_sending(&text, &sent.method, sent.line);
            is_plain_value(value).then(|| (first_span(value), message))
        }
        _ => None,
    }
}

/// Returns the blocks of an `if` or a `match`.
fn branches(value: &Expr) -> Vec<&Block> {
    match value {
        Expr::If(choice) => {
            let other = choice.else_branch.as_ref();
            let others = other.map_or_else(Vec::new, |(_, other)| branches(other));
            [vec![&choice.then_branch], others].concat()
        }
        Expr::Match(choice) => {
            let mut blocks = Vec::new();
            for arm in &choice.arms {
                blocks.extend(branches(&arm.body));
            }
            blocks
        }
        Expr::Block(block) if block.label.is_none() => vec![&block.block],
        _ => Vec::new(),
    }
}

/// Reports a use of the response after it was sent: its headers cannot be changed, and it cannot be sent again.
///
/// ```text
/// { res.send("hello"); res.set_header("x-shop", "cups"); }
/// { res.end(); res.write("more"); }
/// ```
fn used_after(block: &Block, response: &Ident) -> Option<(Span, String)> {
    let mut statements = block.stmts.iter();
    let sent = statements.by_ref().find_map(|statement| match statement {
        Stmt::Local(local) => sending(&local.init.as_ref()?.expr, response),
        statement => discarded(statement, response).map(|(sent, _)| sent),
    })?;
    let mut after = statements.filter(|statement| !matches!(statement, Stmt::Item(_)));
    let (place, again) = after.find_map(|it| use_of(&it.to_token_stream(), response))?;
    let message = messages::used_after_sending(
        &response.to_string(),
        &sent.method,
        sent.line,
        again.as_ref().is_some_and(is_sending),
    );
    Some((place.span(), message))
}

/// Returns where the variable is used, and the method that is called on it.
fn use_of(tokens: &TokenStream, name: &Ident) -> Option<(Ident, Option<Ident>)> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| match token {
            TokenTree::Group(group) => use_of(&group.stream(), name),
            TokenTree::Ident(ident) if ident == name && is_name(&tokens, at) => {
                let method = match &tokens[at + 1..] {
                    [TokenTree::Punct(_), TokenTree::Ident(method), ..] => Some(method.clone()),
                    _ => None,
                };
                Some((ident.clone(), method))
            }
            _ => None,
        })
}

/// Returns whether the name is a variable, and not part of `.name`, `path::name` or `name: value`.
fn is_name(tokens: &[TokenTree], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_part = is_punct(before, '.') || is_punct(before, ':');
    !is_part && !is_punct(tokens.get(at + 1), ':')
}

/// Reports a loop that would send the response more than once.
///
/// ```text
/// for line in lines { res.send(line); }
/// ```
fn sent_in_loop(block: &Block, response: &Ident) -> Option<(Span, String)> {
    block.stmts.iter().find_map(|statement| {
        let Stmt::Expr(value, _) = statement else {
            return None;
        };
        let body = match value {
            Expr::ForLoop(each) => &each.body,
            Expr::While(each) => &each.body,
            _ => return None,
        };
        let tokens = body.to_token_stream();
        if ["break", "return"].iter().any(|word| names(&tokens, word)) {
            return None;
        }
        let (sent, _) = body.stmts.iter().find_map(|it| discarded(it, response))?;
        let message = messages::sent_in_loop(&response.to_string(), &sent.method);
        Some((sent.value.span(), message))
    })
}

/// Returns whether the response is assigned: `res = Response::new()`.
fn replaces(tokens: &TokenStream, response: &Ident) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => replaces(&group.stream(), response),
        TokenTree::Punct(hash) if hash.as_char() == '#' => true,
        TokenTree::Ident(name) if name == response => match &tokens[at + 1..] {
            [TokenTree::Punct(sign), rest @ ..] if sign.as_char() == '=' => {
                !matches!(rest.first(), Some(TokenTree::Punct(next)) if next.as_char() == '=')
            }
            _ => false,
        },
        _ => false,
    })
}

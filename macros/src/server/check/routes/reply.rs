//! Rules about the value of the expression after `=>`, as far as its tokens reveal it.

mod assigned;
mod borrow;
mod joined_text;
mod kept_part;
mod missing_arm;
mod outlive;
mod part;
mod sending;
mod text_as_number;

use self::assigned::check_assigned;
use self::borrow::check_is_owned;
use self::joined_text::check_joined;
use self::outlive::check_outlives;
pub(super) use self::outlive::rebinds;
use self::text_as_number::check_text;
use super::Invalid;
use crate::errors::Errors;
use crate::messages;
use crate::server::check::branches::check_branches;
use crate::server::check::callee::callee;
use crate::server::check::habits::names_response;
use crate::server::check::habits::{foreign_value, foreign_word, is_plain_value};
use crate::server::check::variable::is_variable;
use crate::server::model::{Param, Reply, Server, binds, consumption_in_statement, names};
use crate::tokens::first_span;
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::parse::Parser;
use syn::{Block, Expr, Lit, Stmt};

pub(super) fn check_replies(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let response = server.arguments.as_ref().map(|it| &it.response);
    check_parts(server, errors, invalid);
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) {
            continue;
        }
        let is_typed = route.contract.reply.is_some();
        let (guard, reply) = (route.guard.as_ref(), route.reply.expr.as_deref());
        if !reply.is_none_or(|reply| check_joined(reply, &route.params, errors)) {
            invalid.routes.insert(index);
            invalid.replies.insert(index);
            continue;
        }
        let holds = check_text(guard, reply, &route.params, errors)
            && check_reply(&route.reply, &route.params, is_typed, response, errors);
        if !holds {
            invalid.routes.insert(index);
        }
    }
    for (index, unmatched) in server.unmatched.iter().enumerate() {
        if let Some(reply) = &unmatched.reply
            && !invalid.unmatched.contains(&index)
            && !check_reply(reply, &[], false, response, errors)
        {
            invalid.unmatched.insert(index);
        }
    }
    for (index, fallback) in server.fallbacks.iter().enumerate() {
        if !invalid.fallbacks.contains(&index)
            && !check_reply(&fallback.reply, &[], false, response, errors)
        {
            invalid.fallbacks.insert(index);
        }
    }
}

/// Checks that a reply is a value that can be sent, not a part of the request or a future.
///
/// ```text
/// route!("/" => req.url);
/// ```
fn check_parts(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    // A statement that declares another variable of the same name is itself reported.
    if declares(server, &arguments.request) || declares(server, &arguments.response) {
        return;
    }
    let is_ours = names_response(&server.function.sig);
    for (index, route) in server.routes.iter().enumerate() {
        let is_plain = route.contract.reply.is_none() && route.mount.is_none();
        let expr = route.reply.expr.as_deref().filter(|_| is_plain);
        let found = expr.and_then(|expr| {
            part::part_as_reply(expr, &route.params, arguments)
                .or_else(|| kept_part::kept_by_task(expr, &arguments.request))
                .or_else(|| new_response(expr, &arguments.response).filter(|_| is_ours))
        });
        if let Some((span, message)) = found.filter(|_| !invalid.routes.contains(&index)) {
            errors.push(span, message);
            invalid.routes.insert(index);
        }
    }
}

/// Reports `Response::new()`, which other frameworks return.
fn new_response(reply: &Expr, response: &Ident) -> Option<(Span, String)> {
    let value = last_value(reply);
    let is_new = matches!(value, Expr::Call(call)
        if call.args.is_empty() && callee(call).is_some_and(|it| it == "Response::new"));
    let message = || messages::response_as_reply(&response.to_string());
    is_new.then(|| (first_span(value), message()))
}

/// Returns whether a statement between the routes declares a variable of this name.
fn declares(server: &Server, name: &Ident) -> bool {
    for code in server.statements() {
        if !names(code, "let") {
            continue;
        }
        for statement in Block::parse_within.parse2(code.clone()).unwrap_or_default() {
            if matches!(statement, Stmt::Local(local) if binds(&local.pat, name).is_some()) {
                return true;
            }
        }
    }
    false
}

fn check_reply(
    reply: &Reply,
    params: &[Param],
    is_typed: bool,
    response: Option<&Ident>,
    errors: &mut Errors,
) -> bool {
    let Some(expr) = reply.expr.as_deref() else {
        let Some((span, message)) = foreign_word(&reply.tokens, response) else {
            return true;
        };
        errors.push(span, message);
        return false;
    };
    // If the route declares the type, rustc knows the expected type.
    (is_typed || check_is_not_foreign(expr, response, errors))
        && check_has_value(expr, response, errors)
        && missing_arm::check_arms(last_value(expr), errors)
        && (is_typed || reply.sends || check_branches(last_value(expr), response, errors))
        && check_is_sent_once(expr, response, errors)
        && (is_typed || check_type_is_known(expr, errors))
        && check_assigned(expr, params, errors)
        && check_is_owned(expr, params, errors)
        && check_outlives(expr, params, response, errors)
}

/// Reports a reply of another framework, such as one with a number as its status or with headers.
///
/// ```text
/// route!("/" => (404, "no such page"));
/// ```
fn check_is_not_foreign(expr: &Expr, response: Option<&Ident>, errors: &mut Errors) -> bool {
    let Some((span, message)) = foreign_value(last_value(expr), response) else {
        return true;
    };
    errors.push(span, message);
    false
}

/// Checks that an expression that consumes the response ends the handler, since the rest of the block cannot use the
/// response.
///
/// ```text
/// route!("/" => {
///     if is_banned { res.send("no"); }
///     res.send("yes")
/// });
/// ```
fn check_is_sent_once(expr: &Expr, response: Option<&Ident>, errors: &mut Errors) -> bool {
    let (Expr::Block(block), Some(response)) = (expr, response) else {
        return true;
    };
    let statements = &block.block.stmts;
    for (at, statement) in statements.iter().enumerate() {
        if let Stmt::Local(local) = statement
            && binds(&local.pat, response).is_some()
        {
            return true;
        }
        // `break 'label res.send(…)` leaves the block.
        let leaves = ["break", "continue"];
        let is_branch = matches!(statement, Stmt::Expr(Expr::If(_) | Expr::Match(_), _))
            && !leaves
                .iter()
                .any(|word| names(&statement.to_token_stream(), word));
        let Some(place) = consumption_in_statement(statement, response).filter(|_| is_branch)
        else {
            continue;
        };
        let name = response.to_string();
        if let Some(Stmt::Expr(value, None)) = statements.last()
            && is_plain_value(value)
        {
            let value = messages::source_text(&value.to_token_stream());
            errors.push(place.span(), messages::sent_before_value(&name, &value));
            return false;
        }
        let mut after = statements[at + 1..].iter();
        if after.any(|it| names(&it.to_token_stream(), &name)) {
            errors.push(place.span(), messages::sent_twice(&name));
            return false;
        }
    }
    true
}

/// Checks that the expression has a value. A semicolon after the last value discards it, so the reply would be `()`.
///
/// ```text
/// route!("/" => { log(); "hello"; });
/// ```
fn check_has_value(expr: &Expr, response: Option<&Ident>, errors: &mut Errors) -> bool {
    if let Some((span, message)) = response.and_then(|it| sending::wrong_sending(expr, it)) {
        errors.push(span, message);
        return false;
    }
    let Expr::Block(block) = expr else {
        return true;
    };
    let Some((value, semicolon)) = discarded(&block.block) else {
        return true;
    };
    let text = messages::source_text(&value);
    errors.push(semicolon, messages::discarded_reply(&text));
    false
}

/// Returns the last statement, if it only creates a value, and its semicolon.
fn discarded(block: &Block) -> Option<(TokenStream, Span)> {
    let is_reply = |path: &syn::Path, names: &[&str]| {
        let last = path.segments.last();
        last.is_some_and(|last| names.contains(&last.ident.to_string().as_str()))
    };
    match block.stmts.last()? {
        Stmt::Expr(expr @ (Expr::If(_) | Expr::Match(_)), Some(semicolon)) => {
            has_values(expr).then(|| (block_keyword(expr), semicolon.span))
        }
        Stmt::Expr(expr, Some(semicolon)) => {
            let is_value = match expr {
                Expr::Lit(_) => true,
                // `(StatusCode::OK, …)`, but not a pair of calls.
                Expr::Tuple(pair) => matches!(pair.elems.first(), Some(Expr::Path(_))),
                Expr::Call(call) => {
                    matches!(&*call.func, Expr::Path(path) if is_reply(&path.path, &["Json", "Html"]))
                }
                _ => false,
            };
            is_value.then(|| (expr.to_token_stream(), semicolon.span))
        }
        Stmt::Macro(call) if is_reply(&call.mac.path, &["json", "format"]) => {
            let semicolon = call.semi_token?;
            Some((call.mac.to_token_stream(), semicolon.span))
        }
        _ => None,
    }
}

/// Returns whether every branch ends in a value that it would be pointless to discard.
///
/// ```text
/// if is_new { "new" } else { "old" };
/// ```
fn has_values(expr: &Expr) -> bool {
    let of_block = |block: &Block| match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => has_values(value),
        _ => false,
    };
    match expr {
        Expr::Lit(literal) => matches!(literal.lit, Lit::Str(_)),
        Expr::Macro(call) => ["json", "format"]
            .iter()
            .any(|it| call.mac.path.is_ident(it)),
        Expr::If(choice) => {
            let other = choice.else_branch.as_ref();
            of_block(&choice.then_branch) && other.is_some_and(|(_, other)| has_values(other))
        }
        Expr::Match(choice) => {
            !choice.arms.is_empty() && choice.arms.iter().all(|arm| has_values(&arm.body))
        }
        Expr::Block(block) => of_block(&block.block),
        _ => false,
    }
}

/// Returns the keyword of the expression: `if` or `match`.
fn block_keyword(expr: &Expr) -> TokenStream {
    let first = expr.to_token_stream().into_iter().next();
    first.map_or_else(TokenStream::new, TokenStream::from)
}

/// Checks that the type of the value can be inferred: the error type of `Ok(value)` alone cannot, nor can the success
/// type of `Err(error)` or the type of `None`.
///
/// ```text
/// route!("/" => Ok("hello"));
/// ```
fn check_type_is_known(expr: &Expr, errors: &mut Errors) -> bool {
    let expr = last_value(expr);
    let message = match expr {
        Expr::Call(call) if call.args.len() == 1 => {
            // `Ok::<_, Error>(value)` has its type.
            let (is_ok, is_err) = (
                is_variable(&call.func, "Ok"),
                is_variable(&call.func, "Err"),
            );
            if !is_ok && !is_err {
                return true;
            }
            let value = messages::source_text(&call.args.to_token_stream());
            // `Response::new(…)` is reported as well, and its argument is the reply.
            let body = value.strip_prefix("Response::new(");
            let body = body.and_then(|it| it.strip_suffix(')'));
            let value = body.filter(|it| !it.is_empty()).unwrap_or(&value);
            match is_ok {
                true => messages::ok_as_reply(value),
                false => messages::err_as_reply(value),
            }
        }
        Expr::Path(path) if path.path.is_ident("None") => messages::none_as_reply(),
        _ => return true,
    };
    errors.push(first_span(expr), message);
    false
}

/// Returns the expression at the end of a block, or the expression itself.
fn last_value(expr: &Expr) -> &Expr {
    match expr {
        Expr::Block(block) if block.label.is_none() => match block.block.stmts.last() {
            Some(Stmt::Expr(last, None)) => last_value(last),
            _ => expr,
        },
        Expr::Paren(paren) => last_value(&paren.expr),
        Expr::Group(group) => last_value(&group.expr),
        _ => expr,
    }
}

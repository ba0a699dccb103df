//! Rules about the value of the expression after `=>`, as far as its tokens show it.

use super::routes::Invalid;
use crate::errors::Errors;
use crate::messages;
use crate::model::{Param, Reply, Server, names};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Arm, Block, Expr, ExprCall, Pat, Stmt};

pub(super) fn check_replies(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) {
            continue;
        }
        if !check_reply(&route.reply, &route.params, errors) {
            invalid.routes.insert(index);
        }
    }
    for (index, fallback) in server.fallbacks.iter().enumerate() {
        if !invalid.fallbacks.contains(&index) && !check_reply(&fallback.reply, &[], errors) {
            invalid.fallbacks.insert(index);
        }
    }
}

fn check_reply(reply: &Reply, params: &[Param], errors: &mut Errors) -> bool {
    let Ok(expr) = syn::parse2::<Expr>(reply.tokens.clone()) else {
        return true;
    };
    check_has_value(&expr, errors)
        && check_type_is_known(&expr, errors)
        && check_is_owned(&expr, params, errors)
}

/// A semicolon after the last value discards it and replies with `()`.
///
/// ```text
/// route!("/" => { log(); "hello"; });
/// ```
fn check_has_value(expr: &Expr, errors: &mut Errors) -> bool {
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

/// The last statement, if it only creates a value, and its semicolon.
fn discarded(block: &Block) -> Option<(TokenStream, Span)> {
    let is_reply = |path: &syn::Path, names: &[&str]| {
        let last = path.segments.last();
        last.is_some_and(|last| names.iter().any(|name| last.ident == name))
    };
    match block.stmts.last()? {
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

/// The error type of `Ok(value)` alone cannot be inferred, nor can the success type of `Err(error)` or `None`.
///
/// ```text
/// route!("/" => Ok("hello"));
/// ```
fn check_type_is_known(expr: &Expr, errors: &mut Errors) -> bool {
    let expr = last_value(expr);
    let message = match expr {
        Expr::Call(ExprCall { func, args, .. }) if args.len() == 1 => {
            let value = messages::source_text(&args.to_token_stream());
            match func.to_token_stream().to_string().as_str() {
                "Ok" => messages::ok_as_reply(&value),
                "Err" => messages::err_as_reply(&value),
                _ => return true,
            }
        }
        Expr::Path(path) if path.path.is_ident("None") => messages::none_as_reply(),
        _ => return true,
    };
    errors.push(first_span(expr), message);
    false
}

fn first_span(expr: &Expr) -> Span {
    let first = expr.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}

/// The expression at the end of a block, or the expression itself.
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

/// A text parameter borrows from the path, but a reply must own its data.
///
/// ```text
/// route!("/echo/{text}" => text);
/// route!("/echo/{text}" => (StatusCode::OK, text.trim()));
/// ```
fn check_is_owned(expr: &Expr, params: &[Param], errors: &mut Errors) -> bool {
    let Some(borrowed_param) = borrowed_param(expr, params) else {
        return true;
    };
    let text = messages::source_text(&borrowed_param.value.to_token_stream());
    let message = messages::borrowed_reply(&text, &borrowed_param.owned(&text));
    let first = borrowed_param.value.to_token_stream().into_iter().next();
    errors.push(first.map_or_else(Span::call_site, |it| it.span()), message);
    false
}

/// An expression that borrows from the path.
struct BorrowedParam<'a> {
    value: &'a Expr,
    param: &'a Param,
    /// Whether it is an `Option` of text.
    optional: bool,
}

impl BorrowedParam<'_> {
    /// The expression that owns its data, for the text of this one.
    fn owned(&self, text: &str) -> String {
        let is_param = matches!(self.value, Expr::Path(_));
        let text = match self.value {
            Expr::Reference(reference) => messages::source_text(&reference.expr.to_token_stream()),
            _ => text.to_owned(),
        };
        if self.optional {
            format!("{text}.map(str::to_owned)")
        } else if is_param {
            self.param.extent.owned(&text)
        } else {
            format!("{text}.to_owned()")
        }
    }
}

/// The part of the expression whose value borrows from the path.
fn borrowed_param<'a>(expr: &'a Expr, params: &'a [Param]) -> Option<BorrowedParam<'a>> {
    match expr {
        Expr::Paren(paren) => borrowed_param(&paren.expr, params),
        Expr::Group(group) => borrowed_param(&group.expr, params),
        Expr::Block(block) => borrowed_by_block(&block.block, params),
        Expr::If(choice) => borrowed_by_block(&choice.then_branch, params)
            .or_else(|| borrowed_param(&choice.else_branch.as_ref()?.1, params)),
        Expr::Match(choice) => choice
            .arms
            .iter()
            .find_map(|arm| borrowed_by_arm(arm, params)),
        Expr::Tuple(tuple) => borrowed_param(tuple.elems.last()?, params),
        Expr::Call(ExprCall { func, args, .. }) => {
            let wraps = ["Html", "Some", "Ok"];
            let Expr::Path(path) = &**func else {
                return None;
            };
            let name = &path.path.segments.last()?.ident;
            let is_kept = wraps.iter().any(|wrap| name == wrap);
            borrowed_param(args.first().filter(|_| is_kept)?, params)
        }
        _ => borrowed_text(expr, params),
    }
}

fn borrowed_by_block<'a>(block: &'a Block, params: &'a [Param]) -> Option<BorrowedParam<'a>> {
    let (last, before) = block.stmts.split_last()?;
    let Stmt::Expr(value, None) = last else {
        return None;
    };
    let found = borrowed_param(value, params)?;
    let rebinds = |stmt: &Stmt| match stmt {
        Stmt::Local(local) => binds(&local.pat, &found.param.ident),
        Stmt::Item(item) => names(&item.to_token_stream(), &found.param.ident.to_string()),
        _ => false,
    };
    (!before.iter().any(rebinds)).then_some(found)
}

fn borrowed_by_arm<'a>(arm: &'a Arm, params: &'a [Param]) -> Option<BorrowedParam<'a>> {
    let found = borrowed_param(&arm.body, params)?;
    (!binds(&arm.pat, &found.param.ident)).then_some(found)
}

fn binds(pattern: &Pat, name: &Ident) -> bool {
    let mut tokens = pattern.to_token_stream().into_iter();
    tokens.any(|token| match token {
        TokenTree::Ident(word) => word == *name,
        TokenTree::Group(group) => names(&group.stream(), &name.to_string()),
        _ => false,
    })
}

/// Methods of `str` that return a part of it, and methods that return an `Option` of one.
const PIECES: [&str; 8] = [
    "trim",
    "trim_start",
    "trim_end",
    "trim_matches",
    "trim_start_matches",
    "trim_end_matches",
    "as_str",
    "trim_ascii",
];
const OPTIONAL_PIECES: [&str; 3] = ["strip_prefix", "strip_suffix", "get"];

/// `name`, `name.trim()`, `&name[1..]`, `name.strip_prefix("x")`.
fn borrowed_text<'a>(expr: &'a Expr, params: &'a [Param]) -> Option<BorrowedParam<'a>> {
    let (param, optional) = match expr {
        Expr::Path(_) => (text_param(expr, params)?, false),
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Index(index) => (text_param(&index.expr, params)?, false),
            _ => return None,
        },
        Expr::MethodCall(call) => {
            let is = |methods: &[&str]| methods.iter().any(|method| call.method == method);
            let optional = is(&OPTIONAL_PIECES);
            if !optional && !is(&PIECES) {
                return None;
            }
            let of = borrowed_text(&call.receiver, params)?;
            if of.optional {
                return None;
            }
            (of.param, optional)
        }
        _ => return None,
    };
    Some(BorrowedParam {
        value: expr,
        param,
        optional,
    })
}

fn text_param<'a>(expr: &Expr, params: &'a [Param]) -> Option<&'a Param> {
    let Expr::Path(path) = expr else {
        return None;
    };
    params
        .iter()
        .find(|param| path.path.is_ident(&param.ident) && param.ty.is_none())
}

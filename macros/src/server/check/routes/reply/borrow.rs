//! Rules about replies that borrow from the path.

use crate::errors::Errors;
use crate::messages;
use crate::server::model::{Param, binds, names};
use proc_macro2::Span;
use quote::ToTokens;
use syn::{Arm, Block, Expr, ExprCall, Stmt};

/// Checks that a reply owns its data: a text parameter borrows from the path.
///
/// ```text
/// route!("/echo/{text}" => text);
/// route!("/echo/{text}" => (StatusCode::OK, text.trim()));
/// ```
pub(super) fn check_is_owned(expr: &Expr, params: &[Param], errors: &mut Errors) -> bool {
    let params: Vec<&Param> = params.iter().collect();
    let Some(borrowed_param) = borrowed_param(expr, &params) else {
        return true;
    };
    let text = messages::source_text(&borrowed_param.value.to_token_stream());
    let message = messages::borrowed_reply(&text, &borrowed_param.owned(&text));
    let first = borrowed_param.value.to_token_stream().into_iter().next();
    errors.push(first.map_or_else(Span::call_site, |it| it.span()), message);
    false
}

/// An expression that borrows from the path.
pub(super) struct BorrowedParam<'a> {
    pub(super) value: &'a Expr,
    param: &'a Param,
    /// Whether the expression is an `Option` of text.
    optional: bool,
}

impl BorrowedParam<'_> {
    /// Returns code that creates an owned copy of this expression, whose code is `text`.
    pub(super) fn owned(&self, text: &str) -> String {
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

/// Returns the part of the expression whose value borrows from the path.
pub(super) fn borrowed_param<'a>(
    expr: &'a Expr,
    params: &[&'a Param],
) -> Option<BorrowedParam<'a>> {
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
            let is_kept = wraps.contains(&name.to_string().as_str());
            borrowed_param(args.first().filter(|_| is_kept)?, params)
        }
        _ => borrowed_text(expr, params),
    }
}

fn borrowed_by_block<'a>(block: &'a Block, params: &[&'a Param]) -> Option<BorrowedParam<'a>> {
    let (last, before) = block.stmts.split_last()?;
    let Stmt::Expr(value, None) = last else {
        return None;
    };
    let found = borrowed_param(value, params)?;
    let rebinds = |stmt: &Stmt| match stmt {
        Stmt::Local(local) => binds(&local.pat, &found.param.ident).is_some(),
        Stmt::Item(item) => names(&item.to_token_stream(), &found.param.ident.to_string()),
        _ => false,
    };
    (!before.iter().any(rebinds)).then_some(found)
}

fn borrowed_by_arm<'a>(arm: &'a Arm, params: &[&'a Param]) -> Option<BorrowedParam<'a>> {
    let found = borrowed_param(&arm.body, params)?;
    (binds(&arm.pat, &found.param.ident).is_none()).then_some(found)
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

/// Finds text that borrows from a parameter: `name`, `name.trim()`, `&name[1..]`, `name.strip_prefix("x")`.
fn borrowed_text<'a>(expr: &'a Expr, params: &[&'a Param]) -> Option<BorrowedParam<'a>> {
    let (param, optional) = match expr {
        Expr::Path(_) => (text_param(expr, params)?, false),
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Index(index) => (text_param(&index.expr, params)?, false),
            _ => return None,
        },
        Expr::MethodCall(call) => {
            let is = |methods: &[&str]| methods.contains(&call.method.to_string().as_str());
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

fn text_param<'a>(expr: &Expr, params: &[&'a Param]) -> Option<&'a Param> {
    let Expr::Path(path) = expr else {
        return None;
    };
    params
        .iter()
        .copied()
        .find(|param| path.path.is_ident(&param.ident) && param.ty.is_none())
}

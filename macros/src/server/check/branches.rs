//! Rules about the branches of a reply.

use crate::errors::Errors;
use crate::messages;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Block, Expr, Stmt};

/// Checks that all branches have the same type. Only types that are certainly different are reported; rustc reports the
/// others.
///
/// ```text
/// route!("/{id: u32}" => match find(id) {
///     Some(user) => Json(user),
///     None => (StatusCode::NOT_FOUND, "no such user"),
/// });
/// ```
pub(super) fn check_branches(expr: &Expr, response: Option<&Ident>, errors: &mut Errors) -> bool {
    let mut values = Vec::new();
    match expr {
        Expr::If(_) | Expr::Match(_) => collect(expr, &mut values),
        _ => return true,
    }
    let mut kinds = values
        .into_iter()
        .filter_map(|value| Some((value, kind(value)?)));
    let Some((_, first)) = kinds.next() else {
        return true;
    };
    let Some((other, kind)) = kinds.find(|(_, kind)| *kind != first) else {
        return true;
    };
    let response = response.map_or_else(|| "res".to_owned(), Ident::to_string);
    errors.push(
        other.span(),
        messages::different_branches(first, kind, &response),
    );
    false
}

/// Returns the values that an expression may have: its own, or those of its branches.
pub(super) fn values(expr: &Expr) -> Vec<&Expr> {
    let mut values = Vec::new();
    collect(expr, &mut values);
    values
}

/// Collects the values of the branches.
fn collect<'a>(expr: &'a Expr, values: &mut Vec<&'a Expr>) {
    match expr {
        Expr::If(choice) => {
            collect_block(&choice.then_branch, values);
            if let Some((_, other)) = &choice.else_branch {
                collect(other, values);
            }
        }
        Expr::Match(choice) => choice
            .arms
            .iter()
            .for_each(|arm| collect(&arm.body, values)),
        Expr::Block(block) => collect_block(&block.block, values),
        Expr::Paren(paren) => collect(&paren.expr, values),
        _ => values.push(expr),
    }
}

fn collect_block<'a>(block: &'a Block, values: &mut Vec<&'a Expr>) {
    if let Some(Stmt::Expr(value, None)) = block.stmts.last() {
        collect(value, values);
    }
}

/// Returns the same code with its branches as statements, so that rustc does not compare their types.
pub(super) fn without_value(reply: TokenStream) -> TokenStream {
    match syn::parse2::<Expr>(reply.clone()) {
        Ok(mut expr) if matches!(expr, Expr::If(_) | Expr::Match(_) | Expr::Block(_)) => {
            discard(&mut expr);
            expr.into_token_stream()
        }
        _ => reply,
    }
}

fn discard(expr: &mut Expr) {
    match expr {
        Expr::If(choice) => {
            discard_in_block(&mut choice.then_branch);
            if let Some((_, other)) = &mut choice.else_branch {
                discard(other);
            }
        }
        Expr::Match(choice) => choice
            .arms
            .iter_mut()
            .for_each(|arm| discard(&mut arm.body)),
        Expr::Block(block) => discard_in_block(&mut block.block),
        _ => {
            let value = std::mem::replace(expr, syn::parse_quote!(()));
            *expr = syn::parse_quote!({ let _ = #value; });
        }
    }
}

fn discard_in_block(block: &mut Block) {
    if let Some(Stmt::Expr(value, None)) = block.stmts.last_mut() {
        discard(value);
    }
}

/// Returns the kind of a value, if the expression shows it. Values of different kinds never have the same type.
fn kind(value: &Expr) -> Option<&'static str> {
    match value {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) if path.path.is_ident("Json") => Some("Json(…)"),
            Expr::Path(path) if path.path.is_ident("Html") => Some("Html(…)"),
            Expr::Path(path) if is_redirect(&path.path) => Some("onward::redirect(…)"),
            _ => None,
        },
        Expr::Macro(call) if call.mac.path.is_ident("json") => Some("json!(…)"),
        Expr::Macro(call) if call.mac.path.is_ident("format") => Some("text"),
        Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_)) => Some("text"),
        Expr::Path(path) if is_status(&path.path) => Some("StatusCode"),
        Expr::Tuple(pair) => match pair.elems.first() {
            Some(Expr::Path(path)) if is_status(&path.path) => Some("(StatusCode, …)"),
            _ => None,
        },
        _ => None,
    }
}

fn is_redirect(path: &syn::Path) -> bool {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect();
    names == ["onward", "redirect"]
}

/// Returns whether the path is a status: `StatusCode::NOT_FOUND`.
fn is_status(path: &syn::Path) -> bool {
    let ty = path.segments.iter().rev().nth(1);
    ty.is_some_and(|ty| ty.ident == "StatusCode")
}

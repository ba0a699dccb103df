//! `try { … } catch (error) { … }`

use crate::messages;
use crate::server::model::Walk;
use proc_macro2::{Group, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::visit::Visit;
use syn::{Block, Expr, Pat, Stmt};

/// Returns what to write in place of a `try` block, if `catch` or `finally` follows it.
pub(super) fn help(block: &Group, after: &[TokenTree]) -> Option<String> {
    let [TokenTree::Ident(word), after @ ..] = after else {
        return None;
    };
    let found = tried(block);
    let (value, call) = found.unwrap_or_else(|| ("value".to_owned(), "result".to_owned()));
    match word.to_string().as_str() {
        "catch" | "except" => Some(messages::match_for_try(
            &value,
            &call,
            &error_name(after).unwrap_or_else(|| "error".to_owned()),
        )),
        "finally" => Some(messages::statements_for_finally(&value, &call)),
        _ => None,
    }
}

/// Returns the variable and the `Result` of the first `?` or `.await` in a block: `user` and `find(id).await` for
/// `let user = find(id).await?;`.
fn tried(block: &Group) -> Option<(String, String)> {
    let statements = Block::parse_within.parse2(block.stream()).ok()?;
    statements.iter().find_map(|statement| {
        let result = result_in(statement)?;
        let name = match statement {
            Stmt::Local(local) => match &local.pat {
                Pat::Ident(name) => Some(name.ident.to_string()),
                _ => None,
            },
            _ => None,
        };
        Some((name.unwrap_or_else(|| "value".to_owned()), result))
    })
}

fn result_in(statement: &Stmt) -> Option<String> {
    let mut found = None;
    Walk::Exprs(&mut |expr| {
        if found.is_none() {
            let result = match expr {
                Expr::Try(tried) => Some(&*tried.expr),
                Expr::Await(_) => Some(expr),
                _ => None,
            };
            found = result.map(|it| messages::source_text(&it.to_token_stream()));
        }
        found.is_none()
    })
    .visit_stmt(statement);
    found
}

/// Returns `error` of `catch (error)` and `catch (Exception error)`.
fn error_name(after: &[TokenTree]) -> Option<String> {
    let TokenTree::Group(group) = after.first()? else {
        return None;
    };
    let names = group.stream().into_iter().filter_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    names.last()
}

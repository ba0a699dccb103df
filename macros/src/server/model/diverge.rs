//! Whether an expression diverges, that is, never has a value.

use super::reply::names;
use quote::ToTokens;
use syn::{Block, Expr, Stmt};

/// Macros that panic, and functions of `std::process` that end the program.
const MACROS: [&str; 4] = ["todo", "unimplemented", "panic", "unreachable"];
const FUNCTIONS: [&str; 2] = ["exit", "abort"];

/// Returns whether the expression always returns, panics, ends the program or runs forever.
pub(crate) fn never_ends(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) => true,
        Expr::Macro(call) => is_end(&call.mac),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => is_exit(&path.path),
            _ => false,
        },
        Expr::Block(block) => block.label.is_none() && block_never_ends(&block.block),
        Expr::Unsafe(block) => block_never_ends(&block.block),
        Expr::Paren(paren) => never_ends(&paren.expr),
        Expr::Group(group) => never_ends(&group.expr),
        // Every `break` counts, even one of an inner loop.
        Expr::Loop(endless) => !names(&endless.to_token_stream(), "break"),
        Expr::If(choice) => {
            let other = choice.else_branch.as_ref();
            block_never_ends(&choice.then_branch)
                && other.is_some_and(|(_, other)| never_ends(other))
        }
        Expr::Match(choice) => {
            !choice.arms.is_empty() && choice.arms.iter().all(|arm| never_ends(&arm.body))
        }
        _ => false,
    }
}

pub(crate) fn block_never_ends(block: &Block) -> bool {
    block.stmts.last().is_some_and(never_passes)
}

/// Returns whether statements after this one are unreachable.
pub(super) fn never_passes(statement: &Stmt) -> bool {
    match statement {
        Stmt::Expr(expr, _) => never_ends(expr),
        Stmt::Macro(call) => is_end(&call.mac),
        _ => false,
    }
}

fn is_end(call: &syn::Macro) -> bool {
    let name = call.path.segments.last();
    name.is_some_and(|name| MACROS.contains(&name.ident.to_string().as_str()))
}

/// Returns whether the path is `std::process::exit` or `process::abort`.
fn is_exit(path: &syn::Path) -> bool {
    let mut names = path.segments.iter().rev().map(|it| &it.ident);
    let is_end = |name: &syn::Ident| FUNCTIONS.contains(&name.to_string().as_str());
    names.next().is_some_and(is_end) && names.next().is_some_and(|name| name == "process")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::TokenStream;

    #[test]
    fn an_expression_that_never_has_a_value_diverges() {
        let cases = [
            ("todo!()", true),
            ("return Ok(res.end())", true),
            ("{ log(); return Ok(res.end()); }", true),
            ("{ log(); panic!(\"no\") }", true),
            ("{ if x { return Ok(res.end()); } \"text\" }", false),
            ("loop { wait().await; }", true),
            ("loop { if x { break } }", false),
            ("std::process::exit(1)", true),
            ("exit(1)", false),
            ("if x { return a } else { panic!() }", true),
            ("if x { return a }", false),
            ("match x { 1 => return a, _ => todo!() }", true),
            ("match x { 1 => return a, _ => 7 }", false),
            ("returned", false),
            ("\"text\"", false),
        ];
        for (tokens, expected) in cases {
            let stream: TokenStream = tokens.parse().expect("the case is Rust");
            let expr = syn::parse2(stream).expect("an expression");
            assert_eq!(never_ends(&expr), expected, "{tokens}");
        }
    }
}

//! Calls that block the thread on which other handlers run.

use crate::messages;
use proc_macro2::Span;
use quote::ToTokens;
use syn::{Expr, ExprCall, Path};

/// ```text
/// std::thread::sleep(Duration::from_secs(1));
/// reqwest::blocking::get(url)?
/// tokio::runtime::Handle::current().block_on(find())
/// ```
pub(super) fn blocks(expr: &Expr) -> Option<(Span, String)> {
    match expr {
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else {
                return None;
            };
            function_blocks(call, &function.path)
        }
        Expr::MethodCall(call) if call.method == "block_on" && call.args.len() == 1 => {
            let future = messages::source_text(&call.args.to_token_stream());
            Some((call.method.span(), messages::blocked_on(&future)))
        }
        _ => None,
    }
}

fn function_blocks(call: &ExprCall, path: &Path) -> Option<(Span, String)> {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let span = path.segments.last()?.ident.span();
    let argument = messages::source_text(&call.args.to_token_stream());
    match names.as_slice() {
        ["std", "thread", "sleep"] | ["thread", "sleep"] => {
            Some((span, messages::blocking_sleep(&argument)))
        }
        ["reqwest", "blocking", function] => {
            let call = format!("reqwest::{function}({argument})");
            Some((span, messages::blocking_client(&call)))
        }
        [.., "executor", "block_on"] | ["pollster", "block_on"] => {
            Some((span, messages::blocked_on(&argument)))
        }
        _ => None,
    }
}

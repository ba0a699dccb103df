//! Calls that block the thread on which other handlers run.

use crate::messages;
use crate::server::check::callee::callee;
use proc_macro2::Span;
use quote::ToTokens;
use syn::{Expr, ExprCall};

/// Reports a call that blocks the thread:
///
/// ```text
/// std::thread::sleep(Duration::from_secs(1));
/// reqwest::blocking::get(url)?
/// tokio::runtime::Handle::current().block_on(find())
/// ```
pub(super) fn blocks(expr: &Expr) -> Option<(Span, String)> {
    match expr {
        Expr::Call(call) => function_blocks(call),
        Expr::MethodCall(call) if call.method == "block_on" && call.args.len() == 1 => {
            let future = messages::source_text(&call.args.to_token_stream());
            Some((call.method.span(), messages::blocked_on(&future)))
        }
        _ => None,
    }
}

fn function_blocks(call: &ExprCall) -> Option<(Span, String)> {
    let name = callee(call)?;
    let argument = || messages::source_text(&call.args.to_token_stream());
    let message = match name.as_str() {
        "std::thread::sleep" | "thread::sleep" => messages::blocking_sleep(&argument()),
        "pollster::block_on" => messages::blocked_on(&argument()),
        name if name.ends_with("executor::block_on") => messages::blocked_on(&argument()),
        name => {
            let function = name.strip_prefix("reqwest::blocking::")?;
            messages::blocking_client(&format!("reqwest::{function}({})", argument()))
        }
    };
    Some((name_span(&call.func)?, message))
}

fn name_span(function: &Expr) -> Option<Span> {
    let Expr::Path(function) = function else {
        return None;
    };
    Some(function.path.segments.last()?.ident.span())
}

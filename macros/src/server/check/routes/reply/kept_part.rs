//! Rules about parts of the request in code that outlives it.

use super::outlive::task;
use crate::messages;
use crate::server::check::variable::is_field;
use crate::server::model::{Walk, binds, names};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, ExprMethodCall, Pat, Stmt};

/// Reports a task that borrows from the request: it must own what it uses.
///
/// ```text
/// route!("/" => {
///     let path = req.url.path();
///     tokio::spawn(async move { println!("{path}") });
///     "logged"
/// });
/// ```
pub(super) fn kept_by_task(reply: &Expr, request: &Ident) -> Option<(Span, String)> {
    let parts = parts(reply, request);
    if parts.is_empty() {
        return None;
    }
    let mut found = None;
    Walk::Exprs(&mut |expr| {
        if let Expr::Call(call) = expr
            && let Some((span, code)) = task(call)
            && let Some((name, owned)) = parts.iter().find(|(name, _)| {
                let name = name.to_string();
                code.iter().any(|code| names(code, &name))
            })
        {
            let message = messages::borrowed_by_task(&name.to_string(), "request", owned);
            found.get_or_insert((span, message));
        }
        true
    })
    .visit_expr(reply);
    found
}

/// Returns the variables that borrow from the request, and the expressions that make them owned.
fn parts<'a>(reply: &'a Expr, request: &Ident) -> Vec<(&'a Ident, String)> {
    let Expr::Block(block) = reply else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    for statement in &block.block.stmts {
        if let Stmt::Local(local) = statement
            && let Some(init) = &local.init
            && let Pat::Ident(name) = &local.pat
            && let Some(part) = Part::of(&init.expr, request)
            && is_bound_once(reply, &name.ident)
        {
            parts.push((&name.ident, part.owned(&name.ident)));
        }
    }
    parts
}

fn is_bound_once(reply: &Expr, name: &Ident) -> bool {
    let mut count = 0;
    Walk::Pats(&mut |pat| count += usize::from(binds(pat, name).is_some())).visit_expr(reply);
    count == 1
}

/// A text or a header that the request owns.
#[derive(Clone, Copy)]
struct Part {
    is_header: bool,
    /// Whether the text or the header is in an `Option` or a `Result`.
    is_wrapped: bool,
}

impl Part {
    fn of(expr: &Expr, request: &Ident) -> Option<Self> {
        match expr {
            Expr::Try(tried) => Self::of(&tried.expr, request)?.unwrapped(),
            Expr::MethodCall(call) => Self::of_call(call, request),
            _ => None,
        }
    }

    fn of_call(call: &ExprMethodCall, request: &Ident) -> Option<Self> {
        let method = call.method.to_string();
        let part = |is_header, is_wrapped| {
            Some(Self {
                is_header,
                is_wrapped,
            })
        };
        if is_field(&call.receiver, request, "url") {
            return match method.as_str() {
                "path" => part(false, false),
                "query_string" => part(false, true),
                _ => None,
            };
        }
        if is_field(&call.receiver, request, "headers") {
            return (method == "get").then(|| part(true, true)).flatten();
        }
        let whole = Self::of(&call.receiver, request)?;
        match method.as_str() {
            "unwrap" | "expect" | "unwrap_or" | "unwrap_or_default" => whole.unwrapped(),
            "ok" | "ok_or" | "ok_or_else" if whole.is_wrapped => Some(whole),
            "to_str" if whole.is_header && !whole.is_wrapped => part(false, true),
            "and_then" if whole.is_header && whole.is_wrapped && reads_text(call) => {
                part(false, true)
            }
            "trim" if !whole.is_header && !whole.is_wrapped => Some(whole),
            _ => None,
        }
    }

    fn unwrapped(self) -> Option<Self> {
        self.is_wrapped.then_some(Self {
            is_wrapped: false,
            ..self
        })
    }

    fn owned(self, name: &Ident) -> String {
        match (self.is_header, self.is_wrapped) {
            (true, true) => format!("{name}.cloned()"),
            (true, false) => format!("{name}.clone()"),
            (false, true) => format!("{name}.map(str::to_owned)"),
            (false, false) => format!("{name}.to_owned()"),
        }
    }
}

/// Returns whether the argument is `|it| it.to_str().ok()`.
fn reads_text(call: &ExprMethodCall) -> bool {
    let Some(Expr::Closure(closure)) = call.args.first() else {
        return false;
    };
    let body = messages::source_text(&closure.body.to_token_stream());
    body.ends_with(".to_str().ok()")
}

//! `.await` in a closure that is not async.

use crate::messages;
use crate::server::model::Walk;
use proc_macro2::Span;
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, ExprCall, ExprClosure, ExprMethodCall};

/// Reports `.await` in a closure that is an argument of a method:
///
/// ```text
/// ids.iter().map(|id| price(*id).await).collect()
/// user.unwrap_or_else(|| load().await)
/// ```
pub(super) fn awaited_in_method(call: &ExprMethodCall) -> Option<(Span, String)> {
    let (span, closure) = call.args.iter().find_map(awaiting)?;
    let text = |tokens: &dyn ToTokens| messages::source_text(&tokens.to_token_stream());
    let receiver = match &*call.receiver {
        Expr::Paren(paren) => text(&paren.expr),
        receiver => text(receiver),
    };
    let body = text(&closure.body);
    let input = closure.inputs.first().map(|it| text(it));
    let value = input.as_deref().unwrap_or("value");
    let name = call.method.to_string();
    let kind = Kind::of(&name, &call.receiver);
    let help = match kind {
        Kind::Loop => messages::loop_for_closure(&name, value, &receiver, &body),
        Kind::Some => messages::match_for_closure(&receiver, &name, value, &body),
        Kind::None => messages::match_for_missing(&receiver, input.as_deref(), &body),
        Kind::Listener => messages::async_listener(&receiver, &name),
        Kind::Other => messages::value_for_closure(&body),
    };
    Some((span, messages::await_in_closure(&help)))
}

/// Reports `.await` in a closure that is an argument of a function:
///
/// ```text
/// tokio::task::spawn_blocking(move || load().await)
/// ```
pub(super) fn awaited_in_call(call: &ExprCall) -> Option<(Span, String)> {
    let (span, closure) = call.args.iter().find_map(awaiting)?;
    let function = messages::source_text(&call.func.to_token_stream());
    let body = messages::source_text(&closure.body.to_token_stream());
    let last = function.rsplit("::").next().unwrap_or_default();
    let help = match last {
        "spawn" | "spawn_blocking" | "spawn_local" => messages::task_for_closure(&body),
        _ => messages::value_for_closure(&body),
    };
    Some((span, messages::await_in_closure(&help)))
}

/// Returns the first `await` in a closure, unless an async block or another closure contains it.
fn awaiting(argument: &Expr) -> Option<(Span, &ExprClosure)> {
    let Expr::Closure(closure) = argument else {
        return None;
    };
    if closure.asyncness.is_some() {
        return None;
    }
    let mut found = None;
    Walk::Exprs(&mut |expr| {
        if let Expr::Await(wait) = expr {
            found = found.or(Some(wait.await_token.span));
        }
        !matches!(expr, Expr::Async(_) | Expr::Closure(_))
    })
    .visit_expr(&closure.body);
    found.map(|span| (span, closure))
}

/// The caller of the closure.
enum Kind {
    /// An iterator, for each of its items.
    Loop,
    /// An `Option` or a `Result`, for its value.
    Some,
    /// An `Option` or a `Result` without a value.
    None,
    /// An emitter or a response, whose methods have an async form.
    Listener,
    Other,
}

impl Kind {
    fn of(method: &str, receiver: &Expr) -> Self {
        match method {
            "for_each" | "try_for_each" | "flat_map" | "filter_map" | "fold" | "try_fold"
            | "any" | "all" | "find" | "find_map" | "position" | "take_while" | "skip_while"
            | "partition" | "max_by_key" | "min_by_key" => Self::Loop,
            "map" | "filter" | "inspect" if is_iterator(receiver) => Self::Loop,
            "on" | "once" | "before_head" => Self::Listener,
            "map" | "and_then" => Self::Some,
            "unwrap_or_else" | "or_else" => Self::None,
            _ => Self::Other,
        }
    }
}

/// Returns whether the value is an iterator: a range, or a chain of calls in which one returns an iterator.
fn is_iterator(value: &Expr) -> bool {
    const RETURN_ITERATORS: &str = "iter into_iter iter_mut chars bytes lines split split_whitespace keys values drain enumerate \
        zip rev skip take chain windows chunks";
    match value {
        Expr::Range(_) => true,
        Expr::Paren(paren) => is_iterator(&paren.expr),
        Expr::MethodCall(call) => {
            let mut names = RETURN_ITERATORS.split_whitespace();
            names.any(|name| call.method == name) || is_iterator(&call.receiver)
        }
        _ => false,
    }
}

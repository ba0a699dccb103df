//! Events that are named by text, as in Node.

use super::super::is_variable;
use crate::messages;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Lit};

/// Reports an event that is named by text:
///
/// ```text
/// req.on("data", |chunk| …)
/// res.once("finish", || …)
/// ```
pub(in super::super) fn event_as_text(
    call: &ExprMethodCall,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    const METHODS: &str = "on once off add_listener remove_listener prepend_listener prepend_once_listener emit \
        on_async once_async listener_count remove_all_listeners_of";
    let method = call.method.to_string();
    let is_of_emitter = METHODS.split_whitespace().any(|it| it == method);
    let Some(Expr::Lit(literal)) = call.args.first().filter(|_| is_of_emitter) else {
        return None;
    };
    let Lit::Str(name) = &literal.lit else {
        return None;
    };
    let events: &[&str] = if is_variable(&call.receiver, request) {
        &["Data", "End", "Aborted", "Error", "Close"]
    } else if is_variable(&call.receiver, response) {
        &["Finish", "Drain", "Close"]
    } else {
        return None;
    };
    let text = name.value().to_lowercase();
    let meant = events.iter().find(|it| it.to_lowercase() == text);
    let receiver = messages::source_text(&call.receiver.to_token_stream());
    let message = messages::event_as_text(&receiver, &method, meant.copied(), events);
    Some((name.span(), message))
}

//! Statements below all routes, which run only for requests that no route matched.

use super::effect::text;
use crate::errors::Errors;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::check::warnings::Warnings;
use crate::server::model::{Arguments, Server, Statement, Tail};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::parse::Parser;
use syn::{Block, Expr, Path, Stmt};

/// Reports a statement that prepares the responses of routes, or protects them, if it is below all of them, where it
/// has no effect. A bare name may be a function of the program, so the report is only a warning.
///
/// ```text
/// route!("/" => "home");
/// onward::cors(&req, &mut res, "https://shop.example");
/// ```
pub(super) fn check_below_routes(
    server: &Server,
    arguments: &Arguments,
    errors: &mut Errors,
    warnings: &mut Warnings,
) {
    let is_route = |statement: &Statement| !matches!(statement, Statement::Code(_));
    let Some(last) = server.body.iter().rposition(is_route) else {
        return;
    };
    if server.tail != Tail::Unmatched {
        return;
    }
    for statement in &server.body[last + 1..] {
        let Statement::Code(code) = statement else {
            continue;
        };
        for statement in Block::parse_within.parse2(code.clone()).unwrap_or_default() {
            let Some(found) = found(&statement, arguments) else {
                continue;
            };
            let message = messages::below_all_routes(&found.text);
            match found.is_certain {
                true => errors.push(found.span, message),
                false => warnings.push(found.span, message),
            }
        }
    }
}

struct Found {
    text: String,
    span: Span,
    is_certain: bool,
}

/// Functions of `onward` that change every response, or reject requests.
const FUNCTIONS: [&str; 6] = [
    "cors",
    "compress",
    "etag",
    "security_headers",
    "csrf",
    "csrf_trusting",
];

/// The names of functions that protect routes.
const GUARDS: [&str; 12] = [
    "auth",
    "authenticate",
    "authorize",
    "require_auth",
    "require_login",
    "require_user",
    "require_admin",
    "ensure_authenticated",
    "ensure_admin",
    "check_auth",
    "verify_token",
    "rate_limit",
];

fn found(statement: &Stmt, arguments: &Arguments) -> Option<Found> {
    let expr = match statement {
        Stmt::Expr(expr, _) => expr,
        Stmt::Local(local) => &*local.init.as_ref()?.expr,
        _ => return None,
    };
    let (expr, is_tried) = ungrouped(expr, false);
    match expr {
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else {
                return None;
            };
            let last = path.path.segments.last()?;
            let takes = |argument: &Ident| {
                let argument = argument.to_string();
                call.args.iter().any(|it| is_reference(it, &argument))
            };
            let is_known = FUNCTIONS.iter().any(|it| last.ident == it);
            let is_guard = GUARDS.iter().any(|it| last.ident == it);
            let takes_both = takes(&arguments.request) || takes(&arguments.response);
            let is_one = is_known || is_guard && is_tried;
            (takes_both && is_one).then(|| Found {
                text: messages::source_text(&path.to_token_stream()),
                span: last.ident.span(),
                is_certain: is_known && is_of_onward(&path.path),
            })
        }
        Expr::MethodCall(call) => {
            let is_response = is_variable(&call.receiver, &arguments.response);
            let is_setter = call.method == "set_header" || call.method == "append_header";
            let name = call.args.first().and_then(text)?;
            let is_cors = name.to_lowercase().starts_with("access-control-");
            (is_response && is_setter && is_cors).then(|| Found {
                text: name,
                span: call.method.span(),
                is_certain: false,
            })
        }
        _ => None,
    }
}

/// Returns whether the path is `onward::cors` or `::onward::cors`.
fn is_of_onward(path: &Path) -> bool {
    path.segments.len() == 2 && path.segments.first().is_some_and(|it| it.ident == "onward")
}

/// Returns the expression without `.await` and `?`, and whether it had a `?`.
fn ungrouped(expr: &Expr, is_tried: bool) -> (&Expr, bool) {
    match expr {
        Expr::Await(wait) => ungrouped(&wait.base, is_tried),
        Expr::Try(tried) => ungrouped(&tried.expr, true),
        Expr::Paren(paren) => ungrouped(&paren.expr, is_tried),
        _ => (expr, is_tried),
    }
}

/// Returns whether the expression is `&req` or `&mut res`.
fn is_reference(expr: &Expr, name: &str) -> bool {
    match expr {
        Expr::Reference(reference) => is_variable(&reference.expr, name),
        _ => false,
    }
}

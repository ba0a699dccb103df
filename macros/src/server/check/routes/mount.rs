//! Rules about `route!(mount …)`.

use super::Invalid;
use crate::errors::Errors;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::{Arguments, MountExpr, Route, Server, server, ungrouped};
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall};

/// Checks that a mount calls another server with the request and the response, and awaits it. Conversions of the error
/// may follow.
///
/// ```text
/// route!(mount "/admin" => admin(req, res));
/// route!(mount "/admin" => admin(req.at(rest), res).await);
/// route!(mount "/admin" => "admin");
/// ```
pub(super) fn check_mounts(server: &Server, errors: &mut Errors, invalid: &mut Invalid) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let name = &server.function.sig.ident;
    for (index, route) in server.routes.iter().enumerate() {
        if invalid.routes.contains(&index) {
            continue;
        }
        if let Some((span, message)) = mount_error(route, arguments, name) {
            errors.push(span, message);
            invalid.routes.insert(index);
        }
    }
}

fn mount_error(route: &Route, arguments: &Arguments, name: &Ident) -> Option<(Span, String)> {
    route.mount.as_ref()?;
    let expr = route.reply.expr.as_deref()?;
    let (request, response) = (
        arguments.request.to_string(),
        arguments.response.to_string(),
    );
    match MountExpr::of(expr) {
        MountExpr::Call(call) => call_error(call, arguments, name),
        MountExpr::NotAwaited(call) if is_constructor(call) => {
            let text = messages::source_text(&call.to_token_stream());
            let path = route.path.value();
            Some((
                call.span(),
                messages::mount_of_service(&text, &path, &request),
            ))
        }
        MountExpr::NotAwaited(call) => {
            let text = messages::source_text(&call.to_token_stream());
            let text = match text.strip_suffix("()") {
                Some(name) => format!("{name}({request}, {response})"),
                None => text,
            };
            Some((call.span(), messages::mount_not_awaited(&text)))
        }
        MountExpr::Other(other) => {
            let text = messages::source_text(&other.to_token_stream());
            let message = messages::mount_not_a_call(&text, &request, &response);
            Some((other.span(), message))
        }
    }
}

/// Returns whether a call is one to a function of a type, such as `ServeDir::new("public")`.
fn is_constructor(call: &ExprCall) -> bool {
    let ty = server(call).and_then(|it| it.path.segments.iter().rev().nth(1));
    ty.is_some_and(|ty| ty.ident.to_string().starts_with(char::is_uppercase))
}

fn call_error(call: &ExprCall, arguments: &Arguments, name: &Ident) -> Option<(Span, String)> {
    let called = server(call)?;
    let (request, response) = (&arguments.request, &arguments.response);
    let is = |at: usize, name: &Ident| {
        let argument = call.args.get(at).map(ungrouped);
        argument.is_some_and(|argument| is_variable(argument, name))
    };
    if let Some(Expr::MethodCall(first)) = call.args.first()
        && first.method == "at"
    {
        let message = messages::mount_rebased(&request.to_string());
        return Some((first.method.span(), message));
    }
    if !is(0, request) || !is(1, response) {
        let server = messages::source_text(&called.to_token_stream());
        let message =
            messages::mount_arguments(&server, &request.to_string(), &response.to_string());
        return Some((
            call.args.first().map_or(called.span(), Spanned::span),
            message,
        ));
    }
    let is_itself = called.path.is_ident(name);
    is_itself.then(|| (called.span(), messages::mount_of_itself(&name.to_string())))
}

//! Rules about the statements between routes: the routes below them need the request and the response.

mod called_server;
mod moved_part;
mod order;

pub(super) use order::check_order;

use crate::errors::Errors;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::{Server, Statement, Tail, Walk, binds, consumption_in_statement, names};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::{Block, Expr, ExprAssign, Local, Member, Pat, Stmt, Type};

/// Returns whether the names of the request and the response keep their meaning.
pub(super) fn check_statements(server: &Server, errors: &mut Errors) -> bool {
    let Some(arguments) = &server.arguments else {
        return true;
    };
    let is_route = |statement: &Statement| !matches!(statement, Statement::Code(_));
    let first_route = server.body.iter().position(is_route);
    let last_route = server.body.iter().rposition(is_route);
    let mut keep = true;
    for (at, statement) in server.body.iter().enumerate() {
        let Statement::Code(code) = statement else {
            continue;
        };
        if last_route.is_some_and(|last| at < last)
            && let Some((span, message)) = called_server::called_server(code, arguments)
        {
            errors.push(span, message);
            keep = false;
            continue;
        }
        if first_route.is_some_and(|first| at < first) {
            let moved = messages::moved_request;
            keep &= check_argument(code, &arguments.request, moved, errors);
            keep &= check_keeps_parts(code, &arguments.request, errors);
        } else if last_route.is_some_and(|last| at < last) {
            check_request_is_decided(code, &arguments.request, errors);
        }
        let is_last = last_route.is_none_or(|last| at > last);
        if !is_last || server.tail == Tail::Unmatched {
            let moved = messages::moved_response;
            keep &= check_argument(code, &arguments.response, moved, errors);
        }
    }
    keep
}

/// Checks that no statement moves an argument that is needed below, or shadows it with another value.
///
/// ```text
/// if is_banned(&req) { res.send("no"); }
/// let res = fetch().await?;
/// let req: Vec<u32> = req.body.json().await?;
/// ```
fn check_argument(
    code: &TokenStream,
    argument: &Ident,
    moved: fn(&str) -> String,
    errors: &mut Errors,
) -> bool {
    let Ok(statements) = Block::parse_within.parse2(code.clone()) else {
        return true;
    };
    let name = argument.to_string();
    for statement in &statements {
        let Some(statement) = without_attributes(statement) else {
            continue;
        };
        if let Stmt::Local(local) = statement
            && let Some(binding) = binds(&local.pat, argument)
        {
            // `let mut res = wrap(res);` creates a new response from the old one.
            let is_other = !is_made_from(local, &name);
            if is_other {
                errors.push(binding.span(), messages::shadowed_by_variable(&name));
            }
            return !is_other;
        }
        if let Some(place) = consumption_in_statement(statement, argument) {
            errors.push(place.span(), moved(&name));
            return true;
        }
    }
    true
}

/// Checks that no statement moves a field that the routes below need.
///
/// ```text
/// let url = req.url;
/// ```
fn check_keeps_parts(code: &TokenStream, request: &Ident, errors: &mut Errors) -> bool {
    let statements = Block::parse_within.parse2(code.clone()).unwrap_or_default();
    let mut statements = statements.iter().filter_map(without_attributes);
    let moved = statements.find_map(|it| moved_part::moved_part(it, request));
    let Some((span, message)) = moved else {
        return true;
    };
    errors.push(span, message);
    false
}

/// Reports an assignment to a value that the choice of the route depends on: the route is chosen before the first
/// `route!`, so a later assignment has no effect.
///
/// ```text
/// route!("/" => "home");
/// req.method = Method::GET;
/// ```
fn check_request_is_decided(code: &TokenStream, request: &Ident, errors: &mut Errors) {
    let Ok(statements) = Block::parse_within.parse2(code.clone()) else {
        return;
    };
    let mut assignments = Assignments {
        request,
        found: Vec::new(),
    };
    for statement in statements.iter().filter_map(without_attributes) {
        if let Stmt::Local(local) = statement
            && binds(&local.pat, request).is_some()
        {
            break;
        }
        Walk::Exprs(&mut |expr| assignments.check(expr)).visit_stmt(statement);
    }
    for place in assignments.found {
        let text = messages::source_text(&place.to_token_stream());
        errors.push(place.span(), messages::assigned_below_route(&text));
    }
}

/// Assignments to the request, or to a field that routes depend on.
struct Assignments<'a> {
    request: &'a Ident,
    found: Vec<Expr>,
}

impl Assignments<'_> {
    /// Returns whether to search the expression for assignments that run before the following code.
    fn check(&mut self, expr: &Expr) -> bool {
        if let Expr::Assign(assign) = expr {
            self.check_assign(assign);
        }
        !matches!(expr, Expr::Assign(_) | Expr::Closure(_))
    }

    fn check_assign(&mut self, assign: &ExprAssign) {
        let base = match &*assign.left {
            Expr::Field(field) => match &field.member {
                Member::Named(name) if name == "method" || name == "url" => &field.base,
                _ => return,
            },
            left => left,
        };
        if is_variable(base, self.request) {
            self.found.push((*assign.left).clone());
        }
    }
}

/// Returns the statement; `None` if it has attributes, because it may be compiled out.
fn without_attributes(statement: &Stmt) -> Option<&Stmt> {
    let first = statement.to_token_stream().into_iter().next();
    first
        .is_none_or(|first| first.to_string() != "#")
        .then_some(statement)
}

/// Returns whether a variable is created from the argument of the same name, and may have the same type.
fn is_made_from(local: &Local, name: &str) -> bool {
    if let Pat::Type(typed) = &local.pat
        && is_other_type(&typed.ty)
    {
        return false;
    }
    let Some(init) = &local.init else {
        return true;
    };
    names(&init.expr.to_token_stream(), name) && !is_part(&init.expr, name)
}

/// Returns whether a value is a field of the request or the response, or what a method of a field returns.
///
/// ```text
/// req.url.path()
/// req.body.text().await?
/// ```
fn is_part(value: &Expr, name: &str) -> bool {
    match value {
        Expr::Await(wait) => is_part(&wait.base, name),
        Expr::Try(tried) => is_part(&tried.expr, name),
        Expr::Reference(reference) => is_part(&reference.expr, name),
        Expr::MethodCall(call) => is_part(&call.receiver, name),
        Expr::Field(field) => is_variable(&field.base, name) || is_part(&field.base, name),
        _ => false,
    }
}

/// Returns whether a type is certainly neither the request nor the response.
fn is_other_type(ty: &Type) -> bool {
    let Type::Path(path) = ty else {
        return !matches!(ty, Type::Infer(_) | Type::Macro(_));
    };
    path.path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        let usual = ["Vec", "String", "Option", "Result", "HashMap", "Value"];
        usual.contains(&name.as_str()) || name.starts_with(char::is_lowercase)
    })
}

//! Replies that are a part of the request, the response itself, a parameter that is a number, or a future.

use super::last_value;
use crate::messages;
use crate::server::check::variable::is_variable;
use crate::server::model::{Arguments, Param, binds};
use crate::tokens::first_span;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, ExprMethodCall, Member, Stmt, Type};

/// Reports such a reply.
///
/// ```text
/// route!("/" => req.url);
/// route!("/" => res);
/// route!("/{id: u32}" => id);
/// route!("/" => async { "text" });
/// ```
pub(super) fn part_as_reply(
    reply: &Expr,
    params: &[Param],
    arguments: &Arguments,
) -> Option<(Span, String)> {
    let value = last_value(reply);
    let found = found(value, params, arguments)?;
    let name = found.variable.filter(|name| rebinds(reply, name));
    name.is_none().then_some((first_span(value), found.message))
}

struct Found<'a> {
    message: String,
    /// The variable that the value is or reads, if any.
    variable: Option<&'a Ident>,
}

fn found<'a>(value: &Expr, params: &'a [Param], arguments: &'a Arguments) -> Option<Found<'a>> {
    let text = || messages::source_text(&value.to_token_stream());
    let (request, response) = (&arguments.request, &arguments.response);
    let (help, variable) = match value {
        Expr::Path(_) if is_variable(value, response) => {
            let help = format!("{response}.end()`, or `{response}.send(reply)");
            (help, Some(response))
        }
        Expr::Path(_) if is_variable(value, request) => {
            (format!("format!(\"{{}}\", {request}.url)"), Some(request))
        }
        Expr::Path(_) => {
            let mut params = params.iter();
            let param = params.find(|it| is_variable(value, &it.ident) && is_number(it))?;
            let text = text();
            (
                format!("{text}.to_string()`, or `Json({text})"),
                Some(&param.ident),
            )
        }
        Expr::Field(_) => (field(value, request)?, Some(request)),
        _ if referenced(value).is_some() => (referenced(value)?, None),
        Expr::MethodCall(call) if borrows_text(call, request) => {
            let message = messages::borrowed_part(&text(), &request.to_string());
            let variable = Some(request);
            return Some(Found { message, variable });
        }
        Expr::MethodCall(call) => {
            let part = field_name(&call.receiver, request)?;
            let borrows = [("url", "path"), ("method", "as_str")];
            let is_one = borrows
                .iter()
                .any(|(of, name)| part == *of && call.method == name);
            if !is_one {
                return None;
            }
            let message = messages::borrowed_part(&text(), &request.to_string());
            let variable = Some(request);
            return Some(Found { message, variable });
        }
        Expr::Async(_) => {
            let message = messages::async_block_as_reply();
            let variable = None;
            return Some(Found { message, variable });
        }
        _ => return None,
    };
    let message = messages::part_as_reply(&text(), &help);
    Some(Found { message, variable })
}

/// Returns whether the value borrows text: `req.headers.get("host").unwrap().to_str().unwrap()`,
/// `req.url.query_string().unwrap_or("none")`.
fn borrows_text(call: &ExprMethodCall, request: &Ident) -> bool {
    let takes = ["unwrap", "expect", "unwrap_or", "unwrap_or_default"];
    let mut is_text = false;
    let mut inner = &*call.receiver;
    if !takes.iter().any(|it| call.method == it) {
        return false;
    }
    while let Expr::MethodCall(call) = inner {
        let name = call.method.to_string();
        match field_name(&call.receiver, request).as_deref() {
            Some("headers") => return is_text && name == "get",
            Some("url") => return name == "query_string",
            _ => {}
        }
        let arguments = call.args.to_token_stream().to_string();
        let owns = ["own", "string", "String", "parse", "map", "into"];
        if owns.iter().any(|it| arguments.contains(it)) {
            return false;
        }
        is_text |= name == "to_str" || arguments.contains("to_str");
        let keeps = ["unwrap", "expect", "to_str", "ok", "and_then", "trim"];
        if !keeps.contains(&name.as_str()) {
            return false;
        }
        inner = &call.receiver;
    }
    false
}

/// Returns the text of the owned value in `&id.to_string()` and `format!(…).as_str()`.
fn referenced(value: &Expr) -> Option<String> {
    match value {
        Expr::Reference(reference) => owned(&reference.expr),
        Expr::MethodCall(call) if call.method == "as_str" => owned(&call.receiver),
        _ => None,
    }
}

/// Returns the text of `id.to_string()` and `format!(…)`.
fn owned(value: &Expr) -> Option<String> {
    let is_owned = match value {
        Expr::MethodCall(call) => is_owning(&call.method),
        Expr::Macro(call) => call.mac.path.is_ident("format"),
        _ => false,
    };
    is_owned.then(|| messages::source_text(&value.to_token_stream()))
}

/// Returns what to write in place of `req.url`.
fn field(value: &Expr, request: &Ident) -> Option<String> {
    let help = match field_name(value, request)?.as_str() {
        name @ ("url" | "method") => format!("{request}.{name}.to_string()"),
        name @ ("headers" | "version") => format!("format!(\"{{:?}}\", {request}.{name})"),
        "body" => format!("{request}.body.text().await?`, or `{request}.body.bytes().await?"),
        _ => return None,
    };
    Some(help)
}

fn field_name(value: &Expr, request: &Ident) -> Option<String> {
    match value {
        Expr::Field(field) if is_variable(&field.base, request) => match &field.member {
            Member::Named(name) => Some(name.to_string()),
            Member::Unnamed(_) => None,
        },
        _ => None,
    }
}

/// Returns whether a method returns a `String`. A reference to a `String` cannot be a reply.
fn is_owning(method: &Ident) -> bool {
    ["to_string", "to_owned", "to_uppercase", "to_lowercase"]
        .iter()
        .any(|it| method == it)
}

fn is_number(param: &Param) -> bool {
    let Some(Type::Path(ty)) = param.ty.as_deref() else {
        return false;
    };
    const NUMBERS: [&str; 16] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char",
    ];
    NUMBERS.iter().any(|it| ty.path.is_ident(it))
}

/// Returns whether the reply declares another variable of that name.
fn rebinds(reply: &Expr, name: &Ident) -> bool {
    let Expr::Block(block) = reply else {
        return false;
    };
    block.block.stmts.iter().any(|statement| match statement {
        Stmt::Local(local) => binds(&local.pat, name).is_some(),
        Stmt::Item(_) | Stmt::Macro(_) => true,
        Stmt::Expr(expr, None) => matches!(expr, Expr::Block(_)) && rebinds(expr, name),
        Stmt::Expr(..) => false,
    })
}

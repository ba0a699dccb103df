//! Values of other frameworks that are not replies.

mod constructors;
mod error;
mod tuples;

pub(super) use self::constructors::{constructed, redirect_with_status};

use self::error::status_of_error;
use crate::http::methods::Methods;
use crate::http::status;
use crate::messages;
use crate::server::check::callee::callee;
use crate::server::check::variable::is_variable;
use crate::tokens::first_span;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, Lit};

/// Reports a number in place of a status.
pub(super) fn number_as_status(value: &Expr) -> Option<(Span, String)> {
    let Expr::Lit(literal) = value else {
        return None;
    };
    let Lit::Int(number) = &literal.lit else {
        return None;
    };
    let status = status::number(number).map(status::value)?;
    let number = messages::source_text(&value.to_token_stream());
    let message = messages::number_as_status(&number, &status, None);
    Some((value.span(), message))
}

/// Reports a number, or the name of a status in another framework: `404`, `StatusCode::NotFound`.
pub(super) fn wrong_status(value: &Expr) -> Option<(Span, String)> {
    number_as_status(value).or_else(|| {
        let status = misnamed_status(value)?;
        let text = messages::source_text(&value.to_token_stream());
        Some((value.span(), messages::misnamed_status(&text, &status)))
    })
}

/// Returns the constant for `StatusCode::NotFound` and `StatusCode(404)`.
pub(super) fn misnamed_status(value: &Expr) -> Option<String> {
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    match value {
        Expr::Path(_) => {
            let text = text(value);
            // Go has `http.StatusNotFound`.
            let constant = text.strip_prefix("http::Status");
            let constant = constant.filter(|name| !name.starts_with("Code"));
            let text = constant.map_or(text.clone(), |name| format!("StatusCode::{name}"));
            let is_other = |status: &String| *status != text || constant.is_some();
            status::of(&text).filter(|it| text.starts_with("StatusCode::") && is_other(it))
        }
        Expr::Call(call) => {
            let is_status =
                matches!(&*call.func, Expr::Path(path) if path.path.is_ident("StatusCode"));
            let number = call.args.first().filter(|_| is_status)?;
            status::of(&text(number))
        }
        _ => None,
    }
}

/// Returns the text of `"text".to_string()`, `"text".to_owned()` and `String::from("text")`, or the expression itself.
fn text_in(expr: &Expr) -> &Expr {
    let is_text = |expr: &Expr| matches!(expr, Expr::Lit(text) if matches!(text.lit, Lit::Str(_)));
    let text = match expr {
        Expr::MethodCall(call) if call.method == "to_string" || call.method == "to_owned" => {
            Some(&*call.receiver)
        }
        Expr::Call(call) if callee(call).is_some_and(|it| it == "String::from") => {
            call.args.first()
        }
        _ => None,
    };
    text.filter(|it| is_text(it)).unwrap_or(expr)
}

/// Reports a value that does not convert to the default error type: `Err("sign in")`, `Err(404)`,
/// `Err(StatusCode::NOT_FOUND)`, `Err((404, "none"))`.
pub(super) fn value_in_err(value: &Expr) -> Option<(Span, String)> {
    let Expr::Call(call) = value else {
        return None;
    };
    let is_err = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Err"));
    let error = call.args.first().filter(|_| is_err)?;
    if let Some(found) = status_of_error(error) {
        return Some(found);
    }
    let error = match error {
        // Text converts to an error with `into`.
        Expr::MethodCall(into)
            if into.method == "into"
                && !matches!(&*into.receiver, Expr::Lit(_) | Expr::Macro(_)) =>
        {
            &*into.receiver
        }
        error => text_in(error),
    };
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let (status, message) = match error {
        Expr::Tuple(pair) if pair.elems.len() == 2 => {
            (status::of(&text(&pair.elems[0]))?, text(&pair.elems[1]))
        }
        Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => {
            ("StatusCode::BAD_REQUEST".to_owned(), text(error))
        }
        Expr::Macro(call) if call.mac.path.is_ident("format") => {
            ("StatusCode::BAD_REQUEST".to_owned(), text(error))
        }
        Expr::Lit(_) | Expr::Path(_) => (status::of(&text(error))?, "\"text\"".to_owned()),
        _ => return None,
    };
    let message = messages::value_as_error(&text(error), &status, &message);
    Some((error.span(), message))
}

/// Reports a status in place of an error: `value.ok_or((404, "none"))`, `value.map_err(|error| (409, error))`.
pub(super) fn number_in_error(value: &Expr) -> Option<(Span, String)> {
    let Expr::MethodCall(call) = value else {
        return None;
    };
    let makes_error = ["ok_or", "ok_or_else", "map_err", "or_else"];
    let error = call
        .args
        .first()
        .filter(|_| makes_error.iter().any(|it| call.method == it))?;
    let error = match error {
        Expr::Closure(closure) => &closure.body,
        error => error,
    };
    match error {
        Expr::Tuple(tuple) if tuple.elems.len() == 2 => {
            let found = foreign_value(error, None);
            let found = found.filter(|_| wrong_status(&tuple.elems[0]).is_some());
            found.or_else(|| status_as_error(error))
        }
        Expr::Lit(_) => number_as_status(error),
        Expr::Path(_) if status_constant(error).is_some() => status_as_error(error),
        _ => None,
    }
}

/// Returns the name of the constant in `StatusCode::NOT_FOUND`.
fn status_constant(expr: &Expr) -> Option<String> {
    let text = messages::source_text(&expr.to_token_stream());
    status::of(&text).filter(|status| *status == text)
}

/// Reports a status, or a status and a text, in place of an error.
fn status_as_error(error: &Expr) -> Option<(Span, String)> {
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let (status, message) = match error {
        Expr::Tuple(pair) if pair.elems.len() == 2 => {
            (status_constant(&pair.elems[0])?, text(&pair.elems[1]))
        }
        _ => (status_constant(error)?, "\"text\"".to_owned()),
    };
    let help = messages::status_in_error(&text(error), &status, &message);
    Some((first_span(error), help))
}

/// Reports a value that is not a reply and that cannot have one of the user's own types.
///
/// ```text
/// (404, "no such page")
/// ([("x-a", "1")], "text")
/// HttpResponse::Ok().body("text")
/// ```
pub(in super::super) fn foreign_value(
    value: &Expr,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    match value {
        Expr::Lit(literal) => literal_as_reply(value, literal),
        Expr::Tuple(tuple) => tuples::foreign_tuple(tuple, response),
        Expr::Array(_) => Some((first_span(value), messages::list_as_reply(&text(value)))),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            let first = call.mac.tokens.clone().into_iter().next()?;
            let is_text = syn::parse2::<syn::LitStr>(first.into()).is_ok();
            let message = messages::list_as_reply(&text(value));
            is_text.then(|| (call.mac.path.span(), message))
        }
        Expr::MethodCall(call) if call.method == "into" && call.args.is_empty() => {
            let message = messages::into_as_reply(&text(&call.receiver));
            Some((call.method.span(), message))
        }
        Expr::MethodCall(call) if is_method_router(call) => {
            let text = messages::source_text(&value.to_token_stream());
            let methods = routed_methods(value);
            Some((first_span(value), messages::method_router(&text, &methods)))
        }
        Expr::MethodCall(call) => {
            let found = foreign_value(&call.receiver, response).filter(
                |_| matches!(innermost(&call.receiver), Expr::Call(first) if !is_wrapped(first)),
            );
            let (span, message) = found?;
            Some((span, built(value).unwrap_or(message)))
        }
        Expr::Path(_) => status_as_value(value),
        Expr::Call(call) if is_wrapped(call) => foreign_value(call.args.first()?, response),
        Expr::Call(call) => foreign_call(value, call),
        _ => None,
    }
}

/// Returns whether the call is `Some(value)` or `Ok(value)`, whose methods return other values.
fn is_wrapped(call: &ExprCall) -> bool {
    is_variable(&call.func, "Ok") || is_variable(&call.func, "Some")
}

/// Reports a literal in place of a reply, such as `7` or `true`.
fn literal_as_reply(value: &Expr, literal: &ExprLit) -> Option<(Span, String)> {
    let text = messages::source_text(&value.to_token_stream());
    let as_reply = || (value.span(), messages::value_as_reply(&text));
    match &literal.lit {
        Lit::Int(_) => number_as_status(value).or_else(|| Some(as_reply())),
        Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) => Some(as_reply()),
        _ => None,
    }
}

/// Reports the name of a status in another framework: `StatusCode::NotFound`.
fn status_as_value(value: &Expr) -> Option<(Span, String)> {
    let status = misnamed_status(value)?;
    let text = messages::source_text(&value.to_token_stream());
    Some((value.span(), messages::misnamed_status(&text, &status)))
}

/// Reports a call that creates a status or a response: `StatusCode::from_u16(404)`, `HttpResponse::Ok()`.
fn foreign_call(value: &Expr, call: &ExprCall) -> Option<(Span, String)> {
    if let Some(found) = status_as_value(value) {
        return Some(found);
    }
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let function = callee(call)?;
    if function == "StatusCode::from_u16" {
        return number_as_status(call.args.first()?);
    }
    let mut segments = path.path.segments.iter();
    let (ty, constructor) = (segments.next()?, segments.next()?);
    let is_status = constructor
        .ident
        .to_string()
        .starts_with(char::is_uppercase);
    (ty.ident == "HttpResponse" && is_status && call.args.is_empty())
        .then(|| (ty.ident.span(), messages::http_response(&function)))
}

/// Returns the message for `HttpResponse::Ok().json(value)`, with the reply that replaces it.
fn built(value: &Expr) -> Option<String> {
    let Expr::Call(first) = innermost(value) else {
        return None;
    };
    let constructor = messages::source_text(&first.func.to_token_stream());
    let status = status::of(&constructor)?;
    let mut reply = None;
    let mut call = value;
    while let Expr::MethodCall(method) = call {
        let argument = method.args.last();
        let argument = argument.map(|it| messages::source_text(&it.to_token_stream()));
        let name = method.method.to_string();
        let argument = argument.map(|it| match name.as_str() {
            "json" => format!("Json({})", it.trim_start_matches('&')),
            _ => it,
        });
        let is_body = ["json", "body", "message_body", "streaming"].contains(&name.as_str());
        reply = reply.or(argument.filter(|_| is_body));
        call = &method.receiver;
    }
    let help = match reply {
        Some(reply) if status == "StatusCode::OK" => reply,
        Some(reply) => format!("({status}, {reply})"),
        None => status,
    };
    Some(messages::http_response_built(&constructor, &help))
}

fn innermost(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call) => innermost(&call.receiver),
        _ => expr,
    }
}

/// Returns whether the value is axum's `get(list).post(add)`: handlers by method.
fn is_method_router(call: &ExprMethodCall) -> bool {
    let is_handler = matches!(call.args.first(), Some(Expr::Path(_) | Expr::Closure(_)));
    let first = match innermost(&call.receiver) {
        Expr::Call(first) => match &*first.func {
            Expr::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
            _ => None,
        },
        _ => None,
    };
    call.args.len() == 1
        && is_handler
        && is_method(&call.method.to_string())
        && first.is_some_and(|first| is_method(&first))
}

fn is_method(name: &str) -> bool {
    let upper = name.to_uppercase();
    upper != name && Methods::named(&upper).is_some()
}

/// Returns the methods and their handlers, in the order written.
fn routed_methods(value: &Expr) -> Vec<(String, String)> {
    let (mut before, name, args) = match value {
        Expr::MethodCall(call) => (
            routed_methods(&call.receiver),
            call.method.to_string(),
            &call.args,
        ),
        Expr::Call(call) => {
            let name = messages::source_text(&call.func.to_token_stream());
            (Vec::new(), name, &call.args)
        }
        _ => return Vec::new(),
    };
    let handler = messages::source_text(&args.to_token_stream());
    let name = name.rsplit("::").next().unwrap_or_default().to_uppercase();
    before.push((name, handler));
    before
}

/// Returns the value in `Ok(value)`.
pub(super) fn value_in_ok(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok")) => {
            call.args.first()
        }
        _ => None,
    }
}

/// Returns whether a value certainly has a built-in type, or is one of the common replies.
pub(in super::super) fn is_plain_value(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Tuple(_) | Expr::Array(_) => true,
        Expr::Macro(call) => ["format", "json"]
            .iter()
            .any(|it| call.mac.path.is_ident(it)),
        Expr::Path(path) => {
            let mut segments = path.path.segments.iter();
            path.path.segments.len() == 2
                && segments.next().is_some_and(|it| it.ident == "StatusCode")
        }
        Expr::Call(call) => {
            const REPLIES: [&str; 5] = ["Json", "Html", "Created", "Accepted", "onward::redirect"];
            callee(call).is_some_and(|it| REPLIES.contains(&it.as_str()))
        }
        Expr::Paren(paren) => is_plain_value(&paren.expr),
        _ => false,
    }
}

/// Reports a `return` without a value or with an `Option`: `return;`, `return None`, `return Some(value)`.
pub(super) fn option_in_return(
    returned: &syn::ExprReturn,
    response: &Ident,
) -> Option<(Span, String)> {
    let response = response.to_string();
    let Some(value) = &returned.expr else {
        let message = messages::returned_nothing(&response);
        return Some((returned.return_token.span, message));
    };
    match &**value {
        Expr::Path(path) if path.path.is_ident("None") => {
            Some((value.span(), messages::returned_option(None, &response)))
        }
        Expr::Call(call) => {
            let is_some = matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some"));
            let inner = call.args.first().filter(|_| is_some)?;
            let inner = messages::source_text(&inner.to_token_stream());
            let message = messages::returned_option(Some(&inner), &response);
            Some((value.span(), message))
        }
        _ => None,
    }
}

/// Reports an argument of `Response::new`: `Response::new("text")`.
pub(super) fn response_of(call: &syn::ExprCall) -> Option<(Span, String)> {
    let is_new = callee(call).is_some_and(|it| it == "Response::new");
    let value = call.args.first().filter(|_| is_new)?;
    let value = messages::source_text(&value.to_token_stream());
    let value = value.strip_prefix("Body::from").unwrap_or(&value);
    let value = value.trim_start_matches('(').trim_end_matches(')');
    Some((call.func.span(), messages::response_of(value)))
}

//! Functions that create a response in other frameworks, and their arguments.

use crate::http::status;
use crate::messages;
use crate::server::check::callee::callee;
use crate::server::foreign::redirect_kind;
use crate::server::model::names;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall};

/// Reports a function of the type `Response`. A call that takes the response itself is not reported, because the
/// function may belong to a user-defined trait.
///
/// ```text
/// Response::json(&user)
/// Response::redirect("/")
/// Response::error("no such page", 404)
/// ```
pub(in super::super) fn constructed(
    call: &ExprCall,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    let function = callee(call)?;
    let name = function.strip_prefix("Response::")?;
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let arguments: Vec<String> = call.args.iter().map(text).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let response = response?.to_string();
    if names(&call.args.to_token_stream(), &response) {
        return None;
    }
    let help = help(name, &arguments)?;
    let message = messages::constructed_response(&function, &help);
    Some((call.func.span(), message))
}

fn help(name: &str, arguments: &[&str]) -> Option<String> {
    let plain = |value: &str| value.trim_start_matches('&').to_owned();
    let with_status = |reply: String| match arguments.get(1).and_then(|it| status::of(it)) {
        Some(status) => format!("({status}, {reply})"),
        None => reply,
    };
    let help = match (name, arguments) {
        ("json" | "from_json", [value, ..]) => with_status(format!("Json({})", plain(value))),
        ("html" | "from_html", [value, ..]) => with_status(format!("Html({})", plain(value))),
        ("text" | "ok" | "from_string" | "from_data" | "from_text" | "with_body", [value, ..]) => {
            with_status(plain(value))
        }
        ("redirect" | "redirect_to" | "see_other", [url, ..]) => format!("onward::redirect({url})"),
        ("error" | "from_error", [text, ..]) => match with_status(plain(text)) {
            found if found.starts_with('(') => found,
            text => format!("(StatusCode::BAD_REQUEST, {text})"),
        },
        ("status" | "with_status" | "from_status" | "empty", [status]) => status::of(status)?,
        ("ok", []) => "StatusCode::OK".to_owned(),
        ("empty" | "no_content" | "empty_204", []) => "StatusCode::NO_CONTENT".to_owned(),
        ("created", [value]) => format!("Created(Json({}))", plain(value)),
        (name, []) => format!("StatusCode::{}", status::constant_like(name)?),
        (name, [text]) => format!("(StatusCode::{}, {text})", status::constant_like(name)?),
        _ => return None,
    };
    Some(format!("use the reply `{help}`"))
}

/// Reports `onward::redirect("/", 301)`: a method of the redirect sets the status.
pub(in super::super) fn redirect_with_status(call: &ExprCall) -> Option<(Span, String)> {
    if callee(call)? != "onward::redirect" {
        return None;
    }
    let text = |expr: &Expr| messages::source_text(&expr.to_token_stream());
    let arguments: Vec<String> = call.args.iter().map(text).collect();
    let [first, second] = arguments.as_slice() else {
        return None;
    };
    let (url, status) = match (status::of(first), status::of(second)) {
        (Some(status), None) => (second, status),
        (None, Some(status)) => (first, status),
        _ => return None,
    };
    let kind = redirect_kind(&status);
    let message = messages::redirect_with_status(&format!("onward::redirect({url}){kind}"));
    Some((call.args.span(), message))
}

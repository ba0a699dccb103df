//! Arguments and operands that other frameworks accept, but that do not compile or cannot work here.

mod event_as_text;
mod wrong_count;

pub(super) use self::event_as_text::event_as_text;
use self::wrong_count::wrong_count;

use super::values::number_as_status;
use super::{foreign_value, is_variable};
use crate::http::methods::Methods;
use crate::messages;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{
    BinOp, Expr, ExprBinary, ExprLit, ExprMethodCall, GenericArgument, Lit, Local, Member, Pat,
    Type,
};

/// Reports arguments that have the wrong type or the wrong number.
///
/// ```text
/// res.send(404)
/// res.write_head(200, headers)
/// req.url.query::<HashMap<String, String>>("page")
/// ```
pub(super) fn wrong_arguments(
    call: &ExprMethodCall,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    let is_response = response.is_some() && is_variable(&call.receiver, response);
    if let Some(found) = response
        .filter(|_| is_response)
        .and_then(|response| wrong_count(call, response))
    {
        return Some(found);
    }
    let first = call.args.first()?;
    match call.method.to_string().as_str() {
        "send" if is_response => foreign_value(first, response),
        "accepts" if request.is_some() && is_variable(&call.receiver, request) => {
            accepted_text(call, request?)
        }
        "write_head" if is_response => number_as_status(first),
        "query" => map_of_one_parameter(call, request),
        _ => None,
    }
}

/// Reports media types that are not in a list: `req.accepts("html")`.
fn accepted_text(call: &ExprMethodCall, request: &Ident) -> Option<(Span, String)> {
    let mut types = Vec::new();
    for argument in &call.args {
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = argument
        else {
            return None;
        };
        types.push(match text.value().as_str() {
            "html" => "\"text/html\"".to_owned(),
            "json" => "\"application/json\"".to_owned(),
            "text" => "\"text/plain\"".to_owned(),
            other => format!("{other:?}"),
        });
    }
    let message = messages::accepted_text(&request.to_string(), &types.join(", "));
    Some((call.args.span(), message))
}

/// Reports a method of text on a header, which is an `Option<&HeaderValue>`.
///
/// ```text
/// req.headers.get("accept").contains("json")
/// req.headers.get("authorization").unwrap().starts_with("Bearer ")
/// ```
pub(super) fn header_as_text(
    call: &ExprMethodCall,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    let method = crate::server::foreign::snake(&call.method.to_string());
    let method = match method.as_str() {
        "includes" => "contains",
        "lower" => "to_lowercase",
        "upper" => "to_uppercase",
        method => method,
    };
    let is_test = [
        "contains",
        "starts_with",
        "ends_with",
        "eq_ignore_ascii_case",
    ]
    .contains(&method);
    let is_text = is_test
        || [
            "to_lowercase",
            "to_uppercase",
            "split",
            "split_once",
            "strip_prefix",
            "strip_suffix",
            "trim",
            "replace",
            "parse",
            "to_lower_case",
            "to_upper_case",
            "lines",
            "split_whitespace",
        ]
        .contains(&method);
    let header = innermost_header(&call.receiver, request).filter(|_| is_text)?;
    let header = messages::source_text(&header.to_token_stream());
    let arguments = messages::source_text(&call.args.to_token_stream());
    let message = messages::header_as_text(&header, method, &arguments, is_test);
    Some((call.method.span(), message))
}

/// Returns the call `req.headers.get(name)` in `expr`, which may be followed by `unwrap()` or `expect(…)`.
fn innermost_header<'a>(expr: &'a Expr, request: Option<&Ident>) -> Option<&'a Expr> {
    let Expr::MethodCall(call) = expr else {
        return None;
    };
    if call.method == "unwrap" || call.method == "expect" {
        return innermost_header(&call.receiver, request);
    }
    let is_header = call.method == "get" && is_field_of_request(&call.receiver, "headers", request);
    is_header.then_some(expr)
}

/// Reports a method of the value on the `Option` that contains it: `req.headers.get("host").to_str()`.
pub(super) fn header_in_option(
    call: &ExprMethodCall,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    const METHODS: &str = "to_str as_bytes to_string as_str len is_empty";
    let method = call.method.to_string();
    let is_of_value = METHODS.split_whitespace().any(|it| it == method);
    let header = header(&call.receiver, request).filter(|_| is_of_value)?;
    let message = messages::header_in_option(&header, &method);
    Some((call.method.span(), message))
}

/// Returns the text of `req.headers.get(name)`.
pub(super) fn header(expr: &Expr, request: Option<&Ident>) -> Option<String> {
    let Expr::MethodCall(call) = expr else {
        return None;
    };
    let is_header = call.method == "get" && is_field_of_request(&call.receiver, "headers", request);
    is_header.then(|| messages::source_text(&expr.to_token_stream()))
}

/// Reports a header that is declared as text: `let host: &str = req.headers.get("host").unwrap();`.
pub(super) fn header_of_type(local: &Local, request: Option<&Ident>) -> Option<(Span, String)> {
    let Pat::Type(typed) = &local.pat else {
        return None;
    };
    let ty = messages::source_text(&typed.ty.to_token_stream());
    let init = local.init.as_ref()?;
    let header = innermost_header(&init.expr, request)?;
    let text = messages::source_text(&header.to_token_stream());
    let is_text = ["&str", "String"].contains(&ty.as_str());
    is_text.then(|| (init.expr.span(), messages::header_of_type(&text, &ty)))
}

/// Reports a value that is read from the body without `.await`: `let user: User = req.body.json();`.
pub(super) fn body_of_type(local: &Local, request: Option<&Ident>) -> Option<(Span, String)> {
    let Pat::Type(typed) = &local.pat else {
        return None;
    };
    // The variable may hold the future itself, such as a boxed one.
    let ty = messages::source_text(&typed.ty.to_token_stream());
    let may_be_future = ["_", "Pin<", "Box<", "BoxFuture", "impl "]
        .iter()
        .any(|it| ty.contains(it));
    let Expr::MethodCall(call) = &*local.init.as_ref()?.expr else {
        return None;
    };
    let reads = ["json", "form", "text", "bytes"]
        .iter()
        .any(|it| call.method == it);
    if may_be_future || !reads || !is_field_of_request(&call.receiver, "body", request) {
        return None;
    }
    let text = messages::source_text(&call.to_token_stream());
    Some((call.method.span(), messages::body_not_awaited(&text)))
}

/// Reports a header that is inserted into a map: the map of a request takes `HeaderValue`s, and that of a response
/// cannot be changed.
///
/// ```text
/// req.headers.insert("x-shop", "cups")
/// res.headers().insert("x-shop", "cups")
/// ```
pub(super) fn inserted_header(
    call: &ExprMethodCall,
    request: Option<&Ident>,
    response: Option<&Ident>,
) -> Option<(Span, String)> {
    let response = response?;
    let changes = ["insert", "append"].iter().any(|it| call.method == it);
    if !changes || call.args.len() != 2 {
        return None;
    }
    let is_text = call
        .args
        .last()
        .is_some_and(|it| text_literal(it).is_some());
    let of = match &*call.receiver {
        Expr::Field(_) if is_field_of_request(&call.receiver, "headers", request) && is_text => {
            "request"
        }
        Expr::MethodCall(headers) if headers.method == "headers" && headers.args.is_empty() => {
            is_variable(&headers.receiver, Some(response)).then_some("response")?
        }
        _ => return None,
    };
    let arguments = messages::source_text(&call.args.to_token_stream());
    let message = messages::inserted_header(of, &response.to_string(), &arguments);
    Some((call.method.span(), message))
}

/// Reports a request method that is written as text or in the wrong case.
///
/// ```text
/// req.method = "POST"
/// req.method == Method::Post
/// ```
pub(super) fn misnamed_method(
    method: &Expr,
    value: &Expr,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    if !is_field_of_request(method, "method", request) {
        return None;
    }
    let found = messages::source_text(&value.to_token_stream());
    let name = match value {
        Expr::Lit(_) => found.trim_matches('"'),
        Expr::Path(_) => found.strip_prefix("Method::")?,
        _ => return None,
    };
    let upper = name.to_uppercase();
    let is_misnamed = Methods::NAMES.contains(&upper.as_str())
        && (upper != name || found != format!("Method::{upper}"));
    is_misnamed.then(|| (value.span(), messages::misnamed_method(&found, &upper)))
}

/// Returns whether [`wrong_arguments`] reports a call to a method of the response.
pub(crate) fn has_wrong_arguments(call: &ExprMethodCall, response: &Ident) -> bool {
    wrong_arguments(call, None, Some(response)).is_some()
}

/// Reports a map as the type for `query`, which reads a single parameter: a map would cause a 500 for every request.
fn map_of_one_parameter(call: &ExprMethodCall, request: Option<&Ident>) -> Option<(Span, String)> {
    if !is_field_of_request(&call.receiver, "url", request) {
        return None;
    }
    let GenericArgument::Type(ty @ Type::Path(path)) = call.turbofish.as_ref()?.args.first()?
    else {
        return None;
    };
    let name = &path.path.segments.last()?.ident;
    let is_map = ["BTreeMap", "HashMap", "IndexMap"].contains(&name.to_string().as_str());
    let request = request.filter(|_| is_map)?.to_string();
    let text = messages::source_text(&ty.to_token_stream());
    Some((ty.span(), messages::map_of_one_parameter(&request, &text)))
}

/// Reports a comparison of text with a header, which is an `Option<&HeaderValue>`.
///
/// ```text
/// req.headers.get("accept") == "text/html"
/// req.headers.get("accept") == Some("text/html")
/// ```
pub(super) fn compared_header(
    binary: &ExprBinary,
    request: Option<&Ident>,
) -> Option<(Span, String)> {
    let is_equal = match binary.op {
        BinOp::Eq(_) => true,
        BinOp::Ne(_) => false,
        _ => return None,
    };
    let Expr::MethodCall(header) = &*binary.left else {
        return None;
    };
    let is_header =
        header.method == "get" && is_field_of_request(&header.receiver, "headers", request);
    let text = text_literal(&binary.right).filter(|_| is_header)?;
    let header = messages::source_text(&binary.left.to_token_stream());
    let text = messages::source_text(&text.to_token_stream());
    let message = messages::compared_header(&header, &text, is_equal);
    Some((binary.op.span(), message))
}

/// Reports an operator in place of a default: `req.url.query_string() || "none"`.
pub(super) fn default_by_operator(binary: &ExprBinary) -> Option<(Span, String)> {
    let is_joined = matches!(binary.op, BinOp::Or(_) | BinOp::And(_));
    let Expr::Lit(default) = &*binary.right else {
        return None;
    };
    if !is_joined || matches!(default.lit, Lit::Bool(_)) {
        return None;
    }
    let operator = messages::source_text(&binary.op.to_token_stream());
    let default = messages::source_text(&default.to_token_stream());
    Some((
        binary.op.span(),
        messages::default_by_operator(&operator, &default),
    ))
}

/// Returns the text in `"text"` or `Some("text")`.
fn text_literal(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => Some(expr),
        Expr::Call(some) => {
            let is_some = matches!(&*some.func, Expr::Path(path) if path.path.is_ident("Some"));
            some.args.first().filter(|_| is_some).and_then(text_literal)
        }
        _ => None,
    }
}

fn is_field_of_request(expr: &Expr, name: &str, request: Option<&Ident>) -> bool {
    match expr {
        Expr::Field(field) => {
            let is_name = matches!(&field.member, Member::Named(member) if member == name);
            is_name && request.is_some() && is_variable(&field.base, request)
        }
        _ => false,
    }
}

/// Reports a macro that writes to the response: `write!(res, "text")`.
pub(super) fn written(call: &syn::Macro, response: Option<&Ident>) -> Option<(Span, String)> {
    let is_write = call.path.is_ident("write") || call.path.is_ident("writeln");
    let response = response.filter(|_| is_write)?.to_string();
    let text = messages::source_text(&call.tokens);
    let text = text.strip_prefix("&mut ").unwrap_or(&text);
    let text = text.strip_prefix(&response)?.strip_prefix(',')?.trim();
    Some((
        call.path.span(),
        messages::written_by_macro(&response, text),
    ))
}

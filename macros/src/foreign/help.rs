//! What to write in place of the functions and types of other frameworks.

use super::uses::Use;
use crate::messages::source_text;
use crate::status;

/// The names of the function and its arguments.
pub(super) struct Context {
    pub(super) function: String,
    pub(super) response: String,
}

const FUNCTIONS: [&str; 37] = [
    "redirect",
    "abort",
    "url_for",
    "url",
    "render",
    "render_template",
    "render_template_string",
    "jsonify",
    "json",
    "next",
    "with_status",
    "with_header",
    "send_file",
    "serve_file",
    "send_from_directory",
    "make_response",
    "not_found",
    "bad_request",
    "unauthorized",
    "forbidden",
    "internal_error",
    "internal_server_error",
    "RawHtml",
    "RawJson",
    "RawText",
    "HTMLResponse",
    "JSONResponse",
    "HTTPException",
    "HttpResponse",
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "static_files",
    "serve_dir",
    "require",
];

const TYPES: [&str; 15] = [
    "Redirect",
    "HttpResponse",
    "HttpResponseBuilder",
    "Status",
    "reply",
    "reject",
    "response",
    "status",
    "content",
    "web",
    "warp",
    "NamedFile",
    "Template",
    "ServeDir",
    "ServeFile",
];

/// Whether other frameworks have a function or a type of this name.
pub(super) fn is_known(name: &str) -> bool {
    FUNCTIONS.contains(&name) || TYPES.contains(&name) || error_status(name).is_some()
}

/// The constant of `StatusCode` for `ErrorBadRequest` of actix-web.
fn error_status(name: &str) -> Option<&'static str> {
    status::constant_like(name.strip_prefix("Error")?)
}

/// What to write in place of `name(…)` or `name::function(…)`.
pub(super) fn help(name: &str, used: &Use, context: &Context) -> String {
    let arguments: Vec<String> = used.arguments.iter().map(source_text).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &used.function {
        None => help_for_function(name, &arguments, context),
        Some(function) => help_for_member(name, &function.to_string(), &arguments, context),
    }
}

fn help_for_function(name: &str, arguments: &[&str], context: &Context) -> String {
    let first = arguments.first().copied().unwrap_or("value");
    let last = arguments.last().copied().unwrap_or("value");
    match name {
        "redirect" => redirect("", last),
        "abort" | "HTTPException" => {
            let status = status_of(first).unwrap_or_else(|| "StatusCode::BAD_REQUEST".to_owned());
            format!("use `return Err(Error::new({status}, \"text\"))`")
        }
        "url_for" | "url" => url(first, &arguments[1.min(arguments.len())..], context),
        "render" | "render_template" | "render_template_string" => template(),
        "jsonify" | "json" | "RawJson" | "JSONResponse" => json(arguments),
        "next" if arguments.is_empty() => {
            "remove it; what follows a statement runs anyway, unless it returns".to_owned()
        }
        "next" => format!("use `return Err({first})`, or `?` after a `Result`"),
        "with_status" => pair(first, last),
        "with_header" => set_header(context),
        "make_response" if arguments.len() > 1 => pair(first, last),
        "send_file" | "serve_file" | "send_from_directory" | "static_files" | "serve_dir" => {
            file(context)
        }
        "RawHtml" | "HTMLResponse" => format!("use `Html({first})`"),
        "get" | "post" | "put" | "delete" | "patch" => {
            let method = name.to_uppercase();
            format!("use `route!({method} \"/path\" => {first}(…).await)`")
        }
        "require" => "add the crate to `Cargo.toml`, and import it with `use`".to_owned(),
        "internal_error" => new_error("INTERNAL_SERVER_ERROR", arguments),
        _ => match error_status(name).or_else(|| status::constant_like(name)) {
            Some(constant) => new_error(constant, arguments),
            None => format!("use `{first}` alone"),
        },
    }
}

fn help_for_member(name: &str, member: &str, arguments: &[&str], context: &Context) -> String {
    let first = arguments.first().copied().unwrap_or("value");
    let last = arguments.last().copied().unwrap_or("value");
    let status = status::constant_like(member);
    match (name, member) {
        ("Redirect", "permanent" | "moved") => redirect(".permanent()", last),
        ("Redirect", "temporary") => redirect(".temporary()", last),
        ("Redirect", "found") => redirect(".found()", last),
        ("Redirect", _) => redirect("", last),
        ("NamedFile" | "ServeDir" | "ServeFile", _) => file(context),
        ("Template", _) => template(),
        (_, "json" | "Json" | "RawJson") => json(arguments),
        (_, "html" | "Html" | "RawHtml") => format!("use `Html({first})`"),
        (_, "with_status" | "Custom" | "build") if arguments.len() > 1 => pair(first, last),
        ("HttpResponse" | "HttpResponseBuilder", "build" | "new") => {
            format!(
                "use `({}, body)`",
                status_of(first).unwrap_or_else(|| first.to_owned())
            )
        }
        (_, "with_header") => set_header(context),
        ("reject", _) if status.is_some() => new_error(status.unwrap_or_default(), arguments),
        ("reject", _) => new_error("BAD_REQUEST", arguments),
        ("web", "block") => "use `tokio::task::spawn_blocking(…).await`".to_owned(),
        ("web", method) if method.starts_with(char::is_lowercase) => {
            let method = method.to_uppercase();
            format!("use `route!({method} \"/path\" => …)`")
        }
        ("Status", "new" | "from_code") => match status_of(first) {
            Some(status) => format!("use `{status}`"),
            None => "use `StatusCode`".to_owned(),
        },
        _ => match status {
            Some(constant) if arguments.is_empty() => format!("use `StatusCode::{constant}`"),
            Some(constant) => format!("use `(StatusCode::{constant}, {first})`"),
            None => format!(
                "use `{first}` alone, or `{}.send({first})`",
                context.response
            ),
        },
    }
}

/// The value of a status that is written as a number, a constant, or a name of another framework.
fn status_of(text: &str) -> Option<String> {
    if text.starts_with("StatusCode::") {
        return Some(text.to_owned());
    }
    let number: Option<u16> = text.parse().ok();
    let constant = text.rsplit("::").next().and_then(status::constant_like);
    let constant = constant.map(|constant| format!("StatusCode::{constant}"));
    number.map(status::value).or(constant)
}

/// `kind` is the method for a status other than `303 See Other`.
fn redirect(kind: &str, url: &str) -> String {
    format!("use `onward::redirect({url}){kind}`")
}

/// `url_for("user", id=7)`: the function of the route's name.
fn url(name: &str, arguments: &[&str], context: &Context) -> String {
    let name = name.trim_matches('"').replace(['.', '-'], "_");
    let values = arguments
        .iter()
        .map(|argument| argument.rsplit('=').next().unwrap_or(argument).trim());
    let values: Vec<&str> = values.collect();
    let function = &context.function;
    format!(
        "use `{function}::{name}({})`, for a route with `as {name}`",
        values.join(", ")
    )
}

fn template() -> String {
    "render the text with a template crate, and use `Html(text)`".to_owned()
}

fn json(arguments: &[&str]) -> String {
    match arguments {
        [value] => format!("use `Json({})`", value.trim_start_matches('&')),
        _ => "use `json!({ \"key\": value })`".to_owned(),
    }
}

/// A status and a reply, in either order.
fn pair(first: &str, second: &str) -> String {
    match (status_of(first), status_of(second)) {
        (Some(status), _) => format!("use `({status}, {second})`"),
        (None, Some(status)) => format!("use `({status}, {first})`"),
        (None, None) => format!("use `(StatusCode::OK, {first})`"),
    }
}

fn set_header(context: &Context) -> String {
    let response = &context.response;
    format!("use `{{ {response}.set_header(name, value); reply }}`")
}

fn file(context: &Context) -> String {
    let response = &context.response;
    format!(
        "read the file and send it: `{{ {response}.set_header(\"content-type\", \"…\"); tokio::fs::read(path).await? }}`"
    )
}

fn new_error(constant: &str, arguments: &[&str]) -> String {
    match (constant, arguments) {
        ("NOT_FOUND", []) => "use `Error::not_found()`".to_owned(),
        ("BAD_REQUEST", [text]) => format!("use `Error::bad_request({text})`"),
        (_, [text, ..]) => format!("use `Error::new(StatusCode::{constant}, {text})`"),
        (_, []) => format!("use `Error::new(StatusCode::{constant}, \"text\")`"),
    }
}

//! Functions of types and modules, and constants: `Redirect::to("/")`, `Status::NotFound`.

use super::{
    Context, as_body, directory, file, json, new_error, pair, redirect, set_header, template,
};
use crate::http::status;

pub(super) fn help(name: &str, member: &str, arguments: &[&str], context: &Context) -> String {
    let first = arguments.first().copied().unwrap_or("value");
    let last = arguments.last().copied().unwrap_or("value");
    let status = status::constant_like(member);
    if let Some(help) = help_for_type(name, member, arguments, context) {
        return help;
    }
    match (name, member) {
        ("Body", "from_file") => file(first, context),
        ("Body", "empty") => "use `StatusCode::NO_CONTENT`".to_owned(),
        ("Body", "from_stream" | "wrap_stream" | "stream" | "channel") => format!(
            "use `{}.write(chunk).await?` for each chunk",
            context.response
        ),
        ("ResponseEntity" | "Results", _) => entity(member, arguments),
        (_, member) if member.to_lowercase().ends_with("json") => json(arguments),
        (_, "html" | "Html" | "RawHtml") => format!("use `Html({first})`"),
        (_, "with_status" | "Custom" | "build") if arguments.len() > 1 => pair(first, last),
        ("HttpResponse" | "HttpResponseBuilder", "build" | "new") => {
            format!(
                "use `({}, body)`",
                status::of(first).unwrap_or_else(|| first.to_owned())
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
        ("Status", "new" | "from_code") => match status::of(first) {
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

/// Returns the help for Spring's `ResponseEntity::ok(value)`.
fn entity(member: &str, arguments: &[&str]) -> String {
    let status = status::constant_like(member);
    match (member, arguments) {
        ("ok" | "of" | "ofNullable" | "Ok", [value]) => format!("use `{}`", as_body(value)),
        ("ok" | "Ok", []) => {
            "use the value of the body as the reply: `Json(value)`; without a body, use `StatusCode::OK`"
                .to_owned()
        }
        ("created" | "Created", _) => "use `Created(Json(value))`".to_owned(),
        ("new", [value, status]) => pair(&as_body(value), status),
        ("status" | "new", [value]) => match status::of(value) {
            Some(status) => format!("use `{status}`, or `({status}, Json(value))` with a body"),
            None => format!("use `{}`", as_body(value)),
        },
        (_, [value]) if status.is_some() => format!(
            "use `(StatusCode::{}, {})`",
            status.unwrap_or_default(),
            as_body(value)
        ),
        _ => match status {
            Some(status) => format!(
                "use `StatusCode::{status}`, or `(StatusCode::{status}, Json(value))` with a body"
            ),
            None => "use `Json(value)`, or `(StatusCode::CREATED, Json(value))`".to_owned(),
        },
    }
}

/// Returns the help for the types and modules whose functions all have a replacement.
fn help_for_type(
    name: &str,
    member: &str,
    arguments: &[&str],
    context: &Context,
) -> Option<String> {
    let first = arguments.first().copied().unwrap_or("value");
    let last = arguments.last().copied().unwrap_or("value");
    let help = match (name, member) {
        ("Redirect", "permanent" | "moved") => redirect(".permanent()", last),
        ("Redirect", "temporary") => redirect(".temporary()", last),
        ("Redirect", "found") => redirect(".found()", last),
        ("Redirect", _) => redirect("", last),
        ("NamedFile" | "ServeFile", _) => file(first, context),
        ("ServeDir" | "StaticFiles", _) => directory(first, context),
        ("ContentType", _) => set_header(context),
        ("HeaderMap" | "HeaderValue", _) => format!(
            "use `{}.set_header(name, value)` for a header of the response; the type is `onward::http::{name}`",
            context.response
        ),
        ("Cookies", _) => format!(
            "use `onward::cookies(&{}, &mut {})` (feature `cookies`)",
            context.request, context.response
        ),
        ("Optional", "empty") => "use `None`".to_owned(),
        ("Optional", _) => format!("use `Some({first})`"),
        ("Sse", _) => format!(
            "use a `Live`, whose events are the reply: `live.follow(&{})`",
            context.request
        ),
        ("Flash", _) => {
            "use a session to store the text: `onward::sessions` (feature `sessions`)".to_owned()
        }
        ("asyncio", "sleep") => "use `tokio::time::sleep(duration).await`".to_owned(),
        ("asyncio", _) => "use `tokio::spawn(async move { … })`".to_owned(),
        ("HttpError" | "HttpException", _) => {
            let status = status::constant_like(member);
            new_error(status.unwrap_or("BAD_REQUEST"), arguments)
        }
        ("Template", _) => template(),
        _ => return None,
    };
    Some(help)
}

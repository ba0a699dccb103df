//! Functions and constructors: `redirect("/")`.

use super::{
    Context, as_body, directory, error_status, file, json, named_value, new_error, pair, redirect,
};
use super::{OTHER_FUNCTIONS, has, redirect_kind, set_header, template, url};
use crate::http::status;

pub(super) fn help(name: &str, arguments: &[&str], context: &Context) -> String {
    let first = arguments.first().copied().unwrap_or("value");
    let other = OTHER_FUNCTIONS.iter().find(|(names, _)| has(names, name));
    if let Some((_, template)) = other {
        return context.fill(template, first);
    }
    if let Some(help) = help_for_reply(name, arguments, context) {
        return help;
    }
    const STATUS_FUNCTIONS: [&str; 4] = ["head", "options", "sendStatus", "send_status"];
    if STATUS_FUNCTIONS.contains(&name)
        && let Some(status) = status::of(first)
    {
        return format!("use `{status}`");
    }
    match name {
        "abort" | "HTTPException" | "HttpException" | "HTTPError" | "HttpError" | "createError"
        | "create_error" => {
            let status = status::of(named_value(first))
                .unwrap_or_else(|| "StatusCode::BAD_REQUEST".to_owned());
            let text = arguments.get(1).map_or("\"text\"", |it| named_value(it));
            format!("use `return Err(Error::new({status}, {text}))`")
        }
        "url_for" | "url" | "reverse" | "url_path_for" => {
            url(first, &arguments[1.min(arguments.len())..], context)
        }
        "next" if arguments.is_empty() => {
            "remove it; the code after a statement runs anyway, unless the statement returns"
                .to_owned()
        }
        "next" => format!("use `return Err({first})`, or `?` after a `Result`"),
        "get" | "post" | "put" | "delete" | "patch" | "head" | "options" => {
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

/// Returns the help for functions whose value is a reply.
fn help_for_reply(name: &str, arguments: &[&str], context: &Context) -> Option<String> {
    let first = arguments.first().copied().unwrap_or("value");
    let last = arguments.last().copied().unwrap_or("value");
    let help = match name {
        "Redirect" | "redirect" | "redirect_to" | "RedirectResponse" | "HttpResponseRedirect" => {
            let mut statuses = arguments.iter().filter_map(|it| status::of(it));
            let url = arguments
                .iter()
                .find(|it| it.starts_with('"'))
                .unwrap_or(&last);
            redirect(
                statuses.next_back().map_or("", |it| redirect_kind(&it)),
                url,
            )
        }
        "render"
        | "render_template"
        | "render_template_string"
        | "render_to_string"
        | "render_to_response"
        | "view" => template(),
        "jsonify" | "json" | "RawJson" | "JSONResponse" | "ORJSONResponse" | "JsonResponse" => {
            json(arguments)
        }
        "with_status" => pair(first, last),
        "with_header" => set_header(context),
        "ok" if arguments.is_empty() => "use `StatusCode::OK`".to_owned(),
        "ok" => format!("use `{}`", as_body(first)),
        "created" => format!("use `Created({})`", as_body(first)),
        "accepted" => format!("use `Accepted({})`", as_body(first)),
        "no_content" | "noContent" => "use `StatusCode::NO_CONTENT`".to_owned(),
        "make_response" if arguments.len() > 1 => pair(first, last),
        "send_file" | "serve_file" | "FileResponse" => file(first, context),
        "send_from_directory"
        | "static_files"
        | "serve_dir"
        | "serve_static"
        | "static_file"
        | "StaticFiles" => directory(first, context),
        "StreamingResponse" => format!(
            "use `{}.write(chunk).await?` for each chunk",
            context.response
        ),
        "RawHtml" | "HTMLResponse" | "html" => format!("use `Html({first})`"),
        _ => return None,
    };
    Some(help)
}

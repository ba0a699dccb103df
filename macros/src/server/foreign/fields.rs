//! Fields that requests, responses and URLs have in other frameworks.

use super::methods::{
    help_for_request_field, help_for_response_field, is_request_field, is_response_field,
};
use crate::messages;

/// Fields that requests have in other frameworks.
const REQUEST_FIELDS: [(&str, &str); 41] = [
    ("GET", QUERY),
    ("POST", FORM),
    (
        "FILES",
        "use `onward::multipart::Multipart::new({it}.body)?.form::<Type>().await?` (feature `multipart`)",
    ),
    ("META", "use `{it}.headers.get(\"name\")`"),
    ("COOKIES", COOKIES),
    ("params", PARAMETER),
    ("param", PARAMETER),
    ("match_info", PARAMETER),
    ("view_args", PARAMETER),
    ("query", QUERY),
    ("args", QUERY),
    ("query_params", QUERY),
    ("searchParams", QUERY),
    ("query_string", "use `{it}.url.query_string()`"),
    ("path", "use `{it}.url.path()`"),
    ("pathname", "use `{it}.url.path()`"),
    ("full_path", "use `{it}.url`"),
    ("uri", "use `{it}.url`"),
    ("originalUrl", "use `{it}.url.original()`"),
    ("original_url", "use `{it}.url.original()`"),
    ("baseUrl", "use `{it}.url.original()`"),
    ("form", FORM),
    ("json", JSON),
    ("text", "use `{it}.body.text().await?`"),
    ("data", "use `{it}.body.bytes().await?`"),
    ("rawBody", "use `{it}.body.bytes().await?`"),
    ("rawHeaders", "use `{it}.raw_headers()`"),
    ("cookies", COOKIES),
    ("signedCookies", COOKIES),
    (
        "session",
        "use `sessions.open::<Type>(&{it}, &mut res).await?` (feature `sessions`), or `onward::cookies` (feature `cookies`)",
    ),
    (
        "ip",
        "use `{it}.client_addr()`, or `{it}.socket.remote_addr` for the address of the connection",
    ),
    (
        "ips",
        "use `{it}.client_addr()`, and name your proxies with `Server::trust_proxy`",
    ),
    ("connection", "use `{it}.socket`"),
    ("hostname", "use `{it}.hostname()`"),
    ("host", "use `{it}.hostname()`"),
    (
        "protocol",
        "use `{it}.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header",
    ),
    (
        "scheme",
        "use `{it}.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header",
    ),
    (
        "secure",
        "use `{it}.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header",
    ),
    ("user", STATE),
    ("state", STATE),
    ("extensions", STATE),
];

/// Fields that responses have in other frameworks.
const RESPONSE_FIELDS: [(&str, &str); 14] = [
    ("status", "use `{it}.status_code`"),
    ("statusCode", "use `{it}.status_code`"),
    ("code", "use `{it}.status_code`"),
    ("statusMessage", "use `{it}.status_message`"),
    ("headersSent", "use `{it}.headers_sent()`"),
    ("sent", "use `{it}.headers_sent()`"),
    (
        "headers",
        "use `{it}.set_header(name, value)`, or `{it}.headers()` to read the headers",
    ),
    ("header", "use `{it}.set_header(name, value)`"),
    ("cookies", "use `{it}.append_header(\"set-cookie\", value)`"),
    ("body", "use `{it}.send(reply)`"),
    ("data", "use `{it}.send(reply)`"),
    (
        "locals",
        "use a variable: `let user = …;` in a statement above the routes that need it",
    ),
    (
        "raw",
        "use the response itself: `{it}.write(chunk)`, `{it}.end()`",
    ),
    ("app", STATE),
];

/// Fields that URLs have in other libraries.
const URL_FIELDS: [(&str, &str); 10] = [
    ("query", URL_QUERY),
    ("searchParams", URL_QUERY),
    ("search_params", URL_QUERY),
    ("params", PARAMETER),
    ("search", "use `{it}.url.query_string()`"),
    ("path", "use `{it}.url.path()`"),
    ("pathname", "use `{it}.url.path()`"),
    ("href", "use `{it}.url`"),
    ("host", "use `{it}.hostname()`"),
    ("hostname", "use `{it}.hostname()`"),
];

const PARAMETER: &str =
    "add the parameter to the path, as in `\"/{id: u32}\"`, and use the variable `id`";
const QUERY: &str = "use `{it}.url.query::<Type>(\"name\")?`";
const URL_QUERY: &str = "use `{it}.url.query::<Type>(\"name\")?`, with the name of one parameter";
const COOKIES: &str = "use `onward::cookies(&{it}, &mut res)` (feature `cookies`)";
const FORM: &str = "use `{it}.body.form::<Type>().await?`, or declare the body in the route: `route!(POST \"/path\" (Form(form): Form<Type>) => …)`";
const JSON: &str = "use `{it}.body.json::<Type>().await?`, or declare the body in the route: `route!(POST \"/path\" (Json(value): Json<Type>) => …)`";
const STATE: &str = "use a variable: `let {field} = …;` in a statement above the routes that need it; for state, use an argument of the function";

/// Returns the message for a field that URLs have in other frameworks.
pub(crate) fn url_field(request: &str, field: &str) -> Option<String> {
    let help = find(&URL_FIELDS, request, field)?;
    Some(messages::foreign_field("Url", field, &help))
}

/// Returns the message for a field that requests have in other frameworks.
pub(crate) fn request_field(request: &str, field: &str) -> Option<String> {
    let help =
        find(&REQUEST_FIELDS, request, field).or_else(|| help_for_request_field(request, field))?;
    Some(messages::foreign_field("Request", field, &help))
}

/// Returns the message for a field that responses have in other frameworks.
pub(crate) fn response_field(response: &str, field: &str) -> Option<String> {
    let help = find(&RESPONSE_FIELDS, response, field)
        .or_else(|| help_for_response_field(response, field))?;
    Some(messages::foreign_field("Response", field, &help))
}

/// Returns whether a type has neither a field of this name nor anything else that an assignment to it could mean.
pub(crate) fn is_unknown_field(ty: &str, field: &str) -> bool {
    let message = match ty {
        "Request" if is_request_field(field) => return false,
        "Request" => request_field("req", field),
        _ if is_response_field(field) => return false,
        _ => response_field("res", field),
    };
    message.is_none_or(|message| message.contains("use a variable"))
}

fn find(table: &[(&str, &str)], variable: &str, field: &str) -> Option<String> {
    let (_, help) = table.iter().find(|(name, _)| *name == field)?;
    Some(help.replace("{it}", variable).replace("{field}", field))
}

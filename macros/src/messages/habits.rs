//! Features of other frameworks, and what to write instead.

/// Fields that requests have in other frameworks.
const REQUEST_FIELDS: [(&str, &str); 17] = [
    ("params", PARAMETER),
    ("param", PARAMETER),
    ("match_info", PARAMETER),
    ("query", "use `{it}.url.query::<Type>(\"name\")?`"),
    ("args", "use `{it}.url.query::<Type>(\"name\")?`"),
    ("query_string", "use `{it}.url.query_string()`"),
    ("path", "use `{it}.url.path()`"),
    ("uri", "use `{it}.url`"),
    ("form", "use `{it}.body.form::<Type>().await?`"),
    ("json", "use `{it}.body.json::<Type>().await?`"),
    (
        "cookies",
        "use `onward::cookies(&{it}, &mut res)` (feature `cookies`)",
    ),
    ("ip", "use `{it}.socket.remote_addr`"),
    ("hostname", "use `{it}.headers.get(\"host\")`"),
    ("host", "use `{it}.headers.get(\"host\")`"),
    ("user", STATE),
    ("state", STATE),
    ("extensions", STATE),
];

/// Fields that responses have in other frameworks.
const RESPONSE_FIELDS: [(&str, &str); 7] = [
    ("status", "use `{it}.status_code`"),
    ("statusCode", "use `{it}.status_code`"),
    ("statusMessage", "use `{it}.status_message`"),
    ("headersSent", "use `{it}.headers_sent()`"),
    (
        "headers",
        "use `{it}.set_header(name, value)`, or `{it}.headers()` to read them",
    ),
    ("cookies", "use `{it}.append_header(\"set-cookie\", value)`"),
    ("body", "use `{it}.send(reply)`"),
];

const PARAMETER: &str =
    "add the parameter to the path, as in `\"/{id: u32}\"`, and use the variable `id`";
const STATE: &str = "use a variable of the function, or an argument for state";

pub(crate) fn request_field(request: &str, field: &str) -> Option<String> {
    foreign_field("Request", &REQUEST_FIELDS, request, field)
}

pub(crate) fn response_field(response: &str, field: &str) -> Option<String> {
    foreign_field("Response", &RESPONSE_FIELDS, response, field)
}

fn foreign_field(ty: &str, table: &[(&str, &str)], variable: &str, field: &str) -> Option<String> {
    let (_, help) = table.iter().find(|(name, _)| *name == field)?;
    let help = help.replace("{it}", variable);
    Some(format!("`{ty}` has no field `{field}`\nhelp: {help}"))
}

pub(crate) fn body_field(request: &str, field: &str) -> String {
    format!(
        "the body of a request is not read yet, so it has no field `{field}`\nhelp: use `let form: Type = {request}.body.json().await?;`, or `form()` in place of `json()`, and the field `{field}` of your type"
    )
}

pub(crate) fn header_of_request(request: &str, name: &str) -> String {
    format!("`{request}.header(…)` adds a header\nhelp: use `{request}.headers.get({name})`")
}

pub(crate) fn body_of_request(request: &str, method: &str) -> String {
    let help = match method {
        "json" => "json::<Type>()",
        _ => "bytes()",
    };
    format!(
        "`{request}.{method}(…)` sets the body\nhelp: use `{request}.body.{help}.await?` to read it"
    )
}

pub(crate) fn number_as_status(number: &str, constant: Option<&str>, rest: Option<&str>) -> String {
    let status = match constant {
        Some(constant) => format!("StatusCode::{constant}"),
        None => format!("StatusCode::from_u16({number})?"),
    };
    let help = match rest {
        Some(rest) => format!("({status}, {rest})"),
        None => status,
    };
    format!("a status is not a number, found `{number}`\nhelp: use `{help}`")
}

pub(crate) fn value_as_reply(value: &str) -> String {
    format!(
        "`{value}` cannot be used as a reply\nhelp: use `Json({value})`, or `\"{value}\"` for text"
    )
}

pub(crate) fn headers_in_reply(response: &str, reply: &str) -> String {
    format!(
        "headers cannot be part of a reply\nhelp: set them on the response: `{{ {response}.set_header(name, value); {reply} }}`"
    )
}

pub(crate) fn returned_reply(value: &str, response: &str) -> String {
    format!(
        "`return` ends the `#[server]` function, which returns a `Result<Sent>`\nhelp: use `return Ok({response}.send({value}))`, or remove `return` if it is the last value"
    )
}

pub(crate) fn http_response(value: &str) -> String {
    format!(
        "`{value}` is a reply of another framework\nhelp: use the body alone, or `(StatusCode::OK, body)`"
    )
}

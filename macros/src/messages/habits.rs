//! Features of other frameworks, and what to write instead.

mod run_time;
mod sent_text;
mod shared;
mod value;

pub(crate) use run_time::*;
pub(crate) use sent_text::*;
pub(crate) use shared::*;
pub(crate) use value::*;

pub(crate) fn foreign_field(ty: &str, field: &str, help: &str) -> String {
    format!("`{ty}` has no field `{field}`\nhelp: {help}")
}

pub(crate) fn header_field(request: &str, field: &str) -> String {
    let name = field.replace('_', "-").to_lowercase();
    format!(
        "a header is not a field, found `{field}`\nhelp: use `{request}.headers.get(\"{name}\")`"
    )
}

/// Returns the message for `res.status = 404;`.
pub(crate) fn assigned_status(field: &str, response: &str, status: &str) -> String {
    format!("`Response` has no field `{field}`\nhelp: use `{response}.status_code = {status};`")
}

/// Returns the message for `req.user = user;`.
pub(crate) fn stored_value(ty: &str, field: &str, name: &str, value: &str) -> String {
    format!(
        "`{ty}` has no field `{field}`, and nothing can be stored in a `{ty}`\nhelp: use a variable, which the routes below can use: `let {name} = {value};`"
    )
}

/// Returns the message for `#[derive(Reply)]`.
pub(crate) fn derived_reply(name: &str) -> String {
    format!(
        "`Reply` cannot be derived\nhelp: use `impl Reply for {name} {{ fn reply(self, res: Response) -> Sent {{ res.send(…) }} }}`"
    )
}

/// Returns the message for a call to `query` with no argument or with several.
pub(crate) fn query_arguments(request: &str, name: Option<&str>) -> String {
    match name {
        None => format!(
            "`query` reads one parameter, and needs its name\nhelp: use `{request}.url.query::<Type>(\"page\")?` for each parameter"
        ),
        Some(name) => format!(
            "`query` takes only the name of a parameter\nhelp: use `{request}.url.query::<Option<Type>>({name})?.unwrap_or(default)` for a default"
        ),
    }
}

pub(crate) fn body_field(request: &str, field: &str) -> String {
    format!(
        "the body of a request has not been read yet, so it has no field `{field}`\nhelp: use `let form: Type = {request}.body.json().await?;`, or `form()` in place of `json()`, and the field `{field}` of your type"
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

pub(crate) fn number_as_status(number: &str, status: &str, rest: Option<&str>) -> String {
    let help = match rest {
        Some(rest) => format!("({status}, {rest})"),
        None => status.to_owned(),
    };
    format!("a status is not a number, found `{number}`\nhelp: use `{help}`")
}

/// Returns the message for `Error::new("none", StatusCode::NOT_FOUND)`.
pub(crate) fn status_after_text(found: &str, status: &str, text: &str) -> String {
    format!(
        "the status of an error precedes its text, found `{found}`\nhelp: use `Error::new({status}, {text})`"
    )
}

pub(crate) fn value_as_reply(value: &str) -> String {
    let text = value.trim_matches('\'');
    format!(
        "`{value}` cannot be used as a reply\nhelp: use `Json({value})`, or `\"{text}\"` for text"
    )
}

pub(crate) fn headers_in_reply(response: &str, reply: &str) -> String {
    format!(
        "headers cannot be part of a reply\nhelp: use `{{ {response}.set_header(name, value); {reply} }}` to set them on the response"
    )
}

pub(crate) fn returned_reply(value: &str, response: &str) -> String {
    format!(
        "`return` ends the `#[server]` function, which returns a `Result<Sent>`\nhelp: use `return Ok({response}.send({value}))`, or remove `return` if the value is the last one"
    )
}

/// Returns the message for `if is_old { StatusCode::GONE }` above other statements.
pub(crate) fn unreturned(value: &str) -> String {
    format!("this value is not returned\nhelp: use `return {value};`")
}

/// Returns the message for `return res.send("a")`.
pub(crate) fn returned_sent(value: &str) -> String {
    format!(
        "`return` ends the `#[server]` function, which returns a `Result<Sent>`\nhelp: use `return Ok({value})`"
    )
}

/// Returns the message for `req.url.query::<HashMap<String, String>>("page")`.
pub(crate) fn map_of_one_parameter(request: &str, ty: &str) -> String {
    format!(
        "`query` reads one parameter, which cannot be a map\nhelp: use `{request}.url.query_as::<{ty}>()?` for all parameters, or the type of one, as in `{request}.url.query::<u32>(\"page\")?`"
    )
}

/// Returns the message for `req.headers.get("accept") == "text/html"`.
pub(crate) fn compared_header(header: &str, text: &str, is_equal: bool) -> String {
    let test = match is_equal {
        true => "is_some_and(|it| it ==",
        false => "is_none_or(|it| it !=",
    };
    format!(
        "a header is an `Option`, which cannot be compared with text\nhelp: use `{header}.{test} {text})`"
    )
}

pub(crate) fn http_response(value: &str) -> String {
    format!(
        "`{value}` is a reply of another framework\nhelp: use the body alone, or `(StatusCode::OK, body)`"
    )
}

/// Returns the message for `HttpResponse::Ok().json(value)`.
pub(crate) fn http_response_built(constructor: &str, help: &str) -> String {
    format!("`{constructor}` is a reply of another framework\nhelp: use `{help}`")
}

pub(crate) fn method_router(text: &str, methods: &[(String, String)]) -> String {
    let routes = methods
        .iter()
        .map(|(method, handler)| format!("`route!({method} \"/path\" => {handler}(…).await)`"));
    let routes: Vec<String> = routes.collect();
    format!(
        "`{text}` is a reply of another framework: a route has its method before the path\nhelp: use one route for each method: {}",
        routes.join(" and ")
    )
}

pub(crate) fn throw(word: &str, value: &str) -> String {
    format!("Rust has no `{word}`\nhelp: use `return Err({value})`")
}

/// Returns the message for `let { id, name } = value`.
pub(crate) fn destructured(names: &[String], value: &str) -> String {
    if value.ends_with("params") {
        let path: String = names.iter().map(|name| format!("/{{{name}}}")).collect();
        return format!(
            "parameters are not read from the request\nhelp: add them to the path, as in `\"{path}\"`, and use them as variables after `=>`"
        );
    }
    let names = names.join(", ");
    format!(
        "a pattern needs the name of its type\nhelp: use `let Type {{ {names}, .. }} = {value};`"
    )
}

pub(crate) fn content_type(response: &str, value: &str) -> String {
    format!(
        "`Response` has no method `type`\nhelp: use `{response}.set_header(\"content-type\", {value})`"
    )
}

/// Returns the message for `while let Some(chunk) = body.next().await`.
pub(crate) fn chunk_in_result(body: &str) -> String {
    format!(
        "`next` of a body returns a `Result`, since the client may disconnect\nhelp: use `{body}.next().await?`"
    )
}

/// Returns the message for a function or a type that is not declared here.
pub(crate) fn foreign_name(name: &str, help: &str) -> String {
    let is_ours = ["HeaderMap::", "HeaderValue::", "Body::"]
        .iter()
        .any(|ty| name.starts_with(ty));
    let origin = if is_ours {
        ""
    } else {
        "; it is part of another framework"
    };
    format!("`{name}` is not declared here{origin}\nhelp: {help}")
}

/// Returns the message for a method of another framework.
pub(crate) fn foreign_method(object: &str, name: &str, help: &str) -> String {
    format!("`{object}` has no method `{name}`\nhelp: {help}")
}

/// Returns the message for a variable of another framework. `arguments` are the names of the request and the response,
/// if the variable is one of the two in that framework.
pub(crate) fn foreign_object(name: &str, help: &str, arguments: Option<(&str, &str)>) -> String {
    let found = match arguments {
        Some((request, response)) => {
            format!(": the request is `{request}`, and the response is `{response}`")
        }
        None => String::new(),
    };
    format!("there is no variable `{name}` here{found}\nhelp: {help}")
}

pub(crate) fn wrong_count(method: &str, count: usize, help: &str) -> String {
    let arguments = match count {
        0 => "no arguments".to_owned(),
        1 => "one argument".to_owned(),
        count => format!("{count} arguments"),
    };
    format!("`{method}` of a response cannot be called with {arguments}\nhelp: {help}")
}

/// Returns the message for `req.accepts("html")`.
pub(crate) fn accepted_text(request: &str, types: &str) -> String {
    format!(
        "`accepts` takes a list of media types, and returns the one that the client prefers\nhelp: use `{request}.accepts(&[{types}])`, which returns an `Option`; for a condition, add `.is_some()`; to read the header, use `{request}.headers.get(\"accept\")`"
    )
}

/// Returns the message for `req.headers.get("accept").contains("json")`.
pub(crate) fn header_as_text(header: &str, method: &str, arguments: &str, is_test: bool) -> String {
    let map = if is_test { "is_some_and" } else { "map" };
    format!(
        "a header is an `Option<&HeaderValue>`, which has no method `{method}`\nhelp: use `{header}.and_then(|it| it.to_str().ok()).{map}(|it| it.{method}({arguments}))`"
    )
}

/// Returns the message for `req.headers.get("host").to_str()`.
pub(crate) fn header_in_option(header: &str, method: &str) -> String {
    let help = match method {
        "to_str" | "as_str" => format!("`{header}.and_then(|it| it.to_str().ok())`"),
        "to_string" => {
            format!("`{header}.and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned()`")
        }
        _ => format!("`{header}.map(|it| it.{method}())`"),
    };
    format!(
        "a header is an `Option<&HeaderValue>`, which has no method `{method}`\nhelp: use {help}"
    )
}

/// Returns the message for `uri!(user(7))`.
pub(crate) fn uri_macro(function: &str, call: &str) -> String {
    format!(
        "`uri!` is a macro of another framework\nhelp: use `{function}::{call}`, and name the route with `as`"
    )
}

/// Returns the message for `StatusCode::NotFound` and `StatusCode(404)`.
pub(crate) fn misnamed_status(found: &str, status: &str) -> String {
    format!(
        "there is no `{found}`: the constants of `StatusCode` are uppercase\nhelp: use `{status}`"
    )
}

/// Returns the message for `req.body.await`.
pub(crate) fn body_as_future(request: &str) -> String {
    format!(
        "the body of a request is not a future\nhelp: use `{request}.body.text().await?`, or `bytes()`, `json::<Type>()` or `form::<Type>()` in place of `text()`"
    )
}

/// Returns the message for `for chunk in req.body { … }`.
pub(crate) fn body_as_list(request: &str) -> String {
    format!(
        "the body of a request is not an iterator\nhelp: use `let mut body = {request}.body;` and `while let Some(chunk) = body.next().await? {{ … }}`"
    )
}

/// Returns the message for `serde_json::from_str(&req.body)`.
pub(crate) fn body_as_text(request: &str, is_json: bool) -> String {
    let method = if is_json { "json::<Type>" } else { "text" };
    format!(
        "the body of a request has not been read yet, so it is not text\nhelp: use `{request}.body.{method}().await?` in place of this call"
    )
}

/// Returns the message for `res.send("a").await` and `res.set_header("a", "b")?`.
pub(crate) fn unneeded(what: &str, method: &str) -> String {
    let kind = if what == "?" { "`Result`" } else { "future" };
    format!("`{method}` of a response does not return a {kind}\nhelp: remove `{what}`")
}

/// Returns the message for `return Ok("a")` and `return Ok(res)`.
pub(crate) fn returned_in_ok(value: &str, response: &str) -> String {
    let help = match value == response {
        true => format!("`return Ok({response}.end())`"),
        false => format!("`return Ok({response}.send({value}))`"),
    };
    format!(
        "a `#[server]` function returns a `Result<Sent>`, and `{value}` is not a `Sent`\nhelp: use {help}"
    )
}

/// Returns the message for `return Err("sign in")`.
pub(crate) fn value_as_error(value: &str, status: &str, text: &str) -> String {
    format!(
        "`{value}` is not an `Error`, which has a status and a message\nhelp: use `Err(Error::new({status}, {text}))`"
    )
}

/// Returns the message for `#[get("/users")]`.
pub(crate) fn foreign_attribute(attribute: &str, help: &str) -> String {
    format!("`{attribute}` is an attribute of another framework\nhelp: {help}")
}

/// Returns the message for syntax of another language.
pub(crate) fn foreign_syntax(found: &str, help: &str) -> String {
    format!("{found} is not Rust\nhelp: {help}")
}

/// Returns the message for `#[onward::main]`.
pub(crate) fn main_attribute() -> String {
    "Onward has no attribute `main`\nhelp: use `#[tokio::main]`, from the crate `tokio` with its features `macros` and `rt-multi-thread`".to_owned()
}

//! Values of the wrong type, in places where other languages accept them.

use proc_macro2::Ident;

/// Returns the message for `match req.url { "/users" => … }`.
pub(crate) fn matched_as_text(found: &str, request: &str, part: &str, text: &str) -> String {
    let (help, route) = match part {
        "url" => (
            format!("`{request}.url.path()`"),
            format!("route!(\"{text}\" => reply);"),
        ),
        _ => (
            format!("`{request}.method.as_str()`"),
            format!("route!({text} \"/path\" => reply);"),
        ),
    };
    format!(
        "`{found}` is not text, so a pattern cannot compare it with `\"{text}\"`\nhelp: use a route for each pattern: `{route}`, or match {help}"
    )
}

/// Returns the message for `return;`.
pub(crate) fn returned_nothing(response: &str) -> String {
    format!(
        "`return` ends the `#[server]` function, which returns a `Result<Sent>`\nhelp: use `return Ok({response}.end());` for an empty response, or `return Ok({response}.send(reply));`"
    )
}

/// Returns the message for `return None` and `return Some(value)`.
pub(crate) fn returned_option(value: Option<&str>, response: &str) -> String {
    let help = match value {
        Some(value) => format!("return Ok({response}.send({value}))"),
        None => "return Err(Error::not_found())".to_owned(),
    };
    format!(
        "`return` ends the `#[server]` function, which returns a `Result<Sent>`, not an `Option`\nhelp: use `{help}`"
    )
}

/// Returns the message for `req.headers.get("host")?`.
pub(crate) fn header_tried(header: &str) -> String {
    format!(
        "a header is an `Option`, and `?` here needs a `Result`\nhelp: use `{header}.ok_or_else(|| Error::bad_request(\"text\"))?`"
    )
}

/// Returns the message for `let host: &str = req.headers.get("host").unwrap();`.
pub(crate) fn header_of_type(header: &str, ty: &str) -> String {
    let owned = if ty == "String" {
        ".map(str::to_owned)"
    } else {
        ""
    };
    format!(
        "a header is a `HeaderValue`, not a `{ty}`\nhelp: use `{header}.and_then(|it| it.to_str().ok()){owned}`, which is an `Option<{ty}>`"
    )
}

/// Returns the message for `res["x-shop"] = "cups"` and `req["host"]`.
pub(crate) fn indexed_response(response: &str, name: &str) -> String {
    format!(
        "a `Response` cannot be indexed\nhelp: use `{response}.set_header({name}, value)`, or `{response}.get_header({name})` to read the header"
    )
}

pub(crate) fn indexed_request(request: &str, name: &str) -> String {
    format!("a `Request` cannot be indexed\nhelp: use `{request}.headers.get({name})`")
}

/// Returns the message for `Response::new("text")`.
pub(crate) fn response_of(value: &str) -> String {
    format!(
        "`Response::new` takes no arguments\nhelp: use `{value}` alone, or `(StatusCode::OK, {value})`"
    )
}

/// Returns the message for `onward::redirect("/", 301)`.
pub(crate) fn redirect_with_status(ours: &str) -> String {
    format!("`onward::redirect` takes only the URL\nhelp: use `{ours}`")
}

/// Returns the message for `Response::json(user)`.
pub(crate) fn constructed_response(function: &str, help: &str) -> String {
    format!("`{function}` does not exist; a route replies with a value\nhelp: {help}")
}

/// Returns the message for `["a", "b"]` and `vec!["a", "b"]`.
pub(crate) fn list_as_reply(value: &str) -> String {
    format!("a list cannot be used as a reply\nhelp: use `Json({value})`")
}

/// Returns the message for `"text".into()`.
pub(crate) fn into_as_reply(value: &str) -> String {
    format!(
        "the type of `.into()` cannot be inferred, since a reply can have any type that implements `Reply`\nhelp: remove `.into()`: `{value}`"
    )
}

/// Returns the message for `("made", StatusCode::CREATED)`.
pub(crate) fn status_first(status: &str, reply: &str) -> String {
    format!("the status must come first in a reply\nhelp: use `({status}, {reply})`")
}

/// Returns the message for `("a", "b")`.
pub(crate) fn tuple_as_reply(value: &str) -> String {
    format!(
        "a tuple is a reply only if it consists of a status and a reply\nhelp: use `(StatusCode::OK, reply)`, or `Json({value})` for a list"
    )
}

/// Returns the message for `route!("/" => index)`.
pub(crate) fn function_name_as_reply(name: &str) -> String {
    format!("`{name}` is not a reply: a reply is a value, not a function")
}

pub(crate) fn called_function(name: &str, path: &str) -> String {
    format!(
        "call it: `{name}(…)`, with `.await` if it is async; for another server, use `{name}(req, res).await`, or a mount: `route!(mount \"{path}\" => {name}(req, res).await)`"
    )
}

/// Returns the message for `route!("/" => req.url)`.
pub(crate) fn part_as_reply(value: &str, help: &str) -> String {
    format!("`{value}` cannot be used as a reply\nhelp: use `{help}`")
}

/// Returns the message for `route!("/" => req.url.path())`.
pub(crate) fn borrowed_part(value: &str, request: &str) -> String {
    format!(
        "`{value}` borrows from `{request}`, but a reply must own its data\nhelp: use `{value}.to_owned()`"
    )
}

/// Returns the message for `route!("/" => async { … })`.
pub(crate) fn async_block_as_reply() -> String {
    "a reply is a value, not a future\nhelp: remove `async`: the expression after `=>` may use `.await`"
        .to_owned()
}

/// Returns the message for `route!("/" => { res.send("text"); })`.
pub(crate) fn sent_discarded(value: &str) -> String {
    format!(
        "this `;` discards the value of `{value}`, which must be the value of the route\nhelp: remove the `;`"
    )
}

/// Returns the message for `route!("/" => { res.send("text"); Ok(()) })`.
pub(crate) fn unit_after_sending(response: &str) -> String {
    format!(
        "a route that sends the response must have the value of `{response}.send(…)` or `{response}.end()`\nhelp: remove `Ok(())`, and the `;` before it"
    )
}

/// Returns the message for `route!("/{name}" => "hello {name}")`.
pub(crate) fn unformatted_text(name: &str, text: &str) -> String {
    format!(
        "unused path parameter `{name}`; the text contains `{{{name}}}`, but is not formatted\nhelp: use `format!({text})`"
    )
}

/// Returns the message for `find(id).ok_or(StatusCode::NOT_FOUND)?`.
pub(crate) fn status_in_error(value: &str, status: &str, text: &str) -> String {
    format!(
        "`{value}` does not convert to an `Error`, which has a status and a message\nhelp: use `Error::new({status}, {text})`"
    )
}

/// Returns the message for `req.headers.insert("x-shop", "cups")` and `res.headers().insert("x-shop", "cups")`.
pub(crate) fn inserted_header(of: &str, response: &str, arguments: &str) -> String {
    let found = match of {
        "request" => "the headers of a request are those that were received, as `HeaderValue`s",
        _ => "`headers` returns a map that cannot be changed",
    };
    format!(
        "{found}\nhelp: use `{response}.set_header({arguments})` to set a header of the response"
    )
}

/// Returns the message for `req.method = "POST"` and `req.method == Method::Post`.
pub(crate) fn misnamed_method(found: &str, method: &str) -> String {
    format!("`{found}` is not a request method\nhelp: use `Method::{method}`")
}

/// Returns the message for `switch`, `try`, `new` and `function`.
pub(crate) fn foreign_keyword(word: &str, help: &str) -> String {
    format!("Rust has no `{word}`\nhelp: {help}")
}

/// Returns the help for `new User()`.
pub(crate) fn constructor_for_new(ty: &Ident) -> String {
    format!("use `{ty}::new(…)`, or a function that returns the value")
}

/// Returns the help for `try { … } catch (error) { … }`.
pub(crate) fn match_for_try(value: &str, call: &str, error: &str) -> String {
    format!(
        "use `match {call} {{ Ok({value}) => …, Err({error}) => … }}`, or `?` to return the error"
    )
}

/// Returns the help for `try { … } finally { … }`.
pub(crate) fn statements_for_finally(value: &str, call: &str) -> String {
    format!(
        "use `let {value} = {call};`, then the statements of `finally`, and then `{value}?`, which returns the error if there is one"
    )
}

/// Returns the message for `user := find()` and `const user = find()`.
pub(crate) fn declared_otherwise(found: &str, name: &str) -> String {
    format!("`{found}` does not declare a variable\nhelp: use `let {name} = …;`")
}

/// Returns the message for `res.set_header({ "x-shop": "cups" })`.
pub(crate) fn object_of_headers(response: &str) -> String {
    format!(
        "braces delimit a block of Rust code, not an object\nhelp: use `{response}.set_header(name, value)` for each header"
    )
}

/// Returns the message for `file.pipe(res)`.
pub(crate) fn foreign_pipe(name: &str, help: &str) -> String {
    format!("`{name}` cannot write to a response\nhelp: {help}")
}

/// Returns the message for `Ok(())` after the last route.
pub(crate) fn unit_at_end() -> String {
    "a `#[server]` function returns what its routes send, and a 404 for all other requests\nhelp: remove `Ok(())`".to_owned()
}

/// Returns the message for `Ok(res)` after the last route.
pub(crate) fn response_at_end(found: &str, response: &str) -> String {
    format!(
        "a `#[server]` function returns a sent response, found `{found}`\nhelp: use `Ok({response}.end())`, or remove `{found}`: requests that no route matches get a 404"
    )
}

/// Returns the message for `StatusCode::NOT_FOUND` after the last route.
pub(crate) fn value_at_end(found: &str, value: &str) -> String {
    format!(
        "a `#[server]` function returns a sent response, found `{found}`\nhelp: use a route for all other requests: `route!(_ => {value});`"
    )
}

/// Returns the message for `let user: User = req.body.json();`.
pub(crate) fn body_not_awaited(call: &str) -> String {
    format!("reading the body returns a future\nhelp: add `.await?`: `{call}.await?`")
}

/// Returns the message for `req.url.query_string() || "none"`.
pub(crate) fn default_by_operator(operator: &str, default: &str) -> String {
    format!(
        "`{operator}` joins conditions, and `{default}` is not a condition\nhelp: use `.unwrap_or({default})` on an `Option`"
    )
}

/// Returns the message for a second `req.body.text().await?`.
pub(crate) fn body_read_twice(body: &str, line: usize) -> String {
    format!(
        "`{body}` was already read on line {line}, and a body can be read only once\nhelp: use the value from line {line}; if both types are needed, read the body as text, and parse the text"
    )
}

/// Returns the message for `let user = null;`.
pub(crate) fn nothing(word: &str) -> String {
    format!(
        "`{word}` is not Rust\nhelp: use `None`, the value of an empty `Option`; to test for it, use `.is_none()`"
    )
}

/// Returns the message for `write!(res, "text")`.
pub(crate) fn written_by_macro(response: &str, text: &str) -> String {
    format!(
        "`write!` cannot write to a `Response`\nhelp: use `{response}.write(format!({text}))`, or the text as the reply: `format!({text})`"
    )
}

/// Returns the message for `Response::new()` as a reply.
pub(crate) fn response_as_reply(response: &str) -> String {
    format!(
        "a new `Response` is not a reply: the response to the request is `{response}`\nhelp: use `{response}.end()` for an empty body, or `{response}.send(reply)`"
    )
}

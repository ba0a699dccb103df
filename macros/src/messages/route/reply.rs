//! The expression after `=>`.

pub(crate) fn statement_as_reply() -> String {
    "expected an expression after `=>`, found a `let` statement\nhelp: use a block: `=> { let …; value }`".to_owned()
}

pub(crate) fn missing_reply() -> String {
    "expected an expression after `=>`\nhelp: add the value to reply with: `=> value`".to_owned()
}

/// Returns the message for `=> -> String { … }`.
pub(crate) fn reply_type_after_arrow(ty: &str) -> String {
    format!("the type of the reply must come before `=>`\nhelp: use `\"/path\" -> {ty} => …`")
}

pub(crate) fn closure_as_reply() -> String {
    "expected an expression after `=>`, found a closure\nhelp: use the body of the closure alone; the request, the response and the parameters are in scope".to_owned()
}

pub(crate) fn function_as_reply(body: &str) -> String {
    format!(
        "expected an expression after `=>`, found a function\nhelp: use its body alone: `=> {body}`; the request, the response and the parameters are in scope"
    )
}

pub(crate) fn object(text: &str) -> String {
    format!("braces delimit a block of Rust code, not an object\nhelp: use `json!({text})`")
}

pub(crate) fn status_and_reply(status: &str, reply: &str) -> String {
    format!(
        "a status and a reply must be in parentheses, the status first\nhelp: use `({status}, {reply})`"
    )
}

pub(crate) fn different_branches(first: &str, other: &str, response: &str) -> String {
    let help = if other.contains("StatusCode") || first.contains("StatusCode") {
        format!(
            "use `return Err(Error::new(status, text))` for an error, or `{response}.send(…)` in each branch"
        )
    } else {
        format!("use `{response}.send(…)` in each branch")
    };
    format!(
        "the branches of a reply must have the same type, found `{first}` and `{other}`\nhelp: {help}"
    )
}

/// Returns the message for `match user { Some(user) => res.send(user), None => StatusCode::NOT_FOUND }`.
pub(crate) fn unsent_branch(response: &str, value: &str) -> String {
    format!(
        "another branch sends `{response}`, so this one must send it as well\nhelp: use `{response}.send({value})`"
    )
}

/// Returns the message for `{ if is_empty { error(res); } "saved" }`.
pub(crate) fn sent_before_value(response: &str, value: &str) -> String {
    format!(
        "`{response}` is taken here, but the route goes on and replies with `{value}`\nhelp: add a `return` to end the handler here, as in `return Ok({response}.send(…));`"
    )
}

pub(crate) fn sent_twice(response: &str) -> String {
    format!(
        "`{response}` is sent here, but the code below needs it\nhelp: use `return Ok({response}.send(…));` to end the handler here"
    )
}

/// Returns the message for `{ res.end(); "text" }`.
pub(crate) fn value_after_sending(value: &str, method: &str, line: usize) -> String {
    format!(
        "the response was already sent by `{method}` on line {line}, so `{value}` is not sent\nhelp: remove one of the two: without `{method}`, the route sends the value"
    )
}

/// Returns the message for `{ res.send("text"); res.set_header("x-shop", "cups"); }`.
pub(crate) fn used_after_sending(
    response: &str,
    method: &str,
    line: usize,
    is_sent_again: bool,
) -> String {
    let help = if is_sent_again {
        format!(
            "remove one of the two calls, or use `{response}.write(part)` for each part, and then `{response}.end()`"
        )
    } else {
        format!("move this before `{response}.{method}(…)`")
    };
    format!(
        "`{response}` was already sent by `{method}` on line {line} and cannot be used after it\nhelp: {help}"
    )
}

pub(crate) fn sent_in_loop(response: &str, method: &str) -> String {
    format!(
        "`{method}` sends the whole response, so a loop cannot call it\nhelp: use `{response}.write(chunk)` in the loop, and `{response}.end()` after it"
    )
}

/// Returns the message for `POST "/users" Json(user): Json<User> => …`.
pub(crate) fn body_without_parentheses(body: &str) -> String {
    format!("the body of a route must be in parentheses\nhelp: use `({body})`")
}

/// Returns the message for `"/echo" => (text: String) text`.
pub(crate) fn body_after_arrow(body: &str) -> String {
    format!("the body is declared before `=>`\nhelp: move it: `\"/path\" ({body}) => …`")
}

/// Returns the message for `"hello " + name`.
pub(crate) fn joined_text(formatted: &str) -> String {
    format!("`+` cannot join text to a literal\nhelp: use `{formatted}`")
}

pub(crate) fn reply_outside() -> String {
    "the expression after `=>` must be inside the parentheses\nhelp: move it inside: `route!(\"/path\" => expression);`".to_owned()
}

pub(crate) fn discarded_reply(value: &str) -> String {
    format!("this `;` discards the reply\nhelp: remove it after `{value}`")
}

pub(crate) fn ok_as_reply(value: &str) -> String {
    format!("the error type of `Ok(…)` cannot be inferred\nhelp: use `{value}` alone")
}

pub(crate) fn err_as_reply(error: &str) -> String {
    format!(
        "the success type of `Err(…)` cannot be inferred\nhelp: use `return Err({error})`, or `{error}` alone if it implements `Reply`"
    )
}

pub(crate) fn none_as_reply() -> String {
    "the type of `None` cannot be inferred\nhelp: use `StatusCode::NOT_FOUND`".to_owned()
}

pub(crate) fn borrowed_reply(name: &str, expression: &str) -> String {
    format!(
        "`{name}` borrows from the request path, but a reply must own its data\nhelp: use `{expression}`"
    )
}

pub(crate) fn borrowed_by_task(name: &str, owner: &str, expression: &str) -> String {
    format!(
        "`{name}` borrows from the {owner}, but a spawned task must own its data\nhelp: add `let {name} = {expression};` before the call"
    )
}

pub(crate) fn end_with_argument(response: &str, argument: &str) -> String {
    format!("`end` takes no arguments\nhelp: use `{response}.send({argument})`")
}

pub(crate) fn semicolon_in_reply() -> String {
    "expected one expression after `=>`, found `;`\nhelp: use a block for several statements: `=> { …; … }`".to_owned()
}

pub(crate) fn tokens_after_reply(text: &str) -> String {
    format!(
        "unexpected `{text}` after the expression\nhelp: use a block for several statements: `=> {{ …; … }}`"
    )
}

/// Returns the message for `match find(id) { Some(user) => user }`.
pub(crate) fn missing_arm() -> String {
    "this `match` has no arm for `None`\nhelp: add `None => return Err(Error::not_found()),`; an `Option` alone is a reply as well, with a 404 for `None`".to_owned()
}

//! The expression after `=>`.

pub(crate) fn statement_as_reply() -> String {
    "expected an expression after `=>`, found a `let` statement\nhelp: use a block: `=> { let …; value }`".to_owned()
}

pub(crate) fn missing_reply() -> String {
    "expected an expression after `=>`\nhelp: add the value to reply with: `=> value`".to_owned()
}

pub(crate) fn closure_as_reply() -> String {
    "expected an expression after `=>`, found a closure\nhelp: use the body of the closure alone; the request, the response and the parameters are in scope".to_owned()
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

pub(crate) fn borrowed_by_task(name: &str, expression: &str) -> String {
    format!(
        "`{name}` borrows from the request path, but a spawned task must own its data\nhelp: add `let {name} = {expression};` before the call"
    )
}

pub(crate) fn end_with_argument(response: &str, argument: &str) -> String {
    format!("`end` takes no argument\nhelp: use `{response}.send({argument})`")
}

pub(crate) fn semicolon_in_reply() -> String {
    "expected one expression after `=>`, found `;`\nhelp: use a block for several statements: `=> { …; … }`".to_owned()
}

pub(crate) fn tokens_after_reply(text: &str) -> String {
    format!(
        "unexpected `{text}` after the expression\nhelp: use a block for several statements: `=> {{ …; … }}`"
    )
}

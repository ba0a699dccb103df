//! The order of statements that change the response.

/// Returns the message for `res.write("text"); res.status_code = …;`.
pub(crate) fn set_after_writing(what: &str, method: &str, line: usize) -> String {
    format!(
        "{what} is changed after `{method}` on line {line}, which has already written the headers\nhelp: move this above line {line}"
    )
}

/// Returns whether a response may have several headers of this name.
pub(crate) fn may_repeat(name: &str) -> bool {
    ["set-cookie", "link", "vary", "www-authenticate"].contains(&name)
}

/// Returns the message for `res.set_header("set-cookie", …); res.set_header("set-cookie", …);`.
pub(crate) fn header_set_twice(response: &str, name: &str, line: usize) -> String {
    format!(
        "`set_header` replaces the header `{name}` set on line {line}\nhelp: use `{response}.append_header(\"{name}\", …)` to send both"
    )
}

pub(crate) fn header_replaced(name: &str, line: usize) -> String {
    format!(
        "`set_header` replaces the header `{name}` set on line {line}\nhelp: remove one of the calls, or use `append_header` to send both"
    )
}

pub(crate) fn status_replaced(line: usize) -> String {
    format!("line {line} replaces this status\nhelp: remove one of the assignments")
}

/// Returns the message for `res.status_code = …; StatusCode::OK`.
pub(crate) fn status_replaced_by_reply(status: &str) -> String {
    format!(
        "the status of the reply, `{status}`, replaces this one\nhelp: remove the assignment, or the status from the reply"
    )
}

/// Returns the message for `cors(…)` after the last route.
pub(crate) fn below_all_routes(text: &str) -> String {
    format!(
        "`{text}` is below all routes, so it has no effect on them: each route responds before it\nhelp: move this statement above the first route that it applies to"
    )
}

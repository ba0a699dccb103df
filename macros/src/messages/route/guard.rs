//! The guard of a route.

pub(crate) fn semicolon_in_guard() -> String {
    "expected `=>` after the guard, found `;`\nhelp: remove the `;`".to_owned()
}

pub(crate) fn empty_guard() -> String {
    "expected a condition after `if`\nhelp: add a condition, or remove `if`".to_owned()
}

pub(crate) fn second_guard() -> String {
    "a route can have only one guard\nhelp: use `&&` to combine the conditions: `if first && second`"
        .to_owned()
}

pub(crate) fn guard_after_reply(guard: &str) -> String {
    format!("the guard must come before `=>`\nhelp: use `\"/path\" {guard} => …`")
}

pub(crate) fn wrong_guard_word(found: &str) -> String {
    format!(
        "expected `if` or `=>` after the path, found `{found}`\nhelp: use `if condition` between the path and `=>`"
    )
}

/// Returns the message for `if |req| is_admin(req)`.
pub(crate) fn closure_as_guard(body: &str) -> String {
    format!(
        "expected a condition after `if`, found a closure\nhelp: use its body, `if {body}`; the request and the parameters are in scope"
    )
}

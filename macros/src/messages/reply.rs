//! The answer of a route.

pub(crate) fn statement_as_reply() -> String {
    "an answer is an expression, and `let` begins a statement\nhelp: put statements in braces, and the answer behind them: `=> { let …; answer }`".to_owned()
}

pub(crate) fn missing_reply() -> String {
    "the answer is missing\nhelp: write an expression behind `=>`".to_owned()
}

pub(crate) fn closure_as_reply() -> String {
    "an answer is an expression and no closure\nhelp: write the closure's body alone: the request, the response and the parameters are in scope".to_owned()
}

pub(crate) fn reply_outside() -> String {
    "the answer stands inside the parentheses\nhelp: write `route!(\"/path\" => answer);`"
        .to_owned()
}

pub(crate) fn discarded_reply(value: &str) -> String {
    format!("this `;` throws the answer away\nhelp: leave it out behind `{value}`")
}

pub(crate) fn ok_as_reply(value: &str) -> String {
    format!("`Ok` leaves open what the error would be\nhelp: write `{value}` alone")
}

pub(crate) fn err_as_reply(error: &str) -> String {
    format!(
        "`Err` leaves open what the answer would be\nhelp: write `return Err({error})`, or `{error}` alone if it is a `Reply`"
    )
}

pub(crate) fn none_as_reply() -> String {
    "`None` leaves open what the answer would be\nhelp: write `StatusCode::NOT_FOUND`".to_owned()
}

pub(crate) fn borrowed_reply(name: &str, expression: &str) -> String {
    format!(
        "`{name}` is a part of the request's path, and an answer outlives the request\nhelp: write `{expression}`"
    )
}

pub(crate) fn end_with_argument(response: &str, argument: &str) -> String {
    format!("`end` takes no argument\nhelp: write `{response}.send({argument})`")
}

pub(crate) fn no_status(number: &str) -> String {
    format!(
        "`{number}` is no status\nhelp: a status has three digits: write `StatusCode::NOT_FOUND` or another of its constants"
    )
}

pub(crate) fn semicolon_in_reply() -> String {
    "an answer is one expression\nhelp: put several statements in braces: `=> { …; … }`".to_owned()
}

pub(crate) fn tokens_after_reply(text: &str) -> String {
    format!(
        "`{text}` stands behind the answer, which is one expression\nhelp: put several statements in braces: `=> {{ …; … }}`"
    )
}

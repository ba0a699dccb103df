//! A route as a whole, and where it stands.

pub(crate) fn route_attribute() -> String {
    "a route takes doc comments, `#[cfg(…)]` and lint levels such as `#[allow(…)]`\nhelp: leave this attribute out".to_owned()
}

pub(crate) fn route_in_block() -> String {
    "a `route!` stands at the top level of the function, not inside a block\nhelp: move it out, and say when it matches with a guard: `route!(\"/path\" if condition => …)`".to_owned()
}

pub(crate) fn route_in_reply() -> String {
    "a `route!` stands at the top level of the function, not inside an answer\nhelp: write each path whole, or nest another server: `route!(ANY \"/path/{rest..}\" => other(req.at(rest), res).await)`".to_owned()
}

pub(crate) fn route_as_expression() -> String {
    "a `route!` is a statement and has no value: where it matches, the function returns\nhelp: write it on a line of its own: `route!(\"/path\" => …);`".to_owned()
}

pub(crate) fn empty_route() -> String {
    "the route is empty\nhelp: write `route!(\"/path\" => answer)`".to_owned()
}

pub(crate) fn named_argument(name: &str) -> String {
    format!(
        "`{name} = …`: a route has no named arguments\nhelp: a route is written `[METHOD] \"/path\" [as name] [if condition] => answer`"
    )
}

pub(crate) fn missing_arrow() -> String {
    "the answer is missing\nhelp: write `=>` and the answer behind the path".to_owned()
}

pub(crate) fn wrong_arrow(found: &str) -> String {
    format!(
        "`=>` stands between the path and the answer, not `{found}`\nhelp: write `\"/path\" => answer`"
    )
}

pub(crate) fn arrow_left_out(reply: &str) -> String {
    format!("`=>` is missing in front of `{reply}`\nhelp: write `\"/path\" => {reply}`")
}

pub(crate) fn second_arrow() -> String {
    "a route has one `=>`\nhelp: a route is written `[METHOD] \"/path\" [as name] [if condition] => answer`".to_owned()
}

pub(crate) fn unexpected_before_arrow(found: &str) -> String {
    format!(
        "`{found}` is not expected here\nhelp: a name begins with `as` and a guard with `if`: `[METHOD] \"/path\" [as name] [if condition] => answer`"
    )
}

pub(crate) fn missing_bang() -> String {
    "`route!` is a macro\nhelp: write it with its `!`: `route!(\"/path\" => answer);`".to_owned()
}

pub(crate) fn second_route() -> String {
    "one `route!` holds one route\nhelp: write a `route!` of its own for each".to_owned()
}

pub(crate) fn route_outside_server() -> String {
    "`route!` belongs into the body of a `#[server]` function, and under this name\nhelp: write `#[server] async fn name(req: Request, res: Response) -> Result { … }` around it".to_owned()
}

/// `winners` are the routes that answer first, on `lines`; `same` where they match the very same requests.
pub(crate) fn unreachable_route(
    route: &str,
    winners: &[String],
    lines: &[usize],
    example: &str,
    same: bool,
) -> String {
    let winners: Vec<String> = winners
        .iter()
        .zip(lines)
        .map(|(winner, line)| format!("`{winner}` on line {line}"))
        .collect();
    let reply = if winners.len() == 1 {
        "answers"
    } else {
        "answer"
    };
    let winners = winners.join(" and ");
    let help = if same {
        "leave one of them out, or give the first a guard: `if …`"
    } else {
        "put this route above, or leave it out"
    };
    format!(
        "`{route}` is never reached: {winners} {reply} first, for instance to `{example}`\nhelp: {help}"
    )
}

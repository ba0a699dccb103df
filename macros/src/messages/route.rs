//! A route as a whole, and its position.

mod contract;
mod fallback;
mod guard;
mod method;
mod mount;
mod name;
mod parameter;
mod path;
mod reply;

pub(crate) use contract::*;
pub(crate) use fallback::*;
pub(crate) use guard::*;
pub(crate) use method::*;
pub(crate) use mount::*;
pub(crate) use name::*;
pub(crate) use parameter::*;
pub(crate) use path::*;
pub(crate) use reply::*;

const SYNTAX: &str =
    "[METHOD] \"/path\" [(body: Type)] [as name] [-> Reply] [if condition] => expression";

pub(crate) fn route_attribute() -> String {
    "unsupported attribute on a route, expected a doc comment, `#[cfg(…)]` or a lint level such as `#[allow(…)]`\nhelp: remove this attribute".to_owned()
}

pub(crate) fn route_in_block() -> String {
    "`route!` must be at the top level of the function, not inside a block\nhelp: move it out and use a guard for the condition".to_owned()
}

pub(crate) fn route_in_async_block() -> String {
    "`route!` must be at the top level of the function, not inside an `async` block\nhelp: move it out; if another attribute adds the block, move `#[server]` above that attribute".to_owned()
}

pub(crate) fn route_in_reply() -> String {
    "`route!` must be at the top level of the function, not inside another route\nhelp: move it out and use the whole path, or mount another server: `route!(mount \"/path\" => other(req, res).await)`".to_owned()
}

pub(crate) fn route_as_expression() -> String {
    "`route!` is a statement and cannot be used as a value\nhelp: use it as a separate statement: `route!(…);`".to_owned()
}

pub(crate) fn empty_route() -> String {
    "`route!` is empty\nhelp: use `route!(\"/path\" => expression)`".to_owned()
}

/// Options that routes have in other frameworks, and what to write instead.
const OPTIONS: [(&str, &str); 13] = [
    (
        "response_model response response_class response_type returns reply output",
        "add the type of the reply: `\"$path\" -> Json<$value> => …`",
    ),
    (
        "status_code status code default_status success_status",
        "use a reply with the status: `\"$path\" => (StatusCode::CREATED, value)`",
    ),
    (
        "summary description tags tag operation_id doc docs responses",
        "use a doc comment: `/// text` on the line above `route!`",
    ),
    (
        "include_in_schema hidden deprecated private",
        "add `#[doc(hidden)]` above `route!` to leave the route out of OpenAPI documents",
    ),
    (
        "dependencies middleware middlewares pre_handler preHandler before after on_request onRequest auth filters filter wrap layer decorators hooks pre_validation preValidation use before_request interceptors",
        "move it to a statement above the route: the routes below a statement run after it",
    ),
    (
        "schema validate validator validation body_schema query_schema request_body",
        "add the types to the route: `\"$path?{page: u32}\" (Json(value): Json<Type>) => …`",
    ),
    (
        "defaults default",
        "use a default in the query: `\"$path?{page: u32 = 1}\" => …`",
    ),
    (
        "query params query_params args parameters",
        "add the parameters to the path: `\"$path?{page: u32}\" => …`",
    ),
    (
        "strict sensitive case_sensitive trailing_slash strict_slashes merge_slashes redirect_slashes",
        "use `#[server(trailing_slash = ignore)]`, or `redirect`",
    ),
    (
        "host domain subdomain hostname",
        "use a guard: `\"$path\" if req.hostname() == \"$value\" => …`",
    ),
    (
        "prefix scope base namespace",
        "use a mount: `route!(mount \"$value\" => other(req, res).await)`",
    ),
    (
        "timeout limit body_limit max_body rate_limit throttle",
        "use an option of the server, such as `server.request_timeout(duration)` or `server.max_body_size(bytes)`",
    ),
    (
        "websocket ws sse stream",
        "use `onward::websocket` (feature `websocket`) or a `Live` in the expression after `=>`",
    ),
];

/// Returns the message for `"/users", validator("json") => …`: middleware before the expression.
pub(crate) fn middleware_in_route(middleware: &str) -> String {
    if let Some(help) = extractor(middleware) {
        return format!(
            "unexpected `{middleware}` after the path: Onward has no extractors\nhelp: {help}"
        );
    }
    format!(
        "unexpected `{middleware}` after the path: middleware is not part of a route\nhelp: move it to a statement above the route, such as `{middleware}.await?;`; to read the body, add it to the route: `(Json(value): Json<Type>)`"
    )
}

/// Returns the help for `"/users", State(db) => …`, an extractor of axum or actix-web.
fn extractor(text: &str) -> Option<String> {
    let (name, inside) = text.strip_suffix(')')?.split_once('(')?;
    let name = name.rsplit("::").next().unwrap_or(name);
    let help = match name {
        "State" | "Extension" | "Data" => format!(
            "use an argument of the function: `async fn app(req: Request, res: Response, {inside}: Type)`"
        ),
        "Path" => "add a parameter to the path: `\"/users/{id: u32}\"`".to_owned(),
        "Query" => "add the parameters to the path: `\"/users?{page: u32}\"`".to_owned(),
        "Json" | "Form" => format!("add the body after the path: `({text}: {name}<Type>)`"),
        _ => return None,
    };
    Some(help)
}

/// Returns the message for `"/", (req, res) => …`.
pub(crate) fn function_after_path(path: &str, body: &str) -> String {
    format!(
        "the expression of a route is not a function\nhelp: use `\"{path}\" => {body}`; the request and the response are variables of the `#[server]` function"
    )
}

/// Returns the message for an option of another framework. `methods` are the methods among the options.
pub(crate) fn route_option(name: &str, value: &str, methods: &[String], path: &str) -> String {
    let methods = methods.join(" | ");
    let help = match name {
        "method" | "methods" | "url" | "path" | "uri" | "verb" => {
            let route = format!("{methods} \"{path}\"");
            format!("use `{} => …`", route.trim_start())
        }
        "name" | "endpoint" | "alias" => {
            format!("use `\"{path}\" as {} => …`", value.to_lowercase())
        }
        "rank" | "priority" | "order" => {
            "remove it, and move this route above or below the others; the first matching route wins"
                .to_owned()
        }
        "format" | "consumes" | "content_type" => format!(
            "use a guard: `\"{path}\" if req.headers.get(\"content-type\").is_some_and(|it| it == \"application/json\") => …`"
        ),
        "accept" | "produces" => {
            format!("use a guard: `\"{path}\" if req.headers.get(\"accept\").is_some_and(…) => …`")
        }
        "data" | "body" | "form" | "json" => {
            "use `let new: Type = req.body.json().await?;` after `=>`".to_owned()
        }
        "guard" | "when" | "constraints" | "requirements" => {
            format!("use `\"{path}\" if condition => …`")
        }
        _ => match OPTIONS
            .iter()
            .find(|(names, _)| names.split(' ').any(|it| it == name))
        {
            Some((_, help)) => help.replace("$path", path).replace("$value", value),
            None => format!("use `{SYNTAX}`"),
        },
    };
    format!("a route has no option `{name}`\nhelp: {help}")
}

pub(crate) fn missing_arrow() -> String {
    "expected `=>` and an expression after the path\nhelp: add `=> expression`".to_owned()
}

pub(crate) fn wrong_arrow(found: &str) -> String {
    format!("expected `=>` after the path, found `{found}`\nhelp: use `\"/path\" => expression`")
}

pub(crate) fn arrow_left_out(reply: &str) -> String {
    format!("expected `=>` before `{reply}`\nhelp: use `\"/path\" => {reply}`")
}

pub(crate) fn missing_semicolon(statement: &str) -> String {
    let statement = statement.replace(" ?", "?");
    format!("expected `;` at the end of the line\nhelp: add it: `{statement};`")
}

pub(crate) fn second_arrow() -> String {
    format!("a route can have only one `=>`\nhelp: use `{SYNTAX}`")
}

pub(crate) fn unexpected_before_arrow(found: &str) -> String {
    format!(
        "unexpected `{found}` before `=>`\nhelp: use `as` before a name and `if` before a guard: `{SYNTAX}`"
    )
}

pub(crate) fn missing_bang() -> String {
    "`route!` is a macro\nhelp: add the `!`: `route!(\"/path\" => expression);`".to_owned()
}

pub(crate) fn second_route() -> String {
    "`route!` takes only one route\nhelp: use one `route!` for each route".to_owned()
}

pub(crate) fn route_outside_server() -> String {
    "`route!` can only be used in the body of a `#[server]` function, under the name `route`\nhelp: move it into `#[server] async fn name(req: Request, res: Response) -> Result { … }`; a macro that generates routes must generate that function as well".to_owned()
}

/// Returns the message for a route that no request reaches. `winners` are the routes that match first, on `lines`;
/// `same` means that each of them matches exactly the same requests as `route`, and `by_query` that the routes were
/// probably meant to differ in their queries.
pub(crate) fn unreachable_route(
    route: &str,
    winners: &[String],
    lines: &[usize],
    example: &str,
    same: bool,
    by_query: bool,
) -> String {
    let winners: Vec<String> = winners
        .iter()
        .zip(lines)
        .map(|(winner, line)| format!("`{winner}` on line {line}"))
        .collect();
    let winners = winners.join(" and ");
    let help = if by_query {
        "use one route, since the query takes no part in matching, and `Option` for a parameter that may be missing: `{name: Option<String>}`; or add a guard to the first route: `if req.url.query_string().is_some_and(|it| it.contains(\"name=\"))`"
    } else if same {
        "remove one of them, or add a guard to the first: `if …`"
    } else {
        "move this route up, or remove it"
    };
    format!(
        "unreachable route `{route}`: every request it could match, such as `{example}`, is matched first by {winners}\nhelp: {help}"
    )
}

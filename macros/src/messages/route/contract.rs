//! The query, the body and the reply of a route.

mod body;
mod query;
mod reply;

pub(crate) use body::*;
pub(crate) use query::*;
pub(crate) use reply::*;

pub(crate) fn mount_with_contract(what: &str) -> String {
    format!(
        "a mount cannot have a {what}: the routes of the mounted server declare their own\nhelp: remove it: `mount \"/path\" => server(req, res).await`"
    )
}

pub(crate) fn fallback_with_contract(word: &str, what: &str) -> String {
    format!(
        "`{word}` cannot have a {what}: it handles the requests that match no route\nhelp: use `{word} => expression`, and read the request in the expression"
    )
}

pub(crate) fn moved_before_contract(request: &str, part: &str, line: usize) -> String {
    format!(
        "`{request}` is moved by the statement on line {line}, but this route reads its {part}\nhelp: use `&{request}` or clones of its values in that statement, or move the statement below the route"
    )
}

pub(crate) fn reply_not_declared() -> String {
    "`openapi = strict` requires every route to declare its reply, and this one does not\nhelp: add `-> REPLY` after the path, such as `-> Json<Product>`, or add `#[doc(hidden)]` to leave the route out of the document".to_owned()
}

pub(crate) fn generic_type_in_strict(name: &str) -> String {
    format!(
        "`openapi = strict` requires a schema, and a type that depends on the generic parameter `{name}` has none\nhelp: use a type without `{name}`, or add `#[doc(hidden)]` to leave the route out of the document"
    )
}

pub(crate) fn inner_type(name: &str, function: &str) -> String {
    format!(
        "`{name}` is declared inside `{function}`, so the URLs and the `ROUTES` of `{function}` cannot use it\nhelp: move `{name}` out of the function"
    )
}

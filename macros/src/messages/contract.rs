//! What the line of a route declares besides its path.

mod body;
mod query;
mod reply;

pub(crate) use body::*;
pub(crate) use query::*;
pub(crate) use reply::*;

pub(crate) fn mount_with_contract(what: &str) -> String {
    format!(
        "a mount has no {what}: the routes of the mounted server declare theirs\nhelp: remove it: `mount \"/path\" => server(req, res).await`"
    )
}

pub(crate) fn fallback_with_contract(word: &str, what: &str) -> String {
    format!(
        "`{word}` has no {what}: it replies to requests that no route declares\nhelp: use `{word} => expression`, and read the request in the expression"
    )
}

pub(crate) fn moved_before_contract(request: &str, part: &str) -> String {
    format!(
        "`{request}` is moved here, and a route below declares that it reads the {part}\nhelp: pass `&{request}` or a clone of what is needed, or move the statement below the route"
    )
}

pub(crate) fn inner_type(name: &str, function: &str) -> String {
    format!(
        "`{name}` is declared inside `{function}`, where its URLs and its `ROUTES` cannot use it\nhelp: move `{name}` out of the function"
    )
}

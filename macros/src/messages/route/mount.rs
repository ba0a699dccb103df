//! `route!(mount …)`.

use proc_macro2::Ident;

const CATCH_ALL: &str =
    "to pass requests to anything else, use `ANY \"/path/{rest..}\" => …` and `req.at(rest)`";

pub(crate) fn mount_with_method() -> String {
    "a mount cannot have a method: it passes on every method, and the routes of the mounted server declare theirs\nhelp: remove the method: `mount \"/path\" => server(req, res).await`".to_owned()
}

pub(crate) fn mount_without_path(server: &Ident) -> String {
    format!(
        "a mount begins with a path, found `{server}`\nhelp: use `mount \"/path\" => {server}(req, res).await`"
    )
}

pub(crate) fn mount_of_fallback() -> String {
    "a mount needs a path, found `_`\nhelp: use `mount \"/\"` for every path".to_owned()
}

pub(crate) fn mount_with_rest(path: &str, prefix: &str) -> String {
    format!(
        "a mount already matches everything below its path, found a rest parameter in `{path}`\nhelp: use `mount \"{prefix}\"`"
    )
}

pub(crate) fn mount_not_awaited(call: &str) -> String {
    format!("missing `.await` after the call to the mounted server\nhelp: add it: `{call}.await`")
}

pub(crate) fn mount_not_a_call(found: &str, request: &str, response: &str) -> String {
    let is_name = found
        .chars()
        .all(|it| it.is_alphanumeric() || "_:".contains(it));
    let help = match is_name {
        true => format!(
            "use `{found}({request}, {response}).await`, and pass its state after `{response}` if it has any"
        ),
        false => format!("use `server({request}, {response}, …).await`"),
    };
    format!("expected the call to a mounted server, found `{found}`\nhelp: {help}; {CATCH_ALL}")
}

pub(crate) fn mount_of_service(found: &str, path: &str, request: &str) -> String {
    format!(
        "a mount calls a `#[server]` function, found the value `{found}`\nhelp: use `ANY \"{path}/{{rest..}}\" => …`, and pass `{request}.at(rest)` to `{found}`"
    )
}

pub(crate) fn mount_arguments(server: &str, request: &str, response: &str) -> String {
    format!(
        "a mounted server takes `{request}` and `{response}` unchanged\nhelp: use `{server}({request}, {response}, …).await`; {CATCH_ALL}"
    )
}

pub(crate) fn mount_rebased(request: &str) -> String {
    format!(
        "`{request}` is already relative to the path of the mount\nhelp: use `{request}` without `.at(…)`"
    )
}

pub(crate) fn mount_of_itself(server: &str) -> String {
    format!(
        "`{server}` cannot mount itself\nhelp: use `ANY \"/path/{{rest..}}\" => Box::pin({server}(req.at(rest), res)).await`"
    )
}

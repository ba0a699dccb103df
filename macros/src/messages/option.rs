//! The options of `#[server(…)]`.

use super::text::distance;

pub(crate) fn unknown_option(key: &str) -> String {
    let plain = key.to_lowercase().replace("-", "_");
    let help = if ["prefix", "url_prefix", "mount", "scope", "base", "path"]
        .contains(&plain.as_str())
    {
        "use a mount in another server: `route!(mount \"/path\" => name(req, res).await)`"
    } else if plain.starts_with("trailing") || distance(&plain, "trailing_slash") <= 2 {
        "use `trailing_slash`"
    } else if ["port", "host", "addr", "address", "bind", "listen"].contains(&plain.as_str()) {
        "use `listen` with the address: `http::create_server(name).listen(\"127.0.0.1:3000\").await`"
    } else if [
        "workers",
        "threads",
        "timeout",
        "body_limit",
        "max_body_size",
        "keep_alive",
        "limit",
    ]
    .contains(&plain.as_str())
    {
        "use a method of the server, such as `http::create_server(name).max_body_size(bytes)`, `.request_timeout(duration)` or `.threads(count)`"
    } else if [
        "middleware",
        "wrap",
        "layer",
        "cors",
        "auth",
        "guard",
        "before",
        "filters",
        "use",
    ]
    .contains(&plain.as_str())
    {
        "use a statement above the routes, such as `onward::cors(&req, &mut res, \"https://example.com\");`"
    } else if ["state", "data", "db", "context"].contains(&plain.as_str()) {
        "use an argument of the function: `async fn name(req: Request, res: Response, db: Db)`"
    } else if ["error", "error_handler", "on_error", "catch", "errors"].contains(&plain.as_str()) {
        "use the return type: `-> Result<Sent, AppError>`, with your own `AppError`"
    } else if ["fallback", "not_found", "default"].contains(&plain.as_str()) {
        "use a route: `route!(_ => (StatusCode::NOT_FOUND, \"no such page\"))`"
    } else {
        "use `crate = path`, `urls = Name`, `trailing_slash = strict`, `ignore` or `redirect`, or, with the feature `openapi`, `openapi = strict` or `security = SCHEME`"
    };
    format!("unknown option `{key}`\nhelp: {help}")
}

pub(crate) fn duplicate_option(key: &str) -> String {
    format!("duplicate option `{key}`\nhelp: remove one of them")
}

pub(crate) fn option_without_value(key: &str) -> String {
    let value = match key {
        "crate" => "path::to::onward",
        "urls" => "Name",
        "security" => "Security::bearer()",
        _ => "strict",
    };
    format!("option `{key}` has no value\nhelp: use `{key} = {value}`")
}

pub(crate) fn options_not_separated() -> String {
    "expected `,` between two options\nhelp: add a comma: `#[server(crate = path, trailing_slash = ignore)]`".to_owned()
}

pub(crate) fn crate_option() -> String {
    "expected a path after `crate =`\nhelp: use a path without quotes: `crate = path::to::onward`"
        .to_owned()
}

pub(crate) fn trailing_slash_option() -> String {
    "expected `strict`, `ignore` or `redirect`\nhelp: use one of them without quotes: `trailing_slash = ignore`".to_owned()
}

pub(crate) fn urls_option() -> String {
    "expected a name after `urls =`\nhelp: use an identifier without quotes: `urls = ShopUrls`"
        .to_owned()
}

pub(crate) fn openapi_option() -> String {
    "expected `strict` after `openapi =`\nhelp: use `openapi = strict`, or remove the option to allow types without a schema".to_owned()
}

pub(crate) fn security_option() -> String {
    "expected a security scheme after `security =`\nhelp: use a constant: `security = onward::openapi::Security::bearer()`".to_owned()
}

pub(crate) fn option_without_feature(key: &str) -> String {
    format!(
        "the option `{key}` needs the feature `openapi` of `onward`\nhelp: add it: `cargo add onward --features openapi`"
    )
}

pub(crate) fn path_as_option(path: &str) -> String {
    format!(
        "`#[server]` does not take a path\nhelp: move the path into the routes, or nest the function: `route!(ANY \"{path}/{{rest..}}\" => name(req.at(rest), res).await)`"
    )
}

//! Servers with one of each kind of route, under the restriction lints that generated code could trigger. (Those for
//! shadowing are excluded: a text parameter is decoded under its own name.)
#![deny(
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::as_conversions,
    clippy::clone_on_ref_ptr,
    clippy::exhaustive_enums,
    clippy::expect_used,
    clippy::if_then_some_else_none,
    clippy::indexing_slicing,
    clippy::integer_division,
    clippy::let_underscore_must_use,
    clippy::let_underscore_untyped,
    clippy::mixed_read_write_in_expression,
    clippy::panic,
    clippy::panic_in_result_fn,
    clippy::pattern_type_mismatch,
    clippy::ref_patterns,
    clippy::same_name_method,
    clippy::string_add,
    clippy::string_slice,
    clippy::todo,
    clippy::unreachable,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm
)]

use onward::prelude::*;

/// A server in the public API, documented as `missing_docs` requires.
///
/// # Errors
/// The errors of its routes.
#[expect(
    unreachable_pub,
    reason = "public, so that `missing_docs` applies; rustc sees that it is unreachable"
)]
#[server]
pub async fn shop(req: Request, mut res: Response, db: Vec<String>) -> Result {
    route!("/" => "hello");
    /// One product.
    route!("/products/{id: usize}" as product => db.get(id).cloned());
    route!(POST | PUT "/products" => {
        let name: String = req.body.json().await?;
        res.set_header("x-name", name.as_str());
        (StatusCode::CREATED, name)
    });
    let is_admin = req.headers.contains_key("admin");
    route!(DELETE "/products/{id: usize}" if is_admin => format!("deleted {id}"));
    route!("/users/{name}" as user => format!("hi {name}"));
    route!("/files/{name}.json" => Json(name));
    route!("/range/{from: u32}-{to: u32}" as range => format!("{from} to {to}"));
    #[cfg(unix)]
    route!("/unix" => "unix");
    #[cfg(windows)]
    route!("/windows" => "windows");
    route!("/tree/{rest..}" as tree => rest.to_string());
    route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
    route!(_ => (StatusCode::NOT_FOUND, "no such page"));
}

/// A server without a fallback, and with a different option for the trailing slash.
#[server(trailing_slash = redirect)]
pub(crate) async fn admin(req: Request, res: Response) {
    route!("/" => "admin");
    route!("/{page}" => res.send(format!("{page} of {}", req.url.original())));
}

/// A server whose routes have no parameters.
#[server(trailing_slash = ignore)]
pub(crate) async fn plain(req: Request, res: Response) -> Result {
    route!("/" => "root");
    route!("/a" => "a");
    route!(POST "/a" if req.headers.is_empty() => "b");
}

/// A server that mounts others, in the public API.
///
/// # Errors
/// The errors of its routes.
#[expect(
    unreachable_pub,
    reason = "public, so that `missing_docs` applies; rustc sees that it is unreachable"
)]
#[server]
pub async fn mounting(req: Request, res: Response, db: Vec<String>) -> Result {
    route!("/" => "hello");
    route!(POST "/shop" => StatusCode::CREATED);
    route!(unmatched);
    let is_open = !db.is_empty();
    route!(mount "/shop" as mounted if is_open => shop(req, res, db).await);
    route!(mount "/users/{name}" as user_pages if name != "nobody" => admin(req, res).await?);
}

/// A server with an expression for requests that no route matches.
#[server(trailing_slash = ignore)]
pub(crate) async fn unmatched(req: Request, res: Response) -> Result {
    route!("/" => "root");
    route!(unmatched => "unmatched");
    route!(mount "/plain" => plain(req, res).await);
}

/// A server with only a fallback.
#[server]
pub(crate) async fn only_fallback(_req: Request, res: Response) -> Result {
    route!(_ => "all");
}

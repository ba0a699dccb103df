//! Attributes on routes: doc comments, `#[cfg]`, lint levels.

use crate::client::{get, post, with};
use onward::prelude::*;

#[server]
async fn shop(req: Request, res: Response) -> Result {
    #[cfg(test)]
    route!("/present/{id: u8}" as present => id.to_string());
    #[cfg(any())]
    route!("/absent/{id: NoSuchType}" as absent => no_such_function(id));
    #[cfg(any())]
    route!("/present/{id: u8}" if no_such_guard(id) => "absent");
    #[cfg(not(test))]
    route!(POST "/present/{id: u8}" => id.to_string());
    #[cfg(test)]
    #[cfg(not(any()))]
    route!(PUT "/present/{id: u8}" => format!("put {id}"));
    #[cfg(test)]
    #[cfg(any())]
    route!(DELETE "/present/{id: u8}" => format!("deleted {id}"));
    #[cfg(any())]
    route!("/either" => "one");
    #[cfg(not(any()))]
    route!("/either" => "other");
    /// Attributes may also be inside the parentheses.
    route!(#[cfg(any())] "/inside" => "absent");
}

#[tokio::test]
async fn a_route_exists_if_its_condition_holds() {
    assert_eq!(get(shop, "/present/7").await, "200 7");
    assert_eq!(shop::present(7), "/present/7");
    assert_eq!(with("PUT", shop, "/present/7").await, "200 put 7");
    assert_eq!(get(shop, "/either").await, "200 other");
}

#[tokio::test]
async fn a_route_whose_condition_fails_is_compiled_out() {
    for path in ["/absent/7", "/inside"] {
        assert_eq!(get(shop, path).await, "404");
        assert_eq!(with("OPTIONS", shop, path).await, "404");
    }
    assert_eq!(
        post(shop, "/present/7").await,
        "405 allowed methods: GET, HEAD, PUT, OPTIONS"
    );
    let paths: Vec<_> = shop::ROUTES.iter().map(|route| route.path).collect();
    assert_eq!(paths, ["/present/{id: u8}", "/present/{id: u8}", "/either"]);
}

#[server]
async fn fallback_absent(req: Request, res: Response) -> Result {
    route!("/" => "home");
    #[cfg(any())]
    route!(_ => no_such_function());
}

#[server(trailing_slash = redirect)]
async fn fallback_present(req: Request, res: Response) -> Result {
    route!("/x" => "x");
    #[cfg(test)]
    route!(_ => "fallback");
}

#[tokio::test]
async fn a_fallback_may_have_a_condition() {
    assert_eq!(get(fallback_absent, "/x").await, "404");
    assert_eq!(
        post(fallback_absent, "/").await,
        "405 allowed methods: GET, HEAD, OPTIONS"
    );
    assert_eq!(fallback_absent::ROUTES.len(), 1);
    assert_eq!(get(fallback_present, "/").await, "200 fallback");
    assert_eq!(get(fallback_present, "/x/").await, "308 /x");
    assert_eq!(fallback_present::ROUTES.len(), 2);
}

#[server]
async fn all_absent(req: Request, res: Response) -> Result {
    #[cfg(any())]
    route!("/{x}/{rest..}" if x == rest => "absent");
    route!("/" => "home");
}

#[tokio::test]
async fn a_server_compiles_with_most_of_its_routes_absent() {
    assert_eq!(get(all_absent, "/").await, "200 home");
    assert_eq!(get(all_absent, "/x/y").await, "404");
}

#[deny(unused_variables, deprecated, clippy::unwrap_used)]
mod strict {
    use onward::prelude::*;

    #[deprecated]
    fn old() -> &'static str {
        "old"
    }

    /// The function keeps its own documentation and attributes.
    #[server]
    #[must_use = "it sends nothing by itself"]
    pub(super) async fn lints(req: Request, res: Response) -> Result {
        #[allow(deprecated)]
        route!("/old" => old());
        #[expect(
            clippy::unwrap_used,
            reason = "shows that the level applies to the reply"
        )]
        route!("/{n}" => n.parse::<u8>().ok().unwrap().to_string());
        #[allow(deprecated)]
        route!(_ => old());
    }
}

#[tokio::test]
async fn lint_levels_apply_to_the_reply() {
    assert_eq!(get(strict::lints, "/old").await, "200 old");
    assert_eq!(get(strict::lints, "/7").await, "200 7");
    assert_eq!(get(strict::lints, "/").await, "200 old");
}

#[server]
async fn literals(req: Request, res: Response) -> Result {
    route!(r"/raw/{name}" => name.to_owned());
    route!(r#"/"quoted"/{name}"# => name.to_owned());
    route!("/\u{e9}scaped/\"{name}\"" => name.to_owned());
    onward::route!("/with/a/path" => "path");
    ::onward::route! { "/braces" => "braces" }
    route!["/brackets" => "brackets",];
}

#[tokio::test]
async fn a_path_is_any_string_literal_and_the_macro_any_call() {
    assert_eq!(get(literals, "/raw/x").await, "200 x");
    assert_eq!(get(literals, "/%22quoted%22/x").await, "200 x");
    assert_eq!(get(literals, "/%C3%A9scaped/%22x%22").await, "200 x");
    assert_eq!(get(literals, "/with/a/path").await, "200 path");
    assert_eq!(get(literals, "/braces").await, "200 braces");
    assert_eq!(get(literals, "/brackets").await, "200 brackets");
}

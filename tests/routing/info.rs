//! The list of the routes of a server: `ROUTES`.
#![expect(dead_code, reason = "only the list of routes is tested")]

use onward::prelude::*;
use onward::{RouteInfo, RouteParam};

const LINE: u32 = line!();

#[server]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => "home");
    /// A product by its number.
    ///
    /// A missing one results in a 404.
    route!(GET "/products/{id: u32}" as product => id.to_string());
    route!(PUT | POST "/products" as r#type => "new");
    /** Files. */
    route!(ANY r#"/files/{name}.{ext: std::string::String}/{path..}"# if ext.len() > 1 => format!("{name}{path}"));
    #[doc = "Of an"]
    #[doc = "attribute."]
    route!(HEAD "/head" => ());
    /// No such page.
    route!(_ => StatusCode::NOT_FOUND);
}

/// `ROUTES` can be used in constants.
const ROUTES: &[RouteInfo] = shop::ROUTES;
const PATHS: [&str; ROUTES.len()] = {
    let mut paths = [""; ROUTES.len()];
    let mut at = 0;
    while at < paths.len() {
        paths[at] = ROUTES[at].path;
        at += 1;
    }
    paths
};

#[test]
fn every_route_is_listed_as_written_and_in_order() {
    let paths = [
        "/",
        "/products/{id: u32}",
        "/products",
        "/files/{name}.{ext: std::string::String}/{path..}",
        "/head",
        "_",
    ];
    assert_eq!(PATHS, paths);
}

#[test]
fn methods_are_listed() {
    let methods: Vec<_> = ROUTES.iter().map(|route| route.methods.join(" ")).collect();
    assert_eq!(methods, ["GET", "GET", "PUT POST", "ANY", "HEAD", "ANY"]);
}

#[test]
fn parameters_are_listed_with_their_types() {
    let line = |param: &RouteParam| format!("{} {:?} {}", param.name, param.ty, param.rest);
    let params = |at: usize| ROUTES[at].params.iter().map(line).collect::<Vec<_>>();
    assert!(params(0).is_empty() && params(5).is_empty());
    assert_eq!(params(1), [r#"id Some("u32") false"#]);
    let files = [
        "name None false",
        r#"ext Some("std::string::String") false"#,
        "path None true",
    ];
    assert_eq!(params(3), files);
}

#[test]
fn names_docs_and_lines_are_listed() {
    let names: Vec<_> = ROUTES
        .iter()
        .map(|route| route.name.unwrap_or("-"))
        .collect();
    assert_eq!(names, ["-", "product", "type", "-", "-", "-"]);
    let docs: Vec<_> = ROUTES.iter().map(|route| route.docs).collect();
    let product = "A product by its number.\n\nA missing one results in a 404.";
    assert_eq!(
        docs,
        [
            "",
            product,
            "",
            "Files. ",
            "Of an\nattribute.",
            "No such page."
        ]
    );
    let lines: Vec<_> = ROUTES.iter().map(|route| route.line - LINE).collect();
    assert_eq!(lines, [4, 8, 9, 11, 14, 16]);
}

#[test]
fn routes_print_as_a_listing() {
    let listing: Vec<_> = ROUTES.iter().map(ToString::to_string).collect();
    assert_eq!(listing[1], "GET          /products/{id: u32}  as product");
    assert_eq!(listing[5], "ANY          _");
}

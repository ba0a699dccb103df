//! Tests of the lists of routes.

use super::{Flattened, RouteInfo, route, text, typed};

#[test]
fn a_listing_has_one_column_of_paths() {
    const ROUTES: &[RouteInfo] = &[
        route(&["GET"], "/products/{id: u32}", 7)
            .params(&[typed("id", "u32")])
            .named("product"),
        route(&["POST", "PUT"], "/products", 8),
    ];
    let listing: Vec<String> = ROUTES.iter().map(ToString::to_string).collect();
    assert_eq!(
        listing,
        [
            "GET          /products/{id: u32}  as product",
            "POST | PUT   /products"
        ]
    );
}

#[test]
fn mounted_routes_have_whole_paths() {
    const INNER: &[RouteInfo] = &[
        route(&["GET"], "/", 3),
        route(&["GET"], "/users/{id: u32}", 4)
            .params(&[typed("id", "u32")])
            .named("user"),
        route(&["ANY"], "_", 5),
    ];
    const OUTER: &[RouteInfo] = &[
        route(&["GET"], "/", 7),
        route(&["ANY"], "/shops/{shop}", 8)
            .params(&[text("shop")])
            .mounting(INNER),
        route(&["ANY"], "/", 9).mounting(INNER),
    ];
    let flattened = Flattened::new();
    let routes = flattened.of(OUTER);
    let listing: Vec<String> = routes.iter().map(ToString::to_string).collect();
    assert_eq!(
        listing,
        [
            "GET          /",
            "GET          /shops/{shop}",
            "GET          /shops/{shop}/users/{id: u32}  as user",
            "ANY          /shops/{shop}/{_..}",
            "GET          /",
            "GET          /users/{id: u32}  as user",
            "ANY          _",
        ]
    );
    assert_eq!(routes[2].params, [text("shop"), typed("id", "u32")]);
    assert_eq!(routes[2].line, 4);
}

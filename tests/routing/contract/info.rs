//! Query, body and reply in `ROUTES` and `routes()`.
#![expect(dead_code, reason = "only the list of routes is tested")]

use onward::prelude::*;
use onward::{RouteInfo, RouteQuery};
use serde::Deserialize;

#[derive(Deserialize)]
struct Unwritten(u8);

#[derive(Deserialize)]
struct Filter {
    max: Option<u8>,
}

const TWENTY: u32 = 20;
const SEVEN: Unwritten = Unwritten(7);

#[server]
async fn shop(req: Request, res: Response) -> Result {
    /// The products, by name.
    route!("/products?{page: u32 = 1}&per-page={size: u32 = TWENTY}&{search: Option<String>}&{tag: Vec<String>}"
        as products -> Json<Vec<u32>> => Json(vec![page, size, search.map_or(0, |_| 1), tag.len() as u32]));
    route!(POST "/products" (Json(new): Json<Vec<u8>>) -> Created<Json<Vec<u8>>> => Created(Json(new)));
    route!("/products/{id: u32}" as product => id.to_string());
    route!("/filter?{exact: bool}&{own: Unwritten = SEVEN}&{filter..: Filter}"
        => format!("{exact} {} {:?}", own.0, filter.max));
    route!(PUT | PATCH "/product-images/{id: u32}" (_: String) -> NoContent => { let _ = id; NoContent });
    route!(mount "/admin" => admin(req, res).await);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!(POST "/users?{dry: bool = false}" (name: String) as create -> Created<String> => Created(format!("{name} {dry}")));
    route!(_ => "other");
}

const ROUTES: &[RouteInfo] = shop::ROUTES;

#[test]
fn the_query_is_listed_with_keys_types_and_defaults_as_values() {
    let line = |it: &RouteQuery| {
        format!(
            "{} {} {} {:?} {}",
            it.key,
            it.name,
            it.ty,
            it.default,
            it.is_required()
        )
    };
    let lines: Vec<_> = ROUTES[0].query.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "page page u32 Some(1) false",
            "per-page size u32 Some(TWENTY) false",
            "search search Option<String> None false",
            "tag tag Vec<String> None false",
        ]
    );
    let value = |at: usize| ROUTES[0].query[at].default.and_then(|it| it.value());
    assert_eq!(value(0), Some(1.into()));
    assert_eq!(value(1), Some(20.into()));
    assert_eq!(value(2), None);
    let [exact, own, filter] = ROUTES[3].query else {
        panic!("three parameters")
    };
    assert!(exact.is_required() && !exact.all);
    assert_eq!(
        own.default.map(|it| (it.text, it.value())),
        Some(("SEVEN", None))
    );
    assert!(filter.all && !filter.is_required());
    assert_eq!((filter.name, filter.ty.as_str()), ("filter", "Filter"));
}

#[test]
fn body_and_reply_are_listed_with_their_types() {
    let create = &ROUTES[1];
    assert_eq!(create.body.map(|it| it.as_str()), Some("Json<Vec<u8>>"));
    assert_eq!(
        create.reply.map(|it| it.as_str()),
        Some("Created<Json<Vec<u8>>>")
    );
    assert_eq!((ROUTES[2].body, ROUTES[2].reply), (None, None));
    assert_eq!(ROUTES[0].docs, "The products, by name.");
    assert_eq!(ROUTES[0].path, "/products");
}

#[test]
fn every_operation_has_a_name() {
    let names: Vec<_> = ROUTES.iter().map(RouteInfo::operation).collect();
    let expected = [
        "products",
        "postProducts",
        "product",
        "getFilter",
        "putOrPatchProductImagesId",
        "anyAdmin",
    ];
    assert_eq!(names, expected);
}

#[test]
fn routes_prints_an_aligned_table_with_mounted_servers() {
    let table = "\
GET          /products?page&per-page&search&tag                   -> Json<Vec<u32>>          as products
POST         /products                           (Json<Vec<u8>>)  -> Created<Json<Vec<u8>>>
GET          /products/{id: u32}                                                             as product
GET          /filter?exact&own&{filter..}
PUT | PATCH  /product-images/{id: u32}           (String)         -> NoContent
POST         /admin/users?dry                    (String)         -> Created<String>         as create
ANY          /admin/{_..}
";
    assert_eq!(shop::routes().to_string(), table);
    assert_eq!(shop::routes().len(), 7);
    let paths: Vec<&str> = shop::routes().into_iter().map(|it| it.path).collect();
    assert_eq!(paths[5], "/admin/users");
    let slice: &[RouteInfo] = shop::routes();
    assert!(slice[5].body.is_some());
}

#[test]
fn a_route_is_one_line_in_the_order_of_the_grammar() {
    let create = "POST         /users?{dry: bool = false}  (String)  as create  -> Created<String>";
    assert_eq!(admin::ROUTES[0].to_string(), create);
    let filter = "GET          /filter?{exact: bool}&{own: Unwritten = SEVEN}&{filter..: Filter}";
    assert_eq!(ROUTES[3].to_string(), filter);
    assert_eq!(
        ROUTES[2].to_string(),
        "GET          /products/{id: u32}  as product"
    );
}

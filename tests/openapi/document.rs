//! The document as a whole: its title, tags, names, docs, and nested servers.

use onward::openapi::OpenApi;
use onward::prelude::*;
use serde_json::{Value, json};

use crate::{keys, operation};

/// The tea shop.
///
/// It sells tea.
#[server]
async fn tea_shop(req: Request, res: Response) -> Result {
    /// Lists teas.
    ///
    /// All of them.
    route!("/teas" as teas -> Json<Vec<String>> => Json(vec![]));
    route!(POST | PUT "/teas" (name: String) as save -> String => name);
    #[doc(hidden)]
    route!("/internal" -> String => String::new());
    route!(mount "/shops/{shop: u32}" as branch if shop > 0 => inner::branch(req, res, shop).await);
    route!(mount "/open" => inner::branch(req, res, 1).await);
    route!(_ => (StatusCode::NOT_FOUND, "no such page"));
}

mod inner {
    use onward::prelude::*;

    /// A branch.
    #[server]
    pub(super) async fn branch(req: Request, res: Response, shop: u32) -> Result {
        route!("/" as home -> Json<u32> => Json(shop));
        route!("/teas/{id: u32}" -> Json<u32> => Json(id));
        #[cfg(not(test))]
        route!("/never" -> String => String::new());
    }
}

fn api() -> OpenApi {
    OpenApi::new(tea_shop::ROUTES)
}

#[test]
fn the_function_gives_the_title_and_the_package_the_version() {
    let api = api();
    let info = &api.document()["info"];
    assert_eq!(info["title"], "Tea shop");
    assert_eq!(info["description"], "The tea shop.\n\nIt sells tea.");
    assert_eq!(info["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(info["license"]["identifier"], "MIT OR Apache-2.0");
    assert_eq!(api.document()["openapi"], "3.1.1");
}

#[test]
fn a_module_is_a_tag() {
    let tags = json!([
        { "name": "document", "description": "The tea shop." },
        { "name": "inner", "description": "A branch." },
    ]);
    let api = api();
    assert_eq!(api.document()["tags"], tags);
    assert_eq!(operation(&api, "/teas", "get")["tags"], json!(["document"]));
    assert_eq!(operation(&api, "/open", "get")["tags"], json!(["inner"]));
}

#[test]
fn the_first_line_of_the_docs_is_the_summary() {
    let api = api();
    let teas = operation(&api, "/teas", "get");
    assert_eq!(teas["summary"], "Lists teas.");
    assert_eq!(teas["description"], "Lists teas.\n\nAll of them.");
    let home = operation(&api, "/open", "get");
    assert_eq!(home["summary"], "GET /open");
    assert_eq!(home.get("description"), None);
}

#[test]
fn hidden_routes_fallbacks_and_routes_that_are_compiled_out_are_not_listed() {
    let api = api();
    let expected = [
        "/open",
        "/open/teas/{id}",
        "/shops/{shop}",
        "/shops/{shop}/teas/{id}",
        "/teas",
    ];
    assert_eq!(keys(&api.document()["paths"]), expected);
}

#[test]
fn every_operation_has_its_own_id() {
    let api = api();
    let mut ids: Vec<&str> = Vec::new();
    for path in api.document()["paths"].as_object().unwrap().values() {
        ids.extend(
            path.as_object()
                .unwrap()
                .values()
                .map(|it| it["operationId"].as_str().unwrap()),
        );
    }
    let expected = [
        "home",
        "getOpenTeasId",
        "branch_home",
        "getShopsShopTeasId",
        "teas",
        "save_post",
        "save_put",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn no_response_is_a_default_or_a_range() {
    let api = api();
    let text = api.to_string();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(&document, api.document());
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            for status in keys(&operation["responses"]) {
                assert!(status.parse::<u16>().is_ok(), "{status}");
            }
        }
    }
}

/// The fallback can send anything, so nothing is known about the 404.
#[test]
fn a_fallback_hides_the_failures_of_matching() {
    let api = api();
    let responses = &operation(&api, "/open/teas/{id}", "get")["responses"];
    assert_eq!(keys(responses), ["200", "400", "404"]);
    assert_eq!(responses["404"]["x-unknown"], true);
    assert_eq!(responses["404"].get("content"), None);
}

#[test]
fn title_version_and_server_can_be_set() {
    let api = api()
        .title("Tea")
        .version("2.0.0")
        .server("https://tea.example");
    assert_eq!(api.document()["info"]["title"], "Tea");
    assert_eq!(api.document()["info"]["version"], "2.0.0");
    assert_eq!(
        api.document()["servers"],
        json!([{ "url": "https://tea.example" }])
    );
}

#[tokio::test]
async fn a_document_is_a_reply() {
    let sent = Response::new().send(api());
    assert_eq!(sent.header("content-type").unwrap(), "application/json");
    assert_eq!(&sent.json::<Value>(), api().document());
}

#[test]
fn a_server_without_routes_has_a_document() {
    let api = OpenApi::new(&[]);
    assert_eq!(api.document()["info"]["title"], "API");
    assert_eq!(api.document()["paths"], json!({}));
}

//! The schemas of types: what serde reads and what it writes.

use onward::openapi::OpenApi;
use onward::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::borrow::Cow;

use crate::{json_schema, keys, operation};

#[derive(Serialize, Deserialize, JsonSchema)]
struct Order {
    item: Item,
    note: Note,
    #[serde(skip_deserializing)]
    total: u64,
}

/// The field is the same in both directions, but the fields of its type are not.
#[derive(Serialize, Deserialize, JsonSchema)]
struct Item {
    tag: Tag,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Tag {
    #[serde(default)]
    color: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Note {
    text: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TagInput")]
struct Clash {
    text: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Page<T> {
    items: Vec<T>,
}

#[derive(Serialize, Deserialize)]
struct Bare {
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct Borrowed<'a> {
    text: Cow<'a, str>,
}

#[server]
async fn types<'a, T>(req: Request, res: Response, text: &'a str, generic: T) -> Result
where
    T: Serialize + JsonSchema + Send,
{
    route!(POST "/orders" (Json(order): Json<Order>) -> Json<Order> => Json(order));
    route!("/clash" -> Json<Clash> => Json(Clash { text: String::new() }));
    route!("/page" -> Json<Page<Note>> => Json(Page { items: vec![] }));
    route!(POST "/bare" (Json(bare): Json<Bare>) -> Created<Json<Bare>> => Created(Json(bare)));
    route!("/borrowed" -> Json<Borrowed<'a>> => Json(Borrowed { text: text.into() }));
    route!("/generic" -> Json<T> => Json(generic));
}

fn api() -> OpenApi {
    OpenApi::new(types::ROUTES)
}

#[test]
fn a_type_that_is_read_and_written_differently_has_two_schemas() {
    let api = api();
    let schemas = &api.document()["components"]["schemas"];
    let post = operation(&api, "/orders", "post");
    let read = &post["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(read["$ref"], "#/components/schemas/OrderInput");
    let written = json_schema(&api, "/orders", "post", "200");
    assert_eq!(written["$ref"], "#/components/schemas/Order");

    assert_eq!(
        schemas["Order"]["required"],
        json!(["item", "note", "total"])
    );
    assert_eq!(schemas["OrderInput"]["required"], json!(["item", "note"]));
    assert_eq!(
        schemas["OrderInput"]["properties"]["item"]["$ref"],
        "#/components/schemas/ItemInput"
    );
    assert_eq!(
        schemas["ItemInput"]["properties"]["tag"]["$ref"],
        "#/components/schemas/TagInput2"
    );
    assert_eq!(schemas["Tag"]["required"], json!(["color"]));
    assert_eq!(schemas["TagInput2"].get("required"), None);
    assert_eq!(schemas["TagInput"]["required"], json!(["text"]));
}

#[test]
fn a_type_that_is_the_same_in_both_directions_has_one_schema() {
    let api = api();
    let schemas = &api.document()["components"]["schemas"];
    assert_eq!(
        schemas["OrderInput"]["properties"]["note"]["$ref"],
        "#/components/schemas/Note"
    );
    assert!(!keys(schemas).contains(&"NoteInput"));
}

#[test]
fn only_schemas_that_are_used_are_listed() {
    let api = api();
    let names = keys(&api.document()["components"]["schemas"]);
    let text = api.to_string();
    for name in names {
        assert!(
            text.contains(&format!("#/components/schemas/{name}\"")),
            "{name}"
        );
    }
}

#[test]
fn a_type_without_a_schema_is_unknown_and_the_rest_is_not() {
    let api = api();
    let post = operation(&api, "/bare", "post");
    assert_eq!(
        post["requestBody"]["content"],
        json!({ "application/json": {} })
    );
    assert_eq!(
        post["responses"]["201"]["content"],
        json!({ "application/json": {} })
    );
    assert_eq!(keys(&post["responses"]), ["201", "400", "413", "415"]);
    let generic = operation(&api, "/generic", "get");
    assert_eq!(generic["responses"]["200"]["x-unknown"], true);
}

#[test]
fn lifetimes_do_not_matter() {
    let api = api();
    let schema = json_schema(&api, "/borrowed", "get", "200");
    assert_eq!(schema["$ref"], "#/components/schemas/Borrowed");
}

#[test]
fn integers_have_their_bounds() {
    let api = api();
    let total = &api.document()["components"]["schemas"]["Order"]["properties"]["total"];
    assert_eq!(total["maximum"], u64::MAX);
}

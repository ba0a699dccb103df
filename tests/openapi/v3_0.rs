//! The same document as OpenAPI 3.0.3.

use onward::openapi::OpenApi;
use onward::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize, Deserialize, JsonSchema)]
struct Sample {
    optional: Option<u32>,
    nested: Option<Box<Sample>>,
    pair: (u8, String),
    /// A kind.
    kind: Kind,
    #[schemars(extend("exclusiveMinimum" = 0))]
    count: u64,
    #[schemars(extend("examples" = ["a", "b"]))]
    text: String,
    anything: Value,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
enum Kind {
    /// The first.
    A,
    B {
        value: Option<String>,
    },
}

#[server]
async fn sample(req: Request, res: Response) -> Result {
    route!("/" -> Json<Sample> => unreachable!("no request is sent"));
    route!(POST "/bytes" (bytes: onward::http::Bytes) -> Vec<u8> => bytes.to_vec());
}

/// Collects the keys of all objects in a value.
fn keywords(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.push(key.clone());
                keywords(value, found);
            }
        }
        Value::Array(array) => array.iter().for_each(|it| keywords(it, found)),
        _ => {}
    }
}

#[test]
fn no_keyword_of_3_1_is_left() {
    let api = OpenApi::new(sample::ROUTES).v3_0();
    assert_eq!(api.document()["openapi"], "3.0.3");
    let mut found = Vec::new();
    keywords(api.document(), &mut found);
    for keyword in ["const", "examples", "prefixItems", "identifier", "$defs"] {
        assert!(!found.contains(&keyword.to_owned()), "{keyword}");
    }
    let text = api.to_string();
    assert!(!text.contains("\"null\""), "{text}");
}

#[test]
fn null_is_nullable() {
    let api = OpenApi::new(sample::ROUTES).v3_0();
    let properties = &api.document()["components"]["schemas"]["Sample"]["properties"];
    assert_eq!(properties["optional"]["type"], "integer");
    assert_eq!(properties["optional"]["nullable"], true);
    let nested = json!({ "allOf": [{ "$ref": "#/components/schemas/Sample" }], "nullable": true });
    assert_eq!(properties["nested"], nested);
    assert_eq!(properties["anything"], json!({}));
    assert_eq!(properties["text"]["example"], "a");
    let kind =
        json!({ "allOf": [{ "$ref": "#/components/schemas/Kind" }], "description": "A kind." });
    assert_eq!(properties["kind"], kind);
}

#[test]
fn losses_are_listed() {
    let api = OpenApi::new(sample::ROUTES).v3_0();
    let expected = [
        "`Sample.properties.count`: no maximum above that of `i64`",
        "`Sample.properties.pair`: the items of a tuple have no order",
    ];
    let mut losses: Vec<&str> = api.losses().iter().map(String::as_str).collect();
    losses.sort_unstable();
    assert_eq!(losses, expected);
    assert_eq!(api.document()["x-losses"], json!(api.losses()));
}

#[test]
fn bytes_are_binary_strings() {
    let api = OpenApi::new(sample::ROUTES);
    let content = |api: &OpenApi| {
        api.document()["paths"]["/bytes"]["post"]["requestBody"]["content"]["application/octet-stream"].clone()
    };
    assert_eq!(content(&api), json!({}));
    assert_eq!(
        content(&api.v3_0()),
        json!({ "schema": { "type": "string", "format": "binary" } })
    );
}

//! Converts a document from OpenAPI 3.1 to 3.0.3, which some generators need and whose schemas are an older dialect of
//! JSON Schema.

use serde_json::{Map, Value, json};

const BYTES: &str = "application/octet-stream";

/// The keywords that OpenAPI 3.0 does not have, and that can be removed: without them, a schema allows at least the
/// same values.
const UNKNOWN: [&str; 16] = [
    "$defs",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Returns the document as OpenAPI 3.0.3, and adds what that version cannot express to `losses`.
pub(crate) fn convert(document: &Value, losses: &mut Vec<String>) -> Value {
    let mut document = document.clone();
    document["openapi"] = "3.0.3".into();
    if let Some(Value::Object(license)) = document["info"].get_mut("license") {
        license.remove("identifier");
    }
    let mut converter = Converter {
        place: Vec::new(),
        losses,
    };
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        for (name, schema) in schemas {
            converter.enter(name, |it| it.schema(schema));
        }
    }
    if let Some(paths) = document.get_mut("paths") {
        converter.find_schemas(paths);
    }
    document
}

struct Converter<'a> {
    /// The keys that lead from the document to the current value.
    place: Vec<String>,
    losses: &'a mut Vec<String>,
}

impl Converter<'_> {
    fn enter(&mut self, key: &str, convert: impl FnOnce(&mut Self)) {
        self.place.push(key.to_owned());
        convert(self);
        self.place.pop();
    }

    fn lose(&mut self, what: &str) {
        let loss = format!("`{}`: {what}", self.place.join("."));
        if !self.losses.contains(&loss) {
            self.losses.push(loss);
        }
    }

    /// Converts the schemas of parameters and bodies.
    fn find_schemas(&mut self, value: &mut Value) {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    self.enter(key, |it| match key.as_str() {
                        "schema" => it.schema(value),
                        "content" => it.content(value),
                        _ => it.find_schemas(value),
                    });
                }
            }
            Value::Array(array) => array.iter_mut().for_each(|value| self.find_schemas(value)),
            _ => {}
        }
    }

    /// Converts the value of `content`. Bytes become strings in the format `binary`; in OpenAPI 3.1, they have no
    /// schema.
    fn content(&mut self, content: &mut Value) {
        if let Value::Object(content) = content {
            if let Some(any) = content.remove("*/*") {
                self.lose("`*/*` is bytes");
                content.insert(BYTES.to_owned(), any);
            }
            for (media_type, content) in content.iter_mut() {
                let is_binary = media_type == BYTES && content.get("schema").is_none();
                if is_binary {
                    content["schema"] = json!({ "type": "string", "format": "binary" });
                }
            }
        }
        self.find_schemas(content);
    }

    fn schema(&mut self, schema: &mut Value) {
        match schema {
            Value::Bool(true) => *schema = json!({}),
            Value::Bool(false) => *schema = json!({ "not": {} }),
            Value::Object(object) => self.object(object),
            _ => {}
        }
    }

    fn object(&mut self, schema: &mut Map<String, Value>) {
        self.drop_unknown(schema);
        self.tuple(schema);
        self.inner(schema);
        self.alternatives(schema);
        self.types(schema);
        bounds(schema);
        self.large_maximum(schema);
        if let Some(value) = schema.remove("const") {
            schema.insert("enum".to_owned(), json!([value]));
        }
        if let Some(Value::Array(examples)) = schema.remove("examples") {
            schema.extend(
                examples
                    .into_iter()
                    .next()
                    .map(|it| ("example".to_owned(), it)),
            );
        }
        // In OpenAPI 3.0, a reference cannot have other keywords.
        if schema.len() > 1
            && let Some(reference) = schema.remove("$ref")
        {
            schema.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
        }
    }

    fn drop_unknown(&mut self, schema: &mut Map<String, Value>) {
        for keyword in UNKNOWN {
            if schema.remove(keyword).is_some() {
                self.lose(&format!("no `{keyword}`"));
            }
        }
    }

    /// Converts a tuple to an array. All items of the array have the same schema, which allows every type in the tuple.
    fn tuple(&mut self, schema: &mut Map<String, Value>) {
        let Some(items) = schema.remove("prefixItems") else {
            return;
        };
        self.lose("the items of a tuple have no order");
        schema.insert("items".to_owned(), json!({ "anyOf": items }));
    }

    /// Converts the nested schemas.
    fn inner(&mut self, schema: &mut Map<String, Value>) {
        for (key, value) in schema.iter_mut() {
            self.enter(key, |it| match (key.as_str(), &mut *value) {
                ("properties", Value::Object(properties)) => {
                    for (name, property) in properties {
                        it.enter(name, |it| it.schema(property));
                    }
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(all)) => {
                    all.iter_mut()
                        .filter(|it| !is_null(it))
                        .for_each(|schema| it.schema(schema));
                }
                ("items" | "not", value) => it.schema(value),
                ("additionalProperties", value) if !value.is_boolean() => it.schema(value),
                _ => {}
            });
        }
        if schema.get("type").is_some_and(|ty| ty == "array") {
            schema.entry("items").or_insert_with(|| json!({}));
        }
    }

    /// Removes an alternative that is `null`, and makes the schema nullable instead.
    fn alternatives(&mut self, schema: &mut Map<String, Value>) {
        for key in ["anyOf", "oneOf"] {
            let Some(Value::Array(all)) = schema.get_mut(key) else {
                continue;
            };
            let before = all.len();
            all.retain(|it| !is_null(it));
            let is_nullable = all.len() < before;
            let is_single = all.len() == 1;
            if is_nullable {
                schema.insert("nullable".to_owned(), true.into());
            }
            if is_single && let Some(only) = schema.remove(key) {
                schema.insert("allOf".to_owned(), only);
            }
        }
    }

    fn types(&mut self, schema: &mut Map<String, Value>) {
        if schema.get("type").is_some_and(|ty| ty == "null") {
            self.lose("`null` is a nullable value");
            schema.remove("type");
            schema.insert("nullable".to_owned(), true.into());
            schema.insert("enum".to_owned(), json!([null]));
        }
        let Some(Value::Array(types)) = schema.get("type") else {
            return;
        };
        let mut types = types.clone();
        let before = types.len();
        types.retain(|ty| ty != "null");
        if types.len() < before {
            schema.insert("nullable".to_owned(), true.into());
        }
        schema.remove("type");
        match types.as_slice() {
            [only] => {
                schema.insert("type".to_owned(), only.clone());
            }
            several => {
                let several = several.iter().map(|ty| json!({ "type": ty }));
                schema.insert("anyOf".to_owned(), several.collect());
            }
        }
    }

    /// Removes a maximum above that of `i64`, because many generators read integers as `i64`.
    fn large_maximum(&mut self, schema: &mut Map<String, Value>) {
        let is_integer = schema.get("type").is_some_and(|ty| ty == "integer");
        let maximum = schema.get("maximum");
        if is_integer && maximum.is_some_and(|it| it.as_i64().is_none()) {
            self.lose("no maximum above that of `i64`");
            schema.remove("maximum");
        }
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|ty| ty == "null")
}

/// Converts exclusive bounds, which OpenAPI 3.0 expresses as inclusive bounds with a flag.
fn bounds(schema: &mut Map<String, Value>) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(value) = schema.remove(exclusive) {
            schema.insert(bound.to_owned(), value);
            schema.insert(exclusive.to_owned(), true.into());
        }
    }
}

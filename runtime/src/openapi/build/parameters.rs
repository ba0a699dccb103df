//! The parameters of a path and of a query.

use schemars::generate::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::components::definition;
use super::operation::Parameter;
use super::template::Template;
use crate::openapi::describe::Description;
use crate::routes::{RouteParam, RouteQuery, RouteType};

pub(super) fn of_path(template: &Template, generator: &mut SchemaGenerator) -> Vec<Parameter> {
    let params = template.params.iter().zip(&template.names);
    let params = params.map(|(param, name)| Parameter {
        name: name.clone(),
        is_path: true,
        is_required: true,
        schema: path_schema(param, generator),
        docs: param
            .rest
            .then(|| "The rest of the path, which may contain slashes.".to_owned()),
    });
    params.collect()
}

/// Returns the schema of a path parameter. A type without a schema gets that of a nonempty string.
fn path_schema(param: &RouteParam, generator: &mut SchemaGenerator) -> Value {
    if param.rest {
        return json!({ "type": "string" });
    }
    if let Some(ty) = param.described {
        let schema = schema(ty, generator);
        return schema.unwrap_or_else(|| json!({ "type": "string", "minLength": 1 }));
    }
    match param.ty {
        Some(ty) => primitive(ty, generator),
        None => json!({ "type": "string", "minLength": 1 }),
    }
}

/// Returns the schema of a type that the macro records only by its name.
fn primitive(ty: &str, generator: &mut SchemaGenerator) -> Value {
    macro_rules! named {
        ($($ty:ident)+) => {
            match ty {
                $(stringify!($ty) => generator.subschema_for::<$ty>().to_value(),)+
                _ => json!({ "type": "string", "minLength": 1 }),
            }
        };
    }
    named!(bool char f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize)
}

fn schema(ty: RouteType, generator: &mut SchemaGenerator) -> Option<Value> {
    Description::of(generator, ty.description.0).into_value()
}

pub(super) fn of_query(query: &[RouteQuery], generator: &mut SchemaGenerator) -> Vec<Parameter> {
    query
        .iter()
        .flat_map(|query| of_key(query, generator))
        .collect()
}

fn of_key(query: &RouteQuery, generator: &mut SchemaGenerator) -> Vec<Parameter> {
    let schema = schema(query.ty, generator);
    if query.all {
        return of_struct(query, schema, generator);
    }
    let mut schema = without_null(schema.unwrap_or_else(|| json!({})));
    let default = query.default.and_then(|default| default.value());
    if let (Some(default), Value::Object(schema)) = (default, &mut schema) {
        schema.insert("default".to_owned(), default);
    }
    vec![Parameter {
        name: query.key.to_owned(),
        is_path: false,
        is_required: query.is_required(),
        docs: docs(&schema),
        schema,
    }]
}

/// Returns one parameter for each field of a struct, or a single parameter for a map, whose entries are keys of the
/// query.
fn of_struct(
    query: &RouteQuery,
    schema: Option<Value>,
    generator: &mut SchemaGenerator,
) -> Vec<Parameter> {
    let schema = schema.unwrap_or_else(|| json!({ "type": "object" }));
    let object = definition(&schema, generator.definitions()).unwrap_or(&schema);
    let Some(properties) = object.get("properties").and_then(Value::as_object) else {
        return vec![Parameter {
            name: query.name.to_owned(),
            is_path: false,
            is_required: false,
            docs: None,
            schema,
        }];
    };
    let required = object.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|it| it == name));
    let parameters = properties.iter().map(|(name, schema)| {
        let schema = without_null(schema.clone());
        Parameter {
            name: name.clone(),
            is_path: false,
            is_required: is_required(name),
            docs: docs(&schema),
            schema,
        }
    });
    parameters.collect()
}

fn docs(schema: &Value) -> Option<String> {
    let docs = schema.get("description")?.as_str()?;
    Some(docs.to_owned())
}

/// Removes `null` from a schema: in a query, the parameter is missing instead.
fn without_null(mut schema: Value) -> Value {
    let Value::Object(object) = &mut schema else {
        return schema;
    };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if object.get("default").is_some_and(Value::is_null) {
        object.remove("default");
    }
    if let Some(Value::Array(alternatives)) = object.get_mut("anyOf") {
        alternatives.retain(|it| it.get("type").is_none_or(|ty| ty != "null"));
        if let [Value::Object(only)] = alternatives.as_slice() {
            let only: Map<String, Value> = only.clone();
            object.remove("anyOf");
            object.extend(only);
        }
    }
    schema
}

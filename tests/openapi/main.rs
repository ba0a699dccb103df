//! Tests that an OpenAPI document describes a server completely and correctly.
//!
//! The document of the example `library` has every form of route. `.ci/openapi` also checks it with tools of other
//! projects.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]
#![expect(dead_code, reason = "most servers are described and never called")]

mod document;
mod forms;
mod page;
mod program;
mod security;
#[path = "../support/served.rs"]
mod served;
mod types;
mod v3_0;

use onward::openapi::OpenApi;
use serde_json::Value;

/// Returns the keys of an object, in alphabetical order.
fn keys(value: &Value) -> Vec<&str> {
    let object = value.as_object().unwrap();
    object.keys().map(String::as_str).collect()
}

/// Returns an operation of a document.
fn operation<'a>(api: &'a OpenApi, path: &str, method: &str) -> &'a Value {
    let operation = &api.document()["paths"][path][method];
    assert!(
        operation.is_object(),
        "no {method} {path} in {:#}",
        api.document()["paths"]
    );
    operation
}

/// Returns the statuses of an operation.
fn statuses<'a>(api: &'a OpenApi, path: &str, method: &str) -> Vec<&'a str> {
    keys(&operation(api, path, method)["responses"])
}

/// Returns the schema of the JSON in a response.
fn json_schema<'a>(api: &'a OpenApi, path: &str, method: &str, status: &str) -> &'a Value {
    &operation(api, path, method)["responses"][status]["content"]["application/json"]["schema"]
}

//! A value that cannot be serialized is a deferred error, not a panic.

use std::cell::Cell;
use std::collections::HashMap;

use onward::{JsonText, json};
use serde::{Serialize, Serializer, ser::Error};

struct Refuses;

impl Serialize for Refuses {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("refused"))
    }
}

fn failed() -> JsonText {
    json!({ "before": 1, "value": [Refuses], "after": 2 })
}

#[test]
fn every_accessor_returns_the_error() {
    let refused = |error: serde_json::Error| error.to_string() == "refused";
    assert!(failed().as_str().is_err_and(refused));
    assert!(failed().as_bytes().is_err_and(refused));
    assert!(failed().into_bytes().is_err_and(refused));
    assert!(failed().to_value().is_err_and(refused));
    assert!(serde_json::Value::try_from(failed()).is_err_and(refused));
    assert!(serde_json::to_string(&failed()).is_err_and(refused));
    assert!(failed().clone().as_str().is_err_and(refused));
    assert!(json![failed()].as_str().is_err_and(refused));
}

#[test]
fn the_error_is_in_debug_output_only() {
    assert_eq!(failed().to_string(), "");
    assert!(format!("{:?}", failed()).contains("refused"));
}

#[test]
fn a_failed_value_equals_nothing() {
    assert_ne!(failed(), failed());
    assert_ne!(failed(), "");
    assert_ne!(failed(), serde_json::Value::Null);
}

#[test]
fn the_first_error_is_kept() {
    let text = json!([HashMap::from([([1], 2)]), Refuses]);
    assert_eq!(
        text.as_str().expect_err("no key").to_string(),
        "key must be a string"
    );
}

#[test]
fn later_expressions_are_still_evaluated() {
    let evaluated = Cell::new(false);
    let text = json!([Refuses, evaluated.replace(true)]);
    assert!(text.as_str().is_err());
    assert!(evaluated.get());
}

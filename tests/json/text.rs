//! The type `JsonText`.

use onward::json;

#[test]
fn every_accessor_returns_the_text() {
    let text = json!({ "b": [1, true], "a": "é" });
    let expected = r#"{"b":[1,true],"a":"é"}"#;
    assert_eq!(text.as_str().expect("text"), expected);
    assert_eq!(text.as_bytes().expect("text"), expected.as_bytes());
    assert_eq!(text.to_string(), expected);
    assert_eq!(format!("{text:?}"), format!("JsonText({expected})"));
    assert_eq!(text.clone().into_bytes().expect("text"), expected);
}

#[test]
fn a_clone_shares_the_text() {
    let text = json!([String::from("a")]);
    let clone = text.clone();
    let address = |text: &onward::JsonText| text.as_bytes().expect("text").as_ptr();
    assert_eq!(address(&text), address(&clone));
}

#[test]
fn equality() {
    let text = json!({ "b": 1, "a": 2.0 });
    assert_eq!(text, r#"{"b":1,"a":2.0}"#);
    assert_eq!(r#"{"b":1,"a":2.0}"#, text);
    assert_eq!(text, *r#"{"b":1,"a":2.0}"#);
    assert_ne!(text, r#"{"b": 1, "a": 2.0}"#);
    assert_eq!(text, json!({ "b": 1, "a": 1.0 + 1.0 }));
    assert_ne!(text, json!({ "a": 2.0, "b": 1 }));
    assert_eq!(text, serde_json::json!({ "a": 2.0, "b": 1 }));
    assert_eq!(serde_json::json!({ "a": 2.0, "b": 1 }), text);
    assert_ne!(text, serde_json::json!({ "a": 2.0 }));
}

#[test]
fn json_text_is_json_to_serde_json() {
    let text = json!({ "b": 1, "a": [1.5] });
    assert_eq!(
        serde_json::to_string(&[&text]).expect("text"),
        r#"[{"b":1,"a":[1.5]}]"#
    );
    let value = serde_json::to_value(&text).expect("text");
    assert_eq!(value, serde_json::json!({ "b": 1, "a": [1.5] }));
}

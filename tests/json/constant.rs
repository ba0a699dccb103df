//! JSON without expressions is a constant.

use onward::{JsonText, json};

static PRODUCTS: JsonText = json!(["shoes", "lipstick", { "cups": 3 }]);

#[test]
fn a_constant_may_be_a_static() {
    assert_eq!(PRODUCTS, r#"["shoes","lipstick",{"cups":3}]"#);
}

fn literal() -> JsonText {
    json!({ "shoes": [1, 2.5, null] })
}

#[test]
fn a_constant_is_built_once() {
    let first = literal().into_bytes().expect("constant");
    let second = literal().into_bytes().expect("constant");
    assert_eq!(first.as_ptr(), second.as_ptr());
}

#[test]
fn json_with_an_expression_is_built_each_time() {
    let shoes = |shoes: u8| json!({ "shoes": shoes }).into_bytes().expect("a number");
    let (first, second) = (shoes(1), shoes(1));
    assert_eq!(first, second);
    assert_ne!(first.as_ptr(), second.as_ptr());
}

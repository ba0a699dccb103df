//! JSON without expressions is part of the program.

use onward::{JsonText, json};

static PRODUCTS: JsonText = json!(["shoes", "lipstick", { "cups": 3 }]);

#[test]
fn it_may_stand_in_a_static() {
    assert_eq!(PRODUCTS, r#"["shoes","lipstick",{"cups":3}]"#);
}

fn answer() -> JsonText {
    json!({ "shoes": [1, 2.5, null] })
}

#[test]
fn it_is_made_once() {
    let first = answer().into_bytes().expect("constant");
    let second = answer().into_bytes().expect("constant");
    assert_eq!(first.as_ptr(), second.as_ptr());
}

#[test]
fn with_an_expression_it_is_made_anew() {
    let answer = |shoes: u8| json!({ "shoes": shoes }).into_bytes().expect("a number");
    let (first, second) = (answer(1), answer(1));
    assert_eq!(first, second);
    assert_ne!(first.as_ptr(), second.as_ptr());
}

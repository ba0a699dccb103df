//! `json!["a"]` is an array and `json!("a")` is not, wherever the macro is invoked.

use onward::{JsonText, json};

const IN_A_CONST: JsonText = json!["a"];

fn at_the_end() -> JsonText {
    json!["a"]
}

#[test]
fn only_square_brackets_make_an_array() {
    assert_eq!(json!["a"], r#"["a"]"#);
    assert_eq!(json!("a"), r#""a""#);
    assert_eq!(json! { "a" }, r#""a""#);
    assert_eq!(json![], "[]");
    assert_eq!(json!["a", "b"], r#"["a","b"]"#);
    assert_eq!(json![["a"]], r#"[["a"]]"#);
    assert_eq!(json!(["a"]), r#"["a"]"#);
    assert_eq!(json![{}], "[{}]");
}

#[test]
fn the_spelling_of_the_call_does_not_matter() {
    assert_eq!(onward::json!["a"], r#"["a"]"#);
    #[rustfmt::skip]
    assert_eq!(::onward::json /* ( */ ! /* ( */ [
        "a", // )
    ], r#"["a"]"#);
    use onward::json as j;
    assert_eq!(j!["a"], r#"["a"]"#);
    assert_eq!(j!("a"), r#""a""#);
}

#[test]
fn brackets_are_recognized_in_statements_and_expressions() {
    assert_eq!(IN_A_CONST, r#"["a"]"#);
    assert_eq!(at_the_end(), r#"["a"]"#);
    let in_a_let = json!["a"];
    assert_eq!(in_a_let, r#"["a"]"#);
    assert_eq!(json!["a"].to_string(), r#"["a"]"#);
    let from_a_match = match in_a_let.as_str() {
        Ok(_) => json!["a"],
        Err(_) => json!("a"),
    };
    assert_eq!(from_a_match, r#"["a"]"#);
    let closure = || json!["a"];
    assert_eq!(closure(), r#"["a"]"#);
}

#[test]
fn brackets_are_recognized_in_other_macros() {
    let mut list = vec![json!["a"]];
    list.extend(vec![json!("a")]);
    assert_eq!(list[0], r#"["a"]"#);
    assert_eq!(list[1], r#""a""#);
    assert_eq!(format!("{}", json!["a"]), r#"["a"]"#);
    assert_eq!(json![json!["a"]], r#"[["a"]]"#);
    assert_eq!(json!(json!["a"]), r#"["a"]"#);
}

#[test]
fn brackets_are_recognized_inside_macro_rules() {
    macro_rules! one {
        ($value:expr) => {
            json![$value]
        };
    }
    macro_rules! forward {
        ($name:ident ($($tokens:tt)*)) => { $name!($($tokens)*) };
        ($name:ident [$($tokens:tt)*]) => { $name![$($tokens)*] };
    }
    macro_rules! whole {
        ($($tokens:tt)*) => { $($tokens)* };
    }
    assert_eq!(one!("a"), r#"["a"]"#);
    assert_eq!(one!(1 + 1), "[2]");
    assert_eq!(forward!(json("a")), r#""a""#);
    assert_eq!(forward!(json["a"]), r#"["a"]"#);
    assert_eq!(whole!(json!["a"]), r#"["a"]"#);
}

/// `tokio::test` is an attribute macro that rewrites the function.
#[tokio::test]
async fn brackets_are_recognized_inside_an_attribute_macro() {
    assert_eq!(json!["a"], r#"["a"]"#);
    let in_a_block = { json!["a"] };
    assert_eq!(in_a_block, r#"["a"]"#);
    assert_eq!(json!("a"), r#""a""#);
}

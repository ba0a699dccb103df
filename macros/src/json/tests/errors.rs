//! Each mistake gives one error, at the token that is wrong, and says what to type.

use proc_macro2::Delimiter;

use super::super::parse::parse;

/// `line:column text` of every error, columns counted from zero. The help of each is cut off, and
/// must be there.
fn errors_in(source: &str, delimiter: Delimiter) -> Vec<String> {
    let input = source.parse().expect("the test's input is tokens");
    let (_, errors) = parse(input, Some(delimiter));
    let shown = errors.iter().map(|error| {
        let start = error.span().start();
        let message = error.to_string();
        let text = message.split("\nhelp: ").next().unwrap_or_default();
        assert!(message.contains("help: ") || message.contains("expression: "));
        assert!(!message.ends_with('.'), "{message}");
        format!("{}:{} {text}", start.line, start.column)
    });
    shown.collect()
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(
        errors_in(source, Delimiter::Parenthesis),
        expected,
        "{source}"
    );
}

#[test]
fn empty() {
    check("", &["1:0 `json!()` is empty"]);
    assert!(errors_in("", Delimiter::Bracket).is_empty());
}

#[test]
fn several_values_in_parentheses() {
    check(
        "1, 2, 3",
        &["1:1 `json!(…)` is one value, and a second one follows"],
    );
}

#[test]
fn missing_value() {
    check(r#"{ "a": }"#, &[r#"1:5 `"a"` has no value"#]);
    check(r#"{ "a": , "b": 1 }"#, &[r#"1:5 `"a"` has no value"#]);
    check("[1, , 2]", &["1:4 a value is missing before this `,`"]);
    check("[,]", &["1:1 a value is missing before this `,`"]);
}

#[test]
fn missing_colon() {
    check(r#"{ "a" }"#, &[r#"1:2 `"a"` has no value"#]);
    check(r#"{ "a", "b": 1 }"#, &[r#"1:2 `"a"` has no value"#]);
    check(r#"{ "a" 1 }"#, &["1:6 `:` is missing before `1`"]);
    check(r#"{ "a" b, "c": 1 }"#, &["1:6 `:` is missing before `b`"]);
    check(r#"{ "a" "b": 1 }"#, &[r#"1:6 `:` is missing before `"b"`"#]);
    check(
        r#"{ "a" = 1 }"#,
        &["1:6 expected `:` behind the key, found `=`"],
    );
    check("{ user.name }", &["1:2 `user . name` has no value"]);
}

#[test]
fn missing_key() {
    check("{ : 1 }", &["1:2 this value has no key"]);
    check(
        r#"{ "a": 1, , "b": 2 }"#,
        &["1:10 a key and its value are missing before this `,`"],
    );
}

#[test]
fn missing_comma() {
    check("[1 2]", &["1:3 `,` is missing before `2`"]);
    check(r#"["a" b]"#, &["1:5 `,` is missing before `b`"]);
    check("[[1] [2]]", &["1:5 `,` is missing before `[2]`"]);
    check(
        r#"{ "a": x "b": 1 }"#,
        &[r#"1:9 `,` is missing before `"b"`"#],
    );
    check(
        r#"{ "a": {} "b": 1 }"#,
        &[r#"1:10 `,` is missing before `"b"`"#],
    );
}

#[test]
fn another_separator() {
    check("[1; 2]", &["1:2 expected `,` behind the value, found `;`"]);
    check(
        r#"{ "a": 1; "b": 2 }"#,
        &["1:8 expected `,` behind the value, found `;`"],
    );
}

#[test]
fn entries_without_an_object() {
    let expected = ["1:3 keys stand in an object, which has braces"];
    check(r#""a": 1, "b": 2"#, &expected);
    assert_eq!(errors_in(r#""a": 1, "b": 2"#, Delimiter::Bracket), expected);
}

#[test]
fn duplicate_key() {
    check(
        "{ \"id\": 1,\n  \"name\": 2,\n  \"id\": 3, 'x': 1, \"\\u{78}\": 1 }",
        &[
            "3:2 the key `\"id\"` is in this object already, on line 1",
            "3:19 the key `\"x\"` is in this object already, on line 3",
        ],
    );
    check(r#"[{ "id": 1 }, { "id": { "id": 1 } }]"#, &[]);
}

#[test]
fn keys_that_are_not_strings() {
    check("{ 1: 2 }", &["1:2 the key `1` is not a string"]);
    check("{ null: 2 }", &["1:2 the key `null` is not a string"]);
    check("{ (true): 2 }", &["1:3 the key `true` is not a string"]);
    check("{ b\"a\": 2 }", &["1:2 the key `b\"a\"` is not a string"]);
    check(
        "{ [key]: 2 }",
        &["1:2 a computed key stands in parentheses"],
    );
    check("{ (): 2 }", &["1:2 the key `()` is not a string"]);
}

#[test]
fn blocks_of_code() {
    let expected = "1:9 braces are an object, and `let` is not the beginning of a key";
    check("{ 'a': { let x = 1; x } }", &[expected]);
    check("{ 'a': { let x: u8 = 1; x } }", &[expected]);
    check(
        "{ f(x); x }",
        &["1:2 braces are an object, and `f` is not the beginning of a key"],
    );
}

#[test]
fn unfinished_expressions() {
    let end = "unexpected end of input, expected an expression";
    check(
        "[1 +, 2]",
        &["1:4 `1 +` is not a whole Rust expression: expected an expression"],
    );
    check(
        "[2, 1 +]",
        &[&format!("1:6 `1 +` is not a whole Rust expression: {end}")],
    );
    check(
        r#"{ "a": f(1 +) }"#,
        &[&format!(
            "1:12 `f (1 +)` is not a whole Rust expression: {end}"
        )],
    );
    check(
        "[[1 2].len()]",
        &["1:4 `[1 2] . len ()` is not a whole Rust expression: expected `,` or `;`"],
    );
    check(
        "{ (a +): 1 }",
        &[&format!("1:5 `a +` is not a whole Rust expression: {end}")],
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    check(
        "{\n\"a\": [1 2],\n\"b\": ,\n\"c\" 3,\n\"a\": {\"x\": req.},\n4: [,]\n}",
        &[
            "2:8 `,` is missing before `2`",
            "3:3 `\"b\"` has no value",
            "4:4 `:` is missing before `3`",
            "5:14 `req .` is not a whole Rust expression: unexpected end of input, expected identifier or integer",
            "6:4 a value is missing before this `,`",
            "6:0 the key `4` is not a string",
            "5:0 the key `\"a\"` is in this object already, on line 2",
        ],
    );
}

/// Editors expand what is half typed, at every key stroke.
#[test]
fn no_beginning_of_an_input_panics() {
    let source = r#"{ "a": [1, -2.5, x.y(|z| z), { (k): null }], b: S { c: 1 }, "d": &[1][..] }"#;
    let tokens: Vec<_> = source
        .parse::<proc_macro2::TokenStream>()
        .expect("tokens")
        .into_iter()
        .flat_map(|object| match object {
            proc_macro2::TokenTree::Group(object) => object.stream(),
            token => token.into(),
        })
        .collect();
    for skipped in 0..tokens.len() {
        for taken in 0..=tokens.len() - skipped {
            let part = tokens.iter().skip(skipped).take(taken).cloned();
            let part: proc_macro2::TokenStream = part.collect();
            for delimiter in [None, Some(Delimiter::Bracket), Some(Delimiter::Parenthesis)] {
                for input in [
                    part.clone(),
                    quote::quote!({ #part }),
                    quote::quote!([#part]),
                ] {
                    let expansion = super::super::json(input, delimiter, &quote::quote!(::onward));
                    syn::parse2::<syn::Expr>(expansion).expect("an expression");
                }
            }
        }
    }
}

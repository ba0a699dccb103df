//! Each error is reported once, at the wrong token, with what to type instead.

use proc_macro2::Delimiter;

use super::super::parse::parse;

/// Returns `line:column text` of every error, with columns counted from zero. Each error must have a help, which is
/// removed.
fn errors_in(source: &str, delimiter: Delimiter) -> Vec<String> {
    let input = source.parse().expect("the input consists of tokens");
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
        &["1:1 `json!(…)` takes one value, found a second one"],
    );
}

#[test]
fn missing_value() {
    check(r#"{ "a": }"#, &[r#"1:5 key `"a"` has no value"#]);
    check(r#"{ "a": , "b": 1 }"#, &[r#"1:5 key `"a"` has no value"#]);
    check("[1, , 2]", &["1:4 expected a value before `,`"]);
    check("[,]", &["1:1 expected a value before `,`"]);
}

#[test]
fn missing_colon() {
    check(r#"{ "a" }"#, &[r#"1:2 key `"a"` has no value"#]);
    check(r#"{ "a", "b": 1 }"#, &[r#"1:2 key `"a"` has no value"#]);
    check(r#"{ "a" 1 }"#, &["1:6 expected `:` before `1`"]);
    check(r#"{ "a" b, "c": 1 }"#, &["1:6 expected `:` before `b`"]);
    check(r#"{ "a" "b": 1 }"#, &[r#"1:6 expected `:` before `"b"`"#]);
    check(
        r#"{ "a" = 1 }"#,
        &["1:6 expected `:` after the key, found `=`"],
    );
    check("{ user.name }", &["1:2 key `user . name` has no value"]);
}

#[test]
fn missing_key() {
    check("{ : 1 }", &["1:2 this value has no key"]);
    check(
        r#"{ "a": 1, , "b": 2 }"#,
        &["1:10 expected a key and a value before `,`"],
    );
}

#[test]
fn missing_comma() {
    check("[1 2]", &["1:3 expected `,` before `2`"]);
    check(r#"["a" b]"#, &["1:5 expected `,` before `b`"]);
    check("[[1] [2]]", &["1:5 expected `,` before `[2]`"]);
    check(
        r#"{ "a": x "b": 1 }"#,
        &[r#"1:9 expected `,` before `"b"`"#],
    );
    check(
        r#"{ "a": {} "b": 1 }"#,
        &[r#"1:10 expected `,` before `"b"`"#],
    );
}

#[test]
fn another_separator() {
    check("[1; 2]", &["1:2 expected `,` after the value, found `;`"]);
    check(
        r#"{ "a": 1; "b": 2 }"#,
        &["1:8 expected `,` after the value, found `;`"],
    );
}

#[test]
fn entries_without_an_object() {
    let expected = ["1:3 a key must be inside the braces of an object"];
    check(r#""a": 1, "b": 2"#, &expected);
    assert_eq!(errors_in(r#""a": 1, "b": 2"#, Delimiter::Bracket), expected);
}

#[test]
fn duplicate_key() {
    check(
        "{ \"id\": 1,\n  \"name\": 2,\n  \"id\": 3, 'x': 1, \"\\u{78}\": 1 }",
        &[
            "3:2 duplicate key `\"id\"`, already used on line 1",
            "3:19 duplicate key `\"x\"`, already used on line 3",
        ],
    );
    check(r#"[{ "id": 1 }, { "id": { "id": 1 } }]"#, &[]);
}

#[test]
fn keys_that_are_not_strings() {
    check("{ 1: 2 }", &["1:2 expected a string as the key, found `1`"]);
    check(
        "{ null: 2 }",
        &["1:2 expected a string as the key, found `null`"],
    );
    check(
        "{ (true): 2 }",
        &["1:3 expected a string as the key, found `true`"],
    );
    check(
        "{ b\"a\": 2 }",
        &["1:2 expected a string as the key, found `b\"a\"`"],
    );
    check(
        "{ [key]: 2 }",
        &["1:2 a computed key must be in parentheses"],
    );
    check(
        "{ (): 2 }",
        &["1:2 expected a string as the key, found `()`"],
    );
}

#[test]
fn blocks_of_code() {
    let expected = "1:9 expected a key, found `let`; braces create an object";
    check("{ 'a': { let x = 1; x } }", &[expected]);
    check("{ 'a': { let x: u8 = 1; x } }", &[expected]);
    check(
        "{ f(x); x }",
        &["1:2 expected a key, found `f`; braces create an object"],
    );
}

#[test]
fn unfinished_expressions() {
    let end = "unexpected end of input, expected an expression";
    check(
        "[1 +, 2]",
        &["1:4 `1 +` is not a complete Rust expression: expected an expression"],
    );
    check(
        "[2, 1 +]",
        &[&format!(
            "1:6 `1 +` is not a complete Rust expression: {end}"
        )],
    );
    check(
        r#"{ "a": f(1 +) }"#,
        &[&format!(
            "1:12 `f (1 +)` is not a complete Rust expression: {end}"
        )],
    );
    check(
        "[[1 2].len()]",
        &["1:4 `[1 2] . len ()` is not a complete Rust expression: expected `,` or `;`"],
    );
    check(
        "{ (a +): 1 }",
        &[&format!(
            "1:5 `a +` is not a complete Rust expression: {end}"
        )],
    );
}

#[test]
fn all_errors_are_reported_at_once() {
    check(
        "{\n\"a\": [1 2],\n\"b\": ,\n\"c\" 3,\n\"a\": {\"x\": req.},\n4: [,]\n}",
        &[
            "2:8 expected `,` before `2`",
            "3:3 key `\"b\"` has no value",
            "4:4 expected `:` before `3`",
            "5:14 `req .` is not a complete Rust expression: unexpected end of input, expected identifier or integer",
            "6:4 expected a value before `,`",
            "6:0 expected a string as the key, found `4`",
            "5:0 duplicate key `\"a\"`, already used on line 2",
        ],
    );
}

/// Editors expand incomplete input at every keystroke.
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

//! Queries and forms.

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;

use http::StatusCode;

use super::*;

fn reason<T: DeserializeOwned + fmt::Debug>(query: &str, name: &str) -> String {
    parameter::<T>(query, name)
        .expect_err("an invalid parameter")
        .message()
        .to_owned()
}

#[test]
fn values_are_percent_decoded() {
    assert_eq!(
        parameter::<String>("q=a+b%26c&q=second", "q")
            .ok()
            .as_deref(),
        Some("a b&c")
    );
    assert_eq!(parameter::<i64>("n=-7", "n").ok(), Some(-7));
    assert_eq!(parameter::<bool>("n=true", "n").ok(), Some(true));
    assert_eq!(parameter::<char>("n=%C3%A9", "n").ok(), Some('é'));
    assert_eq!(
        parameter::<IpAddr>("n=::1", "n").ok(),
        Some(IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]))
    );
}

#[test]
fn a_missing_parameter_is_none_or_an_error() {
    assert_eq!(parameter::<Option<u8>>("a=1", "b").ok(), Some(None));
    assert_eq!(parameter::<Option<u8>>("b=1", "b").ok(), Some(Some(1)));
    assert_eq!(parameter::<Vec<u8>>("a=1", "b").ok(), Some(vec![]));
    assert_eq!(reason::<u8>("a=1", "b"), "query parameter `b` is missing");
}

#[test]
fn an_invalid_value_is_quoted_in_the_error() {
    assert_eq!(
        reason::<u8>("b=300", "b"),
        "query parameter `b`: `300` is not a number of type u8"
    );
    assert_eq!(
        reason::<usize>("b=x", "b"),
        "query parameter `b`: `x` is not a number of type usize"
    );
    assert_eq!(
        reason::<Vec<Option<isize>>>("b=x", "b"),
        "query parameter `b`: `x` is not a number of type isize"
    );
    assert_eq!(
        reason::<bool>("b=yes", "b"),
        "query parameter `b`: `yes` is not `true` or `false`"
    );
    assert_eq!(
        reason::<Vec<u8>>("b=1&b=x", "b"),
        "query parameter `b`: `x` is not a number of type u8"
    );
}

#[derive(Debug, serde::Deserialize)]
struct Page {
    #[expect(dead_code, reason = "only its type matters")]
    a: Option<u32>,
    #[expect(dead_code, reason = "only its type matters")]
    b: u8,
}

#[test]
fn an_invalid_field_of_a_form_is_named() {
    let failure = |text: &str| {
        let failure = form::<Page>(text.as_bytes()).expect_err("an invalid form");
        let field = failure.field().map(str::to_owned);
        (
            failure.status().as_u16(),
            failure.message().to_owned(),
            field,
        )
    };
    let cases = [
        ("a=&b=1", "field `a`: `` is not a number of type u32", "a"),
        ("b=300", "field `b`: `300` is not a number of type u8", "b"),
        ("a=1", "missing field `b`", "b"),
    ];
    for (text, message, field) in cases {
        let message = format!("invalid form: {message}");
        assert_eq!(failure(text), (400, message, Some(field.to_owned())));
    }
}

#[test]
fn a_struct_cannot_be_read_from_one_value() {
    for query in ["page=1", "page="] {
        let failure = parameter::<Page>(query, "page").expect_err("a struct");
        assert_eq!(failure.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(failure.message().contains("a struct or a map"), "{failure}");
    }
    assert!(parameter::<HashMap<String, String>>("page=1", "page").is_err());
}

#[test]
fn a_form_deserializes_into_a_map() {
    let form = form::<HashMap<String, Vec<u8>>>(b"a=1&b=2&a=3").expect("a valid form");
    assert_eq!(form["a"], [1, 3]);
    assert_eq!(form["b"], [2]);
}

#[test]
fn an_empty_parameter_counts_as_missing_unless_its_type_reads_empty_text() {
    assert_eq!(reason::<u8>("b=", "b"), "query parameter `b` is missing");
    assert_eq!(parameter::<Option<u8>>("b=", "b").ok(), Some(None));
    assert_eq!(parameter::<Vec<u8>>("b=&b=1&b", "b").ok(), Some(vec![1]));
    assert_eq!(parameter::<u8>("b=&b=2", "b").ok(), Some(2));
    let empty = Some(String::new());
    assert_eq!(parameter::<String>("b=", "b").ok(), empty);
    assert_eq!(parameter::<Option<String>>("b", "b").ok(), Some(empty));
}

#[test]
fn a_default_replaces_a_missing_parameter() {
    let page = |query| parameter_or(query, "page", || 1_u8);
    assert_eq!(page("").ok(), Some(1));
    assert_eq!(page("page=").ok(), Some(1));
    assert_eq!(page("page=2").ok(), Some(2));
    let failure = page("page=two").expect_err("not a number");
    assert_eq!(failure.field(), Some("page"));
    let sort = |query| parameter_or(query, "sort", || "name".to_owned());
    assert_eq!(sort("sort=").ok().as_deref(), Some(""));
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    max: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
    text: Option<String>,
}

#[test]
fn the_rest_of_a_query_is_read_into_a_struct() {
    let filter = rest::<Filter>("page=x&tag=a&max=&tag=b&text=&utm=1", &["page"]);
    let expected = Filter {
        max: None,
        tag: vec!["a".to_owned(), "b".to_owned()],
        text: Some(String::new()),
    };
    assert_eq!(filter.ok(), Some(expected));
    let failure = rest::<Filter>("max=x", &[]).expect_err("not a number");
    assert_eq!(
        failure.message(),
        "query parameter `max`: `x` is not a number of type u32"
    );
    assert_eq!(failure.field(), Some("max"));
    let failure = rest::<Page>("a=1", &[]).expect_err("no `b`");
    assert_eq!(failure.message(), "query parameter `b` is missing");
    assert_eq!(
        rest::<Option<Page>>("c=1", &["c"])
            .ok()
            .map(|it| it.is_none()),
        Some(true)
    );
}

#[test]
fn the_rest_of_a_query_is_read_into_a_map() {
    let map = rest::<HashMap<String, Vec<u8>>>("a=1&b=2&a=3", &["b"]).expect("numbers");
    assert_eq!(map.len(), 1);
    assert_eq!(map["a"], [1, 3]);
}

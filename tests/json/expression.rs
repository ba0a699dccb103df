//! Expressions as values and keys.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::future::{Ready, ready};

use onward::{JsonText, json};
use serde::Serialize;

#[derive(Serialize)]
struct Point {
    x: i32,
    y: Option<i32>,
}

#[test]
fn any_expression() {
    let list = [1, 2, 3];
    let text = json!({
        "sum": list.iter().map(|n| n * 2).sum::<i32>(),
        "pair": HashMap::<u8, (u8, u8)>::from([(1, (2, 3))]),
        "struct": Point { x: 1, y: None },
        "if": if list.len() > 2 { "long" } else { "short" },
        "match": match list { [first, ..] => first },
        "block": ({ let half = 3.0; half / 2.0 }),
        "index": list[1],
        "slice": list[1..],
        "closure": Some(1).map_or(0, |a| a + 2),
        "negative": -list[0],
        "cast": list.len() as f32,
        "macro": format!("{}-{}", 1, 2),
        "arguments": format_args!("{list:?}"),
        "array": [1, 2].len(),
        "big": u128::MAX,
    });
    let expected = concat!(
        r#"{"sum":12,"pair":{"1":[2,3]},"struct":{"x":1,"y":null},"if":"long","match":1,"#,
        r#""block":1.5,"index":2,"slice":[2,3],"closure":3,"negative":-1,"cast":3.0,"#,
        r#""macro":"1-2","arguments":"[1, 2, 3]","array":2,"#,
        r#""big":340282366920938463463374607431768211455}"#,
    );
    assert_eq!(text, expected);
}

#[test]
fn values_are_borrowed() {
    let name = String::from("Grace");
    let text = json!({ "name": name, "again": [name] });
    assert_eq!(text, r#"{"name":"Grace","again":["Grace"]}"#);
    assert_eq!(name, "Grace");
}

#[test]
fn keys_are_anything_that_converts_to_a_string() {
    struct Key;
    impl From<Key> for String {
        fn from(_: Key) -> Self {
            "a \"key\"".to_owned()
        }
    }
    let (owned, borrowed) = (String::from("owned"), "borrowed");
    let map = BTreeMap::from([(1, "from a map")]);
    let text = json!({
        owned: 1,
        borrowed: 2,
        (borrowed.to_uppercase()): 3,
        map[&1]: 4,
        borrowed.len().to_string(): 5,
        ("literal"): 6,
        'c': 7,
        'x'.to_ascii_uppercase(): 8,
        Key: 9,
    });
    let expected = concat!(
        r#"{"owned":1,"borrowed":2,"BORROWED":3,"from a map":4,"8":5,"literal":6,"c":7,"X":8,"#,
        r#""a \"key\"":9}"#
    );
    assert_eq!(text, expected);
}

#[test]
fn each_expression_is_evaluated_once_in_the_order_written() {
    let log = RefCell::new(Vec::new());
    let note = |name: &'static str| {
        log.borrow_mut().push(name);
        name
    };
    let text = json!({ "a": note("1"), (note("2")): [note("3"), { "b": note("4") }] });
    assert_eq!(text, r#"{"a":"1","2":["3",{"b":"4"}]}"#);
    assert_eq!(*log.borrow(), ["1", "2", "3", "4"]);
}

#[test]
fn the_question_mark_returns_from_the_function() {
    fn parse(text: &str) -> Result<JsonText, std::num::ParseIntError> {
        Ok(json!({ "number": text.parse::<i32>()? }))
    }
    assert_eq!(parse("7").expect("a number"), r#"{"number":7}"#);
    assert!(parse("seven").is_err());
}

#[test]
fn futures_are_awaited_and_stay_send() {
    fn send<F: Future + Send>(future: F) -> F {
        future
    }
    let future = send(async { json!({ "a": ready(1).await, "b": [later("c").await] }) });
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let text = runtime.expect("a runtime").block_on(future);
    assert_eq!(text, r#"{"a":1,"b":["c"]}"#);
}

fn later(text: &str) -> Ready<String> {
    ready(text.to_owned())
}

#[test]
fn branches_have_one_type() {
    let reply = |found: Option<u8>| match found {
        Some(id) => json!({ "id": id }),
        None => json!({ "error": "no such page" }),
    };
    assert_eq!(reply(Some(1)), r#"{"id":1}"#);
    assert_eq!(reply(None), r#"{"error":"no such page"}"#);
}

/// rustc drops the groups around captured fragments of `macro_rules!`; `json!` must keep their precedence.
#[test]
fn captured_operations_keep_their_precedence() {
    macro_rules! thrice {
        ($value:expr, $ty:ty, $key:literal) => {
            json!({ $key: $value * 3, "nested": [f64::from($value * 3)], "type": <$ty>::default() })
        };
    }
    assert_eq!(
        thrice!(1 + 2, Vec<u8>, "key"),
        r#"{"key":9,"nested":[9.0],"type":[]}"#
    );
}

#[test]
fn json_nests_in_json() {
    let inner = json!({ "b": 1, "a": [u64::MAX, 1e-7] });
    let list = vec![json!(null), json!({ "n": 1 + 1 })];
    assert_eq!(
        json!({ "inner": inner, "list": list }),
        r#"{"inner":{"b":1,"a":[18446744073709551615,1e-7]},"list":[null,{"n":2}]}"#
    );
}

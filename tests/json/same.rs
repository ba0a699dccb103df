//! The same tokens produce the same JSON with serde_json's `json!` and with Onward's.

use std::collections::BTreeMap;

use serde::Serialize;

/// Compares the results of both macros as values, and as text with sorted keys.
macro_rules! same {
    ($($tokens:tt)*) => {{
        let theirs = serde_json::json!($($tokens)*);
        let ours = onward::json!($($tokens)*);
        assert_eq!(ours, theirs, "{}", stringify!($($tokens)*));
        let ours = ours.to_value().expect("the text is JSON");
        assert_eq!(ours.to_string(), theirs.to_string());
    }};
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Mixed { red: u8, blue: f32 },
    Named(String),
}

#[test]
fn literals() {
    same!(null);
    same!(true);
    same!(false);
    same!(0);
    same!(-1);
    same!(1_000);
    same!(0xff_u8);
    same!(i64::MIN);
    same!(18446744073709551615_u64);
    same!(1.0);
    same!(-0.0);
    same!(1e21);
    same!(1.5e-7);
    same!(0.1 + 0.2);
    same!(f64::NAN);
    same!(f64::INFINITY);
    same!('c');
    same!(b'c');
    same!(b"bytes");
    same!("");
    same!("a \"quote\" \\ \u{e9} \u{1} \n\t\r\u{8}\u{c} 😀");
    same!(r#"raw "text""#);
}

#[test]
fn arrays() {
    same!([]);
    same!([[], [[]], {}]);
    same!([null, true, false, 1, "a"]);
    same!([1, 2, 3,]);
    same!([
        [1, [2, [3]]],
        { "a": [{ "b": [] }] },
    ]);
    same!([-1, 1 - 1, -(1), !0u8]);
    let x = [1, 2];
    same!([x, x[0], x.len(), &x[..1]]);
}

#[test]
fn objects() {
    same!({});
    same!({ "a": 1 });
    same!({ "a": 1, });
    same!({ "b": 1, "a": { "d": null, "c": [true] }, "": "" });
    same!({ "\"": 1, "\u{e9}\n": 2 });
    let (key, other) = ("k", String::from("o"));
    same!({ key: 1, (other.clone()): 2, (key.to_uppercase()): 3, ("l"): 4 });
    same!({ other.as_str(): 1, 'c': 2, concat!("a", "b"): 3 });
    same!({ "path": std::f64::consts::PI, "absolute": ::core::primitive::u8::MAX });
}

#[test]
fn serializable_values() {
    same!(Color::Red);
    same!([Color::Mixed { red: 1, blue: 0.5 }, Color::Named("x".into())]);
    same!({ "unit": (), "tuple": (1, "a"), "some": Some(1), "none": None::<u8> });
    same!(BTreeMap::from([
        (1, vec![1, 2]),
        (2, Vec::<i32>::with_capacity(8))
    ]));
    same!({ "value": serde_json::json!([1, { "a": null }]) });
    same!({ "text": onward::json!([1, { "a": null }]) });
    let text = String::from("text");
    same!({ "str": *text, "string": text, "reference": &&text });
}

#[test]
fn control_flow() {
    let n = 3;
    same!([
        if n > 2 { "big" } else { "small" },
        match n {
            3 => 'y',
            _ => 'n',
        }
    ]);
    same!({ "a": if n > 2 { 1 } else { 2 }, "b": (0..n).map(|i| (i, i * 2)).collect::<Vec<_>>() });
    same!({ "b": double(n), "c": Vec::<(u8, u8)>::new() });
}

fn double(n: i32) -> i32 {
    n * 2
}

//! Literals become text at compile time, and the text equals serde_json's.

use proc_macro2::{Delimiter, Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::{constant, constant_of, expand, expand_in};

#[test]
fn every_kind_of_literal() {
    for (source, text) in [
        ("null", "null"),
        ("true", "true"),
        ("false", "false"),
        (r#""shoes""#, r#""shoes""#),
        (r##"r#"a "quote""#"##, r#""a \"quote\"""#),
        ("'c'", r#""c""#),
        ("'\"'", r#""\"""#),
        ("b'a'", "97"),
        (r#"b"ab\xff""#, "[97,98,255]"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("[1, [2], {}]", "[1,[2],{}]"),
        (
            "{ \"a\": { \"b\": [true, null], }, 'c': -1, }",
            r#"{"a":{"b":[true,null]},"c":-1}"#,
        ),
    ] {
        assert_eq!(constant(source), text, "{source}");
    }
}

#[test]
fn strings_are_escaped_as_serde_json_does() {
    let mut every = String::new();
    every.extend('\0'..='\u{2ff}');
    every.push_str("é\u{2028}\u{feff}\u{10ffff}😀\u{7f}");
    let source = Literal::string(&every).to_string();
    assert_eq!(
        constant(&source),
        serde_json::to_string(&every).expect("a string")
    );
    assert_eq!(
        constant(
            r#""\u{e9}\x41\t\
                    b""#
        ),
        "\"éA\\tb\""
    );
    let as_key = constant(&format!("{{ {source}: 1 }}"));
    assert_eq!(as_key, serde_json::json!({ every: 1 }).to_string());
}

#[test]
fn integers_of_every_notation_and_size() {
    for (source, text) in [
        ("0", "0"),
        ("-0", "0"),
        ("1_000_000", "1000000"),
        ("0xff_u8", "255"),
        ("0o17", "15"),
        ("-0b1010_i64", "-10"),
        ("-128i8", "-128"),
        ("255u8", "255"),
        ("3_000_000_000", "3000000000"),
        ("-9223372036854775808i64", "-9223372036854775808"),
        (
            "340282366920938463463374607431768211455",
            "340282366920938463463374607431768211455",
        ),
        (
            "-170141183460469231731687303715884105728",
            "-170141183460469231731687303715884105728",
        ),
        ("1f64", "1.0"),
        ("-1_0f32", "-10.0"),
    ] {
        assert_eq!(constant(source), text, "{source}");
    }
}

/// Literals whose value rustc rejects or computes stay Rust expressions.
#[test]
fn invalid_numbers_are_left_to_rustc() {
    for source in [
        "256u8",
        "-129i8",
        "-1u8",
        "1e999",
        "1e39f32",
        "70_000usize",
        "1_nonsense",
        "340282366920938463463374607431768211456",
        "-170141183460469231731687303715884105729",
        "-\"a\"",
        "c\"a\"",
    ] {
        let expansion = expand(source).to_string();
        assert!(expansion.contains(". value (&"), "{source}: {expansion}");
        assert!(!expansion.contains("compile_error"), "{source}");
    }
}

#[test]
fn floats_are_printed_as_serde_json_does() {
    let mut random = Random(7);
    let bits = (0..2_000).map(|_| f64::from_bits(random.next()));
    let short = (-330..310).step_by(3).flat_map(|exponent| {
        ["1", "12", "1.5", "123456.789", "9007199254740993"]
            .map(|digits| format!("{digits}e{exponent}").parse().expect("a float"))
    });
    // The last number is halfway between two numbers of 17 digits.
    let edges = [
        0.0,
        123.0,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        6_594_218_320_970_665.0 / 4.0,
    ];
    let mut seen = 0;
    for float in bits.chain(short).chain(edges).filter(|it| it.is_finite()) {
        let float = float.abs();
        seen += 1;
        // The third form has no exponent, not even for `1e21`.
        for source in [
            format!("{float:?}"),
            format!("{float:e}f64"),
            format!("-{float}f64"),
        ] {
            let minus = if source.starts_with('-') { "-" } else { "" };
            let expected = format!("{minus}{}", expected(serde_json::to_string(&float)));
            assert_eq!(any_exponent(&constant(&source)), expected, "{source}");
        }
    }
    assert!(seen > 2_000);
    assert_eq!(constant("1e21"), "1e+21");
}

#[test]
fn single_floats_have_their_own_digits() {
    let mut random = Random(11);
    let bits = (0..5_000).map(|_| f32::from_bits(random.next() as u32));
    let short = (-45..39).flat_map(|exponent| {
        ["1", "1.5", "16777217"]
            .map(|digits| format!("{digits}e{exponent}").parse().expect("a float"))
    });
    for float in bits.chain(short).map(f32::abs) {
        if float.is_finite() {
            let text = constant(&format!("{float:e}f32"));
            assert_eq!(any_exponent(&text), expected(serde_json::to_string(&float)));
        }
    }
    assert_eq!(constant("0.1f32"), "0.1");
}

#[test]
fn random_json_is_written_as_serde_json_writes_it() {
    let mut random = Random(3);
    for _ in 0..3_000 {
        let value = random.value(4);
        let input = tokens(&value);
        let expansion = super::super::json(input, Some(Delimiter::Parenthesis), &quote!(::onward));
        assert_eq!(
            any_exponent(&constant_of(expansion)),
            expected(serde_json::to_string(&value))
        );
    }
}

fn expected(text: serde_json::Result<String>) -> String {
    any_exponent(&text.expect("the value can be serialized"))
}

/// Removes the `+` of exponents, because serde_json's versions disagree on `1e21` and `1e+21`.
fn any_exponent(text: &str) -> String {
    text.replace("e+", "e")
}

#[test]
fn square_brackets_of_the_macro_are_an_array() {
    let bracket = Some(Delimiter::Bracket);
    for (source, text) in [
        (r#""a", "b""#, r#"["a","b"]"#),
        (r#""a""#, r#"["a"]"#),
        (r#""a","#, r#"["a"]"#),
        ("[1]", "[[1]]"),
        ("{}", "[{}]"),
        ("", "[]"),
    ] {
        assert_eq!(constant_of(expand_in(source, bracket)), text, "{source}");
    }
}

#[test]
fn other_brackets_hold_one_value() {
    for delimiter in [Delimiter::Parenthesis, Delimiter::Brace] {
        for (source, text) in [("1", "1"), ("1,", "1"), ("[1]", "[1]"), ("{}", "{}")] {
            assert_eq!(constant_of(expand_in(source, Some(delimiter))), text);
        }
    }
}

#[test]
fn unknown_brackets_hold_one_value_or_an_array() {
    for (source, text) in [("1", "1"), ("1, 2", "[1,2]"), ("[1]", "[1]"), ("{}", "{}")] {
        assert_eq!(constant_of(expand_in(source, None)), text);
    }
}

/// `macro_rules!` wraps the tokens that `$x:expr` and `$x:literal` captured.
#[test]
fn captured_literals_are_literals() {
    let group = |tokens| proc_macro2::Group::new(Delimiter::None, tokens);
    let (key, one, null) = (group(quote!("a")), group(quote!(-1)), group(quote!(null)));
    let input = quote!({ #key: [#one, #null] });
    let expansion = super::super::json(input, None, &quote!(::onward));
    assert_eq!(constant_of(expansion), r#"{"a":[-1,null]}"#);
}

/// Returns a value as the tokens that a user would write.
fn tokens(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(null),
        Value::Bool(bool) => quote!(#bool),
        Value::Number(number) => number.to_string().parse().expect("valid tokens"),
        Value::String(string) => quote!(#string),
        Value::Array(values) => {
            let values = values.iter().map(tokens);
            quote!([#(#values),*])
        }
        Value::Object(entries) => {
            let keys = entries.keys();
            let values = entries.values().map(tokens);
            quote!({ #(#keys: #values,)* })
        }
    }
}

/// A xorshift64 generator, which yields the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn string(&mut self) -> String {
        let chars = ['a', 'é', '"', '\\', '\n', '\u{1}', '\u{7f}', '😀', '/', '{'];
        (0..self.below(6))
            .map(|_| chars[self.below(chars.len())])
            .collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 9 }) {
            0 => Value::Null,
            1 => (self.below(2) == 0).into(),
            2 => self.next().into(),
            3 => (self.next() as i64).into(),
            4 => f64::from_bits(self.next()).into(),
            5 => self.string().into(),
            6 | 7 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            _ => {
                let entries = (0..self.below(5)).map(|_| (self.string(), self.value(depth - 1)));
                entries.collect::<Map<_, _>>().into()
            }
        }
    }
}

//! Rust literals as JSON text, as serde_json writes them.

use std::fmt::{LowerExp, Write as _};
use std::ops::Range;

use syn::{Lit, LitInt};

/// Returns the JSON text of a literal. `minus` is whether the literal follows a `-`. Returns `None` if the literal is
/// not a constant here: `-"a"`, `300u8`, `1e999`, `2u7`. Such a literal is then compiled as a Rust expression, and
/// rustc reports what is wrong with it.
pub(super) fn text(literal: &Lit, minus: bool) -> Option<String> {
    match literal {
        Lit::Int(int) => int_text(int, minus),
        Lit::Float(float) => float_text(float.base10_digits(), float.suffix(), minus),
        _ if minus || !suffix(literal).is_empty() => None,
        Lit::Str(string) => Some(string_text(&string.value())),
        Lit::Char(char) => Some(string_text(char.value().encode_utf8(&mut [0; 4]))),
        Lit::Byte(byte) => Some(byte.value().to_string()),
        Lit::ByteStr(bytes) => Some(bytes_text(&bytes.value())),
        Lit::Bool(bool) => Some(bool.value().to_string()),
        _ => None,
    }
}

fn suffix(literal: &Lit) -> &str {
    match literal {
        Lit::Str(string) => string.suffix(),
        Lit::Char(char) => char.suffix(),
        Lit::Byte(byte) => byte.suffix(),
        Lit::ByteStr(bytes) => bytes.suffix(),
        _ => "",
    }
}

/// Returns the JSON text of an integer. JSON numbers have no size: without a suffix, every number that Rust accepts is
/// valid.
fn int_text(int: &LitInt, minus: bool) -> Option<String> {
    let digits = int.base10_digits();
    if matches!(int.suffix(), "f32" | "f64") {
        return float_text(digits, int.suffix(), minus);
    }
    let magnitude: u128 = digits.parse().ok()?;
    let fits = match (int.suffix(), minus) {
        ("", false) => true,
        ("" | "i128", true) => magnitude <= i128::MIN.unsigned_abs(),
        (suffix, minus) => magnitude <= greatest(suffix)?.checked_add_signed(i128::from(minus))?,
    };
    let unsigned = int.suffix().starts_with('u');
    if !fits || minus && unsigned {
        return None;
    }
    Some(match magnitude {
        0 => "0".to_owned(),
        _ if minus => format!("-{magnitude}"),
        _ => magnitude.to_string(),
    })
}

/// Returns the maximum of an integer type; the magnitude of a signed type's minimum is one more. The size of `usize`
/// depends on the target, which a macro does not know: numbers that do not fit the smallest size are left to rustc.
fn greatest(suffix: &str) -> Option<u128> {
    Some(match suffix {
        "u8" => u8::MAX.into(),
        "u16" => u16::MAX.into(),
        "u32" => u32::MAX.into(),
        "u64" => u64::MAX.into(),
        "u128" => u128::MAX,
        "usize" => u16::MAX.into(),
        "i8" => i8::MAX.unsigned_abs().into(),
        "i16" | "isize" => i16::MAX.unsigned_abs().into(),
        "i32" => i32::MAX.unsigned_abs().into(),
        "i64" => i64::MAX.unsigned_abs().into(),
        "i128" => i128::MAX.unsigned_abs(),
        _ => return None,
    })
}

fn float_text(digits: &str, suffix: &str, minus: bool) -> Option<String> {
    let text = match suffix {
        "" | "f64" => {
            let number: f64 = digits.parse().ok()?;
            number.is_finite().then(|| shortest(number, -5..16))?
        }
        "f32" => {
            let number: f32 = digits.parse().ok()?;
            number.is_finite().then(|| shortest(number, -6..13))?
        }
        _ => return None,
    };
    Some(if minus { format!("-{text}") } else { text })
}

/// Returns the shortest digits that parse to the same number: with a decimal point if the exponent is in `plain`,
/// otherwise as a power of ten: `0.1`, `1.0`, `1e+16`, `1.5e-7`. (Older versions of serde_json omit the `+`.)
///
/// `number` is finite and not negative.
fn shortest(number: impl LowerExp, plain: Range<isize>) -> String {
    let fewest = format!("{number:e}");
    let count = fewest.bytes().take_while(|byte| *byte != b'e');
    let count = count.filter(u8::is_ascii_digit).count();
    // Two numbers with this many digits can be equally near; the one whose last digit is even is used: `…666.25`
    // becomes `…666.2`.
    let nearest = format!("{number:.0$e}", count.saturating_sub(1));
    let Some((mantissa, exponent)) = nearest.split_once('e') else {
        return nearest;
    };
    let digits = mantissa.replace(".", "");
    match exponent.parse::<isize>() {
        Ok(exponent) if plain.contains(&exponent) => with_point(digits, exponent),
        Ok(0..) => format!("{mantissa}e+{exponent}"),
        _ => nearest,
    }
}

/// Inserts the decimal point after the digit of `10^exponent`, and zeros for missing digits: `1.0`, `120.0`, `0.012`.
fn with_point(mut digits: String, exponent: isize) -> String {
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() - 1));
    }
    let before = exponent.unsigned_abs() + 1;
    while digits.len() <= before {
        digits.push('0');
    }
    digits.insert(before, '.');
    digits
}

/// Returns a JSON string. Only quotes, backslashes and control characters are escaped.
pub(super) fn string_text(string: &str) -> String {
    let mut text = String::with_capacity(string.len() + 2);
    text.push('"');
    for char in string.chars() {
        match char {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\0'..' ' => _ = write!(text, "\\u{:04x}", u32::from(char)),
            _ => text.push(char),
        }
    }
    text.push('"');
    text
}

/// Returns the JSON text of bytes, which serde serializes as an array of numbers.
fn bytes_text(bytes: &[u8]) -> String {
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    format!("[{}]", numbers.join(","))
}

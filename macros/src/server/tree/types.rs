//! The known types of parameters, and the texts that parse as their values.

use crate::server::pattern::Param;
use crate::server::primitive;

/// Returns whether every text is a value of the parameter.
pub(super) fn accepts_any_text(param: &Param) -> bool {
    match param.ty.as_deref() {
        None => true,
        Some(ty) => {
            ty.trim_start_matches("::")
                .trim_start_matches("std::string::")
                == "String"
        }
    }
}

/// Returns whether `text` certainly parses as the parameter's type. Returns `false` for a type that the macro does not
/// know.
pub(super) fn accepts(param: &Param, text: &str) -> bool {
    match param.ty.as_deref() {
        _ if accepts_any_text(param) => true,
        Some("u8") => is_integer(text, false, 8),
        // `usize` has at least 16 bits on every platform.
        Some("u16" | "usize") => is_integer(text, false, 16),
        Some("u32") => is_integer(text, false, 32),
        Some("u64") => is_integer(text, false, 64),
        Some("u128") => is_integer(text, false, 128),
        Some("i8") => is_integer(text, true, 8),
        Some("i16" | "isize") => is_integer(text, true, 16),
        Some("i32") => is_integer(text, true, 32),
        Some("i64") => is_integer(text, true, 64),
        Some("i128") => is_integer(text, true, 128),
        Some("bool") => matches!(text, "false" | "true"),
        Some("char") => text.chars().nth(1).is_none() && !text.is_empty(),
        Some("f32" | "f64") => is_canonical_float(text),
        _ => false,
    }
}

/// Returns whether `text` is the canonical spelling of an integer: `7`, but not `007`.
fn is_integer(text: &str, is_signed: bool, bits: u32) -> bool {
    primitive::is_canonical(text) && primitive::fits(text, is_signed, bits)
}

fn is_canonical_float(text: &str) -> bool {
    text.parse::<f32>()
        .is_ok_and(|value| value.to_string() == text)
}

/// Returns a text that parses as the parameter's type, for a message.
pub(super) fn example(param: &Param) -> String {
    let value = match param.ty.as_deref() {
        Some("u8" | "u16" | "u32" | "u64" | "u128" | "usize") => "7",
        Some("i8" | "i16" | "i32" | "i64" | "i128" | "isize") => "-7",
        Some("f32" | "f64") => "0.5",
        Some("bool") => "true",
        Some("char") => "c",
        _ => param.name.trim_start_matches("r#"),
    };
    value.to_owned()
}

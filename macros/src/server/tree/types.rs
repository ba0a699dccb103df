//! The known types of parameters, and the texts that parse as their values.

use crate::server::pattern::Param;
use std::str::FromStr;

/// Whether every text is a value of the parameter.
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

/// Whether `text` certainly parses as the parameter's type. Returns `false` for a type that the macro does not know.
pub(super) fn accepts(param: &Param, text: &str) -> bool {
    match param.ty.as_deref() {
        _ if accepts_any_text(param) => true,
        Some("u8") => is_canonical::<u8>(text),
        Some("u16" | "usize") => is_canonical::<u16>(text),
        Some("u32") => is_canonical::<u32>(text),
        Some("u64") => is_canonical::<u64>(text),
        Some("u128") => is_canonical::<u128>(text),
        Some("i8") => is_canonical::<i8>(text),
        Some("i16" | "isize") => is_canonical::<i16>(text),
        Some("i32") => is_canonical::<i32>(text),
        Some("i64") => is_canonical::<i64>(text),
        Some("i128") => is_canonical::<i128>(text),
        Some("bool") => is_canonical::<bool>(text),
        Some("char") => is_canonical::<char>(text),
        Some("f32" | "f64") => is_canonical::<f32>(text),
        _ => false,
    }
}

/// Whether `text` is the canonical spelling of its value: `7`, but not `007`, which a stricter parser rejects.
fn is_canonical<T: FromStr + ToString>(text: &str) -> bool {
    text.parse::<T>()
        .is_ok_and(|value| value.to_string() == text)
}

/// A text that parses as the parameter's type, for a message.
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

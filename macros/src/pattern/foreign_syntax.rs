//! The syntax of other routers and of URLs, recognized and translated into ours. Each function returns the message for
//! the first error that it finds.

mod parameter;
mod path;
mod segment;

pub(super) use parameter::{check_parameter, check_parameter_name, identifier_like, is_keyword};
pub(super) use path::check_path;
pub(super) use segment::check_segment;

/// The Rust type for a converter of Flask or Django.
pub(super) fn rust_type(converter: &str) -> Option<&'static str> {
    match converter {
        "int" | "integer" | "number" => Some("i64"),
        "uint" => Some("u64"),
        "float" | "double" => Some("f64"),
        _ => None,
    }
}

pub(super) fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

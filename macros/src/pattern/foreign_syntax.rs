//! What people type who come from another framework, or from a browser's address bar: recognised
//! and translated into our syntax. Each function gives the message of the first mistake it sees.

mod parameter;
mod path;
mod segment;

pub(super) use parameter::{check_parameter, check_parameter_name};
pub(super) use path::check_path;
pub(super) use segment::check_segment;

/// The type that a converter of Flask or Django stands for.
fn rust_type(converter: &str) -> Option<&'static str> {
    match converter {
        "int" | "integer" | "number" => Some("i64"),
        "uint" => Some("u64"),
        "float" | "double" => Some("f64"),
        _ => None,
    }
}

fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

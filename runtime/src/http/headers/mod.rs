//! Header maps and values, shared by requests and responses.

pub(crate) mod lazy_map;
pub(crate) mod list;
pub(crate) mod values;

pub use self::values::IntoHeaderValues;

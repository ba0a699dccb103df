//! Routes that compile to ifs, on a server that emits events.

mod json;

pub use json::{JsonText, json};

#[doc(hidden)]
pub mod __private {
    pub use crate::json::private as json;
}

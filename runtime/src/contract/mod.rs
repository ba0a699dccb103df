//! The declarations of a route after its path: bodies and how they are read, replies with a status, defaults of query
//! parameters, and the query of a URL.
//!
//! This module is independent of paths and matching.

mod body;
mod default;
#[cfg(feature = "serde")]
mod json_and_form;
#[cfg(feature = "serde")]
mod query_value;
mod status;
#[cfg(feature = "serde")]
mod url;

pub use body::FromBody;
pub use default::default;
#[cfg(feature = "serde")]
pub use json_and_form::Form;
pub use status::{Accepted, Created, NoContent};
#[cfg(feature = "serde")]
pub use url::UrlWithQuery;

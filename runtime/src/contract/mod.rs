//! The declarations of a route after its path: bodies and how they are read, replies with a status, defaults of query
//! parameters, and the query of a URL.
//!
//! This module is independent of paths and matching.

mod body;
mod default;
mod query_value;
mod status;
mod url;

pub use body::{Form, FromBody};
pub use default::default;
pub use status::{Accepted, Created, NoContent};
pub use url::UrlWithQuery;

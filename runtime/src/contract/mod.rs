//! What the line of a route declares besides its path: how a body is read, replies that carry their status, and the
//! query of a URL.
//!
//! Knows nothing of paths and of matching.

mod body;
mod default;
mod query_value;
mod status;
mod url;

pub use body::{Form, FromBody};
pub use default::default;
pub use status::{Accepted, Created, NoContent};
pub use url::UrlWithQuery;

//! The HTTP server: Node's module `http`.

pub mod event;

mod body;
mod exchange;
mod limits;
mod outgoing;
mod query;
mod request;
mod response;
mod sent;
mod server;
mod socket;
mod url;

pub use self::body::Body;
pub use self::request::Request;
pub use self::response::{Response, Written};
pub use self::sent::Sent;
pub use self::socket::{Endpoint, Socket};
pub use self::url::Url;
pub use crate::routing::Rest;

#[doc(no_inline)]
pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};

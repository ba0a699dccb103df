//! The HTTP server: Node's module `http`.

pub mod event;

mod accept;
mod answer;
mod body;
mod client_error;
mod clock;
mod connection;
mod dropped;
mod exchange;
mod handler;
mod handover;
mod header_values;
mod headers;
mod intake;
mod io;
mod lane;
mod limits;
mod listen;
mod offer;
mod orders;
mod outgoing;
mod query;
mod queue;
mod raw;
mod request;
mod response;
mod sent;
mod server;
mod socket;
mod url;
mod wire;

pub use self::body::Body;
pub use self::client_error::{ClientError, ClientErrorKind};
pub use self::dropped::Dropped;
pub use self::handler::Outcome;
pub use self::handover::{Duplex, Handover};
pub use self::header_values::HeaderValues;
pub use self::headers::Headers;
pub use self::listen::{Address, Listen};
pub use self::offer::Offer;
pub use self::request::Request;
pub use self::response::{Response, Written};
pub use self::sent::Sent;
pub use self::server::{Server, create_server};
pub use self::socket::{Endpoint, Socket};
pub use self::url::Url;
pub use crate::routing::Rest;

#[doc(no_inline)]
pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};

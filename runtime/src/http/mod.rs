//! The HTTP server: Node's module `http`.

pub mod event;

mod accept;
mod body;
mod chunks;
mod clock;
mod connection;
mod duplex;
mod exchange;
mod expect;
mod farewell;
mod handler;
mod head;
mod inbound;
mod io;
mod lane;
mod limits;
mod listen;
mod orders;
mod outbound;
mod outgoing;
mod query;
mod request;
mod response;
mod sent;
mod server;
mod socket;
mod url;
mod wire;

pub use self::body::Body;
pub use self::handler::Outcome;
pub use self::listen::{Address, Listen};
pub use self::request::Request;
pub use self::response::{Response, Written};
pub use self::sent::Sent;
pub use self::server::{Server, create_server};
pub use self::socket::{Endpoint, Socket};
pub use self::url::Url;
pub use crate::routing::Rest;

#[doc(no_inline)]
pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};

//! The HTTP server: Node's module `http`.

pub mod event;

mod accept;
mod address;
mod answer;
mod backlog;
mod bind;
mod body;
mod caught;
mod characters;
mod chunks;
mod client_error;
mod clock;
mod close;
mod connection;
mod content_type;
mod course;
mod dispatch;
mod dropped;
mod duplex;
mod exchange;
mod expect;
mod farewell;
mod flaw;
mod from_text;
mod handler;
mod handover;
mod head;
mod header_values;
mod headers;
mod host;
mod in_hand;
mod inbound;
mod intake;
mod io;
mod lane;
mod limits;
mod line;
mod listen;
mod listener;
mod listening;
mod map;
mod offer;
mod options;
mod orders;
mod outbound;
mod outgoing;
mod progress;
mod query;
mod queue;
mod raw;
mod request;
mod response;
mod run;
mod scratch;
mod sent;
mod serve;
mod server;
#[cfg(feature = "signal")]
mod signal;
mod socket;
mod stage;
#[cfg(all(unix, feature = "systemd"))]
mod systemd;
mod timer;
#[cfg(unix)]
mod unix;
mod url;
mod wire;

pub use self::address::Address;
pub use self::body::Body;
pub use self::client_error::{ClientError, ClientErrorKind};
pub(crate) use self::content_type::ContentType;
pub use self::dropped::Dropped;
pub use self::from_text::FromText;
pub use self::handler::Outcome;
pub use self::handover::{Duplex, Handover};
pub use self::header_values::HeaderValues;
pub use self::headers::Headers;
pub use self::listen::Listen;
pub use self::offer::Offer;
pub use self::request::Request;
pub use self::response::{Response, Written};
pub use self::sent::Sent;
pub use self::server::{Server, create_server};
pub use self::socket::{Endpoint, Ends, Socket};
#[cfg(all(unix, feature = "systemd"))]
pub use self::systemd::Systemd;
pub use self::url::Url;
pub use crate::routing::Rest;

#[doc(no_inline)]
pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};

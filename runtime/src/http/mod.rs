//! The HTTP server; Node's module `http`.
//!
//! [`create_server`] creates a [`Server`] from a handler, which is a function of a [`Request`] and a [`Response`].
//! [`event`] contains the events that servers, sockets, requests and responses emit.
//!
//! This file defines only the public surface: no file of this folder imports through it.

pub mod event;

mod connection;
mod control;
mod error_reporter;
mod events;
mod exchange;
mod foreign_body;
mod h1;
#[cfg(feature = "http2")]
mod h2;
mod headers;
mod interruption;
mod limits;
mod outlet;
mod panic;
mod proxies;
mod rare;
mod request;
mod response;
mod scratch;
mod server;
mod socket;
mod sync;
#[cfg(feature = "tower")]
mod tower;

#[cfg(feature = "tls")]
pub use self::events::FailedHandshake;
pub use self::events::{
    ClientError, ClientErrorKind, DropReason, DroppedConnection, DroppedRequest, PendingRequest,
    PendingUpgrade,
};
#[doc(hidden)]
pub use self::exchange::HandlerFuture;
pub use self::exchange::{HandlerOutput, RequestHandler};
pub use self::headers::IntoHeaderValues;
#[cfg(feature = "websocket")]
pub(crate) use self::headers::list::lists;
#[cfg(feature = "multipart")]
pub(crate) use self::headers::list::split_unquoted_of_form;
pub(crate) use self::headers::list::{split_unquoted, weight};
pub(crate) use self::headers::origin::{is_listed, is_same_origin, origin};
pub(crate) use self::outlet::{Feed, Outlet, SharedPart, Written};
#[cfg(feature = "serde")]
pub use self::request::Deserializable;
#[cfg(feature = "compression")]
pub(crate) use self::request::body::decoding::BodyDecoder;
#[cfg(feature = "multipart")]
pub(crate) use self::request::query;
#[cfg(feature = "serde")]
pub(crate) use self::request::query::{is_required, is_rest_required};
pub(crate) use self::request::syntax::byte_class::{hex_digit, is_token_text};
pub use self::request::{Body, Headers, Request, RequestSummary, Url};
pub(crate) use self::response::content_type::ContentType;
#[cfg(feature = "cookies")]
pub(crate) use self::response::origin::RequestReporter;
pub use self::response::{
    Encoder, FinishedRequest, IntoChunk, OutgoingHead, Response, ResponseOutcome, Sent, WriteFuture,
};
#[doc(hidden)]
pub use self::response::{ResponseReference, SentHabits};
#[cfg(all(unix, feature = "systemd"))]
pub use self::server::Systemd;
#[doc(hidden)]
pub use self::server::function::ServerFunction;
#[doc(hidden)]
pub use self::server::habits::{handle, handle_func, listen, listen_and_serve, run, serve};
pub use self::server::{Listen, Server, create_server};
#[cfg(feature = "config")]
pub use self::server::{OptionsError, ServerOptions};
#[cfg(feature = "tls")]
pub use self::server::{Plain, Tls};
#[cfg(feature = "tls")]
pub use self::socket::TlsSession;
pub use self::socket::{Address, Endpoint, Socket, SocketInfo, UpgradedStream};
#[cfg(feature = "tower")]
pub use self::tower::{ServerBody, ServerBodyError, ServerFuture, service};
#[doc(hidden)]
pub use crate::foreign_names::{App, HttpServer, Router};
pub use crate::routing::Rest;

#[doc(no_inline)]
pub use ::bytes::Bytes;
#[doc(no_inline)]
pub use ::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};

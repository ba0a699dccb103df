//! The events of servers, connections, requests and responses.
//!
//! Each event is a unit type that names the event; its payload is declared in a set such as [`ServerEvents`].
//!
//! Some of Node's events have no counterpart: `prefinish`, `pipe`, `unpipe`, `readable`, `pause` and `resume`, which
//! belong to Node's streams; `information` and `upgrade` of a request, which belong to Node's HTTP client;
//! `secureConnection`, because `Connection` is emitted after the handshake; and `lookup`, which belongs to name
//! resolution.

pub use super::events::server_events::{
    CheckContinue, CheckExpectation, ClientError, Connect, Connection, Drop, DropRequest,
    Listening, Request, ServerEvents, Upgrade,
};
#[cfg(feature = "tls")]
pub use super::events::tls_events::{TlsClientError, TlsReload};
pub use super::request::events::{Aborted, RequestEvents};
pub use super::response::events::{Drain, Finish, ResponseEvents};
pub use super::socket::events::{Close, Data, End, Error, SocketEvents, Timeout};

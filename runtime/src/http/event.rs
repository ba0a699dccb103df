//! The events of a server, its connections, its requests and its answers: `event::` completes to all of them.
//!
//! Node's `prefinish`, `pipe`, `unpipe`, `readable`, `pause` and `resume` belong to its streams, which futures stand
//! for here; `information` and `upgrade` of a request belong to its client. `secureConnection` and `lookup` belong to
//! TLS and to name resolution, which this server leaves to others.

pub use super::events::server_events::{
    CheckContinue, CheckExpectation, ClientError, Connect, Connection, Drop, Listening, Request,
    ServerEvents, Upgrade,
};
pub use super::request::events::{Aborted, RequestEvents};
pub use super::response::events::{Drain, Finish, ResponseEvents};
pub use super::socket::events::{Close, Data, End, Error, SocketEvents, Timeout};

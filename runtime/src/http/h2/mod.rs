//! HTTP/2, implemented by hyper. Each stream is an exchange.
//!
//! ```text
//! hyper ── Service::call ──▶ Stream (in hyper's task for it) ──▶ ResponseStream ──▶ Piece
//!                              │ Exchange, RequestBody            what hyper reads    until it is written
//! ```
//!
//! A [`Connection`] is polled by the connection's task. hyper spawns a task for each stream, which runs the handler
//! until the response head is sent. A handler that continues after that gets its own task, because hyper does not poll
//! a stream while its client accepts no data.
//!
//! Invariants:
//! 1. A request that reaches a handler is as valid as an HTTP/1 request: it has one valid `host` (unless the server
//!    requires none), its target is in origin-form or `*`, and it has no more headers than allowed.
//! 2. A response is finished when the last byte of its body has been written to the socket or, without a body, when
//!    hyper has its head; in any other case it is aborted.
//! 3. A stream that the client resets drops its handler, unless the response has ended.
//! 4. A stream counts as active until its exchange and its tunnel have ended. All output of an inactive stream is
//!    queued, so the next poll of the connection sends it.
//! 5. An unread request body holds at most one stream window, and it takes eight such bodies to block the other
//!    streams.
//!
//! This folder contains no code for HTTP/1 or for sockets, and does not decide when a connection is closed:
//! [`crate::http::connection`] drives it.

mod check;
mod connection;
mod date;
mod frames;
mod io;
mod request_body;
mod response_body;
mod response_head;
mod service;
mod stream;
mod streams;
mod tunnel;

pub(crate) use self::connection::{Connection, ConnectionError, PREFACE};
pub(crate) use self::streams::Streams;
#[cfg(feature = "tower")]
pub(crate) use self::tunnel::upgraded_stream;

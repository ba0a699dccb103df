//! HTTP/2: hyper speaks it, and each of its streams is an exchange.
//!
//! ```text
//! hyper ── Service::call ──▶ Stream (in hyper's task for it) ──▶ ResponseStream ──▶ Piece
//!                              │ Exchange, RequestBody            what hyper reads    until it is written
//! ```
//!
//! A [`Connection`] is polled by the task of its connection. hyper spawns a task for each stream, which runs the handler until
//! the response head is sent. A handler that goes on after that has a task of its own: hyper polls nothing of a stream
//! whose client takes no data.
//!
//! Invariants:
//! 1. A request that reaches a handler is as valid as one of HTTP/1: it has one valid `host` (unless the server requires
//!    none), its target is in origin-form or `*`, and it has no more headers than allowed.
//! 2. A response is finished when the last byte of its body was written to the socket (without a body: when hyper has its
//!    head), and aborted in any other case.
//! 3. A stream that the client resets drops its handler, unless the response has ended.
//! 4. A stream counts as active until its exchange has ended. Nothing of an inactive stream waits to be queued: what
//!    there is of it is sent by the next poll of the connection.
//! 5. Unread request bodies hold at most a window each; it takes eight of them to hold up the others.
//!
//! It knows nothing of HTTP/1, of sockets, and of when a connection is closed: `connection` drives it.

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

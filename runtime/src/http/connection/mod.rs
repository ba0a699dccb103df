//! One connection: its task, its state, its timeouts and how it is closed.
//!
//! Invariants:
//!
//! 1. One task owns a connection and its stream until another protocol takes the stream over, so no lock guards the
//!    driver. The server and the socket reach the connection through the control state and the [`ConnectionHandle`].
//!    Between two polls, the driver may lend the stream, in a mutex, to the source of the response's body; the driver
//!    takes the stream back before it does anything else.
//! 2. HTTP/1 requests are handled one after another: the next head is parsed once the previous response is completely
//!    written to the output buffer.
//! 3. HTTP/1 output is buffered while the connection is being polled, and sent when nothing more can be done or the
//!    buffer is full.
//! 4. One timer serves all timeouts, and requests neither set nor reset it: see [`timeouts`].
//! 5. An HTTP/1 connection that has been idle for a while holds no exchange, no handler and, apart from TLS, no
//!    buffers.
//! 6. A connection counts as open at least until its stream is closed, even after another protocol has taken the stream
//!    over.
//!
//! This folder knows nothing about listening, routes or the handler's type.
//!
//! [`ConnectionHandle`]: crate::http::socket::handle::ConnectionHandle

pub(crate) mod abort_signal;
pub(crate) mod close;
pub(crate) mod connections_per_address;
mod disconnect;
pub(crate) mod driver;
#[cfg(feature = "http2")]
pub(crate) mod http2;
pub(crate) mod open_connections;
pub(crate) mod rewind;
pub(crate) mod stream;
pub(crate) mod task;
pub(crate) mod timeouts;
pub(crate) mod timer;
pub(crate) mod transport;
pub(crate) mod upgrade;

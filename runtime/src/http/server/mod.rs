//! The server: its handle, its options, listening, threads and shutdown.
//!
//! Invariants:
//!
//! 1. A [`Server`] is a handle. Everything that its clones share is in [`shared::Shared`].
//! 2. Options apply to connections that are accepted after the options are set: each connection keeps the limits it
//!    started with.
//! 3. Closing is final. Once `closing` is set, no connection is accepted, except those that are already in the queue of
//!    a socket and would otherwise be lost.
//! 4. The server has ended once no connection, handler or spawned task holds a receiver of the control state, or once
//!    the deadline has passed and there are no connections. `Close` is then emitted once.
//! 5. Shutdown triggers are polled before the first connection is accepted.
//! 6. A trigger holds a weak reference to its server, so it does not keep the server alive.
//!
//! This folder does not implement HTTP/1 or HTTP/2: it passes each stream to a
//! [`ConnectionTask`](crate::http::connection::task::ConnectionTask), and controls this task with a
//! [`ControlState`](crate::http::control::ControlState).

mod background;
#[cfg(feature = "config")]
mod config;
pub(crate) mod function;
pub(crate) mod habits;
pub(crate) mod listen;
#[cfg(all(unix, feature = "systemd"))]
mod notify;
pub(crate) mod options;
mod overload;
mod proxies;
pub(crate) mod run;
pub(crate) mod serve;
pub(crate) mod shared;
pub(crate) mod shutdown;
#[cfg(feature = "signal")]
pub(crate) mod signal;
pub(crate) mod socket_options;
#[cfg(feature = "tls")]
pub(crate) mod tls;

#[cfg(feature = "config")]
pub use self::config::{OptionsError, ServerOptions};
pub use self::listen::Listen;
#[cfg(feature = "tls")]
pub use self::listen::Plain;
#[cfg(all(unix, feature = "systemd"))]
pub use self::listen::systemd::Systemd;

#[cfg(feature = "tls")]
pub use self::tls::Tls;

use std::fmt;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use self::shared::Shared;
use crate::events::Emitter;
use crate::http::events::server_events::ServerEvents;
use crate::http::exchange::context::HandlerSlotFactory;
use crate::http::exchange::failure::error_reply;
use crate::http::exchange::handler_slot::handler_slot;
#[cfg(feature = "tracing")]
use crate::http::exchange::traced_slot::SpanFactory;
use crate::http::exchange::{HandlerFuture, HandlerOutput, RequestHandler};
use crate::http::response::channel::ErrorReplyFn;
use crate::http::socket::Address;
use crate::http::sync::lock;

/// Creates a server that calls `handler` for every request.
///
/// A handler is a function that takes a [`Request`](super::Request) and a [`Response`](super::Response) and returns a
/// future: a closure as below, or a `#[server]` function. The future sends the response and resolves to `()`, to the
/// [`Sent`](crate::http::response::Sent) that completing the response returned, or to a `Result` of either. If the
/// handler sends no response, the client gets a 404. An `Err` is sent using its [`Reply`](crate::Reply) implementation;
/// a panic results in a 500. If the headers of an incomplete response were already sent, the response is aborted
/// instead, so that the client detects that it is truncated. A panic, or an `Err` with a 5xx status (except the 501 of
/// an [`Error`](crate::Error)), is also emitted as [`event::Error`](crate::http::event::Error), and the server keeps
/// running. Node.js: `http.createServer`.
///
/// # Cancellation
///
/// If the client disconnects before its response is complete, the handler's future is dropped at its current `.await`.
/// Use `tokio::spawn` for work that must finish. Code after [`end`](super::Response::end) is not affected.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = http::create_server(|req, mut res| async move {
///     if req.url == "/" {
///         res.write("hello");
///         res.end();
///     }
/// });
/// let sent = server.dispatch(Request::get("/"), Response::new()).await;
/// assert_eq!(sent.text(), "hello");
/// # }
/// ```
#[doc(alias = "state")]
pub fn create_server<H, F>(handler: H) -> Server
where
    H: RequestHandler<F> + Send + Sync + 'static,
    F: HandlerFuture<Returned: HandlerOutput> + Send + 'static,
{
    let handler = Arc::new(handler);
    Server::with_handler(
        Box::new(move || handler_slot(Arc::clone(&handler))),
        error_reply::<<F::Returned as HandlerOutput>::Error>,
    )
}

/// An HTTP server; the emitter of [`ServerEvents`](crate::http::event::ServerEvents).
///
/// It is a handle: clones refer to the same server, so a clone can be moved into a task or a listener that closes the
/// server. It dereferences to an [`Emitter`]. Options apply to connections that are accepted after the options are set;
/// the defaults are Node's unless noted otherwise. A request target may have at most 65,534 bytes, even if
/// [`max_header_size`](Self::max_header_size) permits more; a request with a longer target gets a 414.
///
/// A server needs a tokio runtime with timers and I/O enabled, such as that of `#[tokio::main]`; [`run`](Self::run)
/// creates its own. Node.js: `http.Server`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|_req, res| async move { res.send("hello") })
///     .max_connections(1000);
/// let handle = server.clone();
/// server.on(event::Listening, move |at| {
///     println!("Listening on {at}");
///     assert!(handle.listening());
///     handle.close(); // or never
/// });
/// server.listen(0).await
/// # }
/// ```
#[derive(Clone)]
pub struct Server {
    pub(crate) shared: Arc<Shared>,
}

impl Server {
    fn with_handler(handler_slot: HandlerSlotFactory, error_reply: ErrorReplyFn) -> Self {
        Self {
            shared: Arc::new(Shared::new(handler_slot, error_reply)),
        }
    }

    /// Returns the address that the server listens on, or `None` if it is not listening.
    ///
    /// The addresses of [`also_listen`](Self::also_listen) are not included. Node.js: `server.address()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert!(server.address().is_none());
    /// ```
    pub fn address(&self) -> Option<Address> {
        lock(&self.shared.listen_state).address().cloned()
    }

    /// Returns the IP address and port that the server listens on, or `None` if it listens on a Unix socket or not at
    /// all.
    ///
    /// Node.js: `server.address()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert!(server.local_addr().is_none());
    /// ```
    pub fn local_addr(&self) -> Option<SocketAddr> {
        self.address()?.socket_addr()
    }

    /// Returns whether the server is bound and accepts connections.
    ///
    /// Node.js: `server.listening`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert!(!server.listening());
    /// ```
    pub fn listening(&self) -> bool {
        self.address().is_some()
    }

    /// Returns the number of open connections.
    ///
    /// Node.js: `server.getConnections`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert_eq!(server.connections(), 0);
    /// ```
    pub fn connections(&self) -> usize {
        self.shared.connections.count()
    }
}

#[cfg(feature = "tracing")]
impl Server {
    /// Runs handlers inside spans. Returns `false` if they already run inside spans.
    pub(crate) fn set_span_factory(&self, new_span: SpanFactory) -> bool {
        self.shared.service.new_span.set(new_span).is_ok()
    }
}

impl Deref for Server {
    type Target = Emitter<ServerEvents>;

    fn deref(&self) -> &Emitter<ServerEvents> {
        &self.shared.service.emitter
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address())
            .field("connections", &self.connections())
            .finish_non_exhaustive()
    }
}

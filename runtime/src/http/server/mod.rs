//! The server: the handle that programs hold.

pub(crate) mod listen;
pub(crate) mod options;
pub(crate) mod run;
pub(crate) mod serve;
pub(crate) mod shared;
pub(crate) mod shutdown;
#[cfg(feature = "signal")]
pub(crate) mod signal;

pub use self::listen::Listen;
#[cfg(all(unix, feature = "systemd"))]
pub use self::listen::systemd::Systemd;

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use self::shared::Shared;
use crate::events::Emitter;
use crate::http::event::ServerEvents;
use crate::http::exchange::HandlerOutput;
use crate::http::exchange::context::HandlerSlotFactory;
use crate::http::exchange::handler_slot::handler_slot;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::socket::Address;
use crate::http::sync::lock;

/// Makes a server that answers every request with `handler`. Node: `http.createServer`.
///
/// A handler is any function of a [`Request`] and a [`Response`] that gives a future: a closure as here, or a function
/// with `#[server]`. The future answers through the response and returns `()`, the [`Sent`](crate::http::response::Sent) it got, or a
/// `Result` of either.
///
/// A request that is not answered gets a 404. An `Err` is answered by itself, as the [`Reply`](crate::Reply) it is; a
/// panic is a 500. If the answer has begun by then, the connection is cut, so that the client sees that it is not
/// whole. A 5xx is an [`event::Error`], and the server goes on.
///
/// # Cancellation
/// If the client leaves before its answer is complete, the handler's future is dropped at the `.await` it is at. Work
/// that has to be done regardless belongs in a task of its own (`tokio::spawn`). What a handler does after
/// [`end`](Response::end) is not disturbed.
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|req, mut res| async move {
///     if req.url == "/" {
///         res.write("hello");
///         res.end();
///     }
/// });
/// # let handle = server.clone();
/// # server.on(event::Listening, move |_| handle.close());
/// # let port = 0;
/// # /*
/// let port = 3000;
/// # */
/// server.listen(port).await
/// # }
/// ```
pub fn create_server<H, F>(handler: H) -> Server
where
    H: Fn(Request, Response) -> F + Send + Sync + 'static,
    F: Future<Output: HandlerOutput> + Send + 'static,
{
    let handler = Arc::new(handler);
    Server::new(Box::new(move || handler_slot(Arc::clone(&handler))))
}

/// A server, and the emitter of its [events](event): Node's `http.Server`.
///
/// It is a handle: clones are the same server, so that one can be moved into a task or a listener that closes it.
/// All methods of [`Emitter`] can be called on it.
///
/// The limits below are Node's unless said otherwise, and count for connections that are accepted after they are set.
/// Not to be set, since hyper decides it: a URL has at most 65,534 bytes (a longer one is a 414).
///
/// A server needs a tokio runtime with its timers and its IO driver enabled, as `#[tokio::main]` makes it;
/// [`run`](Self::run) makes its own.
#[derive(Clone)]
pub struct Server {
    pub(crate) shared: Arc<Shared>,
}

impl Server {
    fn new(handler_slot: HandlerSlotFactory) -> Self {
        Self {
            shared: Arc::new(Shared::new(handler_slot)),
        }
    }

    /// Where the server listens, while it does. Node: `server.address`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert!(server.address().is_none());
    /// ```
    pub fn address(&self) -> Option<Address> {
        lock(&self.shared.listen_state).address().cloned()
    }

    /// The address and port the server listens at, while it does, unless that is a Unix socket.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert!(server.local_addr().is_none());
    /// ```
    pub fn local_addr(&self) -> Option<SocketAddr> {
        self.address()?.socket_addr()
    }

    /// Whether the server is bound and accepts connections. Node: `server.listening`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert!(!server.listening());
    /// ```
    pub fn listening(&self) -> bool {
        self.address().is_some()
    }

    /// How many connections there are. Node: `server.getConnections`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert_eq!(server.connections(), 0);
    /// ```
    pub fn connections(&self) -> usize {
        self.shared.connections.count()
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

//! The server: where it listens, what it puts up with, when it ends.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::watch;

use super::accept::accept;
use super::connection;
use super::event::{self, ServerEvents};
use super::exchange::lock;
use super::handler::{Handler, Outcome};
use super::io::Stream;
use super::limits::Limits;
use super::listen::{Address, Listen, Listener};
use super::socket::Socket;
use super::{Request, Response};
use crate::error::Error;
use crate::events::Emitter;

/// Makes a server that answers every request with `handler`. Node: `http.createServer`.
///
/// A handler is any function of a [`Request`] and a [`Response`] that gives a future: a closure as here, or a function
/// with `#[server]`. The future answers through the response and returns `()`, the [`Sent`](super::Sent) it got, or a
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
    F: Future<Output: Outcome> + Send + 'static,
{
    Server::new(handler)
}

/// A server, and the emitter of its [events](event): Node's `http.Server`.
///
/// It is a handle: clones are the same server, so that one can be moved into a task or a listener that closes it.
/// All methods of [`Emitter`] can be called on it.
///
/// The limits below are Node's unless said otherwise, and count for connections that are accepted after they are set.
/// Not to be set, since hyper decides them: a request has at most 100 headers (more are a 431), and its URL at most
/// 65,534 bytes (a longer one is a 414).
///
/// A server needs a tokio runtime with its timers and its IO driver enabled, as `#[tokio::main]` makes it.
#[derive(Clone)]
pub struct Server {
    shared: Arc<Shared>,
}

/// Starts a connection's task. The handler's type is known in there and nowhere else, so that calling it for a request
/// costs no indirection.
type Start = Box<dyn Fn(Stream, Visit) + Send + Sync>;

pub(crate) struct Shared {
    emitter: Emitter<ServerEvents>,
    start: Start,
    limits: Mutex<Arc<Limits>>,
    address: Mutex<Option<Address>>,
    /// Whether the server closes. It has as many receivers as there are connections and handlers left.
    closing: watch::Sender<bool>,
    connections: AtomicUsize,
}

/// Where handlers report their errors.
pub(crate) type Reporter = Arc<Shared>;

/// What a connection has of its server.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) server: Arc<Shared>,
    pub(crate) socket: Socket,
    pub(crate) limits: Arc<Limits>,
    pub(crate) closing: watch::Receiver<bool>,
}

impl Server {
    fn new<H: Handler>(handler: H) -> Self {
        let handler = Arc::new(handler);
        let start = move |stream, visit: Visit| {
            let open = Open::new(Arc::clone(&visit.server));
            let connection = connection::serve(Arc::clone(&handler), stream, visit);
            tokio::spawn(async move {
                connection.await;
                drop(open);
            });
        };
        Self {
            shared: Arc::new(Shared {
                emitter: Emitter::new(),
                start: Box::new(start),
                limits: Mutex::default(),
                address: Mutex::new(None),
                closing: watch::Sender::new(false),
                connections: AtomicUsize::new(0),
            }),
        }
    }

    /// Binds, tells [`event::Listening`], and serves on the tokio runtime it is awaited on. It resolves when the
    /// server is closed and its last connection has ended. Node: `server.listen`, which returns at once.
    ///
    /// # Errors
    /// What the system says if it cannot bind, such as that the address is in use; `AddrInUse` also if this server
    /// listens already. Later errors do not end it: [`event::Error`] tells of them.
    ///
    /// # Cancellation
    /// If the future is dropped, the server accepts no more connections; those it has go on.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let handle = server.clone();
    /// server.on(event::Listening, move |at| {
    ///     println!("Listening on {at}");
    ///     handle.close(); // or never
    /// });
    /// server.listen("127.0.0.1:0").await
    /// # }
    /// ```
    pub fn listen<A: Listen>(&self, at: A) -> impl Future<Output = io::Result<()>> + Send + use<A> {
        let shared = Arc::clone(&self.shared);
        async move {
            if *shared.closing.borrow() {
                return Ok(());
            }
            let listening = Listening::bind(&shared, at).await?;
            listening.accept().await;
            drop(listening);
            // Ready when the last connection has dropped its receiver.
            shared.closing.closed().await;
            shared.emitter.emit(event::Close, &());
            Ok(())
        }
    }

    /// Closes the server: it accepts no more connections, closes those that are idle, and lets the others finish the
    /// request they are at. [`listen`](Self::listen) resolves when they have. Node: `server.close`.
    ///
    /// A server that is closed stays closed, also if it did not listen yet.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.close();
    /// server.listen(0).await // resolves at once
    /// # }
    /// ```
    pub fn close(&self) {
        self.shared.closing.send_replace(true);
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
        lock(&self.shared.address).clone()
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

    /// How many connections there are. Node: `server.getConnections`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// assert_eq!(server.connections(), 0);
    /// ```
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::Relaxed)
    }
}

/// Limits.
impl Server {
    /// How large request line and headers may be together, in bytes: 16 KiB. More is a 431. Node: `maxHeaderSize`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_header_size(64 * 1024);
    /// ```
    #[must_use]
    pub fn max_header_size(self, bytes: usize) -> Self {
        self.limit(|limits| limits.header_size = bytes)
    }

    /// How long the head of a request may take to arrive: 60 s, and for the first one from the moment the client
    /// connects. Later is a 408. `None`: for ever. Node: `headersTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .headers_timeout(Duration::from_secs(10));
    /// ```
    #[must_use]
    pub fn headers_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.headers = timeout.into())
    }

    /// How long a body may take to arrive, from the arrival of its head: 300 s. Reading it later fails with a 408.
    /// `None`: for ever. Node: `requestTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .request_timeout(Duration::from_secs(30));
    /// ```
    #[must_use]
    pub fn request_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.request = timeout.into())
    }

    /// How long a connection may wait for its next request: 5 s. Then it is closed. `None`: for ever. Node:
    /// `keepAliveTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .keep_alive_timeout(Duration::from_secs(65));
    /// ```
    #[must_use]
    pub fn keep_alive_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.keep_alive = timeout.into())
    }

    /// How long a body may be that is read whole, in bytes: 2 MiB. More is a 413. A handler that knows better says so
    /// by [`Body::limit`](super::Body::limit). Node has no such limit; Express: `limit` of its body parsers.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .body_limit(64 * 1024);
    /// ```
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        self.limit(|limits| limits.body = bytes)
    }

    /// How many connections there may be at a time; a further one is closed as it comes. `None`, as it is by default:
    /// any number. Node: `maxConnections`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_connections(10_000);
    /// ```
    #[must_use]
    pub fn max_connections(self, connections: impl Into<Option<usize>>) -> Self {
        self.limit(|limits| limits.connections = connections.into())
    }

    /// How many requests a connection may bring; after the last answer it is closed. `None`, as it is by default: any
    /// number. Node: `maxRequestsPerSocket`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_requests_per_socket(1000);
    /// ```
    #[must_use]
    pub fn max_requests_per_socket(self, requests: impl Into<Option<u64>>) -> Self {
        self.limit(|limits| limits.requests_per_socket = requests.into())
    }

    fn limit(self, set: impl FnOnce(&mut Limits)) -> Self {
        set(Arc::make_mut(&mut lock(&self.shared.limits)));
        self
    }
}

impl Deref for Server {
    type Target = Emitter<ServerEvents>;

    fn deref(&self) -> &Emitter<ServerEvents> {
        &self.shared.emitter
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

impl Deref for Shared {
    type Target = Emitter<ServerEvents>;

    fn deref(&self) -> &Emitter<ServerEvents> {
        &self.emitter
    }
}

impl Shared {
    /// Tells of an error; one that nobody listens to is printed, so that none is silent.
    pub(crate) fn report(&self, error: &Error) {
        // A listener that panics must not take the server with it, nor the answer to a request.
        let heard = catch_unwind(AssertUnwindSafe(|| self.emitter.emit(event::Error, error)));
        if !heard.unwrap_or(false) {
            eprintln!("{error}");
        }
    }

    /// Serves a connection, unless there are too many.
    fn admit(self: &Arc<Self>, stream: Stream, socket: Socket) {
        let limits = Arc::clone(&lock(&self.limits));
        let open = self.connections.load(Ordering::Relaxed);
        if limits.connections.is_some_and(|most| open >= most) {
            return;
        }
        let closing = self.closing.subscribe();
        let visit = Visit {
            server: Arc::clone(self),
            socket,
            limits,
            closing,
        };
        (self.start)(stream, visit);
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// An open connection, as it is counted.
struct Open(Arc<Shared>);

impl Open {
    fn new(server: Arc<Shared>) -> Self {
        server.connections.fetch_add(1, Ordering::Relaxed);
        Self(server)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A server while it accepts connections.
struct Listening<'a> {
    server: &'a Arc<Shared>,
    listener: Listener,
}

impl<'a> Listening<'a> {
    async fn bind(server: &'a Arc<Shared>, at: impl Listen) -> io::Result<Self> {
        let listener = at.bind().await?;
        let address = listener.address()?;
        {
            let mut place = lock(&server.address);
            if place.is_some() {
                let kind = io::ErrorKind::AddrInUse;
                return Err(io::Error::new(kind, "the server is listening already"));
            }
            *place = Some(address.clone());
        }
        let listening = Self { server, listener };
        server.emitter.emit(event::Listening, &address);
        Ok(listening)
    }

    /// Accepts connections until the server closes.
    async fn accept(&self) {
        let mut closing = self.server.closing.subscribe();
        let mut closed = pin!(closing.wait_for(|closing| *closing));
        loop {
            let mut accepted = pin!(accept(
                |cx| self.listener.poll_accept(cx),
                |error| self.server.report(error),
            ));
            let next = poll_fn(|cx| {
                if closed.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(None);
                }
                accepted.as_mut().poll(cx).map(Some)
            });
            match next.await {
                Some((stream, socket)) => self.server.admit(stream, socket),
                None => return,
            }
        }
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        *lock(&self.server.address) = None;
    }
}

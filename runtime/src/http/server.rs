//! The server: the handle, and what its connections share.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http::StatusCode;
use tokio::sync::{Notify, watch};

use super::address::Address;
use super::close::Trigger;
use super::course::Course;
use super::event::{self, ServerEvents};
use super::exchange::lock;
use super::handler::Outcome;
use super::io::Stream;
use super::limits::Limits;
use super::listening::Place;
use super::options::Options;
use super::orders::Orders;
use super::socket::Socket;
use super::stage::{Stage, stage};
use super::{Dropped, Request, Response};
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
    let handler = Arc::new(handler);
    Server::new(Box::new(move || stage(Arc::clone(&handler))))
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

pub(crate) struct Shared {
    emitter: Emitter<ServerEvents>,
    /// Makes a stage for the handler. Its type is known in there and nowhere else.
    pub(crate) stage: Stages,
    pub(crate) options: Mutex<Options>,
    pub(crate) place: Mutex<Place>,
    /// What the connections are told. It has as many receivers as there are connections and handlers left.
    pub(crate) orders: watch::Sender<Orders>,
    pub(crate) triggers: Mutex<Vec<Trigger>>,
    /// One of them has closed the server.
    pub(crate) triggered: AtomicBool,
    /// The time to close is over: the end waits for no handler any more.
    pub(crate) overdue: AtomicBool,
    /// [`event::Close`] was told.
    pub(crate) ended: AtomicBool,
    connections: AtomicUsize,
    /// Tells when a connection has ended.
    pub(crate) freed: Notify,
}

type Stages = Box<dyn Fn() -> Pin<Box<dyn Stage>> + Send + Sync>;

/// Where handlers report their errors.
pub(crate) type Reporter = Arc<Shared>;

/// What a connection has of its server. Its handlers hold it too.
pub(crate) struct Visit {
    pub(crate) server: Arc<Shared>,
    pub(crate) socket: Socket,
    pub(crate) limits: Arc<Limits>,
    /// The orders that were given before.
    pub(crate) given: Orders,
    /// The orders; those are seen already.
    pub(crate) orders: watch::Receiver<Orders>,
}

impl Server {
    fn new(stage: Stages) -> Self {
        Self {
            shared: Arc::new(Shared {
                emitter: Emitter::new(),
                stage,
                options: Mutex::default(),
                place: Mutex::default(),
                orders: watch::Sender::default(),
                triggers: Mutex::default(),
                triggered: AtomicBool::new(false),
                overdue: AtomicBool::new(false),
                ended: AtomicBool::new(false),
                connections: AtomicUsize::new(0),
                freed: Notify::new(),
            }),
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
        lock(&self.shared.place).address().cloned()
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
        self.shared.connections()
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
        if !self.tell(error) {
            eprintln!("{error}");
        }
    }

    /// Tells of an error that is returned as well.
    pub(crate) fn report_io(&self, error: &io::Error) {
        let source = io::Error::new(error.kind(), error.to_string());
        self.tell(&Error::new(StatusCode::SERVICE_UNAVAILABLE, "").with_source(source));
    }

    fn tell(&self, error: &Error) -> bool {
        self.emitter.emit(event::Error, error)
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub(crate) fn closing(&self) -> bool {
        self.orders.borrow().closing
    }

    pub(crate) fn limits(&self) -> Arc<Limits> {
        Arc::clone(&lock(&self.options).limits)
    }

    /// Serves a connection, unless there are too many: whether it does.
    pub(crate) fn admit(
        self: &Arc<Self>,
        stream: Stream,
        socket: Socket,
        limits: Arc<Limits>,
    ) -> bool {
        let most = limits.connections.unwrap_or(usize::MAX);
        let Some(open) = Open::new(Arc::clone(self), most) else {
            let dropped = Dropped {
                remote_addr: socket.remote_addr.clone(),
                local_addr: socket.local_addr.clone(),
            };
            self.emitter.emit(event::Drop, &dropped);
            return false;
        };
        let mut orders = self.orders.subscribe();
        let given = *orders.borrow_and_update();
        let visit = Arc::new(Visit {
            server: Arc::clone(self),
            socket,
            limits,
            given,
            orders,
        });
        spawn(Box::pin(Course::new(stream, visit, open)));
        true
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// Starts a task. Boxed: tokio's code for tasks is compiled for each type of future, twice.
pub(crate) fn spawn(task: Pin<Box<dyn Future<Output = ()> + Send>>) {
    tokio::spawn(task);
}

/// An open connection, as it is counted.
pub(crate) struct Open(Arc<Shared>);

impl Open {
    /// Counts one more, unless there are so many.
    fn new(server: Arc<Shared>, most: usize) -> Option<Self> {
        let before = server.connections.fetch_add(1, Ordering::Relaxed);
        let open = Self(server);
        (before < most).then_some(open)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
        self.0.freed.notify_waiters();
    }
}

//! A server that is listening.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::error::Error;
use crate::http::control::ControlReceiver;
use crate::http::error_reporter::ReportError;
use crate::http::events::server_events::Listening;
use crate::http::server::listen::Listen;
use crate::http::server::listen::accept::Acceptor;
use crate::http::server::listen::admission::{Prelude, admit};
use crate::http::server::listen::bind::{BindOptions, Bound, BoundSocket};
use crate::http::server::listen::further::{self, accept_all};
use crate::http::server::listen::socket_listener::SocketListener;
use crate::http::server::{Server, shared::Shared};
use crate::http::socket::address::Address;
use crate::http::sync::lock;

/// The listening state of a server, with the address it listens on.
#[derive(Debug, Default)]
pub(crate) enum ListenState {
    #[default]
    Closed,
    /// The socket is being bound.
    Binding,
    Bound(Address),
}

impl ListenState {
    pub(crate) fn address(&self) -> Option<&Address> {
        match self {
            Self::Bound(address) => Some(address),
            Self::Closed | Self::Binding => None,
        }
    }
}

impl Server {
    /// Listens on `addr` and serves connections on the current tokio runtime.
    ///
    /// The future binds the address, emits [`event::Listening`](crate::http::event::Listening), and resolves once the
    /// server is [closed](Self::close) and its last connection and handler have ended. The future takes ownership of
    /// the server: listeners that are added after it resolves would never run, so adding one does not compile. Keep a
    /// clone to call other methods while the server listens. If the server is already closed, the future resolves
    /// immediately. Node.js: `server.listen`, which returns as soon as it has started to bind.
    ///
    /// # Errors
    ///
    /// - The [`io::ErrorKind`] of the operating system if binding fails, such as `AddrInUse` or `PermissionDenied`;
    ///   [`event::Error`](crate::http::event::Error) is emitted as well.
    /// - `AddrInUse` if the server is already listening.
    /// - `Other` if an earlier call has used the addresses of [`also_listen`](Self::also_listen).
    ///
    /// An error while accepting connections does not end the future. It is emitted as an `event::Error`, unless the
    /// client or its network caused it.
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the server stops accepting connections. Open connections are still served.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let handle = server.clone();
    /// server.on(event::Listening, move |at| {
    ///     assert!(at.to_string().starts_with("http://127.0.0.1:"));
    ///     handle.close(); // or never
    /// });
    /// server.listen("127.0.0.1:0").await
    /// # }
    /// ```
    pub fn listen<A: Listen>(
        self,
        addr: A,
    ) -> impl Future<Output = io::Result<()>> + Send + use<A> {
        // The future is boxed, because the code of a runtime is compiled separately for each type of future
        // that it blocks on.
        Box::pin(async move {
            let server = &self.shared;
            if server.closing() {
                return Ok(());
            }
            let options = lock(&server.options).bind.clone();
            let bound = Box::pin(addr.bind(&options));
            listen(server, bound, &options).await
        })
    }
}

/// A future that binds a socket. Its type is erased, so that the code that awaits it is compiled once.
pub(crate) type BindFuture<'a> = Pin<Box<dyn Future<Output = io::Result<Bound>> + Send + 'a>>;

fn listen<'a>(
    server: &'a Arc<Shared>,
    bound: BindFuture<'a>,
    options: &'a BindOptions,
) -> Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>> {
    let work = async move {
        // There are no siblings, because the options request one socket.
        let main = ActiveListener::bind(server, bound, options).await?;
        let mut listeners = vec![main];
        listeners.extend(further::bind(server, options).await?);
        for (listener, ..) in &listeners {
            listener.emit_listening();
        }
        let mut sockets = Vec::new();
        for (listener, socket, _) in listeners {
            sockets.push((Arc::new(listener), socket));
        }
        accept_all(sockets).await?;
        server.ended().await;
        Ok(())
    };
    Box::pin(server.run_with_triggers(work))
}

/// The permission to listen, which only one call has at a time. Dropping it sets the state to `Closed`.
struct ListenGuard(Arc<Shared>);

impl ListenGuard {
    fn new(server: &Arc<Shared>) -> io::Result<Self> {
        let mut state = lock(&server.listen_state);
        if !matches!(*state, ListenState::Closed) {
            let kind = io::ErrorKind::AddrInUse;
            return Err(io::Error::new(kind, "the server is already listening"));
        }
        *state = ListenState::Binding;
        drop(state);
        Ok(Self(Arc::clone(server)))
    }
}

impl Drop for ListenGuard {
    fn drop(&mut self) {
        *lock(&self.0.listen_state) = ListenState::Closed;
    }
}

/// A bound address of a server. Dropping it makes the server stop listening on this address.
pub(crate) struct ActiveListener {
    server: Arc<Shared>,
    /// `None` for a further address.
    _guard: Option<ListenGuard>,
    address: Address,
    /// Whether no other process accepts from the sockets, so that connections left in their queues at the end would be
    /// lost.
    exclusive: bool,
    backlog: usize,
    prelude: Prelude,
    _bound_guard: Option<Box<dyn Send + Sync>>,
}

impl ActiveListener {
    /// Binds, and returns the socket and its siblings. If binding fails, the error is both emitted and returned.
    pub(crate) async fn bind(
        server: &Arc<Shared>,
        bound: BindFuture<'_>,
        options: &BindOptions,
    ) -> io::Result<(Self, BoundSocket, Vec<BoundSocket>)> {
        let guard = ListenGuard::new(server)?;
        let (mut listener, socket, siblings) = Self::bind_further(server, bound, options).await?;
        listener._guard = Some(guard);
        *lock(&server.listen_state) = ListenState::Bound(listener.address.clone());
        Ok((listener, socket, siblings))
    }

    /// Does the same as [`bind`](Self::bind), for an address that is not the server's first one.
    pub(crate) async fn bind_further(
        server: &Arc<Shared>,
        bound: BindFuture<'_>,
        options: &BindOptions,
    ) -> io::Result<(Self, BoundSocket, Vec<BoundSocket>)> {
        let bound = bound.await.inspect_err(|error| server.report_io(error))?;
        let address = bound.socket.address()?;
        let prelude = Prelude::of(server, &bound);
        #[cfg(feature = "tls")]
        let address = match prelude.tls {
            Some(_) => address.encrypted(),
            None => address,
        };
        let listener = Self {
            server: Arc::clone(server),
            _guard: None,
            address,
            exclusive: bound.exclusive,
            backlog: options.backlog as usize,
            prelude,
            _bound_guard: bound.guard,
        };
        Ok((listener, bound.socket, bound.siblings))
    }

    pub(crate) fn emit_listening(&self) {
        self.server.emit(Listening, &self.address);
    }

    /// Accepts connections until the server closes.
    pub(crate) async fn accept(&self, socket: Box<dyn SocketListener>) {
        let server = &self.server;
        let mut control = ControlReceiver::new(server.control.subscribe());
        let mut acceptor = Acceptor::new(&server.connections.closed);
        poll_fn(|cx| {
            loop {
                while control.poll(cx).is_ready() {
                    if control.read().closing {
                        return Poll::Ready(());
                    }
                }
                let poll_accept = |cx: &mut Context<'_>| socket.poll_accept(cx);
                let report = |error: &Error| server.report(error);
                let accepted = ready!(acceptor.poll_next(cx, poll_accept, report));
                admit(server, &self.prelude, accepted);
            }
        })
        .await;
        if self.exclusive {
            // The operating system has established these connections, so their clients may already have sent requests.
            for accepted in socket.into_pending().take(self.backlog) {
                admit(server, &self.prelude, accepted);
            }
        }
    }
}

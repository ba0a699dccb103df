//! A server while it listens.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::error::Error;
use crate::http::control::ControlReceiver;
use crate::http::error_reporter::ReportError;
use crate::http::event;
use crate::http::server::listen::Listen;
use crate::http::server::listen::accept::Acceptor;
use crate::http::server::listen::bind::{BindOptions, Bound, BoundSocket};
use crate::http::server::listen::socket_listener::{Accepted, SocketListener};
use crate::http::server::{Server, shared::Shared};
use crate::http::socket::address::Address;
use crate::http::sync::lock;

/// Where a server listens, or will.
#[derive(Debug, Default)]
pub(crate) enum ListenState {
    #[default]
    Closed,
    /// It is about to bind.
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
    /// BindFuture, tells [`event::Listening`], and serves on the tokio runtime it is awaited on. It resolves when the
    /// server is closed and its last connection has ended. Node: `server.listen`, which returns at once.
    ///
    /// # Errors
    /// What the system says if it cannot bind, such as that the address is in use; [`event::Error`] tells of it as well.
    /// `AddrInUse` also if this server listens already. Later errors do not end it: [`event::Error`] tells of them.
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
    ///     println!("ActiveListener on {at}");
    ///     handle.close(); // or never
    /// });
    /// server.listen("127.0.0.1:0").await
    /// # }
    /// ```
    pub fn listen<A: Listen>(self, at: A) -> impl Future<Output = io::Result<()>> + Send + use<A> {
        let server = Arc::clone(&self.shared);
        // A runtime compiles code for what it blocks on, part of it twice: with a pointer that is little.
        Box::pin(async move {
            if server.closing() {
                return Ok(());
            }
            let binding = lock(&server.options).binding.clone();
            let bound = Box::pin(at.bind(&binding));
            listen(&server, bound, &binding).await
        })
    }
}

/// A place that is being bound. Its type is known no further than here, so that there is one code for all.
pub(crate) type BindFuture<'a> = Pin<Box<dyn Future<Output = io::Result<Bound>> + Send + 'a>>;

fn listen<'a>(
    server: &'a Arc<Shared>,
    bound: BindFuture<'a>,
    binding: &'a BindOptions,
) -> Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>> {
    let work = async move {
        // No siblings were asked for.
        let (listening, socket, _) = ActiveListener::bind(server, bound, binding).await?;
        let listener = socket.register()?;
        listening.emit_listening();
        listening.accept(listener).await;
        drop(listening);
        server.ended().await;
        Ok(())
    };
    Box::pin(server.run_with_triggers(work))
}

/// The right to listen, which one has at a time. When it is dropped, the server listens nowhere.
struct ListenGuard(Arc<Shared>);

impl ListenGuard {
    fn new(server: &Arc<Shared>) -> io::Result<Self> {
        let mut place = lock(&server.listen_state);
        if !matches!(*place, ListenState::Closed) {
            let kind = io::ErrorKind::AddrInUse;
            return Err(io::Error::new(kind, "the server is listening already"));
        }
        *place = ListenState::Binding;
        drop(place);
        Ok(Self(Arc::clone(server)))
    }
}

impl Drop for ListenGuard {
    fn drop(&mut self) {
        *lock(&self.0.listen_state) = ListenState::Closed;
    }
}

/// A server that is bound.
pub(crate) struct ActiveListener {
    claim: ListenGuard,
    address: Address,
    /// Whether nobody else accepts from its sockets: what waits in their queues at the end would be lost.
    exclusive: bool,
    backlog: usize,
    _guard: Option<Box<dyn Send + Sync>>,
}

impl ActiveListener {
    /// BindFuture: gives a socket, and its siblings if the binding asks for any. An error is told as well as returned.
    pub(crate) async fn bind(
        server: &Arc<Shared>,
        bound: BindFuture<'_>,
        how: &BindOptions,
    ) -> io::Result<(Self, BoundSocket, Vec<BoundSocket>)> {
        let claim = ListenGuard::new(server)?;
        let bound = bound.await.inspect_err(|error| server.report_io(error))?;
        let address = bound.socket.address()?;
        *lock(&server.listen_state) = ListenState::Bound(address.clone());
        let listening = Self {
            claim,
            address,
            exclusive: bound.exclusive,
            backlog: how.backlog as usize,
            _guard: bound.guard,
        };
        Ok((listening, bound.socket, bound.siblings))
    }

    /// Tells that the server listens.
    pub(crate) fn emit_listening(&self) {
        self.claim.0.emit(event::Listening, &self.address);
    }

    /// Accepts connections until the server closes.
    pub(crate) async fn accept(&self, listener: Box<dyn SocketListener>) {
        let server = &self.claim.0;
        let mut control = ControlReceiver::new(server.control.subscribe());
        let mut acceptor = Acceptor::new(&server.connections.closed);
        poll_fn(|cx| {
            loop {
                while control.poll(cx).is_ready() {
                    if control.read().closing {
                        return Poll::Ready(());
                    }
                }
                let poll_accept = |cx: &mut Context<'_>| listener.poll_accept(cx);
                let report = |error: &Error| server.report(error);
                let accepted = ready!(acceptor.poll_next(cx, poll_accept, report));
                accept_one(server, accepted);
            }
        })
        .await;
        if self.exclusive {
            // The system has accepted them for us: to them the server is still there.
            for accepted in listener.into_pending().take(self.backlog) {
                accept_one(server, accepted);
            }
        }
    }
}

fn accept_one(server: &Arc<Shared>, accepted: Accepted) {
    let limits = server.limits();
    // Otherwise the client has left by now.
    if let Ok((stream, socket)) = accepted.configure(&limits) {
        server.try_accept(stream, socket, limits);
    }
}

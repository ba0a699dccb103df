//! A server while it listens.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::accept::Acceptor;
use super::address::Address;
use super::bind::{Binding, Bound, BoundSocket};
use super::event;
use super::exchange::lock;
use super::listen::Listen;
use super::listener::{Accepted, Listener};
use super::orders::Watch;
use super::server::{Server, Shared};
use crate::error::Error;

/// Where a server listens, or will.
#[derive(Debug, Default)]
pub(crate) enum Place {
    #[default]
    Nowhere,
    /// It is about to bind.
    Somewhere,
    At(Address),
}

impl Place {
    pub(crate) fn address(&self) -> Option<&Address> {
        match self {
            Self::At(address) => Some(address),
            Self::Nowhere | Self::Somewhere => None,
        }
    }
}

impl Server {
    /// Binds, tells [`event::Listening`], and serves on the tokio runtime it is awaited on. It resolves when the
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
    ///     println!("Listening on {at}");
    ///     handle.close(); // or never
    /// });
    /// server.listen("127.0.0.1:0").await
    /// # }
    /// ```
    pub fn listen<A: Listen>(&self, at: A) -> impl Future<Output = io::Result<()>> + Send + use<A> {
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
pub(crate) type Binds<'a> = Pin<Box<dyn Future<Output = io::Result<Bound>> + Send + 'a>>;

fn listen<'a>(
    server: &'a Arc<Shared>,
    bound: Binds<'a>,
    binding: &'a Binding,
) -> Pin<Box<dyn Future<Output = io::Result<()>> + Send + 'a>> {
    let work = async move {
        // No siblings were asked for.
        let (listening, socket, _) = Listening::bind(server, bound, binding).await?;
        let listener = socket.register()?;
        listening.tell();
        listening.accept(listener).await;
        drop(listening);
        server.ended().await;
        Ok(())
    };
    Box::pin(server.heeding(work))
}

/// The right to listen, which one has at a time. When it is dropped, the server listens nowhere.
struct Claim(Arc<Shared>);

impl Claim {
    fn new(server: &Arc<Shared>) -> io::Result<Self> {
        let mut place = lock(&server.place);
        if !matches!(*place, Place::Nowhere) {
            let kind = io::ErrorKind::AddrInUse;
            return Err(io::Error::new(kind, "the server is listening already"));
        }
        *place = Place::Somewhere;
        drop(place);
        Ok(Self(Arc::clone(server)))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        *lock(&self.0.place) = Place::Nowhere;
    }
}

/// A server that is bound.
pub(crate) struct Listening {
    claim: Claim,
    address: Address,
    /// Whether nobody else accepts from its sockets: what waits in their queues at the end would be lost.
    ours: bool,
    backlog: usize,
    _guard: Option<Box<dyn Send + Sync>>,
}

impl Listening {
    /// Binds: gives a socket, and its siblings if the binding asks for any. An error is told as well as returned.
    pub(crate) async fn bind(
        server: &Arc<Shared>,
        bound: Binds<'_>,
        how: &Binding,
    ) -> io::Result<(Self, BoundSocket, Vec<BoundSocket>)> {
        let claim = Claim::new(server)?;
        let bound = bound.await.inspect_err(|error| server.report_io(error))?;
        let address = bound.socket.address()?;
        *lock(&server.place) = Place::At(address.clone());
        let listening = Self {
            claim,
            address,
            ours: bound.ours,
            backlog: how.backlog as usize,
            _guard: bound.guard,
        };
        Ok((listening, bound.socket, bound.siblings))
    }

    /// Tells that the server listens.
    pub(crate) fn tell(&self) {
        self.claim.0.emit(event::Listening, &self.address);
    }

    /// Accepts connections until the server closes.
    pub(crate) async fn accept(&self, listener: Box<dyn Listener>) {
        let server = &self.claim.0;
        let mut orders = Watch::new(server.orders.subscribe());
        let mut acceptor = Acceptor::new(&server.freed);
        poll_fn(|cx| {
            loop {
                while orders.poll(cx).is_ready() {
                    if orders.read().closing {
                        return Poll::Ready(());
                    }
                }
                let poll_accept = |cx: &mut Context<'_>| listener.poll_accept(cx);
                let report = |error: &Error| server.report(error);
                let accepted = ready!(acceptor.poll_next(cx, poll_accept, report));
                admit(server, accepted);
            }
        })
        .await;
        if self.ours {
            // The system has accepted them for us: to them the server is still there.
            for accepted in listener.into_waiting().take(self.backlog) {
                admit(server, accepted);
            }
        }
    }
}

fn admit(server: &Arc<Shared>, accepted: Accepted) {
    let limits = server.limits();
    // Otherwise the client has left by now.
    if let Ok((stream, socket)) = accepted.prepare(&limits) {
        server.admit(stream, socket, limits);
    }
}

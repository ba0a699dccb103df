//! A connection between its arrival and its first request: everything that is read before HTTP begins.
//!
//! The connection counts as open from its arrival. A closing server gives it the same grace period as a connection that
//! waits for a request.

use std::sync::Arc;

use tokio::sync::watch;

use crate::http::connection::open_connections::ConnectionGuard;
use crate::http::connection::stream::SocketStream;
use crate::http::control::{CLOSE_GRACE, ControlState};
use crate::http::limits::Limits;
use crate::http::proxies::Proxies;
use crate::http::server::listen::bind::Bound;
use crate::http::server::listen::proxy_protocol;
use crate::http::server::listen::socket_listener::Accepted;
use crate::http::server::shared::Shared;
#[cfg(feature = "tls")]
use crate::http::server::tls::active::ActiveTls;
use crate::http::socket::Socket;
#[cfg(feature = "tls")]
use crate::http::sync::lock;
use crate::http::sync::{either, reaches, spawn};

/// A connection that counts as open.
pub(crate) struct Admission {
    pub(crate) socket: Socket,
    pub(crate) limits: Arc<Limits>,
    pub(crate) guard: ConnectionGuard,
    /// The server does not end while there is a receiver.
    pub(crate) control: watch::Receiver<ControlState>,
}

/// The protocols that precede HTTP on the connections of a listener.
#[derive(Clone, Default)]
pub(crate) struct Prelude {
    /// `None` if the connections are not encrypted.
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<Arc<ActiveTls>>,
}

impl Prelude {
    #[cfg(feature = "tls")]
    pub(super) fn of(server: &Shared, bound: &Bound) -> Self {
        let tls = lock(&server.options).tls.clone();
        Self {
            tls: tls.filter(|_| !bound.is_plain),
        }
    }

    #[cfg(not(feature = "tls"))]
    pub(super) fn of(_: &Shared, _: &Bound) -> Self {
        Self {}
    }

    #[cfg(feature = "tls")]
    fn is_empty(&self) -> bool {
        self.tls.is_none()
    }

    #[cfg(not(feature = "tls"))]
    #[expect(clippy::unused_self, reason = "it has no fields without TLS")]
    fn is_empty(&self) -> bool {
        true
    }
}

/// Serves a connection from the queue of a listener.
pub(super) fn admit(server: &Arc<Shared>, prelude: &Prelude, accepted: Accepted) {
    let limits = server.limits();
    // An error means that the client has disconnected.
    let Ok((stream, socket)) = accepted.configure(&limits) else {
        return;
    };
    let is_announced = |proxies: &Proxies| proxies.announcing.contains(socket.remote_addr.ip());
    let is_announced = limits.proxies.as_deref().is_some_and(is_announced);
    let Some(admission) = server.try_open(socket, limits) else {
        return;
    };
    if !is_announced && prelude.is_empty() {
        return server.start(stream, admission);
    }
    let (server, prelude) = (Arc::clone(server), prelude.clone());
    spawn(Box::pin(async move {
        let aborted = aborted(admission.control.clone());
        let prepared = prepare(&server, &prelude, is_announced, stream, admission);
        if let Err(Some((stream, admission))) = either(aborted, prepared).await {
            server.start(stream, admission);
        }
    }));
}

/// Reads what precedes HTTP. Returns `None` if the connection must be closed; the reason has then been reported.
async fn prepare(
    server: &Shared,
    prelude: &Prelude,
    is_announced: bool,
    mut stream: SocketStream,
    mut admission: Admission,
) -> Option<(SocketStream, Admission)> {
    if is_announced {
        let Admission { socket, limits, .. } = &admission;
        admission.socket = proxy_protocol::accept(server, &mut stream, socket, limits).await?;
        if !server.count_address(&mut admission) {
            return None;
        }
    }
    #[cfg(feature = "tls")]
    if let Some(tls) = &prelude.tls {
        let secured = tls.accept(server, stream, &admission.socket).await?;
        (stream, admission.socket) = secured;
    }
    #[cfg(not(feature = "tls"))]
    let _ = prelude;
    Some((stream, admission))
}

/// Resolves when a connection that has not begun a request must be closed: at once if all connections are closed, and
/// after the grace period if the server is closing.
async fn aborted(mut control: watch::Receiver<ControlState>) {
    let close_all = control.borrow().close_all;
    let mut closes_all = |it: &ControlState| it.close_all != close_all;
    reaches(&mut control, &mut |it| closes_all(it) || it.closing).await;
    let all = reaches(&mut control, &mut closes_all);
    let _ = either(all, tokio::time::sleep(CLOSE_GRACE)).await;
}

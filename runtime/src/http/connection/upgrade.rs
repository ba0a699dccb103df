//! A connection that has left HTTP, until its stream is closed.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::abort_signal::AbortSignal;
use super::rewind::Rewind;
use super::stream::SocketStream;
use crate::http::error_reporter::ReportError;
use crate::http::events::server_events;
use crate::http::events::upgrade::PendingUpgrade;
use crate::http::exchange::context::ConnectionContext;
use crate::http::exchange::request_kind::RequestKind;
use crate::http::request::Request;
use crate::http::response::switch::{ProtocolFuture, ProtocolSwitch};
use crate::http::socket::events;
use crate::http::socket::upgraded_stream::UpgradedStream;

/// The recipient of the stream.
pub(super) enum Successor {
    /// A listener of `Upgrade` or `Connect`. If none takes the request, the connection is closed.
    Listener(RequestKind, Box<Request>),
    /// The function that a handler passed to `switch_protocols`.
    Response(ProtocolSwitch),
}

/// Passes the stream to its recipient, and waits until the stream is closed and the future of the recipient, if any,
/// has ended. `detached` is the stream with the bytes already received from it.
pub(super) async fn run(
    successor: Successor,
    detached: Option<(SocketStream, Vec<u8>)>,
    mut abort: AbortSignal,
    context: Arc<ConnectionContext>,
) {
    let Some((stream, early)) = detached else {
        context.socket.emit(events::Close, &true);
        return;
    };
    let (stream, monitor) = Rewind::new(stream, early);
    let stream = UpgradedStream::new(stream);
    let mut future = match successor {
        Successor::Listener(kind, request) => {
            offer(kind, *request, stream, &context);
            None
        }
        Successor::Response(switch) => Some(switch.begin(stream)),
    };
    let mut is_open = true;
    poll_fn(|cx| {
        if abort.poll(cx).is_ready() {
            monitor.abort();
            future = None;
        }
        let is_done = poll_future(&mut future, cx, &context).is_ready();
        if is_open && let Poll::Ready(had_error) = monitor.poll_closed(cx) {
            is_open = false;
            context.socket.emit(events::Close, &had_error);
        }
        match is_done && !is_open {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
}

/// Offers the stream to listeners, and closes it if no listener takes it.
fn offer(kind: RequestKind, request: Request, stream: UpgradedStream, context: &ConnectionContext) {
    let pending = PendingUpgrade::new(request, stream);
    let emitter = &context.service.emitter;
    match kind {
        RequestKind::Connect => emitter.emit(server_events::Connect, &pending),
        _ => emitter.emit(server_events::Upgrade, &pending),
    };
    drop(pending.take());
}

/// Polls the future of the recipient. Is ready when the future has ended, or if no future is running.
fn poll_future(
    future: &mut Option<ProtocolFuture>,
    cx: &mut Context<'_>,
    context: &ConnectionContext,
) -> Poll<()> {
    let Some(running) = future else {
        return Poll::Ready(());
    };
    let Poll::Ready(ended) = running.as_mut().poll(cx) else {
        return Poll::Pending;
    };
    // Dropping the future also drops the stream, unless the stream was moved elsewhere.
    *future = None;
    if let Err(error) = ended {
        context.service.emitter.report(&error);
    }
    Poll::Ready(())
}

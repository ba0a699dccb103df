//! A stream for another protocol (RFC 8441).

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::rt::{Read, ReadBuf as HyperBuf, Write};
use hyper::upgrade::{OnUpgrade, Upgraded};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::streams::StreamGuard;
use crate::http::error_reporter::ReportError;
use crate::http::response::switch::ProtocolSwitch;
use crate::http::socket::upgraded_stream::UpgradedStream;
use crate::http::sync::spawn;

/// Runs the protocol in a separate task, once hyper has sent the response.
pub(super) fn open(pending: OnUpgrade, switch: ProtocolSwitch, guard: StreamGuard) {
    let streams = Arc::clone(guard.streams());
    let task = spawn(Box::pin(async move {
        if let Ok(upgraded) = pending.await {
            let future = switch.begin(UpgradedStream::new(Tunnel(upgraded)));
            if let Err(error) = future.await {
                guard.streams().context.service.emitter.report(&error);
            }
        }
        // The stream counts as active until the guard is dropped, so a closing connection waits for it.
        drop(guard);
    }));
    streams.add_tunnel(task.abort_handle());
}

/// Converts the upgraded stream of a connection that hyper serves.
#[cfg(feature = "tower")]
pub(crate) fn upgraded_stream(upgraded: Upgraded) -> UpgradedStream {
    UpgradedStream::new(Tunnel(upgraded))
}

/// An adapter from hyper's stream to tokio's traits.
struct Tunnel(Upgraded);

impl AsyncRead for Tunnel {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut buffer = HyperBuf::new(into.initialize_unfilled());
        ready!(Pin::new(&mut self.0).poll_read(cx, buffer.unfilled()))?;
        let len = buffer.filled().len();
        into.advance(len);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Tunnel {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

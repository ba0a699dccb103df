//! The server's end of a connection, which records how it was closed.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};

/// A stream that records whether it was shut down. Only then does a client see an orderly end: otherwise, TCP sends a
/// reset, and TLS omits its `close_notify`.
pub(crate) struct Recorded {
    stream: DuplexStream,
    is_shut_down: Arc<AtomicBool>,
}

impl Recorded {
    /// Returns the recorded stream, and whether it was shut down.
    pub(crate) fn new(stream: DuplexStream) -> (Self, Arc<AtomicBool>) {
        let is_shut_down = Arc::<AtomicBool>::default();
        let shut_down = Arc::clone(&is_shut_down);
        let recorded = Self {
            stream,
            is_shut_down,
        };
        (recorded, shut_down)
    }
}

impl AsyncRead for Recorded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Recorded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.is_shut_down.store(true, Ordering::Release);
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

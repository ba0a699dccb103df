//! Collects small writes, so that the frames of one poll are sent together.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::http::UpgradedStream;

/// The maximum number of bytes to collect. A longer write is not copied.
const CAPACITY: usize = 16 * 1024;

/// A stream that collects writes. `poll_flush` does nothing; [`poll_send`](Self::poll_send) sends the collected bytes.
pub(super) struct BatchingStream {
    stream: UpgradedStream,
    unsent: BytesMut,
    /// How many bytes have been sent since `poll_send` last sent everything.
    sent: usize,
}

impl BatchingStream {
    pub(super) fn new(stream: UpgradedStream) -> Self {
        Self {
            stream,
            unsent: BytesMut::new(),
            sent: 0,
        }
    }

    /// Returns how many bytes have been sent since `poll_send` last sent everything.
    pub(super) fn sent(&self) -> usize {
        self.sent
    }

    /// Sends the collected bytes.
    pub(super) fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_unsent(cx))?;
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.sent = 0;
        if self.unsent.capacity() > CAPACITY {
            self.unsent = BytesMut::new();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_unsent(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.unsent.is_empty() {
            let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, &self.unsent))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.unsent.advance(sent);
            self.sent += sent;
        }
        self.unsent.clear();
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for BatchingStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for BatchingStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let len: usize = pieces.iter().map(|piece| piece.len()).sum();
        if this.unsent.len() + len > CAPACITY {
            ready!(this.poll_unsent(cx))?;
        }
        if len > CAPACITY {
            let sent = ready!(Pin::new(&mut this.stream).poll_write_vectored(cx, pieces))?;
            this.sent += sent;
            return Poll::Ready(Ok(sent));
        }
        for piece in pieces {
            this.unsent.extend_from_slice(piece);
        }
        Poll::Ready(Ok(len))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_unsent(cx))?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

//! A stream that left HTTP: what came behind the request is read first.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::http::connection::stream::SocketStream;

pub(crate) struct Rewind {
    stream: SocketStream,
    early: Vec<u8>,
    /// How much of it was read.
    read: usize,
}

impl Rewind {
    pub(crate) fn new(stream: SocketStream, early: Vec<u8>) -> Self {
        Self {
            stream,
            early,
            read: 0,
        }
    }
}

impl AsyncRead for Rewind {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let early = &self.early[self.read..];
        if early.is_empty() {
            return self.stream.poll_read(cx, into);
        }
        let len = early.len().min(into.remaining());
        into.put_slice(&early[..len]);
        self.read += len;
        if self.read == self.early.len() {
            self.early = Vec::new();
            self.read = 0;
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Rewind {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream.poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_shutdown(cx)
    }
}

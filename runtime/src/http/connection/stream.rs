//! Streams, and the way hyper reads and writes them.

use std::fmt;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::http::connection::in_hand;
use crate::http::connection::transport::Line;

/// An accepted stream.
pub(crate) enum SocketStream {
    Tcp(TcpStream),
    /// Of another kind, or connected elsewhere.
    Other(Box<dyn AsyncStream>),
}

/// What can be read and written.
pub(crate) trait AsyncStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> AsyncStream for S {}

impl fmt::Debug for dyn AsyncStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AsyncStream")
    }
}

impl fmt::Debug for SocketStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp(_) => "Tcp",
            Self::Other(_) => "Other",
        })
    }
}

/// The same call on whichever stream it is.
macro_rules! on {
    ($this:ident, $method:ident($($arg:expr),+)) => {
        match $this {
            SocketStream::Tcp(stream) => Pin::new(stream).$method($($arg),+),
            SocketStream::Other(stream) => Pin::new(stream).$method($($arg),+),
        }
    };
}

impl SocketStream {
    pub(crate) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        on!(self, poll_read(cx, into))
    }

    /// Ready when it is time to read.
    pub(crate) fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(stream) => stream.poll_read_ready(cx),
            Self::Other(_) => Poll::Ready(Ok(())),
        }
    }

    pub(crate) fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.try_write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                on!(self, poll_write(cx, bytes))
            }
            written => Poll::Ready(written),
        }
    }

    /// Most of the time there is room, and nobody has to be woken when there is: so that is not prepared first.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => stream.try_write(bytes),
            Self::Other(_) => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    pub(crate) fn poll_write_vectored(
        &mut self,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        on!(self, poll_write_vectored(cx, parts))
    }

    pub(crate) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on!(self, poll_flush(cx))
    }

    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        on!(self, poll_shutdown(cx))
    }
}

/// What hyper has of a connection: nothing. What it reads and writes is in hand while it is polled.
pub(crate) struct Io;

/// Asks the line in hand.
fn ask<T>(ask: impl FnOnce(&mut Line) -> Poll<io::Result<T>>) -> Poll<io::Result<T>> {
    let Some(mut hand) = in_hand::take() else {
        return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
    };
    let answer = ask(&mut hand.line);
    in_hand::put(hand);
    answer
}

impl Read for Io {
    #[inline]
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        ask(|line| line.poll_read(cx, into))
    }
}

/// In one piece: what is long and known as a whole does not come by hyper, and to gather the parts of all else would take
/// it longer than to copy them.
impl Write for Io {
    #[inline]
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ask(|line| line.poll_write(cx, bytes))
    }

    /// Nothing: what is gathered is sent when the poll of the connection is over.
    #[inline]
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Nothing: the connection shuts its stream down when hyper is done.
    #[inline]
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

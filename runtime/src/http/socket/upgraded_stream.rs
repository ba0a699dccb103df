//! The stream of a connection that has left HTTP.

use std::fmt;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection that has left HTTP: a stream of bytes in both directions.
///
/// It implements tokio's `AsyncRead` and `AsyncWrite`. Bytes that arrived with the request are read first. Dropping the
/// stream closes the connection. With HTTP/2, it is one stream of a connection, and dropping it closes only this
/// stream.
///
/// The connection still belongs to the server: it counts as one of the
/// [`connections`](crate::http::Server::connections), a closing server waits for it, and its socket emits
/// [`Close`](crate::http::event::Close) when it is closed.
/// [`close_all_connections`](crate::http::Server::close_all_connections), a deadline for closing and
/// [`destroy`](crate::http::Socket::destroy) close it regardless of what the holder of the stream does; reading and
/// writing then fail with `ConnectionAborted`. Node.js: the `socket` of an `upgrade` listener, which gets the first
/// bytes separately, as `head`.
///
/// # Examples
///
/// ```
/// use onward::http::UpgradedStream;
/// use tokio::io::AsyncWriteExt;
///
/// async fn reject(mut stream: UpgradedStream) -> std::io::Result<()> {
///     stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n").await?;
///     stream.shutdown().await
/// }
/// # let _ = reject;
/// ```
pub struct UpgradedStream(Box<dyn AsyncStream>);

pub(crate) trait AsyncStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> AsyncStream for T {}

impl UpgradedStream {
    pub(crate) fn new(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self(Box::new(stream))
    }
}

impl AsyncRead for UpgradedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for UpgradedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

impl fmt::Debug for UpgradedStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpgradedStream").finish_non_exhaustive()
    }
}

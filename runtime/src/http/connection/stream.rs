//! The byte stream of a connection.

use std::fmt;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
#[cfg(feature = "tls")]
use tokio_rustls::server::TlsStream;

use super::disconnect::WatchedSocket;
use crate::http::socket::upgraded_stream::AsyncStream;

pub(crate) enum SocketStream {
    Tcp(WatchedSocket<TcpStream>),
    #[cfg(unix)]
    Unix(WatchedSocket<UnixStream>),
    #[cfg(feature = "tls")]
    Tls(Box<TlsStream<SocketStream>>),
    /// Any other stream, which the program passed to [`serve`](crate::http::Server::serve).
    Other(Box<dyn AsyncStream>),
}

impl fmt::Debug for SocketStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp(_) => "Tcp",
            #[cfg(unix)]
            Self::Unix(_) => "Unix",
            #[cfg(feature = "tls")]
            Self::Tls(_) => "Tls",
            Self::Other(_) => "Other",
        })
    }
}

impl From<TcpStream> for SocketStream {
    fn from(stream: TcpStream) -> Self {
        Self::Tcp(WatchedSocket::new(stream))
    }
}

#[cfg(unix)]
impl From<UnixStream> for SocketStream {
    fn from(stream: UnixStream) -> Self {
        Self::Unix(WatchedSocket::new(stream))
    }
}

/// Calls a method of the stream, regardless of its kind.
macro_rules! on {
    ($this:ident, $method:ident($($arg:expr),+)) => {
        match $this {
            SocketStream::Tcp(tcp) => Pin::new(&mut tcp.stream).$method($($arg),+),
            #[cfg(unix)]
            SocketStream::Unix(unix) => Pin::new(&mut unix.stream).$method($($arg),+),
            #[cfg(feature = "tls")]
            SocketStream::Tls(tls) => Pin::new(&mut **tls).$method($($arg),+),
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
        let unannounced = match self {
            Self::Tcp(tcp) => tcp.read_unannounced(into),
            #[cfg(unix)]
            Self::Unix(unix) => unix.read_unannounced(into),
            #[cfg(feature = "tls")]
            Self::Tls(tls) => return poll_read_decrypted(tls, cx, into),
            Self::Other(_) => None,
        };
        match unannounced {
            Some(read) => Poll::Ready(read),
            None => on!(self, poll_read(cx, into)),
        }
    }

    /// Is ready when a read may succeed. TLS streams, and streams that the program passed to `serve`, are always ready,
    /// because only a read shows whether there is input.
    #[inline]
    pub(crate) fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            Self::Tcp(tcp) => tcp.poll_read_ready(cx),
            #[cfg(unix)]
            Self::Unix(unix) => unix.poll_read_ready(cx),
            #[cfg(feature = "tls")]
            Self::Tls(_) => Poll::Ready(()),
            Self::Other(_) => Poll::Ready(()),
        }
    }

    /// Is ready when the client has closed its write side, even if earlier bytes are still unread. The poll is never
    /// ready for streams that the program passed to `serve`, which do not report the end of input in advance.
    pub(crate) fn poll_client_closed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            Self::Tcp(tcp) => tcp.poll_client_closed(cx),
            #[cfg(unix)]
            Self::Unix(unix) => unix.poll_client_closed(cx),
            #[cfg(feature = "tls")]
            Self::Tls(tls) => tls.get_mut().0.poll_client_closed(cx),
            Self::Other(_) => Poll::Pending,
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

    /// Writes as many bytes as the socket accepts at once. The socket usually accepts all of them, so callers try this
    /// before they register a waker.
    pub(super) fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(tcp) => tcp.stream.try_write(bytes),
            #[cfg(unix)]
            Self::Unix(unix) => unix.stream.try_write(bytes),
            #[cfg(feature = "tls")]
            Self::Tls(_) => Err(io::ErrorKind::WouldBlock.into()),
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

    /// Makes dropping the stream reset the connection instead of closing it in an orderly way. Affects only TCP, with
    /// or without TLS.
    pub(crate) fn reset_on_drop(&self) {
        match self {
            // If the option cannot be set, the client sees an orderly close.
            Self::Tcp(tcp) => drop(SockRef::from(&tcp.stream).set_linger(Some(Duration::ZERO))),
            #[cfg(feature = "tls")]
            Self::Tls(tls) => tls.get_ref().0.reset_on_drop(),
            _ => {}
        }
    }

    /// Returns whether the stream may hold output that was written to it but not flushed.
    pub(crate) fn is_buffered(&self) -> bool {
        match self {
            Self::Tcp(_) => false,
            #[cfg(unix)]
            Self::Unix(_) => false,
            #[cfg(feature = "tls")]
            Self::Tls(_) => true,
            Self::Other(_) => true,
        }
    }
}

/// Reads from a TLS stream. Many clients close the connection without ending TLS; this counts as an orderly end,
/// because HTTP and WebSockets themselves show whether a message is complete.
#[cfg(feature = "tls")]
fn poll_read_decrypted(
    tls: &mut TlsStream<SocketStream>,
    cx: &mut Context<'_>,
    into: &mut ReadBuf<'_>,
) -> Poll<io::Result<()>> {
    match std::task::ready!(Pin::new(tls).poll_read(cx, into)) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Poll::Ready(Ok(())),
        read => Poll::Ready(read),
    }
}

/// The implementations of the traits through which hyper and rustls use the stream.
#[cfg(any(feature = "http2", feature = "tls"))]
mod as_stream {
    use super::{Context, IoSlice, Pin, Poll, ReadBuf, SocketStream, io};
    use tokio::io::{AsyncRead, AsyncWrite};

    impl AsyncRead for SocketStream {
        fn poll_read(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            into: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Self::poll_read(self.get_mut(), cx, into)
        }
    }

    impl AsyncWrite for SocketStream {
        fn poll_write(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            Self::poll_write(self.get_mut(), cx, bytes)
        }

        fn poll_write_vectored(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            parts: &[IoSlice<'_>],
        ) -> Poll<io::Result<usize>> {
            Self::poll_write_vectored(self.get_mut(), cx, parts)
        }

        fn is_write_vectored(&self) -> bool {
            true
        }

        fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            Self::poll_flush(self.get_mut(), cx)
        }

        fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            Self::poll_shutdown(self.get_mut(), cx)
        }
    }
}

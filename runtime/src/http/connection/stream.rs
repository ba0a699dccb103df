//! The byte stream of a connection.

use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice, Read};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

pub(crate) enum SocketStream {
    Tcp(TcpSocket),
    /// Any other stream, such as a Unix socket or one that the program connected itself.
    Other(Box<dyn AsyncStream>),
}

pub(crate) struct TcpSocket {
    stream: TcpStream,
    /// There may be input that the runtime does not report: see [`SocketStream::poll_client_closed`].
    is_readiness_cleared: bool,
}

/// A stream that can be read and written.
pub(crate) trait AsyncStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> AsyncStream for S {}

impl fmt::Debug for SocketStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp(_) => "Tcp",
            Self::Other(_) => "Other",
        })
    }
}

impl From<TcpStream> for SocketStream {
    fn from(stream: TcpStream) -> Self {
        Self::Tcp(TcpSocket {
            stream,
            is_readiness_cleared: false,
        })
    }
}

/// The same call on either kind of stream.
macro_rules! on {
    ($this:ident, $method:ident($($arg:expr),+)) => {
        match $this {
            SocketStream::Tcp(tcp) => Pin::new(&mut tcp.stream).$method($($arg),+),
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
        if let Self::Tcp(tcp) = self
            && tcp.is_readiness_cleared
            && let Some(read) = tcp.read_unannounced(into)
        {
            return Poll::Ready(read);
        }
        on!(self, poll_read(cx, into))
    }

    /// Ready when reading may succeed. For streams other than TCP, only reading shows it.
    #[inline]
    pub(crate) fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            // Reading returns the error, if there is one.
            Self::Tcp(tcp) if !tcp.is_readiness_cleared => tcp.stream.poll_read_ready(cx).map(drop),
            Self::Tcp(_) | Self::Other(_) => Poll::Ready(()),
        }
    }

    /// Ready when the client has closed its write side, even if there is unread input before that. Always pending for streams
    /// other than TCP.
    pub(crate) fn poll_client_closed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Self::Tcp(tcp) = self else {
            return Poll::Pending;
        };
        loop {
            drop(ready!(tcp.stream.poll_read_ready(cx)));
            match pin!(tcp.stream.ready(Interest::READABLE)).poll(cx) {
                Poll::Ready(Ok(ready)) if !ready.is_read_closed() => {}
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
            // Otherwise the runtime would report the unread input again at once; now it reports the next change.
            let cleared = tcp.stream.try_io(Interest::READABLE, || {
                io::Result::<()>::Err(io::ErrorKind::WouldBlock.into())
            });
            drop(cleared);
            tcp.is_readiness_cleared = true;
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

    /// Usually the socket accepts the bytes, so a waker is registered only if it does not.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(tcp) => tcp.stream.try_write(bytes),
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

    /// Dropping the stream resets the connection instead of closing it in order.
    pub(crate) fn reset_on_drop(&self) {
        if let Self::Tcp(tcp) = self {
            // If it cannot be set, the client sees an orderly close.
            drop(SockRef::from(&tcp.stream).set_linger(Some(Duration::ZERO)));
        }
    }
}

impl TcpSocket {
    /// Reads without waiting for the runtime, which may not report this input. `None`: there is no input.
    fn read_unannounced(&mut self, into: &mut ReadBuf<'_>) -> Option<io::Result<()>> {
        let socket = SockRef::from(&self.stream);
        match (&*socket).read(into.initialize_unfilled()) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.is_readiness_cleared = false;
                None
            }
            read => Some(read.map(|len| into.advance(len))),
        }
    }
}

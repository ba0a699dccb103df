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
    /// Of another kind, or connected elsewhere.
    Other(Box<dyn AsyncStream>),
}

pub(crate) struct TcpSocket {
    stream: TcpStream,
    /// The runtime does not know that there is something to read: see [`SocketStream::poll_client_closed`].
    is_readiness_cleared: bool,
}

/// What can be read and written.
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

    /// Ready when it is worth reading; a stream of another kind than TCP has to be read to find out.
    #[inline]
    pub(crate) fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            // An error is found by reading.
            Self::Tcp(tcp) if !tcp.is_readiness_cleared => tcp.stream.poll_read_ready(cx).map(drop),
            Self::Tcp(_) | Self::Other(_) => Poll::Ready(()),
        }
    }

    /// Ready when the client has closed its side, whether or not there are bytes before that which are not read. Streams of
    /// another kind than TCP cannot tell.
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
            // Otherwise the runtime would report the bytes again and again; it reports the next change from now on.
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

    /// Most of the time there is room, so a waker is not prepared before it is needed.
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

    /// The client gets a reset instead of an orderly end when the stream is dropped.
    pub(crate) fn reset_on_drop(&self) {
        if let Self::Tcp(tcp) = self {
            // If it cannot be set, the client sees an orderly end.
            drop(SockRef::from(&tcp.stream).set_linger(Some(Duration::ZERO)));
        }
    }
}

impl TcpSocket {
    /// Reads without asking the runtime, which may not know of what there is; `None`: there is nothing.
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

/// As hyper's connection uses it.
#[cfg(feature = "http2")]
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

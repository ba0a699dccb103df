//! The byte stream of a connection.

use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice, Read};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead as _, AsyncWrite as _, Interest, ReadBuf};
use tokio::net::TcpStream;

use crate::http::events::upgrade::AsyncStream;

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

//! Detects that a client has closed its side of a connection, even if earlier bytes have not been read.

use std::future::Future;
use std::io::{self, Read};
use std::pin::pin;
use std::task::{Context, Poll, ready};

use socket2::SockRef;
use tokio::io::{Interest, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

/// A socket of the operating system that also reports when the client has closed its side.
pub(crate) struct WatchedSocket<S> {
    pub(super) stream: S,
    /// There may be input that the runtime does not report: see [`SocketStream::poll_client_closed`].
    is_readiness_cleared: bool,
}

/// The operations that tokio's sockets have in common.
pub(crate) trait KernelSocket {
    fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>>;

    /// Is ready when the socket is readable. The result indicates whether the client has closed its write side.
    fn poll_read_closed(&self, cx: &mut Context<'_>) -> Poll<bool>;

    /// Makes the runtime consider the socket not readable until its state changes.
    fn clear_readiness(&self);

    fn read_now(&self, into: &mut ReadBuf<'_>) -> io::Result<()>;
}

macro_rules! kernel_socket {
    ($socket:ty) => {
        impl KernelSocket for $socket {
            fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
                self.poll_read_ready(cx)
            }

            fn poll_read_closed(&self, cx: &mut Context<'_>) -> Poll<bool> {
                let ready = pin!(self.ready(Interest::READABLE)).poll(cx);
                // A socket that failed counts as closed.
                ready.map(|ready| ready.map_or(true, |ready| ready.is_read_closed()))
            }

            fn clear_readiness(&self) {
                let would_block = || io::Result::<()>::Err(io::ErrorKind::WouldBlock.into());
                drop(self.try_io(Interest::READABLE, would_block));
            }

            fn read_now(&self, into: &mut ReadBuf<'_>) -> io::Result<()> {
                let socket = SockRef::from(self);
                let len = (&*socket).read(into.initialize_unfilled())?;
                into.advance(len);
                Ok(())
            }
        }
    };
}

kernel_socket!(TcpStream);
#[cfg(unix)]
kernel_socket!(UnixStream);

impl<S: KernelSocket> WatchedSocket<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            is_readiness_cleared: false,
        }
    }

    pub(super) fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<()> {
        match self.is_readiness_cleared {
            true => Poll::Ready(()),
            // If there is an error, the read reports it.
            false => self.stream.poll_read_ready(cx).map(drop),
        }
    }

    pub(super) fn poll_client_closed(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            drop(ready!(self.stream.poll_read_ready(cx)));
            if ready!(self.stream.poll_read_closed(cx)) {
                return Poll::Ready(());
            }
            // The runtime would otherwise report the same bytes repeatedly. From now on, it reports only changes.
            self.stream.clear_readiness();
            self.is_readiness_cleared = true;
        }
    }

    /// Reads without waiting for the runtime, which might not report available input. Returns `None` if the runtime
    /// reports input as usual, or if no input is available.
    pub(super) fn read_unannounced(&mut self, into: &mut ReadBuf<'_>) -> Option<io::Result<()>> {
        if !self.is_readiness_cleared {
            return None;
        }
        match self.stream.read_now(into) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.is_readiness_cleared = false;
                None
            }
            read => Some(read),
        }
    }
}

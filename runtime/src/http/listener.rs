//! A listener as the runtime polls it, and what it accepts.

use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll, ready};

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::net::{UnixListener, UnixStream, unix};

use super::bind::BoundSocket;
use super::io::Stream;
use super::limits::Limits;
use super::socket::{Endpoint, Socket};
use super::wire::Wire;

#[derive(Debug)]
pub(crate) enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(UnixListener),
}

/// A connection as it comes out of the queue.
#[derive(Debug)]
pub(crate) enum Accepted {
    Tcp(TcpStream, SocketAddr),
    #[cfg(unix)]
    Unix(UnixStream, unix::SocketAddr),
}

impl Listener {
    /// Makes it known to the runtime this is called in.
    pub(crate) fn new(socket: BoundSocket) -> io::Result<Self> {
        Ok(match socket {
            BoundSocket::Tcp(listener) => Self::Tcp(TcpListener::from_std(listener)?),
            #[cfg(unix)]
            BoundSocket::Unix(listener) => Self::Unix(UnixListener::from_std(listener)?),
        })
    }

    pub(crate) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<Accepted>> {
        Poll::Ready(Ok(match self {
            Self::Tcp(listener) => {
                let (stream, remote) = ready!(listener.poll_accept(cx))?;
                Accepted::Tcp(stream, remote)
            }
            #[cfg(unix)]
            Self::Unix(listener) => {
                let (stream, remote) = ready!(listener.poll_accept(cx))?;
                Accepted::Unix(stream, remote)
            }
        }))
    }

    /// What waits in the queue now, whether or not the runtime has noticed.
    pub(crate) fn into_waiting(self) -> Box<dyn Iterator<Item = Accepted>> {
        match self {
            Self::Tcp(listener) => {
                let listener = listener.into_std().ok();
                Box::new(std::iter::from_fn(move || {
                    let (stream, remote) = listener.as_ref()?.accept().ok()?;
                    stream.set_nonblocking(true).ok()?;
                    Some(Accepted::Tcp(TcpStream::from_std(stream).ok()?, remote))
                }))
            }
            #[cfg(unix)]
            Self::Unix(listener) => {
                let listener = listener.into_std().ok();
                Box::new(std::iter::from_fn(move || {
                    let (stream, remote) = listener.as_ref()?.accept().ok()?;
                    stream.set_nonblocking(true).ok()?;
                    let stream = UnixStream::from_std(stream).ok()?;
                    Some(Accepted::Unix(stream, remote.into()))
                }))
            }
        }
    }
}

impl Accepted {
    /// Sets the socket up. It fails if the client has left by now.
    pub(crate) fn prepare(self, limits: &Limits) -> io::Result<(Stream, Socket)> {
        match self {
            Self::Tcp(stream, remote) => {
                if limits.no_delay {
                    stream.set_nodelay(true)?;
                }
                if let Some(after) = limits.tcp_keep_alive {
                    let probes = TcpKeepalive::new().with_time(after);
                    SockRef::from(&stream).set_tcp_keepalive(&probes)?;
                }
                let local = stream.local_addr()?;
                let socket = Socket::new(remote.into(), local.into(), Wire::detached());
                Ok((Stream::Tcp(stream), socket))
            }
            #[cfg(unix)]
            Self::Unix(stream, remote) => {
                let local = stream.local_addr()?;
                let socket = Socket::new(
                    Endpoint::unix(remote.as_pathname()),
                    Endpoint::unix(local.as_pathname()),
                    Wire::detached(),
                );
                Ok((Stream::Unix(stream), socket))
            }
        }
    }
}

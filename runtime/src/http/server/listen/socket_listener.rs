//! Listening sockets that are registered with a runtime, and the connections that they accept.

use std::io;
use std::net::{self, SocketAddr};
use std::task::{Context, Poll};

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};

use crate::http::connection::stream::SocketStream;
use crate::http::limits::Limits;
use crate::http::server::listen::bind::{BoundSocket, ListeningSocket};
use crate::http::socket::address::Address;
use crate::http::socket::handle::ConnectionHandle;
use crate::http::socket::{Endpoint, Socket};

pub(crate) trait SocketListener: Send + Sync {
    fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<Accepted>>;

    /// Returns the connections in the queue, including those that the runtime has not been notified of.
    fn into_pending(self: Box<Self>) -> Box<dyn Iterator<Item = Accepted>>;
}

/// A connection from the queue.
pub(crate) enum Accepted {
    Tcp(TcpStream, SocketAddr),
    /// A connection without socket options to set.
    Other(io::Result<(SocketStream, Socket)>),
}

impl ListeningSocket for net::TcpListener {
    fn address(&self) -> io::Result<Address> {
        Ok(Address::new(Endpoint::from(self.local_addr()?)))
    }

    fn try_clone(&self) -> io::Result<BoundSocket> {
        Ok(Box::new(self.try_clone()?))
    }

    fn set_nonblocking(&self) -> io::Result<()> {
        self.set_nonblocking(true)
    }

    fn register(self: Box<Self>) -> io::Result<Box<dyn SocketListener>> {
        Ok(Box::new(TcpListener::from_std(*self)?))
    }
}

impl SocketListener for TcpListener {
    fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<Accepted>> {
        let accepted = self.poll_accept(cx);
        accepted.map_ok(|(stream, remote)| Accepted::Tcp(stream, remote))
    }

    fn into_pending(self: Box<Self>) -> Box<dyn Iterator<Item = Accepted>> {
        let listener = self.into_std().ok();
        Box::new(std::iter::from_fn(move || {
            let (stream, remote) = listener.as_ref()?.accept().ok()?;
            stream.set_nonblocking(true).ok()?;
            Some(Accepted::Tcp(TcpStream::from_std(stream).ok()?, remote))
        }))
    }
}

impl Accepted {
    /// Sets the socket options. Fails if the client has disconnected.
    pub(crate) fn configure(self, limits: &Limits) -> io::Result<(SocketStream, Socket)> {
        let (stream, remote) = match self {
            Self::Tcp(stream, remote) => (stream, remote),
            Self::Other(configured) => return configured,
        };
        if limits.tcp_no_delay {
            stream.set_nodelay(true)?;
        }
        if let Some(idle) = limits.tcp_keep_alive {
            let keep_alive = TcpKeepalive::new().with_time(idle);
            SockRef::from(&stream).set_tcp_keepalive(&keep_alive)?;
        }
        let local = stream.local_addr()?;
        let socket = Socket::new(remote.into(), local.into(), ConnectionHandle::detached());
        Ok((SocketStream::from(stream), socket))
    }
}

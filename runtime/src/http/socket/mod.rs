//! The two ends of a connection.

pub(crate) mod address;
pub(crate) mod events;
pub(crate) mod handle;

pub use self::address::Address;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use crate::events::Emitter;
use crate::http::event::SocketEvents;
use crate::http::socket::handle::ConnectionHandle;

/// A connection as its handler sees it: Node's `net.Socket`.
///
/// It is the payload of [`event::Connection`](crate::http::event::Connection) and a field of every
/// [`Request`](crate::http::request::Request). Clones are of the same connection, and equal.
///
/// It is an emitter of [`SocketEvents`](crate::http::event::SocketEvents): `Data`, `End`, `Timeout`, `Error`, `Close`.
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|req, res| async move {
///     res.send(format!("you are {}", req.socket.remote_addr))
/// });
/// server.on(event::Connection, |socket| println!("new connection from {}", socket.remote_addr));
/// ```
#[derive(Clone)]
pub struct Socket(Arc<SocketInfo>);

/// What a [`Socket`] has, and all its clones share.
#[non_exhaustive]
pub struct SocketInfo {
    /// The client's end. Node: `remoteAddress` and `remotePort`.
    pub remote_addr: Endpoint,
    /// This server's end. Node: `localAddress` and `localPort`.
    pub local_addr: Endpoint,
    handle: Arc<ConnectionHandle>,
}

impl Socket {
    pub(crate) fn new(
        remote_addr: Endpoint,
        local_addr: Endpoint,
        handle: Arc<ConnectionHandle>,
    ) -> Self {
        Self(Arc::new(SocketInfo {
            remote_addr,
            local_addr,
            handle,
        }))
    }

    /// The socket of a request that came over none.
    pub(crate) fn detached() -> Self {
        let nobody = Endpoint(At::Ip(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))));
        Self::new(nobody.clone(), nobody, ConnectionHandle::detached())
    }

    pub(crate) fn handle(&self) -> &Arc<ConnectionHandle> {
        &self.0.handle
    }

    /// How many bytes have come from the client. Node: `bytesRead`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Request::get("/").socket.bytes_read(), 0);
    /// ```
    pub fn bytes_read(&self) -> u64 {
        self.0.handle.bytes_read()
    }

    /// How many bytes have gone to the client. Node: `bytesWritten`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Request::get("/").socket.bytes_written(), 0);
    /// ```
    pub fn bytes_written(&self) -> u64 {
        self.0.handle.bytes_written()
    }

    /// Cuts the connection: nothing more is read or sent, and what is under way is lost. Node: `destroy`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| {
    ///     if socket.remote_addr.ip().is_some_and(|ip| ip.is_multicast()) {
    ///         socket.destroy();
    ///     }
    /// });
    /// ```
    pub fn destroy(&self) {
        self.0.handle.destroy();
    }
}

impl Deref for Socket {
    type Target = SocketInfo;

    fn deref(&self) -> &SocketInfo {
        &self.0
    }
}

impl Deref for SocketInfo {
    type Target = Emitter<SocketEvents>;

    fn deref(&self) -> &Emitter<SocketEvents> {
        self.handle.emitter()
    }
}

impl PartialEq for Socket {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Socket {}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SocketInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket")
            .field("remote_addr", &self.remote_addr)
            .field("local_addr", &self.local_addr)
            .finish_non_exhaustive()
    }
}

/// One end of a connection: an IP address with a port, or a Unix socket, which may have no name.
///
/// ```
/// use onward::prelude::*;
///
/// let end = Request::get("/").socket.remote_addr.clone();
/// assert!(end.ip().unwrap().is_loopback());
/// assert_eq!(end.to_string(), "127.0.0.1:0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint(At);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum At {
    Ip(SocketAddr),
    Unix(Option<Arc<Path>>),
}

impl Endpoint {
    #[cfg(unix)]
    pub(crate) fn unix(path: Option<&Path>) -> Self {
        Self(At::Unix(path.map(Arc::from)))
    }

    /// Address and port, unless this is a Unix socket.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Request::get("/").socket.remote_addr.socket_addr().is_some());
    /// ```
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        match self.0 {
            At::Ip(addr) => Some(addr),
            At::Unix(_) => None,
        }
    }

    /// The IP address, unless this is a Unix socket.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Request::get("/").socket.remote_addr.ip().is_some());
    /// ```
    pub fn ip(&self) -> Option<IpAddr> {
        self.socket_addr().map(|addr| addr.ip())
    }

    /// The port, unless this is a Unix socket.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert_eq!(Request::get("/").socket.remote_addr.port(), Some(0));
    /// ```
    pub fn port(&self) -> Option<u16> {
        self.socket_addr().map(|addr| addr.port())
    }

    /// The path of a Unix socket that has one. A client's end usually has none.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// assert!(Request::get("/").socket.remote_addr.unix_path().is_none());
    /// ```
    pub fn unix_path(&self) -> Option<&Path> {
        match &self.0 {
            At::Unix(path) => path.as_deref(),
            At::Ip(_) => None,
        }
    }
}

impl From<SocketAddr> for Endpoint {
    /// An IPv4 client of a dual-stack listener is shown as what it is, not as `::ffff:…`.
    fn from(addr: SocketAddr) -> Self {
        Self(At::Ip(SocketAddr::new(
            addr.ip().to_canonical(),
            addr.port(),
        )))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            At::Ip(addr) => addr.fmt(f),
            At::Unix(Some(path)) => write!(f, "unix:{}", path.display()),
            At::Unix(None) => f.write_str("unix:"),
        }
    }
}

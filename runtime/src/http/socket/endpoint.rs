//! One end of a connection.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

/// One end of a connection: an IP address with a port, or a Unix socket.
///
/// An IPv4 client of a dual-stack listener has its IPv4 address, not an IPv4-mapped one (`::ffff:…`). `Display` writes
/// an address such as `127.0.0.1:3000`, or `unix:` and the path.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let remote_addr = Request::get("/").socket.remote_addr.clone();
/// assert_eq!(remote_addr.to_string(), "127.0.0.1:0");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint(EndpointKind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum EndpointKind {
    Ip(SocketAddr),
    /// `None` if the socket is not bound to a path.
    Unix(Option<Arc<Path>>),
}

impl Endpoint {
    #[cfg(unix)]
    pub(crate) fn unix(path: Option<&Path>) -> Self {
        Self(EndpointKind::Unix(path.map(Arc::from)))
    }

    /// Returns the IP address and port, or `None` for a Unix socket.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/").socket.remote_addr.socket_addr().is_some());
    /// ```
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        match self.0 {
            EndpointKind::Ip(addr) => Some(addr),
            EndpointKind::Unix(_) => None,
        }
    }

    /// Returns the IP address, or `None` for a Unix socket.
    ///
    /// Node.js: `socket.remoteAddress` and `socket.localAddress`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/").socket.remote_addr.ip().is_some_and(|ip| ip.is_loopback()));
    /// ```
    pub fn ip(&self) -> Option<IpAddr> {
        self.socket_addr().map(|addr| addr.ip())
    }

    /// Returns the port, or `None` for a Unix socket.
    ///
    /// Node.js: `socket.remotePort` and `socket.localPort`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").socket.remote_addr.port(), Some(0));
    /// ```
    pub fn port(&self) -> Option<u16> {
        self.socket_addr().map(|addr| addr.port())
    }

    /// Returns the path of a Unix socket, or `None` if the socket has no path or this is an IP address.
    ///
    /// The client's end of a connection usually has no path.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/").socket.remote_addr.unix_path().is_none());
    /// ```
    pub fn unix_path(&self) -> Option<&Path> {
        match &self.0 {
            EndpointKind::Unix(path) => path.as_deref(),
            EndpointKind::Ip(_) => None,
        }
    }
}

impl From<SocketAddr> for Endpoint {
    fn from(addr: SocketAddr) -> Self {
        Self(EndpointKind::Ip(SocketAddr::new(
            addr.ip().to_canonical(),
            addr.port(),
        )))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            EndpointKind::Ip(addr) => addr.fmt(f),
            EndpointKind::Unix(Some(path)) => write!(f, "unix:{}", path.display()),
            EndpointKind::Unix(None) => f.write_str("unix:"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_mapped_address_is_an_ipv4_address() {
        let mapped: SocketAddr = "[::ffff:10.0.0.7]:80".parse().expect("an address");
        assert_eq!(Endpoint::from(mapped).to_string(), "10.0.0.7:80");
    }

    #[cfg(unix)]
    #[test]
    fn a_unix_socket_is_written_with_its_path() {
        let path = Path::new("/run/a.sock");
        assert_eq!(Endpoint::unix(Some(path)).to_string(), "unix:/run/a.sock");
        assert_eq!(Endpoint::unix(None).to_string(), "unix:");
    }
}

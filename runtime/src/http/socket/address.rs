//! Where a server is found.

use std::fmt;
use std::net::SocketAddr;
#[cfg(unix)]
use std::path::Path;

use crate::http::socket::Endpoint;

/// Where a server listens: the payload of [`event::Listening`](crate::http::event::Listening). Node: `server.address()`.
///
/// It displays as the URL to open, which is on `localhost` if the server listens on every interface.
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// let handle = server.clone();
/// server.on(event::Listening, move |at| {
///     assert_eq!(at.to_string(), format!("http://localhost:{}", at.port().unwrap()));
///     handle.close();
/// });
/// server.listen(0).await
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Endpoint);

impl Address {
    pub(crate) fn new(end: Endpoint) -> Self {
        Self(end)
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.0
    }

    /// Address and port, unless this is a Unix socket. Node: `server.address().address`.
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        self.0.socket_addr()
    }

    /// The port, unless this is a Unix socket. Node: `server.address().port`.
    pub fn port(&self) -> Option<u16> {
        self.0.port()
    }

    /// The path of the Unix socket.
    #[cfg(unix)]
    pub fn unix_path(&self) -> Option<&Path> {
        self.0.unix_path()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.socket_addr() {
            Some(addr) if addr.ip().is_unspecified() => {
                write!(f, "http://localhost:{}", addr.port())
            }
            Some(addr) => write!(f, "http://{addr}"),
            None => self.0.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(addr: &str) -> String {
        let addr: SocketAddr = addr.parse().expect("an address");
        Address(addr.into()).to_string()
    }

    #[test]
    fn an_address_is_a_url_to_open() {
        assert_eq!(shown("[::]:3000"), "http://localhost:3000");
        assert_eq!(shown("0.0.0.0:80"), "http://localhost:80");
        assert_eq!(shown("127.0.0.1:3000"), "http://127.0.0.1:3000");
        assert_eq!(shown("[::1]:3000"), "http://[::1]:3000");
    }
}

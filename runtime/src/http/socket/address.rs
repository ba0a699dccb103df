//! The address of a server.

use std::fmt;
use std::net::SocketAddr;
#[cfg(unix)]
use std::path::Path;

use crate::http::socket::endpoint::Endpoint;

/// The address that a server listens on; the payload of [`event::Listening`](crate::http::event::Listening).
///
/// `Display` writes a URL that can be opened in a browser, with `https` if the server uses TLS. The host is `localhost`
/// if the server listens on all interfaces. For a Unix socket, it writes `unix:` and the path.
/// Node.js: `server.address()`.
///
/// # Examples
///
/// ```
/// use onward::http;
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
pub struct Address {
    endpoint: Endpoint,
    /// The scheme of the URL that is displayed.
    scheme: &'static str,
}

impl Address {
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint,
            scheme: "http",
        }
    }

    /// Returns the address with the scheme `https`, for a server that uses TLS.
    #[cfg(feature = "tls")]
    pub(crate) fn encrypted(self) -> Self {
        Self {
            scheme: "https",
            ..self
        }
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Returns the IP address and port, or `None` for a Unix socket.
    ///
    /// Node.js: `address` and `port` of `server.address()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let handle = server.clone();
    /// server.on(event::Listening, move |at| {
    ///     assert!(at.socket_addr().unwrap().ip().is_loopback());
    ///     handle.close();
    /// });
    /// server.listen("127.0.0.1:0").await
    /// # }
    /// ```
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        self.endpoint.socket_addr()
    }

    /// Returns the port, or `None` for a Unix socket.
    ///
    /// Node.js: `server.address().port`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let handle = server.clone();
    /// server.on(event::Listening, move |at| {
    ///     assert_ne!(at.port(), Some(0));
    ///     handle.close();
    /// });
    /// server.listen(0).await
    /// # }
    /// ```
    pub fn port(&self) -> Option<u16> {
        self.endpoint.port()
    }

    /// Returns the path of the Unix socket, or `None` for an IP address.
    ///
    /// Node.js: `server.address()`, which is the path itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// # let path = std::env::temp_dir().join(format!("onward-doc-{}.sock", std::process::id()));
    /// # /*
    /// let path = PathBuf::from("/run/shop.sock");
    /// # */
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let (handle, expected) = (server.clone(), path.clone());
    /// server.on(event::Listening, move |at| {
    ///     assert_eq!(at.unix_path(), Some(&*expected));
    ///     handle.close();
    /// });
    /// server.listen(path).await
    /// # }
    /// ```
    #[cfg(unix)]
    pub fn unix_path(&self) -> Option<&Path> {
        self.endpoint.unix_path()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.scheme;
        match self.endpoint.socket_addr() {
            Some(addr) if addr.ip().is_unspecified() => {
                write!(f, "{scheme}://localhost:{}", addr.port())
            }
            Some(addr) => write!(f, "{scheme}://{addr}"),
            None => self.endpoint.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn displayed(addr: &str) -> String {
        let addr: SocketAddr = addr.parse().expect("an address");
        Address::new(addr.into()).to_string()
    }

    #[test]
    fn an_address_is_displayed_as_a_url() {
        assert_eq!(displayed("[::]:3000"), "http://localhost:3000");
        assert_eq!(displayed("0.0.0.0:80"), "http://localhost:80");
        assert_eq!(displayed("127.0.0.1:3000"), "http://127.0.0.1:3000");
        assert_eq!(displayed("[::1]:3000"), "http://[::1]:3000");
    }
}

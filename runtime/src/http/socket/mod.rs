//! The part of a connection that a program can use: its addresses, its counters, its events, `end` and `destroy`.
//!
//! Invariants:
//!
//! 1. A [`Socket`] never does I/O. It reads and writes the state in [`handle`], which the connection's task acts on.
//! 2. All clones of a socket share one handle, and all requests of a connection share one socket.
//! 3. Only the holder of the connection's stream writes the byte counters.
//! 4. A detached socket has no connection: `end` and `destroy` have no effect, and its counters stay 0.
//! 5. An [`Endpoint`] never holds an IPv4-mapped IPv6 address.
//!
//! An [`UpgradedStream`] is a connection that has left HTTP, and the only part of this folder that does I/O. This
//! folder contains no code that parses or writes HTTP, uses tokio's sockets or controls the server.

pub(crate) mod address;
pub(crate) mod endpoint;
pub(crate) mod events;
pub(crate) mod handle;
#[cfg(feature = "tls")]
pub(crate) mod tls_session;
pub(crate) mod upgraded_stream;

pub use self::address::Address;
pub use self::endpoint::Endpoint;
#[cfg(feature = "tls")]
pub use self::tls_session::TlsSession;
pub use self::upgraded_stream::UpgradedStream;

use std::fmt;
use std::future::{Future, pending};
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;

use crate::events::Emitter;
use crate::http::control::Stage;
use crate::http::proxies::Proxies;
use crate::http::socket::events::SocketEvents;
use crate::http::socket::handle::ConnectionHandle;
use crate::http::sync::reaches;

/// The connection of a request.
///
/// It is the payload of [`event::Connection`](crate::http::event::Connection) and a field of every
/// [`Request`](crate::http::request::Request). Clones refer to the same connection and compare equal. A socket emits
/// [`SocketEvents`](crate::http::event::SocketEvents): `Data`, `End`, `Timeout`, `Error` and `Close`. A `Socket` cannot
/// be read or written; to do so, take the connection in a listener for [`Upgrade`](crate::http::event::Upgrade) or call
/// [`switch_protocols`](crate::http::Response::switch_protocols). Node.js: `net.Socket`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|req, res| async move {
///     res.send(format!("you are {}", req.socket.remote_addr))
/// });
/// server.on(event::Connection, |socket| println!("new connection from {}", socket.remote_addr));
/// # assert_eq!(server.listener_count(event::Connection), 1);
/// ```
#[derive(Clone)]
pub struct Socket(Arc<SocketInfo>);

/// The state that all clones of a [`Socket`] share.
///
/// # Examples
///
/// ```
/// use onward::http::{Endpoint, SocketInfo};
/// use onward::prelude::*;
///
/// fn is_local(socket: &SocketInfo) -> bool {
///     socket.remote_addr.ip().is_some_and(|ip| ip.is_loopback())
/// }
/// assert!(is_local(&Request::get("/").socket));
/// ```
#[non_exhaustive]
pub struct SocketInfo {
    /// The client's end of the connection.
    ///
    /// Node.js: `remoteAddress` and `remotePort`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").socket.remote_addr.to_string(), "127.0.0.1:0");
    /// ```
    pub remote_addr: Endpoint,
    /// The server's end of the connection.
    ///
    /// Node.js: `localAddress` and `localPort`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").socket.local_addr.to_string(), "127.0.0.1:0");
    /// ```
    pub local_addr: Endpoint,
    handle: Arc<ConnectionHandle>,
    /// The proxies in front of the server.
    proxies: Option<Arc<Proxies>>,
    #[cfg(feature = "tls")]
    tls: Option<TlsSession>,
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
            proxies: None,
            #[cfg(feature = "tls")]
            tls: None,
        }))
    }

    /// Creates a socket without a connection. Both of its addresses are `127.0.0.1:0`.
    pub(crate) fn detached() -> Self {
        let local = Endpoint::from(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        Self::new(local.clone(), local, ConnectionHandle::detached())
    }

    /// Sets the proxies in front of the server.
    #[cold]
    pub(crate) fn with_proxies(self, proxies: &Arc<Proxies>) -> Self {
        Self(Arc::new(SocketInfo {
            remote_addr: self.0.remote_addr.clone(),
            local_addr: self.0.local_addr.clone(),
            handle: Arc::clone(&self.0.handle),
            proxies: Some(Arc::clone(proxies)),
            #[cfg(feature = "tls")]
            tls: self.0.tls.clone(),
        }))
    }

    /// Returns a socket for the same connection, with the results of its TLS handshake.
    #[cfg(feature = "tls")]
    pub(crate) fn secured(&self, session: TlsSession) -> Self {
        Self(Arc::new(SocketInfo {
            remote_addr: self.0.remote_addr.clone(),
            local_addr: self.0.local_addr.clone(),
            handle: Arc::clone(&self.0.handle),
            proxies: self.0.proxies.clone(),
            tls: Some(session),
        }))
    }

    pub(crate) fn proxies(&self) -> Option<&Proxies> {
        self.0.proxies.as_deref()
    }

    pub(crate) fn handle(&self) -> &Arc<ConnectionHandle> {
        &self.0.handle
    }

    /// Returns the number of bytes received from the client.
    ///
    /// Node.js: `socket.bytesRead`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").socket.bytes_read(), 0);
    /// ```
    pub fn bytes_read(&self) -> u64 {
        self.0.handle.bytes_read()
    }

    /// Returns the number of bytes sent to the client.
    ///
    /// Bytes that are still buffered are not included. Node.js: `socket.bytesWritten`, which includes them.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Request::get("/").socket.bytes_written(), 0);
    /// ```
    pub fn bytes_written(&self) -> u64 {
        self.0.handle.bytes_written()
    }

    /// Resolves when the server begins to close, or immediately if it is closing already.
    ///
    /// Use this method to end responses that would otherwise never end, such as a feed, and protocols that began with
    /// [`switch_protocols`](crate::http::Response::switch_protocols), because the server waits for them until its
    /// deadline. The server does not wait for the returned future. The future of a detached request never resolves.
    /// Node.js: no counterpart.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has no effect.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let server = http::create_server(|req, mut res| async move {
    ///     res.flush_headers();
    ///     req.socket.server_closing().await;
    ///     res.end_with("good night")
    /// });
    /// # use tokio::io::{AsyncReadExt, AsyncWriteExt};
    /// # let (mut client, stream) = tokio::io::duplex(1024);
    /// # server.serve(stream)?;
    /// # client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await?;
    /// # client.read_u8().await?;
    /// server.close();
    /// server.closed().await;
    /// # let mut received = String::new();
    /// # client.read_to_string(&mut received).await?;
    /// # assert!(received.contains("good night"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn server_closing(&self) -> impl Future<Output = ()> + Send + use<> {
        let stage = self.0.handle.server_stage().cloned();
        async move {
            match stage {
                // If every handle of the server is dropped, the server never closes, so the future never resolves.
                Some(mut stage) => {
                    reaches(&mut stage, &mut |stage| *stage == Stage::Closing).await;
                }
                // The request is detached.
                None => pending().await,
            }
        }
    }

    /// Returns whether the server is neither closing nor about to close.
    pub(crate) fn is_server_ready(&self) -> bool {
        let stage = self.0.handle.server_stage();
        stage.is_none_or(|stage| *stage.borrow() == Stage::Open)
    }

    /// Closes the connection at once.
    ///
    /// Buffered data is discarded, and the handler of a pending request is dropped.
    /// Node.js: `socket.destroy()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| {
    ///     if socket.remote_addr.ip().is_some_and(|ip| ip.is_multicast()) {
    ///         socket.destroy();
    ///     }
    /// });
    /// # assert_eq!(server.listener_count(event::Connection), 1);
    /// ```
    pub fn destroy(&self) {
        self.0.handle.destroy();
    }

    /// Sends a complete response, with status line and headers, in place of the handler's, and closes the connection.
    ///
    /// The handler of the pending request is dropped. If no request is pending, if the response to it has begun, or if
    /// the connection speaks a protocol other than HTTP/1, nothing is sent, as with [`destroy`](Self::destroy). The
    /// bytes are sent unchanged: their framing is the caller's responsibility. Node.js: `socket.end(response)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// let server = server.idle_timeout(Duration::from_secs(10));
    /// server.on(event::Timeout, |socket| {
    ///     socket.end("HTTP/1.1 504 Gateway Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    /// });
    /// # assert_eq!(server.listener_count(event::Timeout), 1);
    /// ```
    pub fn end(&self, response: impl Into<Bytes>) {
        self.0.handle.end(response.into());
    }
}

/// Encryption.
impl SocketInfo {
    /// Returns whether the server decrypts the connection.
    ///
    /// The result is `true` if the server accepted the connection with TLS (feature `tls`), and `false` if a proxy
    /// decrypts the connection and for streams that were passed to [`serve`](crate::http::Server::serve). Node.js:
    /// `socket.encrypted`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(!Request::get("/").socket.encrypted());
    /// ```
    pub fn encrypted(&self) -> bool {
        #[cfg(feature = "tls")]
        return self.tls.is_some();
        #[cfg(not(feature = "tls"))]
        false
    }

    /// Returns the TLS version, the cipher suite, the server name and the protocol of the connection, or `None` if
    /// the server does not decrypt it.
    ///
    /// Needs the feature `tls`. Node.js: the methods of `tls.TLSSocket`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/").socket.tls().is_none());
    /// ```
    #[cfg(feature = "tls")]
    pub fn tls(&self) -> Option<&TlsSession> {
        self.tls.as_ref()
    }

    /// Returns the verified certificate of the client, followed by those of its issuers that the client sent.
    ///
    /// The list is empty if the client was not asked for a certificate, or has none.
    ///
    /// The certificates are in DER; a crate such as `x509-parser` reads their fields. Needs the feature `tls`, and
    /// [`Tls::require_client_certificate`](crate::http::Tls::require_client_certificate) or
    /// [`Tls::request_client_certificate`](crate::http::Tls::request_client_certificate). Node.js:
    /// `socket.getPeerCertificate()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Request::get("/").socket.peer_certificates().is_empty());
    /// ```
    #[cfg(feature = "tls")]
    pub fn peer_certificates(&self) -> &[tokio_rustls::rustls::pki_types::CertificateDer<'static>] {
        self.tls.as_ref().map_or(&[], |it| &it.peer_certificates)
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

//! A TLS handshake that failed.

use std::fmt;
use std::io;

use crate::http::socket::Endpoint;

/// A connection whose TLS handshake failed; the payload of
/// [`event::TlsClientError`](crate::http::event::TlsClientError).
///
/// `Display` writes the client's address and the reason.
/// Node.js: the arguments of a `tlsClientError` listener.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::TlsClientError, |failed| println!("{failed}"));
/// # assert_eq!(server.listener_count(event::TlsClientError), 1);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedHandshake {
    /// The client's end of the connection.
    pub remote_addr: Endpoint,
    /// The server's end of the connection.
    pub local_addr: Endpoint,
    /// The reason. Its kind is `TimedOut` if the handshake took too long, `InvalidData` if the client does not use TLS,
    /// violates the TLS protocol, rejects the server's certificate or has no valid certificate, and `UnexpectedEof` or
    /// `ConnectionReset` if the client disconnected.
    pub error: io::Error,
}

impl fmt::Display for FailedHandshake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            remote_addr, error, ..
        } = self;
        write!(f, "the TLS handshake with {remote_addr} failed: {error}")
    }
}

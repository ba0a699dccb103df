//! An error caused by a client, and the response to it.

use std::fmt;
use std::sync::Mutex;

use bytes::Bytes;
use http::StatusCode;

use crate::http::socket::Socket;
use crate::http::sync::lock;

/// An error caused by a client; the payload of [`event::ClientError`](crate::http::event::ClientError).
///
/// A listener may send its own response or close the connection. If none does, the client gets the
/// [`status`](Self::status) in a response that the handler's error type writes. An HTTP/1 connection is closed in any
/// case. Node.js: the `exception` and the `socket` of a `clientError` listener, which must end the socket.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::ClientError, |error| {
///     println!("{}: {error}", error.socket().remote_addr);
///     error.respond("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 4\r\n\r\noops");
/// });
/// # assert_eq!(server.listener_count(event::ClientError), 1);
/// ```
#[derive(Debug)]
pub struct ClientError {
    kind: ClientErrorKind,
    status: StatusCode,
    raw: Bytes,
    socket: Socket,
    action: Mutex<ClientErrorAction>,
}

/// The kind of a [`ClientError`].
///
/// `Display` writes a message for a log. Node.js: `exception.code`.
///
/// # Examples
///
/// ```
/// use onward::http::ClientErrorKind;
///
/// assert_eq!(ClientErrorKind::Timeout.to_string(), "the request did not arrive in time");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClientErrorKind {
    /// The request line, a header or the framing of the body is malformed or unsupported, or the request is incomplete.
    ///
    /// The status is 400 in most cases. Node.js: `HPE_…`.
    Malformed,
    /// The request line and headers exceed [`max_header_size`](crate::http::Server::max_header_size) or
    /// [`max_headers`](crate::http::Server::max_headers).
    ///
    /// The status is 431. Node.js: `HPE_HEADER_OVERFLOW`.
    HeadTooLarge,
    /// The request target is too long.
    ///
    /// The status is 414. Node.js has no separate limit.
    UrlTooLong,
    /// The headers of a request did not arrive within [`headers_timeout`](crate::http::Server::headers_timeout), or the
    /// body of a request for an upgrade did not arrive within
    /// [`request_timeout`](crate::http::Server::request_timeout).
    ///
    /// The status is 408. Node.js: `ERR_HTTP_REQUEST_TIMEOUT`.
    Timeout,
    /// The connection failed, usually because the client reset it.
    ///
    /// No response can be sent. Node.js: `ECONNRESET`.
    Reset,
}

impl fmt::Display for ClientErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "malformed request",
            Self::HeadTooLarge => "the request line and headers are too large",
            Self::UrlTooLong => "the request target is too long",
            Self::Timeout => "the request did not arrive in time",
            Self::Reset => "the connection failed",
        })
    }
}

/// The decision of the listeners about the response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum ClientErrorAction {
    /// The client gets the status in a response that the handler's error type writes.
    #[default]
    Default,
    /// The client gets these bytes.
    Respond(Bytes),
    /// The connection is closed and nothing is sent.
    Destroy,
}

impl ClientError {
    pub(crate) fn new(
        kind: ClientErrorKind,
        status: StatusCode,
        raw: Bytes,
        socket: Socket,
    ) -> Self {
        Self {
            kind,
            status,
            raw,
            socket,
            action: Mutex::default(),
        }
    }

    /// Returns the decision of the listeners.
    pub(crate) fn action(&self) -> ClientErrorAction {
        lock(&self.action).clone()
    }

    /// Returns the kind of error.
    ///
    /// Node.js: `exception.code`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| match error.kind() {
    ///     http::ClientErrorKind::Timeout => println!("too slow"),
    ///     other => println!("{other}"),
    /// });
    /// # assert_eq!(server.listener_count(event::ClientError), 1);
    /// ```
    pub fn kind(&self) -> ClientErrorKind {
        self.kind
    }

    /// Returns the status that the client gets unless a listener decides otherwise.
    ///
    /// Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| println!("{} for {error}", error.status()));
    /// # assert_eq!(server.listener_count(event::ClientError), 1);
    /// ```
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the bytes that were received but not processed, usually the beginning of the request. There are none
    /// with HTTP/2.
    ///
    /// Node.js: `exception.rawPacket`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| println!("{}", error.raw().escape_ascii()));
    /// # assert_eq!(server.listener_count(event::ClientError), 1);
    /// ```
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Returns the socket of the connection.
    ///
    /// Node.js: the second argument of a `clientError` listener.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| println!("{}", error.socket().remote_addr));
    /// # assert_eq!(server.listener_count(event::ClientError), 1);
    /// ```
    pub fn socket(&self) -> &Socket {
        &self.socket
    }

    /// Sends a complete response, status line and headers included, in place of the default one.
    ///
    /// The connection is closed afterward. If several listeners decide, the last call wins. The bytes are sent
    /// unchanged: their framing is the caller's responsibility. An HTTP/2 client gets the default response instead.
    /// Node.js: `socket.end(response)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| {
    ///     error.respond("HTTP/1.1 418 I'm a teapot\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    /// });
    /// # assert_eq!(server.listener_count(event::ClientError), 1);
    /// ```
    pub fn respond(&self, response: impl Into<Bytes>) {
        *lock(&self.action) = ClientErrorAction::Respond(response.into());
    }

    /// Closes the connection without a response.
    ///
    /// If several listeners decide, the last call wins. Node.js: `socket.destroy()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| error.destroy());
    /// # assert_eq!(server.listener_count(event::ClientError), 1);
    /// ```
    pub fn destroy(&self) {
        *lock(&self.action) = ClientErrorAction::Destroy;
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

//! What a client did wrong, and what it is told.

use std::fmt;
use std::sync::Mutex;

use bytes::Bytes;
use http::StatusCode;

use crate::http::socket::Socket;
use crate::http::sync::lock;

/// What a client did wrong: what [`event::ClientError`](crate::http::event::ClientError) lends. Node: the `exception` and the
/// `socket` of its listeners.
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::ClientError, |error| {
///     println!("{}: {error}", error.socket().remote_addr);
///     error.respond("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 4\r\n\r\noops");
/// });
/// ```
#[derive(Debug)]
pub struct ClientError {
    kind: ClientErrorKind,
    status: StatusCode,
    raw: Bytes,
    socket: Socket,
    action: Mutex<ClientErrorAction>,
}

/// The kinds of a [`ClientError`]. Node: `exception.code`.
///
/// ```
/// use onward::http::ClientErrorKind;
///
/// assert_eq!(ClientErrorKind::Timeout.to_string(), "the request did not arrive in time");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClientErrorKind {
    /// Request line, headers or the framing of a body are not HTTP: 400. Node: `HPE_…`.
    Malformed,
    /// Request line and headers are larger than `max_header_size`, or there are more than `max_headers`: 431. Node:
    /// `HPE_HEADER_OVERFLOW`.
    HeadTooLarge,
    /// The URL is longer than can be served: 414. Node has no such limit of its own.
    UrlTooLong,
    /// The request did not arrive within `headers_timeout` or `request_timeout`: 408. Node: `ERR_HTTP_REQUEST_TIMEOUT`.
    Timeout,
    /// The client left in the middle of a request: nobody can be answered. Node: `ECONNRESET`.
    Reset,
}

impl fmt::Display for ClientErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "what the client sent is not HTTP",
            Self::HeadTooLarge => "the head of the request is too large",
            Self::UrlTooLong => "the URL of the request is too long",
            Self::Timeout => "the request did not arrive in time",
            Self::Reset => "the client left in the middle of its request",
        })
    }
}

/// What the client is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum ClientErrorAction {
    /// The bare status.
    #[default]
    Default,
    Respond(Bytes),
    /// Nothing.
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

    /// What the listeners decided.
    pub(crate) fn action(&self) -> ClientErrorAction {
        lock(&self.action).clone()
    }

    /// What is wrong. Node: `exception.code`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| match error.kind() {
    ///     http::ClientErrorKind::Timeout => println!("too slow"),
    ///     other => println!("{other}"),
    /// });
    /// ```
    pub fn kind(&self) -> ClientErrorKind {
        self.kind
    }

    /// The status that the client gets unless a listener decides otherwise.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| println!("this will be a {}", error.status()));
    /// ```
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What had come of the request until then. Node: `exception.rawPacket`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| println!("{}", error.raw().escape_ascii()));
    /// ```
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The connection. Node: `socket`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| println!("{}", error.socket().remote_addr));
    /// ```
    pub fn socket(&self) -> &Socket {
        &self.socket
    }

    /// Sends `answer`, a whole answer with status line and headers, in place of the bare status; then the connection is
    /// closed. The last call of all listeners counts. Node: `socket.end(answer)`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| {
    ///     error.respond("HTTP/1.1 418 I'm a teapot\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    /// });
    /// ```
    pub fn respond(&self, response: impl Into<Bytes>) {
        *lock(&self.action) = ClientErrorAction::Respond(response.into());
    }

    /// Closes the connection and sends nothing. Node: `socket.destroy()`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::ClientError, |error| error.destroy());
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

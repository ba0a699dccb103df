//! A request for the connection itself.

use std::fmt;
use std::sync::Mutex;

use crate::http::request::Request;
use crate::http::socket::upgraded_stream::UpgradedStream;
use crate::http::sync::try_lock;

/// A request that asks for the connection itself; the payload of [`event::Upgrade`](crate::http::event::Upgrade) and
/// [`event::Connect`](crate::http::event::Connect).
///
/// No final response has been sent: a listener that takes the connection writes one to the stream, such as
/// `HTTP/1.1 101 Switching Protocols`.
///
/// If the request has a body, it was received in full, and a `100 Continue` was sent if the client expected one: the
/// other protocol begins after the body, regardless of TCP segments (RFC 9110, 7.8). A body above
/// [`max_body_size`](crate::http::Server::max_body_size) is rejected with a 413, and one that does not arrive within
/// [`request_timeout`](crate::http::Server::request_timeout) with a 408; the event is not emitted in these cases.
/// Trailer fields are discarded. The request emits `Data` and `End` as its body is read, but neither `Aborted` nor
/// `Close`, because the connection ends with the stream, not with the request. Node.js: the arguments of `upgrade` and
/// `connect` listeners: `req`, `socket` and `head`. In Node.js, the body is part of the data after the headers.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
/// use tokio::io::AsyncWriteExt;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::Upgrade, |pending| {
///     if let Some((_req, mut stream)) = pending.take() {
///         tokio::spawn(async move {
///             let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
///             stream.write_all(head.as_bytes()).await?;
///             let (mut from, mut to) = tokio::io::split(stream);
///             tokio::io::copy(&mut from, &mut to).await
///         });
///     }
/// });
/// # assert_eq!(server.listener_count(event::Upgrade), 1);
/// ```
pub struct PendingUpgrade(Mutex<Option<(Request, UpgradedStream)>>);

impl PendingUpgrade {
    pub(crate) fn new(req: Request, stream: UpgradedStream) -> Self {
        Self(Mutex::new(Some((req, stream))))
    }

    /// Takes the request and the connection, or returns `None` if another listener took them.
    ///
    /// Node.js: a listener always takes them.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connect, |pending| {
    ///     if let Some((req, stream)) = pending.take() {
    ///         println!("rejected a tunnel to {}", req.url);
    ///         drop(stream); // closes the connection
    ///     }
    /// });
    /// # assert_eq!(server.listener_count(event::Connect), 1);
    /// ```
    pub fn take(&self) -> Option<(Request, UpgradedStream)> {
        try_lock(&self.0)?.take()
    }

    /// Calls `inspect` with the request, or returns `None` if a listener took it.
    ///
    /// While `inspect` runs, `take` and `peek` of the same request return `None`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Upgrade, |pending| {
    ///     let protocol = pending.peek(|req| req.headers.get("upgrade").cloned());
    ///     println!("a client wants to use {protocol:?}");
    /// });
    /// # assert_eq!(server.listener_count(event::Upgrade), 1);
    /// ```
    pub fn peek<T>(&self, inspect: impl FnOnce(&Request) -> T) -> Option<T> {
        let untaken = try_lock(&self.0)?;
        untaken.as_ref().map(|(req, _)| inspect(req))
    }
}

impl fmt::Debug for PendingUpgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingUpgrade").finish_non_exhaustive()
    }
}

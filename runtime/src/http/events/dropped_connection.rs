//! A connection that was rejected.

use super::drop_reason::DropReason;
use crate::http::socket::Endpoint;

/// A connection that was closed on arrival; the payload of [`event::Drop`](crate::http::event::Drop).
///
/// Node.js: the `data` of a `drop` listener.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") }).max_connections(1000);
/// server.on(event::Drop, |dropped| println!("rejected {}", dropped.remote_addr));
/// # assert_eq!(server.listener_count(event::Drop), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DroppedConnection {
    /// The client's end of the connection.
    ///
    /// Node.js: `remoteAddress`, `remotePort` and `remoteFamily`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Drop, |dropped| println!("rejected {}", dropped.remote_addr));
    /// # assert_eq!(server.listener_count(event::Drop), 1);
    /// ```
    pub remote_addr: Endpoint,
    /// The server's end of the connection.
    ///
    /// Node.js: `localAddress`, `localPort` and `localFamily`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Drop, |dropped| println!("rejected on {}", dropped.local_addr));
    /// # assert_eq!(server.listener_count(event::Drop), 1);
    /// ```
    pub local_addr: Endpoint,
    /// The limit that the connection exceeded: [`DropReason::Connections`] or [`DropReason::ConnectionsPerAddress`].
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Drop, |dropped| println!("{} exceeded {}", dropped.remote_addr, dropped.reason));
    /// # assert_eq!(server.listener_count(event::Drop), 1);
    /// ```
    pub reason: DropReason,
}

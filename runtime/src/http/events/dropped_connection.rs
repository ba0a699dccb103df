//! A client that was turned away.

use crate::http::socket::Endpoint;

/// A client that was turned away: what [`event::Drop`](crate::http::event::Drop) lends. Node: the `data` of its listeners.
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") }).max_connections(1000);
/// server.on(event::Drop, |dropped| println!("{} was turned away", dropped.remote_addr));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DroppedConnection {
    /// The client's end. Node: `remoteAddress`, `remotePort` and `remoteFamily`.
    pub remote_addr: Endpoint,
    /// This server's end. Node: `localAddress`, `localPort` and `localFamily`.
    pub local_addr: Endpoint,
}

//! A connection that was one too many.

use super::socket::Endpoint;

/// The two ends of a connection that was closed as it came, because of
/// [`max_connections`](super::Server::max_connections): the payload of [`event::Drop`](super::event::Drop).
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") }).max_connections(1000);
/// server.on(event::Drop, |dropped| println!("no room for {}", dropped.remote_addr));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dropped {
    /// The client's end. Node: `remoteAddress` and `remotePort`.
    pub remote_addr: Endpoint,
    /// This server's end. Node: `localAddress` and `localPort`.
    pub local_addr: Endpoint,
}

//! The reason why a connection or a request was rejected.

use std::fmt;

/// The limit that a rejected connection or request exceeded.
///
/// `Display` writes the name of the option. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::http::{self, DropReason};
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") }).max_concurrent_requests(100);
/// server.on(event::DropRequest, |dropped| {
///     if dropped.reason == DropReason::QueueTimeout {
///         println!("{} waited too long", dropped.request.url);
///     }
/// });
/// # assert_eq!(server.listener_count(event::DropRequest), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DropReason {
    /// The server already had [`max_connections`](crate::http::Server::max_connections) open connections.
    Connections,
    /// The client already had [`max_connections_per_address`](crate::http::Server::max_connections_per_address) open
    /// connections.
    ConnectionsPerAddress,
    /// The server already had [`max_queued_requests`](crate::http::Server::max_queued_requests) waiting requests.
    QueueFull,
    /// The request waited for longer than [`queue_timeout`](crate::http::Server::queue_timeout).
    QueueTimeout,
    /// The server was overloaded, and the request waited for longer than
    /// [`shed_latency`](crate::http::Server::shed_latency).
    Latency,
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connections => "max_connections",
            Self::ConnectionsPerAddress => "max_connections_per_address",
            Self::QueueFull => "max_queued_requests",
            Self::QueueTimeout => "queue_timeout",
            Self::Latency => "shed_latency",
        })
    }
}

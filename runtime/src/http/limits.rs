//! What a server puts up with.

use std::time::Duration;

/// No map of headers has room for more.
pub(crate) const MAX_HEADERS: usize = 24 * 1024;

/// How much of a body is read whole by default, in bytes.
pub(crate) const MAX_BODY_SIZE: usize = 2 * 1024 * 1024;

/// The limits of a connection; the defaults are Node's where it has them. `None`: no limit.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Request line and headers, in bytes.
    pub(crate) header_size: usize,
    /// How many headers a request may have.
    pub(crate) header_count: usize,
    /// How long a head may take to arrive.
    pub(crate) headers: Option<Duration>,
    /// How long a whole request may take to arrive.
    pub(crate) request: Option<Duration>,
    /// How long a connection may wait for its next request.
    pub(crate) keep_alive: Option<Duration>,
    /// How long nothing may be sent or received, whatever the connection is at.
    pub(crate) timeout: Option<Duration>,
    /// A body that is read whole, in bytes.
    pub(crate) body: usize,
    /// How much of a body that the handler left is read, in bytes, so that the connection can be kept.
    pub(crate) drain: usize,
    /// How many bytes of a response may be written and not sent.
    pub(crate) unsent: usize,
    pub(crate) connections: Option<usize>,
    pub(crate) requests_per_socket: Option<u64>,
    /// An HTTP/1.1 request has to say its host.
    pub(crate) host_header: bool,
    /// A client that has ended its side still gets its answer.
    pub(crate) half_open: bool,
    /// Small packets are sent at once.
    pub(crate) no_delay: bool,
    /// After how much silence TCP asks whether the client is still there.
    pub(crate) tcp_keep_alive: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_size: 16 * 1024,
            header_count: 100,
            headers: Some(Duration::from_secs(60)),
            request: Some(Duration::from_secs(300)),
            keep_alive: Some(Duration::from_secs(5)),
            timeout: None,
            body: MAX_BODY_SIZE,
            drain: 256 * 1024,
            unsent: 16 * 1024 * 1024,
            connections: None,
            requests_per_socket: None,
            host_header: true,
            half_open: true,
            no_delay: true,
            tcp_keep_alive: None,
        }
    }
}

/// The message of an error that reports a disconnected client.
pub(crate) const CLIENT_DISCONNECTED: &str = "the client has disconnected";

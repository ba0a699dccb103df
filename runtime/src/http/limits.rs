//! What a server puts up with.

use std::time::Duration;

use super::body;

/// The limits of a connection; the defaults are Node's. `None`: no limit.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Request line and headers, in bytes.
    pub(crate) header_size: usize,
    /// How long a head may take to arrive.
    pub(crate) headers: Option<Duration>,
    /// How long a whole request may take to arrive.
    pub(crate) request: Option<Duration>,
    /// How long a connection may wait for its next request.
    pub(crate) keep_alive: Option<Duration>,
    /// A body that is read whole, in bytes.
    pub(crate) body: usize,
    pub(crate) connections: Option<usize>,
    pub(crate) requests_per_socket: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_size: 16 * 1024,
            headers: Some(Duration::from_secs(60)),
            request: Some(Duration::from_secs(300)),
            keep_alive: Some(Duration::from_secs(5)),
            body: body::LIMIT,
            connections: None,
            requests_per_socket: None,
        }
    }
}

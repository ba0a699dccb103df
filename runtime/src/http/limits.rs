//! The limits of a server.

use std::sync::Arc;
use std::time::Duration;

use crate::http::proxies::Proxies;

/// The default size limit of a body that is read as a whole, in bytes.
pub(crate) const DEFAULT_BODY_SIZE: usize = 2 * 1024 * 1024;

/// The largest number of headers that an `http::HeaderMap` can hold.
pub(crate) const MAX_HEADERS: usize = 24 * 1024;

/// The limits of a connection. The defaults are Node's if Node has the same limit, except for `header_count` and
/// `half_open`. `None` means no limit.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// The size of the request line and headers, in bytes.
    pub(crate) header_size: usize,
    /// The number of headers of a request.
    pub(crate) header_count: usize,
    /// The time within which the request line and headers must arrive.
    pub(crate) headers: Option<Duration>,
    /// The time within which a whole request must arrive.
    pub(crate) request: Option<Duration>,
    /// How long a connection may wait for its next request.
    pub(crate) keep_alive: Option<Duration>,
    /// How long a connection may be inactive, regardless of its state.
    pub(crate) timeout: Option<Duration>,
    /// The time within which a client must accept a part of the output that waits for it.
    pub(crate) send: Option<Duration>,
    /// The size of a body that is read as a whole, in bytes.
    pub(crate) body: usize,
    /// The maximum number of bytes of an unread body that are discarded to keep the connection open.
    pub(crate) drain: usize,
    /// The limits of each response.
    pub(crate) response: ResponseLimits,
    /// The proxies in front of the server.
    pub(crate) proxies: Option<Arc<Proxies>>,
    /// The number of open connections.
    pub(crate) connections: Option<usize>,
    /// The number of open connections of one client address.
    pub(crate) connections_per_address: Option<usize>,
    /// The number of requests on one connection.
    pub(crate) requests_per_socket: Option<u64>,
    /// Whether a request must have a `host` header, unless it is an HTTP/1.0 request.
    pub(crate) host_header: bool,
    /// Whether a client that closed its write side still gets its response.
    pub(crate) half_open: bool,
    /// Whether `TCP_NODELAY` is set.
    pub(crate) tcp_no_delay: bool,
    /// The period of inactivity after which TCP sends keep-alive probes.
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
            send: Some(Duration::from_secs(60)),
            body: DEFAULT_BODY_SIZE,
            drain: 256 * 1024,
            response: ResponseLimits {
                unsent: 16 * 1024 * 1024,
                ..ResponseLimits::NONE
            },
            proxies: None,
            connections: None,
            connections_per_address: None,
            requests_per_socket: None,
            host_header: true,
            half_open: true,
            tcp_no_delay: true,
            tcp_keep_alive: None,
        }
    }
}

/// The limits of a response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResponseLimits {
    /// The maximum number of bytes that may be written but not sent.
    pub(crate) unsent: usize,
    /// The time within which an asynchronous `before_head` hook must complete.
    pub(crate) hook: Option<Duration>,
}

impl ResponseLimits {
    /// The limits of a response that belongs to no server.
    pub(crate) const NONE: Self = Self {
        unsent: usize::MAX,
        hook: Some(Duration::from_secs(10)),
    };
}

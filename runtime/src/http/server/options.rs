//! What can be set of a server.

use std::sync::Arc;
use std::time::Duration;

use crate::http::limits::Limits;
use crate::http::server::Server;
use crate::http::server::listen::bind::BindOptions;
use crate::http::sync::lock;

/// What Linux takes as `TCP_KEEPIDLE`.
const SHORTEST_SILENCE: Duration = Duration::from_secs(1);
const LONGEST_SILENCE: Duration = Duration::from_secs(32_767);

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) limits: Arc<Limits>,
    pub(crate) binding: BindOptions,
    /// How many threads serve; `None`: one per core.
    pub(crate) threads: Option<usize>,
}

/// Limits.
impl Server {
    /// How large request line and headers may be together, in bytes: 16 KiB. More is a 431. Node: `maxHeaderSize`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_header_size(64 * 1024);
    /// ```
    #[must_use]
    pub fn max_header_size(self, bytes: usize) -> Self {
        self.limit(|limits| limits.header_size = bytes)
    }

    /// How many headers a request may have: 100. More is a 431. No request may have more than 24,576. Node:
    /// `maxHeadersCount`, which is 2000.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_headers(200);
    /// ```
    #[must_use]
    pub fn max_headers(self, headers: usize) -> Self {
        self.limit(|limits| limits.header_count = headers)
    }

    /// How long the head of a request may take to arrive: 60 s, and for the first one from the moment the client
    /// connects. Later is a 408. `None`: for ever. Node: `headersTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .headers_timeout(Duration::from_secs(10));
    /// ```
    #[must_use]
    pub fn headers_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.headers = timeout.into())
    }

    /// How long a body may take to arrive, from the arrival of its head: 300 s. Reading it later fails with a 408.
    /// `None`: for ever. Node: `requestTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .request_timeout(Duration::from_secs(30));
    /// ```
    #[must_use]
    pub fn request_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.request = timeout.into())
    }

    /// How long a connection may wait for its next request: 5 s. Then it is closed. `None`: for ever. Node:
    /// `keepAliveTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .keep_alive_timeout(Duration::from_secs(65));
    /// ```
    #[must_use]
    pub fn keep_alive_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.keep_alive = timeout.into())
    }

    /// How long nothing may be sent or received on a connection, whatever it is at; then it is closed, unless somebody
    /// listens to [`event::Timeout`](crate::http::event::Timeout), of the server or of the socket, and decides. `None`, as it is
    /// by default: for ever. Node: `server.timeout`, `server.setTimeout`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .idle_timeout(Duration::from_secs(120));
    /// ```
    #[must_use]
    pub fn idle_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limit(|limits| limits.timeout = timeout.into())
    }

    /// How long a body may be that is read whole, in bytes: 2 MiB. More is a 413. A handler that knows better says so
    /// by [`Body::limit`](crate::http::request::Body::limit). Node has no such limit; Express: `limit` of its body parsers.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_body_size(64 * 1024);
    /// ```
    #[must_use]
    pub fn max_body_size(self, bytes: usize) -> Self {
        self.limit(|limits| limits.body = bytes)
    }

    /// How much of a body that its handler did not read is read, in bytes, to keep the connection for another request: 256
    /// KiB. Where more is left, the connection is closed. Node reads all of it.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_drain_size(0);
    /// ```
    #[must_use]
    pub fn max_drain_size(self, bytes: usize) -> Self {
        self.limit(|limits| limits.drain = bytes)
    }

    /// How many connections there may be at a time; a further one is closed as it comes, and
    /// [`event::Drop`](crate::http::event::Drop) tells of it. `None`, as it is by default: any number. Node: `maxConnections`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_connections(10_000);
    /// ```
    #[must_use]
    pub fn max_connections(self, connections: impl Into<Option<usize>>) -> Self {
        self.limit(|limits| limits.connections = connections.into())
    }

    /// How many requests a connection may bring; after the last answer it is closed. `None`, as it is by default: any
    /// number. Node: `maxRequestsPerSocket`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_requests_per_socket(1000);
    /// ```
    #[must_use]
    pub fn max_requests_per_socket(self, requests: impl Into<Option<u64>>) -> Self {
        self.limit(|limits| limits.requests_per_socket = requests.into())
    }

    /// Whether an HTTP/1.1 request has to say its host, as RFC 9112 demands: yes. One that does not is a 400. Node:
    /// `requireHostHeader`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .require_host_header(false);
    /// ```
    #[must_use]
    pub fn require_host_header(self, required: bool) -> Self {
        self.limit(|limits| limits.host_header = required)
    }

    /// Whether a client that has ended its side of the connection gets its answer all the same, if the handler gives it
    /// within a second: yes. Otherwise the handler is dropped at once. Node: `httpAllowHalfOpen`, which is off.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .allow_half_open(false);
    /// ```
    #[must_use]
    pub fn allow_half_open(self, allowed: bool) -> Self {
        self.limit(|limits| limits.half_open = allowed)
    }
}

/// Sockets.
impl Server {
    /// Whether small packets are sent at once (`TCP_NODELAY`): yes. Otherwise an answer that needs two packets may wait for
    /// the client's delayed acknowledgement, some 40 ms. Node: `noDelay`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .tcp_no_delay(false);
    /// ```
    #[must_use]
    pub fn tcp_no_delay(self, at_once: bool) -> Self {
        self.limit(|limits| limits.tcp_no_delay = at_once)
    }

    /// After how much silence TCP asks whether the client is still there (`SO_KEEPALIVE`, `TCP_KEEPIDLE`), in whole seconds
    /// from 1 to 32,767. `None`, as it is by default: never. Not to be confused with
    /// [`keep_alive_timeout`](Self::keep_alive_timeout). Node: `keepAlive` and `keepAliveInitialDelay`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # use std::time::Duration;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .tcp_keep_alive(Duration::from_secs(60));
    /// ```
    #[must_use]
    pub fn tcp_keep_alive(self, silence: impl Into<Option<Duration>>) -> Self {
        let silence = silence.into();
        let silence = silence.map(|silence| silence.clamp(SHORTEST_SILENCE, LONGEST_SILENCE));
        self.limit(|limits| limits.tcp_keep_alive = silence)
    }

    /// How many connections may wait to be accepted: 511. The system may allow fewer. It counts for what the server binds
    /// itself. Node: `backlog`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .backlog(4096);
    /// ```
    #[must_use]
    pub fn backlog(self, connections: u32) -> Self {
        self.bind(|binding| binding.backlog = connections)
    }

    /// Whether other processes may listen at the same address, if they want it as well (`SO_REUSEPORT`): no. Linux spreads
    /// connections over them. It counts for what the server binds itself; where the system cannot do it, listening fails
    /// with `Unsupported`. Node: `reusePort`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .reuse_port(true);
    /// ```
    #[must_use]
    pub fn reuse_port(self, shared: bool) -> Self {
        self.bind(|binding| binding.reuse_port = shared)
    }

    /// Whether a server that listens on every IPv6 interface leaves IPv4 alone: no. Node: `ipv6Only`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .ipv6_only(true);
    /// ```
    #[must_use]
    pub fn ipv6_only(self, only: bool) -> Self {
        self.bind(|binding| binding.ipv6_only = only)
    }

    /// The permissions of the file of a Unix socket, as for `chmod`; they are set before anybody can connect. By default
    /// those that the umask leaves. Node: `readableAll`, `writableAll`.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .unix_mode(0o660);
    /// ```
    #[cfg(unix)]
    #[must_use]
    pub fn unix_mode(self, mode: u32) -> Self {
        self.bind(|binding| binding.unix_mode = Some(mode))
    }

    /// On how many threads [`run`](Self::run) serves: as many as there are cores for this process. Zero is one. Node: how
    /// many workers `cluster` forks.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .threads(4);
    /// ```
    #[must_use]
    pub fn threads(self, threads: usize) -> Self {
        self.option(|options| options.threads = Some(threads))
    }

    fn limit(self, set: impl FnOnce(&mut Limits)) -> Self {
        self.option(|options| set(Arc::make_mut(&mut options.limits)))
    }

    fn bind(self, set: impl FnOnce(&mut BindOptions)) -> Self {
        self.option(|options| set(&mut options.binding))
    }

    fn option(self, set: impl FnOnce(&mut Options)) -> Self {
        set(&mut lock(&self.shared.options));
        self
    }
}

//! The limits that can be set on a server.

use std::sync::Arc;
use std::time::Duration;

use crate::http::exchange::overload::Gate;
use crate::http::exchange::overload::request_gate::GateLimits;
use crate::http::limits::Limits;
use crate::http::server::Server;
use crate::http::server::listen::bind::BindOptions;
use crate::http::server::listen::further::FurtherAddresses;
#[cfg(feature = "tls")]
use crate::http::server::tls::active::ActiveTls;
use crate::http::sync::lock;

#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) limits: Arc<Limits>,
    pub(crate) gate_limits: GateLimits,
    /// `None` if the requests are not limited.
    pub(crate) gate: Option<Arc<dyn Gate>>,
    pub(crate) bind: BindOptions,
    /// The number of threads of `run`; `None` for one per core.
    pub(crate) threads: Option<usize>,
    /// Whether `close` has a delay.
    pub(crate) has_close_delay: bool,
    /// Further addresses to listen on.
    pub(crate) further: FurtherAddresses,
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<Arc<ActiveTls>>,
}

/// Limits, which apply to connections that are accepted after the limits are set.
impl Server {
    /// Sets the maximum total size of the request line and the headers, in bytes.
    ///
    /// Default: 16 KiB. A request that exceeds it gets a 431. With HTTP/2, each header counts as 32 bytes more than its
    /// name and value. Node.js: `maxHeaderSize`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_header_size(64 * 1024);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_header_size(self, bytes: usize) -> Self {
        self.set_limit(|limits| limits.header_size = bytes)
    }

    /// Sets the maximum number of headers of a request.
    ///
    /// Default: 100. A request with more headers gets a 431. Values above 24,576 are treated as 24,576. Node.js:
    /// `maxHeadersCount`, whose default is 2000.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_headers(200);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_headers(self, headers: usize) -> Self {
        self.set_limit(|limits| limits.header_count = headers)
    }

    /// Sets the time within which the request line and the headers must arrive.
    ///
    /// Default: 60 s. The time starts when the client connects, and for later requests with their first byte. A request
    /// that takes longer gets a 408; with HTTP/2, its connection is closed. `None` disables the timeout. Bytes that
    /// cannot become a request line, such as those of a TLS handshake, get a 400 at once. Node.js: `headersTimeout`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .headers_timeout(Duration::from_secs(10));
    /// # drop(server);
    /// ```
    #[doc(alias = "timeout")]
    #[must_use]
    #[inline]
    pub fn headers_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_limit(|limits| limits.headers = timeout.into())
    }

    /// Sets the time within which a whole request must arrive, including its body.
    ///
    /// Default: 300 s. The time starts together with that of [`headers_timeout`](Self::headers_timeout). When it
    /// elapses, reading the body fails with a 408. `None` disables the timeout. Node.js: `requestTimeout`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .request_timeout(Duration::from_secs(30));
    /// # drop(server);
    /// ```
    #[doc(alias = "timeout")]
    #[must_use]
    #[inline]
    pub fn request_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_limit(|limits| limits.request = timeout.into())
    }

    /// Sets how long a connection may wait for its next request.
    ///
    /// Default: 5 s. When this time elapses, the connection is closed. `None` disables the timeout. If the server is
    /// behind a proxy, use a value above the proxy's own timeout. Node.js: `keepAliveTimeout`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .keep_alive_timeout(Duration::from_secs(65));
    /// # drop(server);
    /// ```
    #[doc(alias = "timeout")]
    #[must_use]
    #[inline]
    pub fn keep_alive_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_limit(|limits| limits.keep_alive = timeout.into())
    }

    /// Sets the inactivity timeout of a connection, regardless of its state.
    ///
    /// Default: `None`, which disables the timeout. If nothing is received or sent for this time, the connection is
    /// closed, unless there is a listener for [`event::Timeout`](crate::http::event::Timeout) on the server or on the
    /// socket, which then decides. Node.js: `server.timeout`, `server.setTimeout`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .idle_timeout(Duration::from_secs(120));
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn idle_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_limit(|limits| limits.timeout = timeout.into())
    }

    /// Sets the time within which a client must accept 16 KiB of the output that waits for it, or all of this output.
    ///
    /// Default: 60 s. A client that reads more slowly, or not at all, is disconnected with a TCP reset; its responses
    /// are truncated. Output waits if the buffers of the operating system are full or, with HTTP/2, if the client's
    /// flow control permits no more data; the timeout applies to the connection as a whole. The time that a handler
    /// takes does not count. On Linux, if the server has bound the socket, the operating system buffers up to 64 KiB of
    /// unsent data for each connection. A slow client is noticed up to a second late. `None` disables the timeout.
    /// Node.js: no counterpart; nginx: `send_timeout`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .send_timeout(Duration::from_secs(20));
    /// # drop(server);
    /// ```
    #[doc(alias = "timeout")]
    #[must_use]
    #[inline]
    pub fn send_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_limit(|limits| limits.send = timeout.into())
    }

    /// Sets the maximum size of a request body that is read as a whole, in bytes.
    ///
    /// Default: 2 MiB. Reading a larger body fails with a 413. A handler overrides the limit with
    /// [`Body::limit`](crate::http::request::Body::limit). A body that is read in chunks has no limit. Node.js: no
    /// counterpart; Express: the option `limit` of its body parsers.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_body_size(64 * 1024);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_body_size(self, bytes: usize) -> Self {
        self.set_limit(|limits| limits.body = bytes)
    }

    /// Sets the maximum number of bytes of an unread request body that are discarded to keep the connection open.
    ///
    /// Default: 256 KiB. If more is left after the response, the connection is closed. With HTTP/2, an unread body does
    /// not affect the connection. Node.js: no counterpart; the whole body is read.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_drain_size(0);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_drain_size(self, bytes: usize) -> Self {
        self.set_limit(|limits| limits.drain = bytes)
    }

    /// Sets how many bytes of a response may be written but not sent.
    ///
    /// Default: 16 MiB. If more is waiting when a handler calls [`write`](crate::http::Response::write) again, the
    /// response is aborted and [`event::Error`](crate::http::event::Error) is emitted; if its headers have not been
    /// sent, it becomes a 500. A handler that awaits its writes is not affected by the limit, because an awaited write
    /// waits until at most 64 KiB (or `bytes`, if that is less) are buffered. A body that is sent whole has no limit.
    /// Node.js: no counterpart; `write` buffers without a limit.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_unsent(1024 * 1024);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_unsent(self, bytes: usize) -> Self {
        self.set_limit(|limits| limits.response.unsent = bytes)
    }

    /// Sets the time within which an asynchronous hook of
    /// [`before_head_async`](crate::http::Response::before_head_async) must complete.
    ///
    /// Default: 10 s. The limit applies to each hook separately. The server drops a hook that takes longer and replaces
    /// the response with a 500, which it passes to the remaining hooks. `None` disables the timeout. Node.js: no
    /// counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .before_head_timeout(Duration::from_secs(2));
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn before_head_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_limit(|limits| limits.response.hook = timeout.into())
    }

    /// Sets the maximum number of open connections.
    ///
    /// Default: `None`, which means no limit. A connection above the limit is closed on arrival, and
    /// [`event::Drop`](crate::http::event::Drop) is emitted. Node.js: `maxConnections`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_connections(10_000);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_connections(self, connections: impl Into<Option<usize>>) -> Self {
        self.set_limit(|limits| limits.connections = connections.into())
    }

    /// Sets the maximum number of requests on one connection.
    ///
    /// Default: `None`, which means no limit. The last response has `connection: close` (HTTP/1), and the connection is
    /// closed after it. Node.js: `maxRequestsPerSocket`, which responds to further requests with a 503.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_requests_per_socket(1000);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn max_requests_per_socket(self, requests: impl Into<Option<u64>>) -> Self {
        self.set_limit(|limits| limits.requests_per_socket = requests.into())
    }

    /// Sets whether a request must have a `host` header (RFC 9112, 3.2).
    ///
    /// Default: `true`. An HTTP/1.1 request without one gets a 400, and so does an HTTP/2 request with neither
    /// `:authority` nor `host`. Node.js: `requireHostHeader`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .require_host_header(false);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn require_host_header(self, required: bool) -> Self {
        self.set_limit(|limits| limits.host_header = required)
    }

    /// Sets whether a client that has closed its write side still gets its response.
    ///
    /// Default: `true`; the handler has one second to finish after the client has closed its side. With `false`, the
    /// handler is dropped at once. Node.js: `httpAllowHalfOpen`, whose default is `false`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .allow_half_open(false);
    /// # drop(server);
    /// ```
    #[must_use]
    #[inline]
    pub fn allow_half_open(self, allowed: bool) -> Self {
        self.set_limit(|limits| limits.half_open = allowed)
    }

    #[inline]
    pub(crate) fn set_limit(self, set: impl FnOnce(&mut Limits)) -> Self {
        self.set_option(|options| set(Arc::make_mut(&mut options.limits)))
    }

    #[inline]
    pub(crate) fn set_option(self, set: impl FnOnce(&mut Options)) -> Self {
        set(&mut lock(&self.shared.options));
        self
    }
}

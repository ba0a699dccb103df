//! The options that protect a server from more load than it can handle.

use std::sync::Arc;
use std::time::Duration;

use super::Server;
use crate::http::exchange::overload::request_gate::{GateLimits, RequestGate};
use crate::http::request::Request;

/// Protection from overload. The options apply to connections that are accepted after the options are set.
///
/// A request above a limit gets a `503 Service Unavailable` with `retry-after: 1`, as the handler's error type writes
/// it. Its handler is not called, and [`event::DropRequest`](crate::http::event::DropRequest) is emitted. Requests of
/// [`dispatch`](Server::dispatch), and those that a listener of [`event::Upgrade`](crate::http::event::Upgrade) or
/// [`event::Connect`](crate::http::event::Connect) takes, are not limited.
impl Server {
    /// Sets how many requests may be handled at a time.
    ///
    /// Default: `None`, which means no limit. A request counts from the call to its handler until the handler returns,
    /// across all connections and protocols; responses that are still being sent, WebSockets and followers of a
    /// [`Live`](crate::live::Live) do not count. Up to [`max_queued_requests`](Self::max_queued_requests) further
    /// requests wait in order of arrival, each for at most [`queue_timeout`](Self::queue_timeout); all others get a 503
    /// at once. Use this option for handlers that wait for a resource of limited capacity, such as a database; for
    /// CPU-bound handlers, use [`shed_latency`](Self::shed_latency). Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_concurrent_requests(200);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn max_concurrent_requests(self, requests: impl Into<Option<usize>>) -> Self {
        self.set_gate(|limits| limits.concurrent = requests.into())
    }

    /// Sets how many requests may wait once [`max_concurrent_requests`](Self::max_concurrent_requests) is reached.
    ///
    /// Default: `None`, which means as many as may be handled at a time. A request that finds the queue full gets a
    /// 503. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_concurrent_requests(200)
    ///     .max_queued_requests(1000);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn max_queued_requests(self, requests: impl Into<Option<usize>>) -> Self {
        self.set_gate(|limits| limits.queued = requests.into())
    }

    /// Sets how long a request may wait once [`max_concurrent_requests`](Self::max_concurrent_requests) is reached.
    ///
    /// Default: 1 s. A request that waits longer gets a 503. `None` disables the timeout. If its client disconnects, a
    /// request leaves the queue. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_concurrent_requests(200)
    ///     .queue_timeout(Duration::from_millis(250));
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn queue_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.set_gate(|limits| limits.queue_timeout = timeout.into())
    }

    /// Sets the latency above which an overloaded server rejects requests.
    ///
    /// Default: `None`, which means that no request is rejected because of its latency. The latency of a request is the
    /// time from its receipt to the start of its handler, including the wait for
    /// [`max_concurrent_requests`](Self::max_concurrent_requests). If it stays above this value for 100 ms, the server
    /// is overloaded: it responds with a 503 to each request whose latency is above the value, until there has been no
    /// such request for 100 ms. Bursts are thus absorbed, and clients do not wait in a queue that never shrinks. A few
    /// times the CPU time of a typical request, for example 20 ms, is enough to keep the processor busy. With this
    /// option, each request costs an additional allocation and a yield to the runtime. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .shed_latency(Duration::from_millis(20));
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn shed_latency(self, latency: impl Into<Option<Duration>>) -> Self {
        self.set_gate(|limits| limits.latency = latency.into())
    }

    /// Exempts requests, such as health checks, from [`max_concurrent_requests`](Self::max_concurrent_requests) and
    /// [`shed_latency`](Self::shed_latency).
    ///
    /// Default: none. An overloaded server that does not respond to the probes of an orchestrator is restarted, which
    /// makes the overload worse. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_concurrent_requests(200)
    ///     .exempt_requests(|req| req.url.path() == "/livez");
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn exempt_requests(
        self,
        is_exempt: impl Fn(&Request) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.set_gate(|limits| limits.exempt = Some(Arc::new(is_exempt)))
    }

    /// Sets the maximum number of open connections of one client.
    ///
    /// Default: `None`, which means no limit. A connection above the limit is closed on arrival, and
    /// [`event::Drop`](crate::http::event::Drop) is emitted. A client is identified by its IPv4 address or by the /64
    /// prefix of its IPv6 address. Connections from the proxies of [`trust_proxy`](Self::trust_proxy) and
    /// [`trust_forwarded`](Self::trust_forwarded) and over Unix sockets do not count; connections from the proxies of
    /// [`proxy_protocol`](Self::proxy_protocol) count for the client that the proxy announces. Many clients may share
    /// an address, so use a value well above 6, the number that one browser opens. Node.js: no counterpart.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .max_connections_per_address(100);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn max_connections_per_address(self, connections: impl Into<Option<usize>>) -> Self {
        self.set_limit(|limits| limits.connections_per_address = connections.into())
    }

    fn set_gate(self, set: impl FnOnce(&mut GateLimits)) -> Self {
        self.set_option(|options| {
            set(&mut options.gate_limits);
            options.gate = RequestGate::of(&options.gate_limits);
        })
    }
}

//! The options of a server's sockets and threads.

use std::time::Duration;

use crate::http::server::Server;

/// The range of `TCP_KEEPIDLE` on Linux.
const MIN_KEEP_ALIVE: Duration = Duration::from_secs(1);
const MAX_KEEP_ALIVE: Duration = Duration::from_secs(32_767);

/// Options of sockets and threads.
impl Server {
    /// Sets `TCP_NODELAY` on accepted sockets.
    ///
    /// Default: `true`. With `false`, a response that needs two packets may wait for the client's delayed
    /// acknowledgment, about 40 ms. Node.js: `noDelay`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .tcp_no_delay(false);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn tcp_no_delay(self, no_delay: bool) -> Self {
        self.set_limit(|limits| limits.tcp_no_delay = no_delay)
    }

    /// Sets the period of inactivity after which TCP keep-alive probes are sent (`SO_KEEPALIVE`, `TCP_KEEPIDLE`).
    ///
    /// Default: `None`, which sends no probes. The time is clamped to 1–32,767 s and rounded down to whole seconds. For
    /// the time between two requests, use [`keep_alive_timeout`](Self::keep_alive_timeout). Node.js: `keepAlive` and
    /// `keepAliveInitialDelay`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    /// use std::time::Duration;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .tcp_keep_alive(Duration::from_secs(60));
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn tcp_keep_alive(self, idle: impl Into<Option<Duration>>) -> Self {
        let idle = idle.into();
        let idle = idle.map(|idle| idle.clamp(MIN_KEEP_ALIVE, MAX_KEEP_ALIVE));
        self.set_limit(|limits| limits.tcp_keep_alive = idle)
    }

    /// Sets how many connections may wait to be accepted.
    ///
    /// Default: 511. The operating system may impose a lower limit. The option applies to sockets that the server
    /// binds, not to bound listeners. Node.js: `backlog`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .backlog(4096);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn backlog(self, connections: u32) -> Self {
        self.set_option(|options| options.bind.backlog = connections)
    }

    /// Sets `SO_REUSEPORT`, so that other processes that set it can listen on the same port.
    ///
    /// Default: `false`. Linux distributes connections among these processes. The option applies to sockets that the
    /// server binds. If the operating system has no such option, listening fails with `Unsupported`. Node.js:
    /// `reusePort`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .reuse_port(true);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn reuse_port(self, reuse: bool) -> Self {
        self.set_option(|options| options.bind.reuse_port = reuse)
    }

    /// Sets whether a server that listens on an IPv6 address rejects IPv4 clients (`IPV6_V6ONLY`).
    ///
    /// Default: `false`. Node.js: `ipv6Only`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .ipv6_only(true);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn ipv6_only(self, only: bool) -> Self {
        self.set_option(|options| options.bind.ipv6_only = only)
    }

    /// Sets the permissions of a Unix socket's file, as for `chmod`.
    ///
    /// Default: the permissions that the umask allows. The mode is set before a client can connect. Node.js:
    /// `readableAll`, `writableAll`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .unix_mode(0o660);
    /// # drop(server);
    /// ```
    #[cfg(unix)]
    #[must_use]
    pub fn unix_mode(self, mode: u32) -> Self {
        self.set_option(|options| options.bind.unix_mode = Some(mode))
    }

    /// Sets the number of threads that [`run`](Self::run) starts.
    ///
    /// Default: the number of cores available to the process. 0 is treated as 1. [`listen`](Self::listen) ignores this
    /// option. Node.js: the number of workers of `cluster`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.end() })
    ///     .threads(4);
    /// # drop(server);
    /// ```
    #[must_use]
    pub fn threads(self, threads: usize) -> Self {
        self.set_option(|options| options.threads = Some(threads))
    }
}

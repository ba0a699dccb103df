//! The options for proxies in front of a server.

use std::sync::Arc;

use super::Server;
use crate::http::proxies::{Networks, Proxies, ProxyHeader};

/// Proxies in front of the server. The options apply to connections that are accepted after the options are set.
impl Server {
    /// Trusts the proxies in these networks to add the address of their client to `x-forwarded-for`.
    ///
    /// Default: none, so [`Request::client_addr`](crate::http::Request::client_addr) returns the address of the
    /// connection. A network is an address, such as `127.0.0.1`, a range, such as `10.0.0.0/8`, or `unix`, which means
    /// the clients of a Unix socket. List every proxy that a request passes through, and nothing else: a listed host
    /// can forge addresses. Node.js: no counterpart; Express: `app.set("trust proxy", …)`.
    ///
    /// # Panics
    ///
    /// Panics if a string is not a network.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|req, res| async move { res.send(format!("{:?}", req.client_addr())) })
    ///     .trust_proxy(["127.0.0.1", "10.0.0.0/8"]);
    /// # drop(server);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn trust_proxy<N: AsRef<str>>(self, networks: impl IntoIterator<Item = N>) -> Self {
        let trusted = parse(networks);
        self.set_proxies(|proxies| {
            proxies.trusted = trusted;
            proxies.header = ProxyHeader::XForwardedFor;
        })
    }

    /// Trusts the proxies in these networks to add the address of their client to `forwarded` ([RFC
    /// 7239](https://www.rfc-editor.org/rfc/rfc7239)).
    ///
    /// The last call of this method or of [`trust_proxy`](Self::trust_proxy) wins; both have the same default. Only
    /// one of the two headers is read, because a proxy passes the other header on as the client sent it. Node.js: no
    /// counterpart.
    ///
    /// # Panics
    ///
    /// Panics if a string is not a network.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|req, res| async move { res.send(format!("{:?}", req.client_addr())) })
    ///     .trust_forwarded(["10.0.0.0/8"]);
    /// # drop(server);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn trust_forwarded<N: AsRef<str>>(self, networks: impl IntoIterator<Item = N>) -> Self {
        let trusted = parse(networks);
        self.set_proxies(|proxies| {
            proxies.trusted = trusted;
            proxies.header = ProxyHeader::Forwarded;
        })
    }

    /// Expects a header of the PROXY protocol, version 1 or 2, at the beginning of connections from these networks.
    ///
    /// Default: none. The header replaces both addresses of the [`Socket`](crate::http::Socket) before
    /// [`event::Connection`](crate::http::event::Connection) is emitted. A connection from these networks is closed,
    /// and [`event::Error`](crate::http::event::Error) is emitted, if its header is invalid or does not arrive within
    /// the [`headers_timeout`](Self::headers_timeout). No header is read from other connections. Networks are written
    /// as for [`trust_proxy`](Self::trust_proxy). Node.js: no counterpart.
    ///
    /// # Panics
    ///
    /// Panics if a string is not a network.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|req, res| async move { res.send(req.socket.remote_addr.to_string()) })
    ///     .proxy_protocol(["10.0.0.7"]);
    /// # drop(server);
    /// ```
    #[must_use]
    #[track_caller]
    pub fn proxy_protocol<N: AsRef<str>>(self, networks: impl IntoIterator<Item = N>) -> Self {
        let announcing = parse(networks);
        self.set_proxies(|proxies| proxies.announcing = announcing)
    }

    fn set_proxies(self, set: impl FnOnce(&mut Proxies)) -> Self {
        self.set_limit(|limits| set(Arc::make_mut(limits.proxies.get_or_insert_default())))
    }
}

#[track_caller]
fn parse<N: AsRef<str>>(networks: impl IntoIterator<Item = N>) -> Networks {
    match Networks::parse(networks) {
        Ok(networks) => networks,
        Err(invalid) => panic!("{invalid}"),
    }
}

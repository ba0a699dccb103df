//! The addresses that a server can listen on, their sockets, and the connections that these sockets accept.
//!
//! Invariants:
//!
//! 1. A [`Bound`] socket listens and is nonblocking. It belongs to no runtime until it is registered.
//! 2. Apart from those of further addresses, at most one [`ActiveListener`](active_listener::ActiveListener) exists
//!    per server at a time, and the server's address is set exactly while it exists.
//! 3. Each socket is polled by one task. When the server closes, connections that the operating system has already
//!    established are still served, unless another process may share the socket.
//! 4. An I/O error while accepting never ends a server.
//! 5. The file of a Unix socket is removed only by the server that created it or, if that server crashed, by the next
//!    one.
//! 6. Only the module of a socket type names that type, so programs contain no code for types that they do not use.
//!
//! This folder does not read requests: it passes streams to [`Shared`](crate::http::server::shared::Shared).

pub(crate) mod accept;
pub(crate) mod active_listener;
pub(crate) mod admission;
pub(crate) mod bind;
pub(crate) mod further;
mod proxy_protocol;
pub(crate) mod socket_listener;
#[cfg(all(unix, feature = "systemd"))]
pub(crate) mod systemd;
#[cfg(unix)]
pub(crate) mod unix;

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
#[cfg(unix)]
use std::os::unix::net::UnixListener;
#[cfg(unix)]
use std::path::{Path, PathBuf};

use crate::http::server::listen::bind::{BindOptions, Bound, with_address};

/// An argument of [`Server::listen`](crate::http::server::Server::listen) and
/// [`Server::run`](crate::http::server::Server::run): an address, or a bound listener.
///
/// | value | listens on |
/// |---|---|
/// | a number such as `3000` | that port on all interfaces, over IPv6 and IPv4 if the operating system supports both |
/// | `"3000"` | the same as the number `3000` |
/// | `"127.0.0.1:3000"`, `"localhost:3000"` | that address; a name is resolved |
/// | a `String` | the same as a `&str` |
/// | `SocketAddr`, `(IpAddr, u16)` | that address |
/// | `&Path`, `PathBuf` (Unix) | a Unix socket at that path |
/// | `TcpListener`, `UnixListener`, of std or tokio | the address that it is bound to |
/// | `Systemd` (feature `systemd`) | a socket that systemd passed to the process |
/// | `Plain` (feature `tls`) | the address in it, without TLS |
///
/// Port 0 stands for any free port; [`Server::address`](crate::http::server::Server::address) and
/// [`event::Listening`](crate::http::event::Listening) report its number. A Unix socket's file is removed when the
/// server stops listening; a file left by a crashed server is replaced. Node.js: the arguments of `server.listen`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
/// let addr = listener.local_addr()?;
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// let handle = server.clone();
/// server.on(event::Listening, move |at| {
///     assert_eq!(at.socket_addr(), Some(addr));
///     handle.close();
/// });
/// server.listen(listener).await
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a server cannot listen on `{Self}`",
    label = "not an address",
    note = "use a port such as `3000`, text such as \"127.0.0.1:3000\", a `SocketAddr`, an `(IpAddr, u16)`, \
            a `Path` for a Unix socket, or a bound listener; add `?` after a `Result`"
)]
pub trait Listen: sealed::Sealed + Send {
    #[doc(hidden)]
    fn bind(self, options: &BindOptions) -> impl Future<Output = io::Result<Bound>> + Send;
}

impl Listen for u16 {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        Bound::port(self, options)
    }
}

impl Listen for SocketAddr {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        Bound::tcp([self], options)
    }
}

#[diagnostic::do_not_recommend]
impl<I: Into<IpAddr> + Send> Listen for (I, u16) {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        Bound::tcp([(self.0.into(), self.1).into()], options)
    }
}

impl Listen for &str {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        if let Ok(port) = self.parse::<u16>() {
            return Bound::port(port, options);
        }
        let addrs = tokio::net::lookup_host(self).await;
        Bound::tcp(addrs.map_err(|error| with_address(&self, &error))?, options)
    }
}

impl Listen for String {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        self.as_str().bind(options).await
    }
}

impl Listen for TcpListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::prebound(Box::new(self))
    }
}

impl Listen for tokio::net::TcpListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::prebound(Box::new(self.into_std()?))
    }
}

#[cfg(unix)]
impl Listen for &Path {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        Bound::unix(self, options)
    }
}

#[cfg(unix)]
impl Listen for PathBuf {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        Bound::unix(&self, options)
    }
}

#[cfg(unix)]
impl Listen for UnixListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::prebound(Box::new(self))
    }
}

#[cfg(unix)]
impl Listen for tokio::net::UnixListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::prebound(Box::new(self.into_std()?))
    }
}

/// An address on which a server with [`tls`](crate::http::Server::tls) accepts connections without TLS, such as a Unix
/// socket for a proxy.
///
/// Needs the feature `tls`. Node.js: no counterpart.
///
/// # Examples
///
/// ```no_run
/// use onward::http::{self, Plain, Tls};
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|req, res| async move { res.send(req.socket.encrypted().to_string()) })
///     .tls(Tls::pem("cert.pem", "key.pem")?)
///     .also_listen(Plain("127.0.0.1:8080"));
/// server.listen(443).await
/// # }
/// ```
#[cfg(feature = "tls")]
#[derive(Clone, Debug)]
pub struct Plain<A>(pub A);

#[cfg(feature = "tls")]
impl<A: Listen> Listen for Plain<A> {
    async fn bind(self, options: &BindOptions) -> io::Result<Bound> {
        let bound = self.0.bind(options).await?;
        Ok(Bound {
            is_plain: true,
            ..bound
        })
    }
}

mod sealed {
    pub trait Sealed {}

    #[cfg(feature = "tls")]
    impl<A: super::Listen> Sealed for super::Plain<A> {}

    impl Sealed for u16 {}
    impl Sealed for std::net::SocketAddr {}
    #[diagnostic::do_not_recommend]
    impl<I: Into<std::net::IpAddr>> Sealed for (I, u16) {}
    impl Sealed for &str {}
    impl Sealed for String {}
    impl Sealed for tokio::net::TcpListener {}
    impl Sealed for std::net::TcpListener {}
    #[cfg(unix)]
    impl Sealed for &std::path::Path {}
    #[cfg(unix)]
    impl Sealed for std::path::PathBuf {}
    #[cfg(unix)]
    impl Sealed for tokio::net::UnixListener {}
    #[cfg(unix)]
    impl Sealed for std::os::unix::net::UnixListener {}
    #[cfg(all(unix, feature = "systemd"))]
    impl Sealed for crate::http::server::listen::systemd::Systemd {}
}

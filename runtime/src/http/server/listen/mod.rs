//! What a server can listen at.

pub(crate) mod accept;
pub(crate) mod active_listener;
pub(crate) mod bind;
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

use crate::http::server::listen::bind::{BindOptions, Bound, said};

/// What [`Server::listen`](crate::http::server::Server::listen) takes.
///
/// | value | listens at |
/// |---|---|
/// | a number, `3000` | that port, on every interface, over IPv6 and IPv4 where the system does both at once |
/// | `"127.0.0.1:3000"`, `"localhost:3000"`, a `String` | that address; a name is looked up |
/// | `"3000"`, a `String` | that port, as above |
/// | `SocketAddr`, `(IpAddr, u16)` | that address |
/// | `Path`, `PathBuf` (Unix) | a Unix socket. A file that a dead server left is replaced; its own is removed at the end |
/// | `TcpListener`, `UnixListener`, of std or tokio | what it is bound to |
/// | `Systemd` (feature `systemd`) | a socket that systemd passed |
///
/// Port 0 is any free port; [`Server::address`](crate::http::server::Server::address) and
/// [`event::Listening`](crate::http::event::Listening) say which it is.
#[diagnostic::on_unimplemented(
    message = "a server cannot listen at `{Self}`",
    label = "this is no address",
    note = "an address is a port as in `3000`, text as in \"127.0.0.1:3000\", a `SocketAddr`, an `(IpAddr, u16)`, \
            a `Path` for a Unix socket, or a bound listener"
)]
pub trait Listen: sealed::Sealed + Send {
    #[doc(hidden)]
    fn bind(self, how: &BindOptions) -> impl Future<Output = io::Result<Bound>> + Send;
}

impl Listen for u16 {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        Bound::port(self, how)
    }
}

impl Listen for SocketAddr {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        Bound::tcp([self], how)
    }
}

impl<I: Into<IpAddr> + Send> Listen for (I, u16) {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        Bound::tcp([(self.0.into(), self.1).into()], how)
    }
}

impl Listen for &str {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        if let Ok(port) = self.parse::<u16>() {
            return Bound::port(port, how);
        }
        let addrs = tokio::net::lookup_host(self).await;
        Bound::tcp(addrs.map_err(|error| said(&self, &error))?, how)
    }
}

impl Listen for String {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        self.as_str().bind(how).await
    }
}

impl Listen for TcpListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::given(Box::new(self))
    }
}

impl Listen for tokio::net::TcpListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::given(Box::new(self.into_std()?))
    }
}

#[cfg(unix)]
impl Listen for &Path {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        Bound::unix(self, how)
    }
}

#[cfg(unix)]
impl Listen for PathBuf {
    async fn bind(self, how: &BindOptions) -> io::Result<Bound> {
        Bound::unix(&self, how)
    }
}

#[cfg(unix)]
impl Listen for UnixListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::given(Box::new(self))
    }
}

#[cfg(unix)]
impl Listen for tokio::net::UnixListener {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::given(Box::new(self.into_std()?))
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for u16 {}
    impl Sealed for std::net::SocketAddr {}
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
    impl Sealed for crate::http::server::Systemd {}
}

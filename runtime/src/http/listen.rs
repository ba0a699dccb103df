//! Where a server listens.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
#[cfg(unix)]
use std::path::{Path, PathBuf};
use std::task::{Context, Poll, ready};

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

use super::io::Stream;
use super::socket::{Endpoint, Socket};
use super::wire::Wire;

/// What [`Server::listen`](super::Server::listen) takes.
///
/// | value | listens at |
/// |---|---|
/// | a number, `3000` | that port, on every interface, over IPv6 and IPv4 where the system does both at once |
/// | `"127.0.0.1:3000"`, `"localhost:3000"`, a `String` | that address; a name is looked up |
/// | `"3000"`, a `String` | that port, as above |
/// | `SocketAddr`, `(IpAddr, u16)` | that address |
/// | `Path`, `PathBuf` (Unix) | a Unix socket, whose file is removed at the end |
/// | `TcpListener`, `UnixListener`, of std or tokio | what it is bound to |
///
/// Port 0 is any free port; [`Server::address`](super::Server::address) and
/// [`event::Listening`](super::event::Listening) say which it is.
#[diagnostic::on_unimplemented(
    message = "a server cannot listen at `{Self}`",
    label = "this is no address",
    note = "an address is a port as in `3000`, text as in \"127.0.0.1:3000\", a `SocketAddr`, an `(IpAddr, u16)`, \
            a `Path` for a Unix socket, or a bound listener"
)]
pub trait Listen: sealed::Sealed + Send {
    #[doc(hidden)]
    fn bind(self) -> impl Future<Output = io::Result<Listener>> + Send;
}

/// A bound socket.
#[derive(Debug)]
pub struct Listener(Bound);

#[derive(Debug)]
enum Bound {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(UnixListener),
    /// As above; the file is ours.
    #[cfg(unix)]
    UnixFile(UnixListener, PathBuf),
}

impl Listener {
    pub(crate) fn address(&self) -> io::Result<Address> {
        let end = match &self.0 {
            Bound::Tcp(listener) => Endpoint::from(listener.local_addr()?),
            #[cfg(unix)]
            Bound::Unix(listener) | Bound::UnixFile(listener, _) => {
                Endpoint::unix(listener.local_addr()?.as_pathname())
            }
        };
        Ok(Address(end))
    }

    pub(crate) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<(Stream, Socket)>> {
        match &self.0 {
            Bound::Tcp(listener) => {
                let (stream, remote) = ready!(listener.poll_accept(cx))?;
                // Without it an answer that needs two packets waits for the client's delayed acknowledgement.
                stream.set_nodelay(true)?;
                let remote_addr: Endpoint = remote.into();
                let local_addr = stream.local_addr()?.into();
                Poll::Ready(Ok((
                    Stream::Tcp(stream),
                    Socket::new(remote_addr, local_addr, Wire::detached()),
                )))
            }
            #[cfg(unix)]
            Bound::Unix(listener) | Bound::UnixFile(listener, _) => {
                let (stream, remote) = ready!(listener.poll_accept(cx))?;
                let remote_addr = Endpoint::unix(remote.as_pathname());
                let local_addr = Endpoint::unix(stream.local_addr()?.as_pathname());
                Poll::Ready(Ok((
                    Stream::Unix(stream),
                    Socket::new(remote_addr, local_addr, Wire::detached()),
                )))
            }
        }
    }
}

#[cfg(unix)]
impl Drop for Listener {
    fn drop(&mut self) {
        if let Bound::UnixFile(_, path) = &self.0 {
            // Nobody can be told, and whoever binds next will be.
            drop(std::fs::remove_file(path));
        }
    }
}

async fn tcp(addr: impl tokio::net::ToSocketAddrs) -> io::Result<Listener> {
    TcpListener::bind(addr).await.map(Bound::Tcp).map(Listener)
}

impl Listen for u16 {
    async fn bind(self) -> io::Result<Listener> {
        match tcp((Ipv6Addr::UNSPECIFIED, self)).await {
            Ok(listener) => Ok(listener),
            // The port is taken; or there is no IPv6, and then IPv4 may do.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
            Err(_) => tcp((Ipv4Addr::UNSPECIFIED, self)).await,
        }
    }
}

impl Listen for SocketAddr {
    async fn bind(self) -> io::Result<Listener> {
        tcp(self).await
    }
}

impl<I: Into<IpAddr> + Send> Listen for (I, u16) {
    async fn bind(self) -> io::Result<Listener> {
        tcp((self.0.into(), self.1)).await
    }
}

impl Listen for &str {
    async fn bind(self) -> io::Result<Listener> {
        match self.parse::<u16>() {
            Ok(port) => port.bind().await,
            Err(_) => tcp(self).await,
        }
    }
}

impl Listen for String {
    async fn bind(self) -> io::Result<Listener> {
        self.as_str().bind().await
    }
}

impl Listen for TcpListener {
    async fn bind(self) -> io::Result<Listener> {
        Ok(Listener(Bound::Tcp(self)))
    }
}

impl Listen for std::net::TcpListener {
    async fn bind(self) -> io::Result<Listener> {
        self.set_nonblocking(true)?;
        TcpListener::from_std(self)?.bind().await
    }
}

#[cfg(unix)]
impl Listen for &Path {
    async fn bind(self) -> io::Result<Listener> {
        self.to_owned().bind().await
    }
}

#[cfg(unix)]
impl Listen for PathBuf {
    async fn bind(self) -> io::Result<Listener> {
        Ok(Listener(Bound::UnixFile(UnixListener::bind(&self)?, self)))
    }
}

#[cfg(unix)]
impl Listen for UnixListener {
    async fn bind(self) -> io::Result<Listener> {
        Ok(Listener(Bound::Unix(self)))
    }
}

#[cfg(unix)]
impl Listen for std::os::unix::net::UnixListener {
    async fn bind(self) -> io::Result<Listener> {
        self.set_nonblocking(true)?;
        UnixListener::from_std(self)?.bind().await
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
}

/// Where a server listens: the payload of [`event::Listening`](super::event::Listening). Node: `server.address()`.
///
/// It displays as the URL to open, which is on `localhost` if the server listens on every interface.
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// let handle = server.clone();
/// server.on(event::Listening, move |at| {
///     assert_eq!(at.to_string(), format!("http://localhost:{}", at.port().unwrap()));
///     handle.close();
/// });
/// server.listen(0).await
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Endpoint);

impl Address {
    /// Address and port, unless this is a Unix socket. Node: `server.address().address`.
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        self.0.socket_addr()
    }

    /// The port, unless this is a Unix socket. Node: `server.address().port`.
    pub fn port(&self) -> Option<u16> {
        self.0.port()
    }

    /// The path of the Unix socket.
    #[cfg(unix)]
    pub fn unix_path(&self) -> Option<&Path> {
        self.0.unix_path()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.socket_addr() {
            Some(addr) if addr.ip().is_unspecified() => {
                write!(f, "http://localhost:{}", addr.port())
            }
            Some(addr) => write!(f, "http://{addr}"),
            None => self.0.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(addr: &str) -> String {
        let addr: SocketAddr = addr.parse().expect("an address");
        Address(addr.into()).to_string()
    }

    #[test]
    fn an_address_is_a_url_to_open() {
        assert_eq!(shown("[::]:3000"), "http://localhost:3000");
        assert_eq!(shown("0.0.0.0:80"), "http://localhost:80");
        assert_eq!(shown("127.0.0.1:3000"), "http://127.0.0.1:3000");
        assert_eq!(shown("[::1]:3000"), "http://[::1]:3000");
    }
}

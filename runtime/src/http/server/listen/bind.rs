//! Binds sockets, which do not belong to a runtime yet.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

use crate::http::server::listen::socket_listener::SocketListener;
use crate::http::socket::address::Address;

/// The options with which a server binds its sockets.
#[derive(Clone, Debug)]
pub struct BindOptions {
    /// How many connections may wait to be accepted.
    pub(crate) backlog: u32,
    /// Whether other processes may listen on the same address.
    pub(crate) reuse_port: bool,
    /// Whether an IPv6 socket rejects IPv4 clients.
    pub(crate) ipv6_only: bool,
    /// The permissions of a Unix socket's file.
    #[cfg(unix)]
    pub(crate) unix_mode: Option<u32>,
    /// The number of sockets to bind, each with its own queue, if the operating system balances connections among them.
    pub(crate) sockets: usize,
}

impl Default for BindOptions {
    fn default() -> Self {
        Self {
            backlog: 511,
            reuse_port: false,
            ipv6_only: false,
            #[cfg(unix)]
            unix_mode: None,
            sockets: 1,
        }
    }
}

impl BindOptions {
    pub(crate) fn backlog(&self) -> i32 {
        self.backlog.try_into().unwrap_or(i32::MAX)
    }
}

/// The sockets that were bound for a server.
pub struct Bound {
    pub(crate) socket: BoundSocket,
    /// More sockets on the same address, each with its own queue.
    pub(crate) siblings: Vec<BoundSocket>,
    /// Whether no other process accepts from these sockets, so that connections left in their queues at the end would
    /// be lost.
    pub(crate) exclusive: bool,
    /// Dropped when the server stops listening.
    pub(crate) guard: Option<Box<dyn Send + Sync>>,
    /// Whether the connections of these sockets do not use TLS, even if the server does.
    #[cfg(feature = "tls")]
    pub(crate) is_plain: bool,
}

pub(crate) type BoundSocket = Box<dyn ListeningSocket>;

/// A listening socket. Only the code that creates a listening socket names its type, so that a program contains no
/// code for types that it does not use.
pub(crate) trait ListeningSocket: Send + Sync {
    fn address(&self) -> io::Result<Address>;

    fn try_clone(&self) -> io::Result<BoundSocket>;

    fn set_nonblocking(&self) -> io::Result<()>;

    /// Registers the socket with the current runtime.
    fn register(self: Box<Self>) -> io::Result<Box<dyn SocketListener>>;
}

impl Bound {
    /// Wraps a socket that the caller has bound.
    pub(crate) fn prebound(socket: BoundSocket) -> io::Result<Self> {
        socket.set_nonblocking()?;
        Ok(Self {
            socket,
            siblings: Vec::new(),
            exclusive: false,
            guard: None,
            #[cfg(feature = "tls")]
            is_plain: false,
        })
    }

    /// Binds to the first address for which binding succeeds.
    pub(crate) fn tcp(
        addrs: impl IntoIterator<Item = SocketAddr>,
        options: &BindOptions,
    ) -> io::Result<Self> {
        let mut last = None;
        for addr in addrs {
            match tcp(addr, options) {
                Ok(bound) => return Ok(bound),
                Err(error) => last = Some(with_address(&addr, &error)),
            }
        }
        Err(last.unwrap_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable)))
    }

    /// Binds to a port on all interfaces: over IPv6 and IPv4, or over IPv4 alone if there is no IPv6.
    pub(crate) fn port(port: u16, options: &BindOptions) -> io::Result<Self> {
        match Self::tcp([(Ipv6Addr::UNSPECIFIED, port).into()], options) {
            // Both `AddrInUse` and `PermissionDenied` show that IPv6 is available: binding over IPv4 would fail too.
            Err(error)
                if !matches!(
                    error.kind(),
                    io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied
                ) =>
            {
                Self::tcp([(Ipv4Addr::UNSPECIFIED, port).into()], options)
            }
            bound => bound,
        }
    }
}

/// Returns an error of the same kind whose message contains the address.
pub(crate) fn with_address(addr: &dyn fmt::Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot listen on {addr}: {error}"))
}

fn tcp(addr: SocketAddr, options: &BindOptions) -> io::Result<Bound> {
    let socket = tcp_socket(addr, options, options.reuse_port)?;
    let mut siblings = Vec::new();
    if BALANCES && options.sockets > 1 {
        // The first socket is bound before its port is shared, so that binding fails if another process uses
        // the port.
        share_port(&socket)?;
        let addr = socket.local_addr()?.as_socket().unwrap_or(addr);
        for _ in 1..options.sockets {
            siblings.push(tcp_socket(addr, options, true)?);
        }
    }
    let listen = |socket: Socket| -> io::Result<BoundSocket> {
        socket.listen(options.backlog())?;
        Ok(Box::new(TcpListener::from(socket)))
    };
    let socket = listen(socket)?;
    let mut listening = Vec::new();
    for sibling in siblings {
        listening.push(listen(sibling)?);
    }
    Ok(Bound {
        socket,
        siblings: listening,
        exclusive: true,
        guard: None,
        #[cfg(feature = "tls")]
        is_plain: false,
    })
}

fn tcp_socket(addr: SocketAddr, options: &BindOptions, shared: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    // Lets a restarted server bind to its port at once. On Windows, the option would let other processes take over the
    // port.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    if addr.is_ipv6() {
        socket.set_only_v6(options.ipv6_only)?;
    }
    if shared {
        share_port(&socket)?;
    }
    limit_unsent(&socket);
    socket.bind(&addr.into())?;
    Ok(socket)
}

/// Limits what the operating system buffers for a client that does not read. Accepted sockets inherit the limit.
///
/// Without the limit, Linux would buffer several megabytes for each such client. If the client's window is small, the
/// kernel splits the buffered data into small segments, which takes milliseconds. A response counts as sent once it is
/// in the kernel's buffer, so `send_timeout` would not notice that the client does not read. Data in flight is not
/// limited, so the throughput is not limited either.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn limit_unsent(socket: &Socket) {
    const UNSENT: u32 = 64 * 1024;
    // On a kernel without this option, the server can still serve clients that read.
    drop(socket.set_tcp_notsent_lowat(UNSENT));
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn limit_unsent(_socket: &Socket) {}

/// Whether the operating system distributes connections among sockets that share a port.
const BALANCES: bool = cfg!(any(target_os = "linux", target_os = "android"));

#[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
fn share_port(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_port(true)
}

#[cfg(not(all(unix, not(any(target_os = "solaris", target_os = "illumos")))))]
fn share_port(_socket: &Socket) -> io::Result<()> {
    let message = "SO_REUSEPORT is not supported on this platform";
    Err(io::Error::new(io::ErrorKind::Unsupported, message))
}

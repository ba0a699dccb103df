//! Sockets that listen, before a runtime knows of them.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

use crate::http::server::listen::socket_listener::SocketListener;
use crate::http::socket::address::Address;

/// How a server binds.
#[derive(Clone, Debug)]
pub struct BindOptions {
    /// How many connections may wait to be accepted.
    pub(crate) backlog: u32,
    /// Other processes may listen at the same address.
    pub(crate) reuse_port: bool,
    pub(crate) ipv6_only: bool,
    /// The permissions of a Unix socket's file.
    #[cfg(unix)]
    pub(crate) unix_mode: Option<u32>,
    /// How many listeners are wanted, each with a queue of its own, where the system can do that.
    pub(crate) listeners: usize,
}

impl Default for BindOptions {
    fn default() -> Self {
        Self {
            backlog: 511,
            reuse_port: false,
            ipv6_only: false,
            #[cfg(unix)]
            unix_mode: None,
            listeners: 1,
        }
    }
}

impl BindOptions {
    pub(crate) fn backlog(&self) -> i32 {
        self.backlog.try_into().unwrap_or(i32::MAX)
    }
}

/// What came of it.
pub struct Bound {
    pub(crate) socket: BoundSocket,
    /// More at the same address, each with a queue of its own.
    pub(crate) siblings: Vec<BoundSocket>,
    /// Nobody else accepts from them: what waits in their queues at the end would be lost.
    pub(crate) exclusive: bool,
    /// What is undone when the server listens no more: that is when this is dropped.
    pub(crate) guard: Option<Box<dyn Send + Sync>>,
}

pub(crate) type BoundSocket = Box<dyn ListeningSocket>;

/// A socket of some kind. The kind is known where the socket is made and nowhere else, so that a program has no code for
/// kinds that it does not use.
pub(crate) trait ListeningSocket: Send + Sync {
    fn address(&self) -> io::Result<Address>;

    fn try_clone(&self) -> io::Result<BoundSocket>;

    fn set_nonblocking(&self) -> io::Result<()>;

    /// Makes it known to the runtime this is called in.
    fn register(self: Box<Self>) -> io::Result<Box<dyn SocketListener>>;
}

impl Bound {
    /// A socket that somebody else bound.
    pub(crate) fn given(socket: BoundSocket) -> io::Result<Self> {
        socket.set_nonblocking()?;
        Ok(Self {
            socket,
            siblings: Vec::new(),
            exclusive: false,
            guard: None,
        })
    }

    /// BindFuture to the first of the addresses that can be bound to.
    pub(crate) fn tcp(
        addrs: impl IntoIterator<Item = SocketAddr>,
        how: &BindOptions,
    ) -> io::Result<Self> {
        let mut last = None;
        for addr in addrs {
            match tcp(addr, how) {
                Ok(bound) => return Ok(bound),
                Err(error) => last = Some(said(&addr, &error)),
            }
        }
        Err(last.unwrap_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable)))
    }

    /// BindFuture to a port on every interface.
    pub(crate) fn port(port: u16, how: &BindOptions) -> io::Result<Self> {
        match Self::tcp([(Ipv6Addr::UNSPECIFIED, port).into()], how) {
            // The port is taken, or not for us; or there is no IPv6, and then IPv4 may do.
            Err(error)
                if !matches!(
                    error.kind(),
                    io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied
                ) =>
            {
                Self::tcp([(Ipv4Addr::UNSPECIFIED, port).into()], how)
            }
            bound => bound,
        }
    }
}

/// The same error, saying at what address.
pub(crate) fn said(addr: &dyn std::fmt::Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot listen at {addr}: {error}"))
}

fn tcp(addr: SocketAddr, how: &BindOptions) -> io::Result<Bound> {
    let socket = tcp_socket(addr, how, how.reuse_port)?;
    let mut siblings = Vec::new();
    if BALANCES && how.listeners > 1 {
        // Bound as the only one, shared from then on: a port that another process has is taken all the same.
        share_port(&socket)?;
        let addr = socket.local_addr()?.as_socket().unwrap_or(addr);
        for _ in 1..how.listeners {
            siblings.push(tcp_socket(addr, how, true)?);
        }
    }
    let listen = |socket: Socket| -> io::Result<BoundSocket> {
        socket.listen(how.backlog())?;
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
    })
}

fn tcp_socket(addr: SocketAddr, how: &BindOptions, shared: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    // A restarted server gets its port back at once. On Windows the option means something else: stealing it.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    if addr.is_ipv6() {
        socket.set_only_v6(how.ipv6_only)?;
    }
    if shared {
        share_port(&socket)?;
    }
    socket.bind(&addr.into())?;
    Ok(socket)
}

/// Whether the system spreads connections over listeners that share a port.
const BALANCES: bool = cfg!(any(target_os = "linux", target_os = "android"));

#[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
fn share_port(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_port(true)
}

#[cfg(not(all(unix, not(any(target_os = "solaris", target_os = "illumos")))))]
fn share_port(_socket: &Socket) -> io::Result<()> {
    let what = "this system has no SO_REUSEPORT";
    Err(io::Error::new(io::ErrorKind::Unsupported, what))
}

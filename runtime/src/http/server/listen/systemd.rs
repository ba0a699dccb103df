//! Sockets that the service manager passed.

use std::env;
use std::io;
use std::os::fd::AsFd;
use std::sync::{LazyLock, Mutex};

use listenfd::ListenFd;
use socket2::SockRef;

use crate::http::server::listen::Listen;
use crate::http::server::listen::bind::{BindOptions, Bound, BoundSocket, ListeningSocket};
use crate::http::sync::lock;

/// A listening socket that systemd passed to this process (socket activation), for
/// [`Server::listen`](crate::http::server::Server::listen) and [`Server::run`](crate::http::server::Server::run). Needs the feature `systemd`.
///
/// While the service restarts, systemd keeps the socket, and clients wait in its queue: none is lost. The protocol
/// (`LISTEN_FDS`, `LISTEN_PID`, `LISTEN_FDNAMES`) is that of `sd_listen_fds(3)`; systemfd and others speak it too. TCP and
/// Unix stream sockets can be served, with `Accept=no` as it is by default.
///
/// Each socket is taken once: where a unit has several `ListenStream=`, there are as many servers, or names. If none is
/// left, listening fails with `NotFound`. Node: `server.listen({ fd: 3 })`.
///
/// ```no_run
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.listen(http::Systemd::socket()).await
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Systemd {
    /// `None`: whatever its name.
    name: Option<String>,
}

impl Systemd {
    /// The first socket that was not taken yet.
    ///
    /// ```no_run
    /// # use onward::prelude::*;
    /// # async fn listen(server: http::Server) -> std::io::Result<()> {
    /// server.listen(http::Systemd::socket()).await
    /// # }
    /// ```
    pub fn socket() -> Self {
        Self { name: None }
    }

    /// The first socket of this name, `FileDescriptorName=` in its unit, that was not taken yet.
    ///
    /// ```no_run
    /// # use onward::prelude::*;
    /// # async fn listen(server: http::Server) -> std::io::Result<()> {
    /// server.listen(http::Systemd::named("admin")).await
    /// # }
    /// ```
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
        }
    }
}

impl Listen for Systemd {
    async fn bind(self, _: &BindOptions) -> io::Result<Bound> {
        Bound::given(lock(&PASSED).take(self.name.as_deref())?)
    }
}

/// The sockets of this process. They are asked for once: whoever asks takes them.
static PASSED: LazyLock<Mutex<InheritedSocket>> =
    LazyLock::new(|| Mutex::new(InheritedSocket::from_env()));

struct InheritedSocket {
    sockets: ListenFd,
    /// The names of those that are left; some may have none.
    names: Vec<Option<String>>,
}

impl InheritedSocket {
    fn from_env() -> Self {
        let sockets = ListenFd::from_env();
        let listed = env::var("LISTEN_FDNAMES").unwrap_or_default();
        let mut listed = listed.split(':').map(str::to_owned);
        let names = (0..sockets.len()).map(|_| Some(listed.next().unwrap_or_default()));
        Self {
            names: names.collect(),
            sockets,
        }
    }

    fn take(&mut self, name: Option<&str>) -> io::Result<BoundSocket> {
        let fits = |left: &Option<String>| match (left, name) {
            (Some(left), Some(name)) => left == name,
            (left, _) => left.is_some(),
        };
        let Some(at) = self.names.iter().position(fits) else {
            return Err(io::Error::new(io::ErrorKind::NotFound, self.missing(name)));
        };
        let socket = taken(&mut self.sockets, at)?;
        self.names[at] = None;
        Ok(socket)
    }

    fn missing(&self, name: Option<&str>) -> String {
        let left: Vec<_> = self
            .names
            .iter()
            .flatten()
            .map(|left| format!("`{left}`"))
            .collect();
        match name {
            _ if self.names.is_empty() => "systemd passed no socket to this process".to_owned(),
            None => "all sockets that systemd passed are taken".to_owned(),
            Some(name) if left.is_empty() => {
                format!("systemd passed no socket `{name}` that is not taken")
            }
            Some(name) => format!(
                "systemd passed no socket `{name}` that is not taken; there is {}",
                left.join(", ")
            ),
        }
    }
}

/// Takes a socket as what it is.
fn taken(sockets: &mut ListenFd, at: usize) -> io::Result<BoundSocket> {
    match sockets.take_tcp_listener(at) {
        Ok(tcp) => listening(tcp),
        Err(_) => listening(sockets.take_unix_listener(at)?),
    }
}

fn listening<S: ListeningSocket + AsFd + 'static>(socket: Option<S>) -> io::Result<BoundSocket> {
    let socket = socket.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    if !listens(&SockRef::from(&socket))? {
        let what = "systemd passed a socket that does not listen: its unit needs `Accept=no`";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    Ok(Box::new(socket))
}

fn listens(socket: &SockRef<'_>) -> io::Result<bool> {
    #[cfg(any(target_os = "android", target_os = "linux"))]
    return socket.is_listener();
    // Others cannot say.
    #[cfg(not(any(target_os = "android", target_os = "linux")))]
    Ok(socket.local_addr().is_ok())
}

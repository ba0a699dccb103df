//! Sockets that the service manager passed to the process.

use std::env;
use std::io;
use std::os::fd::AsFd;
use std::sync::{LazyLock, Mutex};

use listenfd::ListenFd;
use socket2::SockRef;

use crate::http::server::listen::Listen;
use crate::http::server::listen::bind::{BindOptions, Bound, BoundSocket, ListeningSocket};
use crate::http::sync::lock;

/// A listening socket that systemd passed to the process (socket activation); an address for
/// [`Server::listen`](crate::http::server::Server::listen) and [`Server::run`](crate::http::server::Server::run).
///
/// While the service restarts, systemd keeps the socket open and clients wait in its queue, so no connection is lost.
/// The protocol is described in `sd_listen_fds(3)` (`LISTEN_FDS`, `LISTEN_PID`, `LISTEN_FDNAMES`); other tools such as
/// systemfd implement it as well. TCP and Unix stream sockets are supported, with `Accept=no` in the unit (the
/// default). Each socket can be used once: for a unit with several `ListenStream=`, pass one `Systemd` per socket to
/// [`also_listen`](crate::http::server::Server::also_listen) or to another server. Needs the feature `systemd`.
/// Node.js: `server.listen({ fd: 3 })`.
///
/// # Errors
///
/// Listening fails with:
///
/// - `NotFound` if systemd passed no such socket, or if the socket is already in use;
/// - `InvalidInput` if the socket does not listen.
///
/// # Examples
///
/// ```no_run
/// use onward::http;
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
    /// `None` for a socket of any name.
    name: Option<String>,
}

impl Systemd {
    /// Selects the first socket that is not in use.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # async fn listen(server: http::Server) -> std::io::Result<()> {
    /// server.listen(http::Systemd::socket()).await
    /// # }
    /// ```
    pub fn socket() -> Self {
        Self { name: None }
    }

    /// Selects the first socket with this name that is not in use.
    ///
    /// `FileDescriptorName=` in the socket unit sets the name.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::http;
    /// use onward::prelude::*;
    ///
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
        Bound::prebound(lock(&INHERITED).take(self.name.as_deref())?)
    }
}

/// The sockets of this process. `ListenFd` takes them from the environment, so they are read once.
static INHERITED: LazyLock<Mutex<InheritedSockets>> =
    LazyLock::new(|| Mutex::new(InheritedSockets::from_env()));

struct InheritedSockets {
    sockets: ListenFd,
    /// The name of each socket, or `None` once the socket is taken. The name may be empty.
    names: Vec<Option<String>>,
}

impl InheritedSockets {
    fn from_env() -> Self {
        let sockets = ListenFd::from_env();
        let names = env::var("LISTEN_FDNAMES").unwrap_or_default();
        let mut names = names.split(':').map(str::to_owned);
        let names = (0..sockets.len()).map(|_| Some(names.next().unwrap_or_default()));
        Self {
            names: names.collect(),
            sockets,
        }
    }

    fn take(&mut self, name: Option<&str>) -> io::Result<BoundSocket> {
        let matches = |unused: &Option<String>| match (unused, name) {
            (Some(unused), Some(name)) => unused == name,
            (unused, _) => unused.is_some(),
        };
        let Some(index) = self.names.iter().position(matches) else {
            let message = self.missing_message(name);
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        };
        let socket = take_socket(&mut self.sockets, index)?;
        self.names[index] = None;
        Ok(socket)
    }

    fn missing_message(&self, name: Option<&str>) -> String {
        if self.names.is_empty() {
            return "systemd passed no sockets to this process".to_owned();
        }
        let Some(name) = name else {
            return "all sockets that systemd passed are in use".to_owned();
        };
        let unused = self.names.iter().flatten();
        let unused: Vec<_> = unused.map(|name| format!("`{name}`")).collect();
        match unused.is_empty() {
            true => format!("systemd passed no unused socket named `{name}`"),
            false => format!(
                "systemd passed no unused socket named `{name}`; unused: {}",
                unused.join(", ")
            ),
        }
    }
}

/// Takes a socket as a TCP listener, or as a Unix listener if it is not a TCP socket.
fn take_socket(sockets: &mut ListenFd, index: usize) -> io::Result<BoundSocket> {
    match sockets.take_tcp_listener(index) {
        Ok(tcp) => checked(tcp),
        Err(_) => checked(sockets.take_unix_listener(index)?),
    }
}

fn checked<S: ListeningSocket + AsFd + 'static>(socket: Option<S>) -> io::Result<BoundSocket> {
    let socket = socket.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    if !is_listening(&SockRef::from(&socket))? {
        let message = "systemd passed a socket that does not listen; use `Accept=no` in its unit";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok(Box::new(socket))
}

fn is_listening(socket: &SockRef<'_>) -> io::Result<bool> {
    #[cfg(any(target_os = "android", target_os = "linux"))]
    return socket.is_listener();
    // Some other operating systems do not have `is_listener`.
    #[cfg(not(any(target_os = "android", target_os = "linux")))]
    Ok(socket.local_addr().is_ok())
}

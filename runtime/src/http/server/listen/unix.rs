//! Binds Unix sockets and removes their files.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{self, UnixListener};
use std::path::{Path, PathBuf};
use std::task::{Context, Poll};

use socket2::{Domain, SockAddr, Type};
use tokio::net::UnixStream;

use crate::http::connection::stream::SocketStream;
use crate::http::server::listen::bind::{
    BindOptions, Bound, BoundSocket, ListeningSocket, with_address,
};
use crate::http::server::listen::socket_listener::{Accepted, SocketListener};
use crate::http::socket::address::Address;
use crate::http::socket::handle::ConnectionHandle;
use crate::http::socket::{Endpoint, Socket};

/// The file of a socket that this server bound. Dropping this value removes the file, unless another server has
/// replaced it.
struct SocketFile {
    path: PathBuf,
    /// The device and inode of the file. Another server may replace the file before this server ends.
    id: (u64, u64),
}

impl SocketFile {
    fn new(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            id: identity(path)?,
        })
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|id| id == self.id) {
            // There is no caller to return an error to, and the next server replaces a stale file.
            drop(fs::remove_file(&self.path));
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let file = fs::symlink_metadata(path)?;
    Ok((file.dev(), file.ino()))
}

impl ListeningSocket for UnixListener {
    fn address(&self) -> io::Result<Address> {
        Ok(Address::new(endpoint(&self.local_addr()?)))
    }

    fn try_clone(&self) -> io::Result<BoundSocket> {
        Ok(Box::new(self.try_clone()?))
    }

    fn set_nonblocking(&self) -> io::Result<()> {
        self.set_nonblocking(true)
    }

    fn register(self: Box<Self>) -> io::Result<Box<dyn SocketListener>> {
        Ok(Box::new(tokio::net::UnixListener::from_std(*self)?))
    }
}

impl SocketListener for tokio::net::UnixListener {
    fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<io::Result<Accepted>> {
        let accepted = self.poll_accept(cx);
        accepted.map_ok(|(stream, remote)| Accepted::Other(configure(stream, &remote.into())))
    }

    fn into_pending(self: Box<Self>) -> Box<dyn Iterator<Item = Accepted>> {
        let listener = self.into_std().ok();
        Box::new(std::iter::from_fn(move || {
            let (stream, remote) = listener.as_ref()?.accept().ok()?;
            stream.set_nonblocking(true).ok()?;
            let stream = UnixStream::from_std(stream).ok()?;
            Some(Accepted::Other(configure(stream, &remote)))
        }))
    }
}

fn configure(stream: UnixStream, remote: &net::SocketAddr) -> io::Result<(SocketStream, Socket)> {
    let local = stream.local_addr()?.into();
    let socket = Socket::new(
        endpoint(remote),
        endpoint(&local),
        ConnectionHandle::detached(),
    );
    Ok((SocketStream::from(stream), socket))
}

fn endpoint(addr: &net::SocketAddr) -> Endpoint {
    Endpoint::unix(addr.as_pathname())
}

impl Bound {
    /// Binds to a Unix socket at this path.
    pub(crate) fn unix(path: &Path, options: &BindOptions) -> io::Result<Self> {
        unix(path, options).map_err(|error| with_address(&path.display(), &error))
    }
}

fn unix(path: &Path, options: &BindOptions) -> io::Result<Bound> {
    let addr = SockAddr::unix(path)?;
    let socket = socket2::Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    match socket.bind(&addr) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            remove_stale(path, &addr, error)?;
            socket.bind(&addr)?;
        }
        bound => bound?,
    }
    let file = SocketFile::new(path)?;
    if let Some(mode) = options.unix_mode {
        // No client can connect before `listen`.
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    socket.listen(options.backlog())?;
    Ok(Bound {
        socket: Box::new(UnixListener::from(socket)),
        siblings: Vec::new(),
        exclusive: true,
        guard: Some(Box::new(file)),
        #[cfg(feature = "tls")]
        is_plain: false,
    })
}

/// Removes the socket file of a server that crashed, and no other file.
fn remove_stale(path: &Path, addr: &SockAddr, in_use: io::Error) -> io::Result<()> {
    let file = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    if !file.file_type().is_socket() {
        let message = "a file exists at this path and is not a socket";
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    let client = socket2::Socket::new(Domain::UNIX, Type::STREAM, None)?;
    // The socket is nonblocking, because connecting to a running server whose queue is full would block.
    client.set_nonblocking(true)?;
    match client.connect(addr) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path),
        _ => Err(in_use),
    }
}

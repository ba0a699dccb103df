//! Listening at a Unix socket: its file is made, guarded and removed.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, Socket, Type};

use super::bind::{Binding, Bound, BoundSocket, said};

/// The file of a socket that we bound. It goes with its server.
#[derive(Debug)]
pub(crate) struct SocketFile {
    path: PathBuf,
    /// Device and inode: by then another server may have put its own in this place.
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
            // Nobody can be told, and whoever binds next takes it for what it is.
            drop(fs::remove_file(&self.path));
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let file = fs::symlink_metadata(path)?;
    Ok((file.dev(), file.ino()))
}

impl Bound {
    /// Binds to a Unix socket of this name.
    pub(crate) fn unix(path: &Path, how: &Binding) -> io::Result<Self> {
        unix(path, how).map_err(|error| said(&path.display(), &error))
    }
}

fn unix(path: &Path, how: &Binding) -> io::Result<Bound> {
    let addr = SockAddr::unix(path)?;
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    match socket.bind(&addr) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            remove_stale(path, &addr, error)?;
            socket.bind(&addr)?;
        }
        bound => bound?,
    }
    let file = SocketFile::new(path)?;
    if let Some(mode) = how.unix_mode {
        // Before anybody can connect: until it listens, a socket refuses.
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    socket.listen(how.backlog())?;
    Ok(Bound {
        socket: BoundSocket::Unix(socket.into()),
        siblings: Vec::new(),
        ours: true,
        file: Some(file),
    })
}

/// Removes what a server that died left behind: a socket that nobody answers on, and nothing else.
fn remove_stale(path: &Path, addr: &SockAddr, in_use: io::Error) -> io::Result<()> {
    let file = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    if !file.file_type().is_socket() {
        let what = "there is a file of that name, and it is no socket";
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, what));
    }
    let client = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    // A server whose queue is full is alive: do not wait for it.
    client.set_nonblocking(true)?;
    match client.connect(addr) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(path),
        _ => Err(in_use),
    }
}

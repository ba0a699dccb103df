//! Servers on Unix sockets.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use onward::http;
use onward::http::Server;
use onward::prelude::*;
use tokio::net::UnixStream;
use tokio::task::JoinHandle;

use crate::client::{Wire, get, soon};

/// A path for a socket. Dropping it removes the file.
struct TempPath(PathBuf);

impl TempPath {
    fn new(name: &str) -> Self {
        let name = format!("onward-{name}-{}.sock", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for TempPath {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

fn hello() -> Server {
    http::create_server(|req, res| async move {
        assert!(req.socket.remote_addr.socket_addr().is_none());
        res.send(req.socket.local_addr.to_string())
    })
}

async fn listen(server: &Server, path: &Path) -> JoinHandle<io::Result<()>> {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        sender.send(at.to_string()).unwrap()
    });
    let listening = tokio::spawn(server.clone().listen(path.to_owned()));
    let displayed = format!("unix:{}", path.display());
    assert_eq!(soon("the address", receiver).await.unwrap(), displayed);
    listening
}

/// Sends a request to the server, and closes the server.
async fn check_and_close(server: Server, path: &Path, listening: JoinHandle<io::Result<()>>) {
    let mut wire = Wire::new(UnixStream::connect(path).await.unwrap());
    wire.send(get("/")).await;
    let displayed = format!("unix:{}", path.display());
    assert_eq!(wire.response().await.text(), displayed);
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_unix_socket_is_served_and_its_file_is_removed() {
    let path = TempPath::new("plain");
    let server = hello();
    let listening = listen(&server, &path.0).await;
    check_and_close(server, &path.0, listening).await;
    assert!(!path.0.exists());
}

#[tokio::test]
async fn the_permissions_of_the_socket_can_be_set() {
    let path = TempPath::new("mode");
    for mode in [0o600, 0o666] {
        let server = hello().unix_mode(mode);
        let listening = listen(&server, &path.0).await;
        let permissions = fs::metadata(&path.0).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, mode);
        check_and_close(server, &path.0, listening).await;
    }
}

#[tokio::test]
async fn the_file_of_a_crashed_server_is_replaced() {
    let path = TempPath::new("stale");
    drop(UnixListener::bind(&path.0).unwrap());
    assert!(path.0.exists());
    let server = hello();
    let listening = listen(&server, &path.0).await;
    check_and_close(server, &path.0, listening).await;
}

#[tokio::test]
async fn the_file_of_a_running_server_is_kept() {
    let path = TempPath::new("alive");
    let server = hello();
    let listening = listen(&server, &path.0).await;
    let error = hello().listen(&*path.0).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    check_and_close(server, &path.0, listening).await;
}

#[tokio::test]
async fn a_file_that_is_not_a_socket_is_kept() {
    let path = TempPath::new("file");
    fs::write(&path.0, "precious").unwrap();
    let error = hello().listen(&*path.0).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path.0).unwrap(), b"precious");
}

#[tokio::test]
async fn the_file_of_a_successor_is_kept() {
    let path = TempPath::new("successor");
    let server = hello();
    let listening = listen(&server, &path.0).await;
    fs::remove_file(&path.0).unwrap();
    let successor = hello();
    let succeeding = listen(&successor, &path.0).await;
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
    check_and_close(successor, &path.0, succeeding).await;
}

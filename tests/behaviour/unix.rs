//! Servers at Unix sockets.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use onward::http::Server;
use onward::prelude::*;
use tokio::net::UnixStream;
use tokio::task::JoinHandle;

use crate::client::{Wire, get, soon};

/// A place for a socket; what is there goes with it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let place = format!("onward-{name}-{}.sock", std::process::id());
        Self(std::env::temp_dir().join(place))
    }
}

impl Drop for Place {
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
    let (tell, told) = tokio::sync::oneshot::channel();
    server.once(event::Listening, move |at| {
        tell.send(at.to_string()).unwrap()
    });
    let listening = tokio::spawn(server.clone().listen(path.to_owned()));
    let shown = format!("unix:{}", path.display());
    assert_eq!(soon("the address", told).await.unwrap(), shown);
    listening
}

/// Asks the server there, and closes it.
async fn ends(server: Server, path: &Path, listening: JoinHandle<io::Result<()>>) {
    let mut wire = Wire::new(UnixStream::connect(path).await.unwrap());
    wire.send(get("/")).await;
    let shown = format!("unix:{}", path.display());
    assert_eq!(wire.answer().await.text(), shown);
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_unix_socket_is_served_and_its_file_removed() {
    let place = Place::new("plain");
    let server = hello();
    let listening = listen(&server, &place.0).await;
    ends(server, &place.0, listening).await;
    assert!(!place.0.exists());
}

#[tokio::test]
async fn its_permissions_can_be_set() {
    let place = Place::new("mode");
    for mode in [0o600, 0o666] {
        let server = hello().unix_mode(mode);
        let listening = listen(&server, &place.0).await;
        let permissions = fs::metadata(&place.0).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, mode);
        ends(server, &place.0, listening).await;
    }
}

#[tokio::test]
async fn what_a_dead_server_left_is_replaced() {
    let place = Place::new("stale");
    drop(UnixListener::bind(&place.0).unwrap());
    assert!(place.0.exists());
    let server = hello();
    let listening = listen(&server, &place.0).await;
    ends(server, &place.0, listening).await;
}

#[tokio::test]
async fn a_living_server_is_left_alone() {
    let place = Place::new("alive");
    let server = hello();
    let listening = listen(&server, &place.0).await;
    let error = hello().listen(&*place.0).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
    ends(server, &place.0, listening).await;
}

#[tokio::test]
async fn a_file_that_is_no_socket_is_left_alone() {
    let place = Place::new("file");
    fs::write(&place.0, "precious").unwrap();
    let error = hello().listen(&*place.0).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&place.0).unwrap(), b"precious");
}

#[tokio::test]
async fn the_file_of_a_successor_is_left_alone() {
    let place = Place::new("successor");
    let server = hello();
    let listening = listen(&server, &place.0).await;
    fs::remove_file(&place.0).unwrap();
    let successor = hello();
    let succeeding = listen(&successor, &place.0).await;
    server.close();
    soon("the end", listening).await.unwrap().unwrap();
    ends(successor, &place.0, succeeding).await;
}

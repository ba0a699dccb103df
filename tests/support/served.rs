//! A server for tests that use a socket. Several test programs include this file.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use onward::http::Server;
use tokio::task::JoinHandle;

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(20);

pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(HANGS, future).await {
        Ok(value) => value,
        Err(_) => panic!("timed out waiting for {what}"),
    }
}

/// A server that listens on a free port.
pub(crate) struct Served {
    pub(crate) addr: SocketAddr,
    pub(crate) server: Server,
    listening: JoinHandle<io::Result<()>>,
}

pub(crate) fn serve(server: Server) -> Served {
    // The listener is bound here, so that a client can connect immediately.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let listening = tokio::spawn(server.clone().listen(listener));
    Served {
        addr,
        server,
        listening,
    }
}

impl Served {
    /// Waits until the server is closed.
    pub(crate) async fn closed(self) {
        soon("the end of the server", self.listening)
            .await
            .unwrap()
            .unwrap();
    }
}

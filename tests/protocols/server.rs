use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use onward::http::Server;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::client::{Client, Protocol};

/// A test that hangs says where. Nothing is decided by this time.
const HANGS: Duration = Duration::from_secs(30);

pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(HANGS, future).await {
        Ok(value) => value,
        Err(_) => panic!("{what} did not come"),
    }
}

/// A server that listens on a free port.
pub(crate) struct Served {
    pub(crate) addr: SocketAddr,
    pub(crate) server: Server,
    listening: JoinHandle<io::Result<()>>,
}

pub(crate) fn serve(server: Server) -> Served {
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
    pub(crate) async fn connect(&self, protocol: Protocol) -> Client {
        Client::connect(self.addr, protocol).await
    }

    /// Waits until the server is closed.
    pub(crate) async fn closed(self) {
        let listening = soon("the end of the server", self.listening).await;
        listening.unwrap().unwrap();
    }
}

/// A place where a handler waits for its test.
#[derive(Clone, Default)]
pub(crate) struct Gate {
    reached: Arc<Notify>,
    open: Arc<Notify>,
}

impl Gate {
    pub(crate) async fn pass(&self) {
        self.reached.notify_one();
        self.open.notified().await;
    }

    pub(crate) async fn reached(&self) {
        soon("the handler", self.reached.notified()).await;
    }

    pub(crate) fn open(&self) {
        self.open.notify_one();
    }
}

/// Counts, and says when it is dropped: in a handler it shows that the handler is dropped.
#[derive(Clone, Default)]
pub(crate) struct Counter {
    count: Arc<AtomicUsize>,
    changed: Arc<Notify>,
}

impl Counter {
    pub(crate) fn add(&self) {
        self.count.fetch_add(1, Ordering::SeqCst);
        self.changed.notify_one();
    }

    pub(crate) fn get(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    pub(crate) async fn reaches(&self, count: usize) {
        let reached = async {
            while self.get() < count {
                self.changed.notified().await;
            }
        };
        soon("the count", reached).await;
    }

    pub(crate) fn on_drop(&self) -> AddOnDrop {
        AddOnDrop(self.clone())
    }
}

pub(crate) struct AddOnDrop(Counter);

impl Drop for AddOnDrop {
    fn drop(&mut self) {
        self.0.add();
    }
}

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

use crate::client::{Client, Protocol};

pub(crate) use crate::gate::Gate;
pub(crate) use crate::served::{Served, soon};

pub(crate) fn serve(server: onward::http::Server) -> Served {
    crate::served::serve(crate::stream::with_tls(server))
}

impl Served {
    pub(crate) async fn connect(&self, protocol: Protocol) -> Client {
        Client::connect(self.addr, protocol).await
    }
}

/// A counter that a test can wait for. `on_drop` returns a guard that counts its drop, for example that of a handler.
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

impl AddOnDrop {
    /// Returns `false`. A call to this function keeps the guard in the closure or the future.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == usize::MAX
    }
}

impl Drop for AddOnDrop {
    fn drop(&mut self) {
        self.0.add();
    }
}

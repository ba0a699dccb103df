//! Counts the open connections of a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

use super::connections_per_address::{AddressGuard, ConnectionsPerAddress};

#[derive(Debug, Default)]
pub(crate) struct OpenConnections {
    count: AtomicUsize,
    /// Notified when a connection has ended.
    pub(crate) closed: Notify,
    pub(crate) per_address: Arc<ConnectionsPerAddress>,
}

impl OpenConnections {
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Counts one more connection, unless there are already `limit` connections.
    pub(crate) fn try_open(self: &Arc<Self>, limit: usize) -> Option<ConnectionGuard> {
        let before = self.count.fetch_add(1, Ordering::Relaxed);
        let guard = ConnectionGuard {
            open: Arc::clone(self),
            address: None,
        };
        (before < limit).then_some(guard)
    }
}

/// A guard that counts one connection as open until it is dropped.
#[derive(Debug)]
pub(crate) struct ConnectionGuard {
    open: Arc<OpenConnections>,
    /// `None` if the connections of its client are not counted.
    pub(crate) address: Option<AddressGuard>,
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.address = None;
        self.open.count.fetch_sub(1, Ordering::Relaxed);
        self.open.closed.notify_waiters();
    }
}

//! Counts the open connections of a server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

#[derive(Debug, Default)]
pub(crate) struct OpenConnections {
    count: AtomicUsize,
    /// Notified when a connection has ended.
    pub(crate) closed: Notify,
}

impl OpenConnections {
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Counts one more connection, unless there are already `limit`.
    pub(crate) fn try_open(self: &Arc<Self>, limit: usize) -> Option<ConnectionGuard> {
        let before = self.count.fetch_add(1, Ordering::Relaxed);
        let guard = ConnectionGuard(Arc::clone(self));
        (before < limit).then_some(guard)
    }
}

/// Counts one connection as open until it is dropped.
#[derive(Debug)]
pub(crate) struct ConnectionGuard(Arc<OpenConnections>);

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::Relaxed);
        self.0.closed.notify_waiters();
    }
}

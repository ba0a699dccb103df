use std::sync::Arc;

use tokio::sync::Notify;

use crate::served::soon;

/// A point at which a handler waits for its test.
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

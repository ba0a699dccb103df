//! A listener in the list of its event.

use std::sync::{Arc, Mutex, PoisonError};

use crate::events::id::ListenerId;

/// One registration of a listener.
pub(super) struct Registration<P: ?Sized> {
    pub(super) id: ListenerId,
    pub(super) callback: Callback<P>,
}

impl<P: ?Sized> Clone for Registration<P> {
    fn clone(&self) -> Self {
        Self {
            id: self.id,
            callback: Arc::clone(&self.callback),
        }
    }
}

/// Calls the listener. Returns `false` if it is a one-time listener that has run.
pub(crate) type Callback<P> = Arc<dyn Fn(&P) -> bool + Send + Sync>;

/// Wraps a listener that runs on every emit.
pub(crate) fn always<P: ?Sized>(listener: impl Fn(&P) + Send + Sync + 'static) -> Callback<P> {
    Arc::new(move |payload| {
        listener(payload);
        true
    })
}

/// Wraps a listener that runs once. `remove` is called right before it and removes it from the list.
pub(crate) fn once<P: ?Sized>(
    remove: impl Fn() + Send + Sync + 'static,
    listener: impl FnOnce(&P) + Send + 'static,
) -> Callback<P> {
    let listener = Mutex::new(Some(listener));
    Arc::new(move |payload| {
        // The listener is taken before the call, so that neither a nested `emit` nor one on another thread calls it
        // again.
        let taken = listener
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(listener) = taken else {
            return false;
        };
        remove();
        listener(payload);
        true
    })
}

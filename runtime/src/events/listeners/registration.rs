//! A listener in the list of its event.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use crate::events::id::ListenerId;

/// One registration of a listener.
#[derive(Clone)]
pub(super) struct Registration {
    pub(super) id: ListenerId,
    callback: Arc<dyn Any + Send + Sync>,
}

impl Registration {
    pub(super) fn new<P: ?Sized + 'static>(id: ListenerId, callback: Callback<P>) -> Self {
        let callback = Arc::new(callback);
        Self { id, callback }
    }

    /// Calls the listener. Returns `false` if it is a one-time listener that has run. A payload of another type, which a
    /// slot does not pass, calls nothing.
    #[inline]
    pub(super) fn call<P: ?Sized + 'static>(&self, payload: &P) -> bool {
        match self.callback.downcast_ref::<Callback<P>>() {
            Some(callback) => callback(payload),
            None => false,
        }
    }
}

/// A listener of an event with the payload `P`. Returns `false` if it is a one-time listener that has run.
pub(crate) type Callback<P> = Box<dyn Fn(&P) -> bool + Send + Sync>;

/// Wraps a listener that runs on every emit.
pub(crate) fn always<P: ?Sized>(listener: impl Fn(&P) + Send + Sync + 'static) -> Callback<P> {
    Box::new(move |payload| {
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
    Box::new(move |payload| {
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

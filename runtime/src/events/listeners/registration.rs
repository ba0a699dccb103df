//! A listener in the list of its event.

use std::any::Any;
use std::sync::{Arc, Mutex};

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

    /// Calls the listener. Returns `false` if it is a one-time listener that has run. If the payload has a different
    /// type, which no slot passes, nothing is called.
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

/// A listener that runs once.
pub(crate) type OnceListener<P> = Box<dyn FnOnce(&P) + Send>;

/// Wraps a listener that runs once. `remove` is called right before the listener, and removes the listener from the
/// list. The listener is boxed because the code of `Mutex<T>` is compiled again for every `T`.
pub(crate) fn once<P: ?Sized + 'static>(
    remove: impl Fn() + Send + Sync + 'static,
    listener: OnceListener<P>,
) -> Callback<P> {
    let listener = Mutex::new(Some(listener));
    Box::new(move |payload| {
        let Some(listener) = take(&listener) else {
            return false;
        };
        remove();
        listener(payload);
        true
    })
}

/// Takes the listener before it is called, so that neither a nested `emit` nor one on another thread calls it again.
fn take<T>(listener: &Mutex<Option<T>>) -> Option<T> {
    match listener.lock() {
        Ok(mut listener) => listener.take(),
        Err(poisoned) => poisoned.into_inner().take(),
    }
}

//! A listener in the list of its event.

use std::sync::{Mutex, PoisonError};

use super::id::ListenerId;

/// One registration of a listener.
pub(super) struct Registration<P: ?Sized> {
    pub(super) id: ListenerId,
    pub(super) call: Call<P>,
}

/// Calls the listener. `false`: it may be called no more.
pub(super) type Call<P> = Box<dyn Fn(&P) -> bool + Send + Sync>;

/// As often as the event comes.
pub(super) fn always<P: ?Sized>(listener: impl Fn(&P) + Send + Sync + 'static) -> Call<P> {
    Box::new(move |payload| {
        listener(payload);
        true
    })
}

/// The first time. `leave`, which is called right before, takes it out of the list.
pub(super) fn once<P: ?Sized>(
    leave: impl Fn() + Send + Sync + 'static,
    listener: impl FnOnce(&P) + Send + 'static,
) -> Call<P> {
    let listener = Mutex::new(Some(listener));
    Box::new(move |payload| {
        // Taken before it is called: an emit within an emit does not find it any more, nor does an emit on another
        // thread.
        let taken = listener
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(listener) = taken else {
            return false;
        };
        leave();
        listener(payload);
        true
    })
}

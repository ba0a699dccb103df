//! Calling listeners, and outliving it.

use std::any::Any;
use std::cell::Cell;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use super::event::{Event, EventSet};
use super::failure::{FailureReason, ListenerFailed, ListenerFailure};
use super::id::ListenerId;
use super::listeners::{Listeners, print};
use super::slot::{Call, OnceCall, Registration, Slot};

impl<Set: EventSet> Listeners<Set> {
    /// Whether anybody would hear of it.
    #[doc(hidden)]
    #[inline]
    pub fn hear<E: Event<Set>>(&self, event: E) -> bool {
        event.find(self).is_some_and(Slot::is_heard)
    }

    /// Calls those who listen now. One that panics stops none of those behind it. `false`: nobody was called.
    #[doc(hidden)]
    #[inline(never)]
    pub fn tell<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        event.tell_monitor(self, payload);
        let Some(listeners) = event.find(self).and_then(Slot::listeners) else {
            return false;
        };
        // How many `once` listeners another emit took in the meantime.
        let missed = Cell::new(0);
        let mut running = None;
        // Caught once for all of them, as long as none panics.
        let called = catch_unwind(AssertUnwindSafe(|| {
            for listener in listeners.iter() {
                running = Some(listener);
                self.call(event, listener, payload, &missed);
            }
        }));
        if let (Err(panic), Some(listener)) = (called, running) {
            self.report_panic(E::NAME, listener.id, panic);
            let behind = listeners.iter().skip_while(|it| it.id != listener.id);
            self.call_each(event, behind.skip(1), payload, &missed);
        }
        missed.get() < listeners.len()
    }

    #[inline]
    fn call<E: Event<Set>>(
        &self,
        event: E,
        listener: &Registration<E::Payload>,
        payload: &E::Payload,
        missed: &Cell<usize>,
    ) {
        match &listener.call {
            Call::Always(call) => call(payload),
            Call::Once(once) => self.call_once(event, listener.id, once, payload, missed),
        }
    }

    /// Calls the listeners behind one that panicked.
    #[cold]
    fn call_each<'l, E: Event<Set>>(
        &self,
        event: E,
        listeners: impl Iterator<Item = &'l Arc<Registration<E::Payload>>>,
        payload: &E::Payload,
        missed: &Cell<usize>,
    ) {
        for listener in listeners {
            let call = || self.call(event, listener, payload, missed);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(call)) {
                self.report_panic(E::NAME, listener.id, panic);
            }
        }
    }

    // Apart, so that those who listen always do not pay for it.
    #[inline(never)]
    fn call_once<E: Event<Set>>(
        &self,
        event: E,
        id: ListenerId,
        once: &Mutex<Option<OnceCall<E::Payload>>>,
        payload: &E::Payload,
        missed: &Cell<usize>,
    ) {
        // Taken before it is called: an emit within an emit does not find it any more, nor does an emit on another
        // thread.
        let call = once.lock().unwrap_or_else(PoisonError::into_inner).take();
        match call {
            Some(call) => {
                self.remove(E::NAME, event.slot(self), id);
                call(payload);
            }
            None => missed.set(missed.get() + 1),
        }
    }

    #[cold]
    pub(super) fn report_panic(
        &self,
        event: &'static str,
        listener: ListenerId,
        panic: Box<dyn Any + Send>,
    ) {
        self.report(event, listener, FailureReason::panic(panic.as_ref()));
        // The value may panic in its turn when it is dropped.
        if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
            mem::forget(again);
        }
    }

    /// Tells of a listener that failed; on stderr, if nobody listens or the listeners of that are what fails.
    pub(super) fn report(&self, event: &'static str, listener: ListenerId, reason: FailureReason) {
        let failure = ListenerFailure {
            event,
            listener,
            reason,
        };
        let is_of_failures = event == <ListenerFailed as Event<Set>>::NAME;
        if is_of_failures || !self.tell(ListenerFailed, &failure) {
            print(failure);
        }
    }
}

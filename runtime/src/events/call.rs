//! Calling listeners, and outliving it.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::failure::{FailureReason, ListenerFailure};
use super::id::ListenerId;
use super::registry::{Registry, print};
use super::slot::Slot;

impl Registry {
    /// Calls those who listen now. One that panics stops none of those behind it. `false`: nobody was called.
    #[inline(never)]
    pub(super) fn tell<P: ?Sized>(&self, slot: &Slot<P>, payload: &P) -> bool {
        let Some(listeners) = slot.listeners() else {
            return false;
        };
        let mut next = 0;
        let mut called = false;
        // Caught once for all of them, as long as none panics.
        while let Err(panic) = catch_unwind(AssertUnwindSafe(|| {
            while let Some(listener) = listeners.get(next) {
                next += 1;
                called |= (listener.call)(payload);
            }
        })) {
            called = true;
            self.report_panic(slot.event, listeners[next - 1].id, panic);
        }
        called
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
        let is_of_failures = event == self.listener_failed.event;
        if is_of_failures || !self.tell(&self.listener_failed, &failure) {
            print(failure);
        }
    }
}

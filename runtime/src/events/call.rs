//! Calling listeners, and outliving it.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::failure::{FailureReason, ListenerFailure};
use super::id::ListenerId;
use super::registry::{Registry, print};
use super::slot::{List, Slot};

impl Registry {
    /// Calls those who listen now. One that panics stops none of those behind it. `false`: nobody was called.
    #[inline(never)]
    pub(super) fn tell<P: ?Sized>(&self, slot: &Slot<P>, payload: &P) -> bool {
        let Some(listeners) = slot.listeners() else {
            return false;
        };
        let mut next = 0;
        match call(&listeners, &mut next, payload) {
            Ok(called) => called,
            Err(panic) => {
                self.tell_rest(slot, &listeners, next, payload, panic);
                true
            }
        }
    }

    /// Goes on behind a listener that panicked: the one before number `next`.
    #[cold]
    fn tell_rest<P: ?Sized>(
        &self,
        slot: &Slot<P>,
        listeners: &List<P>,
        mut next: usize,
        payload: &P,
        mut panic: Box<dyn Any + Send>,
    ) {
        loop {
            self.report_panic(slot.event, listeners[next - 1].id, panic);
            match call(listeners, &mut next, payload) {
                Ok(_) => return,
                Err(again) => panic = again,
            }
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
        let is_of_failures = event == self.listener_failed.event;
        if is_of_failures || !self.tell(&self.listener_failed, &failure) {
            print(failure);
        }
    }
}

/// Calls one listener after the other, from number `next` on: whether any was called. Caught once for all of them, as long as
/// none panics.
#[inline]
fn call<P: ?Sized>(
    listeners: &List<P>,
    next: &mut usize,
    payload: &P,
) -> Result<bool, Box<dyn Any + Send>> {
    let mut called = false;
    let end = catch_unwind(AssertUnwindSafe(|| {
        while let Some(listener) = listeners.get(*next) {
            *next += 1;
            called |= (listener.call)(payload);
        }
    }));
    end.map(|()| called)
}

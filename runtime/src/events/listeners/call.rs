//! Calling listeners and catching their panics.

use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::registration::Registration;
use super::registry::{Registry, print_warning};
use super::slot::{AnySlot, Registrations, Slot};
use crate::events::id::ListenerId;
use crate::events::meta::{FailureReason, ListenerFailure};

impl Registry {
    /// Calls the current listeners. A panic in one does not prevent the next from being called. Returns `false` if no
    /// listener was called.
    #[inline]
    pub(super) fn call_all<P: ?Sized + 'static>(&self, slot: &Slot<P>, payload: &P) -> bool {
        self.call_each(slot.any(), &|listener| listener.call(payload))
    }

    fn call_each(&self, slot: &AnySlot, call: &dyn Fn(&Registration) -> bool) -> bool {
        let Some(listeners) = slot.listeners() else {
            return false;
        };
        let mut next = 0;
        let mut called = false;
        while let Err(panic) = call_from(&mut next, &mut called, &listeners, call) {
            called = true;
            self.report_panic(slot.event, listeners[next - 1].id, panic);
        }
        called
    }

    #[cold]
    pub(crate) fn report_panic(
        &self,
        event: &'static str,
        listener: ListenerId,
        panic: Box<dyn Any + Send>,
    ) {
        self.report(event, listener, FailureReason::panic(panic.as_ref()));
        // Dropping the panic value may panic as well.
        if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
            mem::forget(again);
        }
    }

    /// Emits `ListenerFailed`. Writes to stderr instead if that event has no listener, or if the listener that failed
    /// is itself a listener of `ListenerFailed`.
    pub(crate) fn report(&self, event: &'static str, listener: ListenerId, reason: FailureReason) {
        let failure = ListenerFailure {
            event,
            listener,
            reason,
        };
        let is_nested = event == self.listener_failed.any().event;
        if is_nested || !self.call_all(&self.listener_failed, &failure) {
            print_warning(failure);
        }
    }
}

/// Calls the listeners, beginning at index `next`, and sets `called` if any was called. One `catch_unwind` covers all
/// of them unless one panics.
#[inline]
fn call_from(
    next: &mut usize,
    called: &mut bool,
    listeners: &Registrations,
    call: &dyn Fn(&Registration) -> bool,
) -> Result<(), Box<dyn Any + Send>> {
    catch_unwind(AssertUnwindSafe(|| {
        while let Some(listener) = listeners.get(*next) {
            *next += 1;
            *called |= call(listener);
        }
    }))
}

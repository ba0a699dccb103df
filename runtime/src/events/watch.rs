//! The listeners of whoever waits for an event.

use std::fmt::Display;
use std::sync::{Arc, Weak};

use super::emitter::Emitter;
use super::event::{Event, EventSet};
use super::id::ListenerId;
use super::listeners::Listeners;
use super::queue::Queue;
use super::registration::Call;
use super::slot::Place;

/// Two listeners: one of the event, one of `Error`.
pub(super) struct Watch<Set, E> {
    table: Weak<Listeners<Set>>,
    event: E,
    listener: ListenerId,
    error_listener: ListenerId,
}

impl<Set: EventSet, E: Event<Set>> Watch<Set, E> {
    /// Listens with what `call` makes of the watch.
    pub(super) fn start<T: Send + 'static>(
        emitter: &Emitter<Set>,
        event: E,
        queue: &Arc<Queue<T>>,
        call: impl FnOnce(Self, Inlet<T>) -> Call<E::Payload>,
    ) -> Self {
        let table = emitter.table();
        let watch = Self {
            table: Arc::downgrade(table),
            event,
            // The smaller one, as it is added first.
            error_listener: ListenerId::next(),
            listener: ListenerId::next(),
        };
        let (of_error, errors) = (watch.clone(), Arc::clone(queue));
        let fail = move |error: &dyn Display| {
            of_error.end_error();
            errors.fail(error.to_string());
            of_error.end();
        };
        let slot = event.slot(table);
        table.add_of_error(watch.error_listener, slot, Box::new(fail));
        let call = call(watch.clone(), Inlet(Arc::clone(queue)));
        table.add(watch.listener, event, Place::Last, call);
        watch
    }

    /// Removes the listeners that are still there.
    pub(super) fn end(&self) {
        if let Some(table) = self.table.upgrade() {
            table
                .registry
                .remove(self.event.slot(&table), self.listener);
        }
        self.end_error();
    }

    fn end_error(&self) {
        if let Some(table) = self.table.upgrade() {
            table.remove_of_error(self.error_listener);
        }
    }
}

impl<Set, E: Copy> Clone for Watch<Set, E> {
    fn clone(&self) -> Self {
        Self {
            table: Weak::clone(&self.table),
            ..*self
        }
    }
}

/// The listener's end of the queue: when the listener is dropped, nothing is to come any more.
pub(super) struct Inlet<T>(Arc<Queue<T>>);

impl<T> Inlet<T> {
    pub(super) fn push(&self, value: T) {
        self.0.push(value);
    }
}

impl<T> Drop for Inlet<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

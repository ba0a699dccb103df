//! The listeners of a future or stream that waits for an event.

use std::fmt::Display;
use std::sync::{Arc, Weak};

use super::queue::Queue;
use crate::events::emitter::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;
use crate::events::listeners::{Callback, Listeners, Position};

/// Up to two listeners: one of the event, and one of `Error` if the set has that event and it is not the awaited one.
pub(super) struct Subscription<Set, E> {
    table: Weak<Listeners<Set>>,
    event: E,
    listener: ListenerId,
    error_listener: ListenerId,
}

impl<Set: EventSet, E: Event<Set>> Subscription<Set, E> {
    /// Adds the listeners. `callback` creates the listener of the event.
    pub(super) fn start<T: Send + 'static>(
        emitter: &Emitter<Set>,
        event: E,
        queue: &Arc<Queue<T>>,
        callback: impl FnOnce(Self, QueueSender<T>) -> Callback<E::Payload>,
    ) -> Self {
        let table = emitter.table();
        let subscription = Self {
            table: Arc::downgrade(table),
            event,
            // This id is the smaller one, because its listener is added first.
            error_listener: ListenerId::next(),
            listener: ListenerId::next(),
        };
        let (this, errors) = (subscription.clone(), Arc::clone(queue));
        let fail = move |error: &dyn Display| {
            this.end_error();
            errors.fail(error.to_string());
            this.end();
        };
        let slot = event.slot(table).any();
        table.add_error_listener(subscription.error_listener, slot, Box::new(fail));
        let callback = callback(subscription.clone(), QueueSender(Arc::clone(queue)));
        table.add(subscription.listener, event, Position::Back, callback);
        subscription
    }

    /// Removes the listeners that are still registered.
    pub(super) fn end(&self) {
        if let Some(table) = self.table.upgrade() {
            table
                .registry
                .remove(self.event.slot(&table).any(), self.listener);
        }
        self.end_error();
    }

    fn end_error(&self) {
        if let Some(table) = self.table.upgrade() {
            table.remove_error_listener(self.error_listener);
        }
    }
}

impl<Set, E: Copy> Clone for Subscription<Set, E> {
    fn clone(&self) -> Self {
        Self {
            table: Weak::clone(&self.table),
            ..*self
        }
    }
}

/// The listener's end of the queue, which closes the queue when the listener is dropped.
pub(super) struct QueueSender<T>(Arc<Queue<T>>);

impl<T> QueueSender<T> {
    pub(super) fn push(&self, value: T) {
        self.0.push(value);
    }
}

impl<T> Drop for QueueSender<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

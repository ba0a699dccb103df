//! Adds and removes listeners, and emits the meta-events that report these changes.

use std::fmt::Display;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use super::registration::Callback;
use super::slot::{AnySlot, Position, Slot};
use crate::events::id::ListenerId;
use crate::events::meta::{
    ListenerChange, ListenerFailure, TooManyListeners, default_max_listeners,
};

/// The slots of the events that every emitter has. Every change to a list of listeners goes through this type, because
/// these events report it.
pub(crate) struct Registry {
    pub(crate) new_listener: Slot<ListenerChange>,
    pub(crate) remove_listener: Slot<ListenerChange>,
    pub(crate) max_listeners_exceeded: Slot<TooManyListeners>,
    pub(crate) listener_failed: Slot<ListenerFailure>,
    /// `None` if the default of the process applies.
    max: Mutex<Option<usize>>,
}

impl Registry {
    pub(super) fn new() -> Self {
        Self {
            new_listener: Slot::new("NewListener"),
            remove_listener: Slot::new("RemoveListener"),
            max_listeners_exceeded: Slot::new("MaxListenersExceeded"),
            listener_failed: Slot::new("ListenerFailed"),
            max: Mutex::new(None),
        }
    }

    pub(super) fn slots<'s>(&'s self, visit: &mut dyn FnMut(&'s AnySlot)) {
        visit(self.new_listener.any());
        visit(self.remove_listener.any());
        visit(self.max_listeners_exceeded.any());
        visit(self.listener_failed.any());
    }

    /// Emits `NewListener`, then adds a listener.
    pub(super) fn add<P: ?Sized + 'static>(
        &self,
        slot: &Slot<P>,
        id: ListenerId,
        callback: Callback<P>,
        position: Position,
    ) {
        let event = slot.any().event;
        let max = self.before_add(event, id);
        let too_many = slot.insert(id, callback, position, max);
        self.after_add(event, too_many, max);
    }

    /// Emits `NewListener`. Returns how many listeners an event may have without a warning.
    pub(super) fn before_add(&self, event: &'static str, listener: ListenerId) -> usize {
        if self.new_listener.any().has_listeners() {
            self.call_all(&self.new_listener, &ListenerChange { event, listener });
        }
        self.max()
    }

    /// Emits `MaxListenersExceeded` if `too_many` is `Some`.
    pub(super) fn after_add(&self, event: &'static str, too_many: Option<usize>, max: usize) {
        let Some(count) = too_many else {
            return;
        };
        let leak = TooManyListeners { event, count, max };
        if !self.call_all(&self.max_listeners_exceeded, &leak) {
            print_warning(leak);
        }
    }

    /// Removes a listener, then emits `RemoveListener`. Returns `false` if there is no such listener.
    pub(crate) fn remove(&self, slot: &AnySlot, listener: ListenerId) -> bool {
        let removed = slot.remove(listener);
        if removed && self.remove_listener.any().has_listeners() {
            let event = slot.event;
            self.call_all(&self.remove_listener, &ListenerChange { event, listener });
        }
        removed
    }

    /// Removes the listeners of an event, in reverse order if `RemoveListener` has listeners.
    pub(crate) fn remove_all(&self, slot: &AnySlot) {
        if !self.remove_listener.any().has_listeners() {
            return slot.clear();
        }
        for id in slot.ids().into_iter().rev() {
            self.remove(slot, id);
        }
    }

    pub(crate) fn max(&self) -> usize {
        let own = *self.max.lock().unwrap_or_else(PoisonError::into_inner);
        own.unwrap_or_else(default_max_listeners)
    }

    pub(crate) fn set_max(&self, max: usize) {
        *self.max.lock().unwrap_or_else(PoisonError::into_inner) = Some(max);
    }
}

pub(super) fn print_warning(message: impl Display) {
    // Unlike `eprintln!`, `write_all` passes the line on in one call and does not panic if stderr is closed.
    let line = format!("onward: {message}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}

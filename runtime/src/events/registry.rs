//! What an emitter does whatever its set: it keeps listeners, and tells of that.

use std::fmt::Display;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use super::failure::ListenerFailure;
use super::id::ListenerId;
use super::max::{TooManyListeners, default_max_listeners};
use super::meta::ListenerChange;
use super::registration::{Call, Registration};
use super::slot::{AnySlot, Place, Slot};

/// The listeners of the events that every emitter has. All that is done to listeners goes through here, since these
/// events tell of it.
pub(super) struct Registry {
    pub(super) new_listener: Slot<ListenerChange>,
    pub(super) remove_listener: Slot<ListenerChange>,
    pub(super) max_listeners_exceeded: Slot<TooManyListeners>,
    pub(super) listener_failed: Slot<ListenerFailure>,
    /// `None`: that of the process.
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

    pub(super) fn slots(&self) -> [&dyn AnySlot; 4] {
        [
            &self.new_listener,
            &self.remove_listener,
            &self.max_listeners_exceeded,
            &self.listener_failed,
        ]
    }

    /// Adds a listener, after telling those who want to hear of new ones.
    pub(super) fn add<P: ?Sized>(
        &self,
        slot: &Slot<P>,
        id: ListenerId,
        call: Call<P>,
        place: Place,
    ) {
        let max = self.before_add(slot.event, id);
        let too_many = slot.insert(Registration { id, call }, place, max);
        self.after_add(slot.event, too_many, max);
    }

    /// Tells of a listener to come: how many there may be.
    pub(super) fn before_add(&self, event: &'static str, listener: ListenerId) -> usize {
        if self.new_listener.is_heard() {
            self.tell(&self.new_listener, &ListenerChange { event, listener });
        }
        self.max()
    }

    /// Tells if there are too many.
    pub(super) fn after_add(&self, event: &'static str, too_many: Option<usize>, max: usize) {
        let Some(count) = too_many else {
            return;
        };
        let leak = TooManyListeners { event, count, max };
        if !self.tell(&self.max_listeners_exceeded, &leak) {
            print(leak);
        }
    }

    /// Removes a listener and tells so. `false`: it is not there.
    pub(super) fn remove(&self, slot: &dyn AnySlot, listener: ListenerId) -> bool {
        let removed = slot.remove(listener);
        if removed && self.remove_listener.is_heard() {
            let event = slot.event();
            self.tell(&self.remove_listener, &ListenerChange { event, listener });
        }
        removed
    }

    /// Removes the listeners of an event: the last one first, if somebody wants to hear of it.
    pub(super) fn remove_all(&self, slot: &dyn AnySlot) {
        if !self.remove_listener.is_heard() {
            return slot.clear();
        }
        for id in slot.ids().into_iter().rev() {
            self.remove(slot, id);
        }
    }

    pub(super) fn max(&self) -> usize {
        let own = *self.max.lock().unwrap_or_else(PoisonError::into_inner);
        own.unwrap_or_else(default_max_listeners)
    }

    pub(super) fn set_max(&self, max: usize) {
        *self.max.lock().unwrap_or_else(PoisonError::into_inner) = Some(max);
    }
}

pub(super) fn print(what: impl Display) {
    // In one piece, and a closed stderr is no reason to panic, as it is for `eprintln!`.
    let line = format!("onward: {what}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}

//! All listeners of an emitter: one `Slot` per event, and the operations on it.
//!
//! # Invariants
//!
//! 1. No lock is held while user code runs; this includes calling and dropping listeners.
//! 2. A list that an `emit` is reading does not change; changes are made to a copy.
//! 3. `AnySlot::count` is the length of the list whenever the lock is free.
//! 4. Every change to a list goes through `Registry`, which emits a meta-event for it if there is a listener.
//! 5. A slot never moves while its `Listeners` lives.
//!
//! This folder does not depend on emitters, async listeners or HTTP.

mod call;
mod extension;
mod registration;
mod registry;
mod slot;

use std::ptr;

use super::event::{Event, EventSet};
use super::id::ListenerId;
use extension::Extensions;
use registry::Registry;

pub(super) use registration::{Callback, always, once};
pub use slot::{AnySlot, ErrorSlot, Slot, error_slot};
pub(super) use slot::{OnceDisplay, Position};

/// The slots of a set's own events, of the events that were added to it, and of the events that every emitter has.
pub struct Listeners<Set> {
    set: Set,
    extensions: Extensions,
    pub(super) registry: Registry,
}

impl<Set: EventSet> Listeners<Set> {
    pub(super) fn new() -> Self {
        Self {
            set: Set::new(),
            extensions: Extensions::default(),
            registry: Registry::new(),
        }
    }

    #[doc(hidden)]
    #[inline]
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// Returns the slot of an added event, and creates it if necessary.
    #[doc(hidden)]
    pub fn extension<E: Event<Set>>(&self, _: E) -> &Slot<E::Payload> {
        self.extensions.slot::<E, E::Payload>(E::NAME)
    }

    /// Returns the slot of an added event, if the event has ever had a listener.
    #[doc(hidden)]
    #[inline]
    pub fn find_extension<E: Event<Set>>(&self, _: E) -> Option<&Slot<E::Payload>> {
        self.extensions.find::<E, E::Payload>()
    }

    /// Returns whether the event has a listener.
    #[doc(hidden)]
    #[inline]
    pub fn has_listeners<E: Event<Set>>(&self, event: E) -> bool {
        match event.find(self) {
            Some(slot) => slot.any().has_listeners(),
            None => false,
        }
    }

    /// Calls the current listeners of an event. Returns `false` if no listener was called.
    #[doc(hidden)]
    #[inline]
    pub fn call_all<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        event.call_monitors(self, payload);
        match event.find(self) {
            Some(slot) => self.registry.call_all(slot, payload),
            None => false,
        }
    }

    /// Emits `NewListener`, then adds a listener.
    pub(super) fn add<E: Event<Set>>(
        &self,
        id: ListenerId,
        event: E,
        position: Position,
        callback: Callback<E::Payload>,
    ) {
        self.registry.add(event.slot(self), id, callback, position);
    }

    /// Adds a one-time listener of `Error` if the set has that event and `slot` belongs to another event.
    pub(super) fn add_error_listener(&self, id: ListenerId, slot: &AnySlot, callback: OnceDisplay) {
        if let Some(error) = self.set.error()
            && !ptr::eq(error.any(), slot)
        {
            let event = error.any().event;
            let max = self.registry.before_add(event, id);
            let too_many = error.insert_once(id, callback, max);
            self.registry.after_add(event, too_many, max);
        }
    }

    /// Removes the listener that [`add_error_listener`](Self::add_error_listener) added, if it is still there.
    pub(super) fn remove_error_listener(&self, id: ListenerId) {
        if let Some(error) = self.set.error() {
            self.registry.remove(error.any(), id);
        }
    }

    /// Removes the listeners of all events; those of `RemoveListener` last, since they are called for each removal.
    pub(super) fn remove_all(&self) {
        let last = self.registry.remove_listener.any();
        for slot in self.active_slots() {
            if !ptr::eq(slot, last) {
                self.registry.remove_all(slot);
            }
        }
        self.registry.remove_all(last);
    }

    /// Returns the slots with listeners, in the order in which they got their first listener.
    pub(super) fn active_slots(&self) -> Vec<&AnySlot> {
        let (mut active, mut firsts) = (Vec::new(), Vec::new());
        self.slots(&mut |slot| {
            if let Some(first) = slot.first_listener() {
                let place = firsts.partition_point(|it| *it < first);
                firsts.insert(place, first);
                active.insert(place, slot);
            }
        });
        active
    }

    fn slots<'s>(&'s self, visit: &mut dyn FnMut(&'s AnySlot)) {
        self.set.slots(visit);
        self.extensions.slots(visit);
        self.registry.slots(visit);
    }
}

//! All listeners of an emitter.

use std::ptr;

use super::event::{Event, EventSet};
use super::extension::Extensions;
use super::id::ListenerId;
use super::registration::Call;
use super::registry::Registry;
use super::slot::{AnySlot, OnceDisplay, Place, Slot};

/// All listeners of an emitter: those of its set's events, of the events that were added to the set, and of the events
/// that every emitter has.
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

    /// The slot of an event that was added to the set, made if need be.
    #[doc(hidden)]
    pub fn extension<E: Event<Set>>(&self, _: E) -> &Slot<E::Payload> {
        self.extensions.slot::<E, E::Payload>(E::NAME)
    }

    /// The slot of an event that was added to the set, unless nobody ever listened to it.
    #[doc(hidden)]
    #[inline]
    pub fn find_extension<E: Event<Set>>(&self, _: E) -> Option<&Slot<E::Payload>> {
        self.extensions.find::<E, E::Payload>()
    }

    /// Whether anybody would hear of it.
    #[doc(hidden)]
    #[inline]
    pub fn hear<E: Event<Set>>(&self, event: E) -> bool {
        event.find(self).is_some_and(Slot::is_heard)
    }

    /// Calls those who listen now. `false`: nobody was called.
    #[doc(hidden)]
    #[inline]
    pub fn tell<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        event.tell_monitor(self, payload);
        match event.find(self) {
            Some(slot) => self.registry.tell(slot, payload),
            None => false,
        }
    }

    /// Adds a listener, after telling those who want to hear of new ones.
    pub(super) fn add<E: Event<Set>>(
        &self,
        id: ListenerId,
        event: E,
        place: Place,
        call: Call<E::Payload>,
    ) {
        self.registry.add(event.slot(self), id, call, place);
    }

    /// Adds a listener of `Error`, for one time, if the set has such an event and it is not the one of `slot`.
    pub(super) fn add_of_error(&self, id: ListenerId, slot: &dyn AnySlot, tell: OnceDisplay) {
        let error = self.set.error();
        if let Some(error) = error.filter(|error| !ptr::addr_eq(*error, slot)) {
            let max = self.registry.before_add(error.event(), id);
            let too_many = error.insert_once(id, tell, max);
            self.registry.after_add(error.event(), too_many, max);
        }
    }

    /// Removes what [`add_of_error`](Self::add_of_error) added, if it is still there.
    pub(super) fn remove_of_error(&self, id: ListenerId) {
        if let Some(error) = self.set.error() {
            self.registry.remove(error, id);
        }
    }

    /// Removes the listeners of all events; those who want to hear of it go last.
    pub(super) fn remove_every(&self) {
        let last = &self.registry.remove_listener;
        for slot in self.heard() {
            if !ptr::addr_eq(slot, last) {
                self.registry.remove_all(slot);
            }
        }
        self.registry.remove_all(last);
    }

    /// The events that somebody listens to, the one that is listened to longest first.
    pub(super) fn heard(&self) -> Vec<&dyn AnySlot> {
        let mut heard = Vec::new();
        self.slots(&mut |slot| heard.extend(slot.since().map(|since| (since, slot))));
        heard.sort_unstable_by_key(|(since, _)| *since);
        heard.into_iter().map(|(_, slot)| slot).collect()
    }

    fn slots<'s>(&'s self, see: &mut dyn FnMut(&'s dyn AnySlot)) {
        self.set.slots(see);
        self.extensions.slots().for_each(&mut *see);
        self.registry.slots().into_iter().for_each(see);
    }
}

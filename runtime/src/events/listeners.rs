//! All listeners of an emitter.

use std::fmt::Display;
use std::io::{self, Write};
use std::ptr;
use std::sync::{Mutex, PoisonError};

use super::event::{Event, EventSet};
use super::extension::Extensions;
use super::failure::{ListenerFailed, ListenerFailure};
use super::id::ListenerId;
use super::max::{TooManyListeners, default_max_listeners};
use super::meta::{ListenerChange, MaxListenersExceeded, NewListener, RemoveListener};
use super::slot::{AnySlot, Call, OnceDisplay, Place, Registration, Slot};

/// All listeners of an emitter: those of its set's events, of the events that were added to the set, and of the events
/// that every emitter has.
pub struct Listeners<Set> {
    set: Set,
    extensions: Extensions,
    pub(super) new_listener: Slot<ListenerChange>,
    pub(super) remove_listener: Slot<ListenerChange>,
    pub(super) max_listeners_exceeded: Slot<TooManyListeners>,
    pub(super) listener_failed: Slot<ListenerFailure>,
    /// `None`: that of the process.
    max: Mutex<Option<usize>>,
}

impl<Set: EventSet> Listeners<Set> {
    pub(super) fn new() -> Self {
        Self {
            set: Set::new(),
            extensions: Extensions::default(),
            new_listener: Slot::new(),
            remove_listener: Slot::new(),
            max_listeners_exceeded: Slot::new(),
            listener_failed: Slot::new(),
            max: Mutex::new(None),
        }
    }

    #[doc(hidden)]
    #[inline]
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// The slot of an event that was added to the set, made if need be.
    #[doc(hidden)]
    pub fn extension<E: Event<Set, Payload: 'static>>(&self, _: E) -> &Slot<E::Payload> {
        self.extensions.slot::<E, E::Payload>(E::NAME)
    }

    /// The slot of an event that was added to the set, unless nobody ever listened to it.
    #[doc(hidden)]
    #[inline]
    pub fn find_extension<E: Event<Set, Payload: 'static>>(
        &self,
        _: E,
    ) -> Option<&Slot<E::Payload>> {
        self.extensions.find::<E, E::Payload>()
    }

    /// Adds a listener, after telling those who want to hear of new ones.
    pub(super) fn add<E: Event<Set>>(
        &self,
        id: ListenerId,
        event: E,
        place: Place,
        call: Call<E::Payload>,
    ) {
        let slot = event.slot(self);
        self.insert(E::NAME, id, |max| {
            slot.insert(Registration { id, call }, place, max)
        });
    }

    /// Adds a listener of `Error`, for one time, if the set has such an event and it is not the one of `slot`.
    pub(super) fn add_of_error(&self, id: ListenerId, slot: &dyn AnySlot, tell: OnceDisplay) {
        if let Some((event, error)) = self
            .set
            .error()
            .filter(|(_, error)| !ptr::addr_eq(*error, slot))
        {
            self.insert(event, id, |max| error.insert_once(id, tell, max));
        }
    }

    /// Removes what [`add_of_error`](Self::add_of_error) added, if it is still there.
    pub(super) fn remove_of_error(&self, id: ListenerId) {
        if let Some((event, error)) = self.set.error() {
            self.remove(event, error, id);
        }
    }

    fn insert(
        &self,
        event: &'static str,
        listener: ListenerId,
        insert: impl FnOnce(usize) -> Option<usize>,
    ) {
        if self.new_listener.is_heard() {
            self.tell(NewListener, &ListenerChange { event, listener });
        }
        let max = self.max();
        if let Some(count) = insert(max) {
            self.warn(&TooManyListeners { event, count, max });
        }
    }

    /// Removes a listener and tells so. `false`: it is not there.
    pub(super) fn remove(
        &self,
        event: &'static str,
        slot: &dyn AnySlot,
        listener: ListenerId,
    ) -> bool {
        let removed = slot.remove(listener);
        if removed && self.remove_listener.is_heard() {
            self.tell(RemoveListener, &ListenerChange { event, listener });
        }
        removed
    }

    /// Removes the listeners of an event: the last one first, if somebody wants to hear of it.
    pub(super) fn remove_all(&self, event: &'static str, slot: &dyn AnySlot) {
        if !self.remove_listener.is_heard() {
            return slot.clear();
        }
        for id in slot.ids().into_iter().rev() {
            self.remove(event, slot, id);
        }
    }

    /// Removes the listeners of all events; those who want to hear of it go last.
    pub(super) fn remove_every(&self) {
        for (event, slot) in self.heard() {
            if !ptr::addr_eq(slot, &self.remove_listener) {
                self.remove_all(event, slot);
            }
        }
        let event = <RemoveListener as Event<Set>>::NAME;
        self.remove_all(event, &self.remove_listener);
    }

    /// The events that somebody listens to, the one that is listened to longest first.
    pub(super) fn heard(&self) -> Vec<(&'static str, &dyn AnySlot)> {
        let mut heard = Vec::new();
        self.slots(&mut |event, slot| {
            if let Some(since) = slot.since() {
                heard.push((since, event, slot));
            }
        });
        heard.sort_by_key(|(since, ..)| *since);
        heard
            .into_iter()
            .map(|(_, event, slot)| (event, slot))
            .collect()
    }

    fn slots<'s>(&'s self, see: &mut dyn FnMut(&'static str, &'s dyn AnySlot)) {
        self.set.slots(see);
        self.extensions
            .slots()
            .for_each(|(event, slot)| see(event, slot));
        see(<NewListener as Event<Set>>::NAME, &self.new_listener);
        see(<RemoveListener as Event<Set>>::NAME, &self.remove_listener);
        let event = <MaxListenersExceeded as Event<Set>>::NAME;
        see(event, &self.max_listeners_exceeded);
        see(<ListenerFailed as Event<Set>>::NAME, &self.listener_failed);
    }

    pub(super) fn max(&self) -> usize {
        let own = *self.max.lock().unwrap_or_else(PoisonError::into_inner);
        own.unwrap_or_else(default_max_listeners)
    }

    pub(super) fn set_max(&self, max: usize) {
        *self.max.lock().unwrap_or_else(PoisonError::into_inner) = Some(max);
    }

    fn warn(&self, leak: &TooManyListeners) {
        if !self.tell(MaxListenersExceeded, leak) {
            print(leak);
        }
    }
}

pub(super) fn print(what: impl Display) {
    // In one piece, and a closed stderr is no reason to panic, as it is for `eprintln!`.
    let line = format!("onward: {what}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}

//! All listeners of an emitter.

use std::io::{self, Write};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::event::{Event, EventSet};
use super::id::ListenerId;
use super::meta::{
    ListenerChange, MaxListenersExceeded, NewListener, RemoveListener, TooManyListeners,
};
use super::slot::{AnySlot, Call, Listener, Once, Place, Slot};

/// As Node's `events.defaultMaxListeners`.
pub(super) const DEFAULT_MAX_LISTENERS: usize = 10;

/// All listeners of an emitter: those of its set's events and those of the events that every emitter
/// has.
pub struct Listeners<Set> {
    set: Set,
    pub(super) new_listener: Slot<ListenerChange>,
    pub(super) remove_listener: Slot<ListenerChange>,
    pub(super) max_listeners_exceeded: Slot<TooManyListeners>,
    pub(super) max: AtomicUsize,
}

impl<Set: EventSet> Listeners<Set> {
    pub(super) fn new() -> Self {
        Self {
            set: Set::new(),
            new_listener: Slot::new(),
            remove_listener: Slot::new(),
            max_listeners_exceeded: Slot::new(),
            max: AtomicUsize::new(DEFAULT_MAX_LISTENERS),
        }
    }

    #[doc(hidden)]
    #[inline]
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// Calls those who listen now. `false`: nobody does.
    #[inline(never)]
    pub(super) fn tell<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        let slot = event.slot(self);
        let Some(listeners) = slot.listeners() else {
            return false;
        };
        for listener in listeners.iter() {
            match &listener.call {
                Call::Always(call) => call(payload),
                Call::Once(once) => {
                    // Taken before it is called: an emit within an emit does not find it any more,
                    // nor does an emit on another thread.
                    if let Some(call) = take(once) {
                        self.remove(E::NAME, slot, listener.id);
                        call(payload);
                    }
                }
            }
        }
        true
    }

    /// Adds a listener, after telling those who want to hear of new ones.
    pub(super) fn add<E: Event<Set>>(
        &self,
        event: E,
        place: Place,
        call: Call<E::Payload>,
    ) -> ListenerId {
        let id = ListenerId::next();
        if self.new_listener.is_heard() {
            let change = ListenerChange {
                event: E::NAME,
                listener: id,
            };
            self.tell(NewListener, &change);
        }
        let max = self.max.load(Ordering::Relaxed);
        let slot = event.slot(self);
        if let Some(count) = slot.insert(Listener { id, call }, place, max) {
            self.warn(&TooManyListeners {
                event: E::NAME,
                count,
                max,
            });
        }
        id
    }

    /// Removes a listener and tells so. `false`: it is not there.
    pub(super) fn remove(&self, event: &'static str, slot: &dyn AnySlot, id: ListenerId) -> bool {
        let removed = slot.remove(id);
        if removed && self.remove_listener.is_heard() {
            let change = ListenerChange {
                event,
                listener: id,
            };
            self.tell(RemoveListener, &change);
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
        see(<NewListener as Event<Set>>::NAME, &self.new_listener);
        see(<RemoveListener as Event<Set>>::NAME, &self.remove_listener);
        see(
            <MaxListenersExceeded as Event<Set>>::NAME,
            &self.max_listeners_exceeded,
        );
    }

    fn warn(&self, leak: &TooManyListeners) {
        if !self.tell(MaxListenersExceeded, leak) {
            // A closed stderr is no reason to panic, as `eprintln!` would.
            let _ = writeln!(io::stderr(), "onward: {leak}");
        }
    }
}

/// The closure, for the first who asks.
fn take<P: ?Sized>(once: &Mutex<Option<Once<P>>>) -> Option<Once<P>> {
    once.lock().unwrap_or_else(PoisonError::into_inner).take()
}

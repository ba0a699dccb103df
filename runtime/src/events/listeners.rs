//! All listeners of an emitter.

use std::any::Any;
use std::cell::Cell;
use std::fmt::Display;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError};

use super::event::{Event, EventSet};
use super::extension::Extensions;
use super::failure::{FailureReason, ListenerFailed, ListenerFailure};
use super::id::ListenerId;
use super::max::{TooManyListeners, default_max_listeners};
use super::meta::{ListenerChange, MaxListenersExceeded, NewListener, RemoveListener};
use super::slot::{AnySlot, Call, OnceCall, OnceDisplay, Place, Registration, Slot};

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

    /// Whether anybody would hear of it.
    #[doc(hidden)]
    #[inline]
    pub fn hear<E: Event<Set>>(&self, event: E) -> bool {
        event.find(self).is_some_and(Slot::is_heard)
    }

    /// Calls those who listen now. One that panics stops none of those behind it. `false`: nobody was called.
    #[doc(hidden)]
    #[inline(never)]
    pub fn tell<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        event.tell_monitor(self, payload);
        let Some(listeners) = event.find(self).and_then(Slot::listeners) else {
            return false;
        };
        // How many `once` listeners another emit took in the meantime.
        let missed = Cell::new(0);
        let mut running = None;
        // Caught once for all of them, as long as none panics.
        let called = catch_unwind(AssertUnwindSafe(|| {
            for listener in listeners.iter() {
                running = Some(listener);
                self.call(event, listener, payload, &missed);
            }
        }));
        if let (Err(panic), Some(listener)) = (called, running) {
            self.report_panic(E::NAME, listener.id, panic);
            let behind = listeners.iter().skip_while(|it| it.id != listener.id);
            self.call_each(event, behind.skip(1), payload, &missed);
        }
        missed.get() < listeners.len()
    }

    #[inline]
    fn call<E: Event<Set>>(
        &self,
        event: E,
        listener: &Registration<E::Payload>,
        payload: &E::Payload,
        missed: &Cell<usize>,
    ) {
        match &listener.call {
            Call::Always(call) => call(payload),
            Call::Once(once) => self.call_once(event, listener.id, once, payload, missed),
        }
    }

    /// Calls the listeners behind one that panicked.
    #[cold]
    fn call_each<'l, E: Event<Set>>(
        &self,
        event: E,
        listeners: impl Iterator<Item = &'l Arc<Registration<E::Payload>>>,
        payload: &E::Payload,
        missed: &Cell<usize>,
    ) {
        for listener in listeners {
            let call = || self.call(event, listener, payload, missed);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(call)) {
                self.report_panic(E::NAME, listener.id, panic);
            }
        }
    }

    // Apart, so that those who listen always do not pay for it.
    #[inline(never)]
    fn call_once<E: Event<Set>>(
        &self,
        event: E,
        id: ListenerId,
        once: &Mutex<Option<OnceCall<E::Payload>>>,
        payload: &E::Payload,
        missed: &Cell<usize>,
    ) {
        // Taken before it is called: an emit within an emit does not find it any more, nor does an emit on another
        // thread.
        let call = once.lock().unwrap_or_else(PoisonError::into_inner).take();
        match call {
            Some(call) => {
                self.remove(E::NAME, event.slot(self), id);
                call(payload);
            }
            None => missed.set(missed.get() + 1),
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
            std::mem::forget(again);
        }
    }

    /// Tells of a listener that failed; on stderr, if nobody listens or the listeners of that are what fails.
    pub(super) fn report(&self, event: &'static str, listener: ListenerId, reason: FailureReason) {
        let failure = ListenerFailure {
            event,
            listener,
            reason,
        };
        let is_of_failures = event == <ListenerFailed as Event<Set>>::NAME;
        if is_of_failures || !self.tell(ListenerFailed, &failure) {
            print(failure);
        }
    }
}

fn print(what: impl Display) {
    // A closed stderr is no reason to panic, as `eprintln!` would.
    let _ = writeln!(io::stderr(), "onward: {what}");
}

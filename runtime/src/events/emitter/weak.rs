//! A reference to an emitter that does not keep it alive.

use std::sync::{Arc, Weak};

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::listeners::Listeners;

/// A weak reference to an emitter. It can emit as long as the emitter, or one of its running async listeners, exists.
pub(crate) struct WeakEmitter<Set>(Weak<Listeners<Set>>);

impl<Set: EventSet> Emitter<Set> {
    pub(crate) fn downgrade(&self) -> WeakEmitter<Set> {
        WeakEmitter(Arc::downgrade(self.table()))
    }
}

impl<Set: EventSet> WeakEmitter<Set> {
    /// Does the same as [`Emitter::emit`], or nothing if the emitter no longer exists.
    pub(crate) fn emit<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        match self.0.upgrade() {
            Some(listeners) => listeners.call_all(event, payload),
            None => false,
        }
    }
}

impl<Set> Clone for WeakEmitter<Set> {
    fn clone(&self) -> Self {
        Self(Weak::clone(&self.0))
    }
}

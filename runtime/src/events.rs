//! Stand-in until the emitter lands: the same names, no more.

use std::sync::{Arc, Mutex, PoisonError};

/// An event of a set.
pub trait Event: 'static {
    /// The set it belongs to.
    type Set;
    /// What its listeners are lent.
    type Payload: ?Sized;
    /// Its listeners.
    fn slot(set: &Self::Set) -> &Slot<Self::Payload>;
}

type Listener<P> = Arc<dyn Fn(&P) + Send + Sync>;

/// The listeners of one event.
pub struct Slot<P: ?Sized>(Mutex<Vec<Listener<P>>>);

impl<P: ?Sized> Default for Slot<P> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// Listeners by event.
#[derive(Default)]
pub struct Emitter<Set>(Set);

impl<Set> Emitter<Set> {
    /// Adds a listener.
    pub fn on<E: Event<Set = Set>>(
        &self,
        _: E,
        listener: impl Fn(&E::Payload) + Send + Sync + 'static,
    ) {
        let mut slot = E::slot(&self.0)
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        slot.push(Arc::new(listener));
    }

    /// Calls the listeners.
    pub fn emit<E: Event<Set = Set>>(&self, _: E, payload: &E::Payload) -> bool {
        let slot = E::slot(&self.0)
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for listener in &slot {
            listener(payload);
        }
        !slot.is_empty()
    }
}

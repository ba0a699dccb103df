//! The listeners of one event.

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::registration::{self, Registration};
use crate::events::event::FallibleSet;
use crate::events::id::ListenerId;

/// The listeners of one event, whose payload is `P`.
///
/// The list is copy-on-write: emitting holds an `Arc` of the list, and registering changes the list in place or, while
/// an `emit` holds it, replaces it with a changed copy. User closures are neither called nor dropped under the lock.
///
/// Only the code that calls listeners is compiled for every payload type; the code that adds and removes them is
/// compiled only for events that the program listens to.
pub struct Slot<P: ?Sized> {
    /// The name of the event.
    pub(crate) event: &'static str,
    /// The number of listeners. Read first, so that emitting an event without listeners takes no lock.
    count: AtomicUsize,
    listeners: RwLock<Option<ListenerList<P>>>,
}

/// Whether there is at least one listener.
struct ListenerList<P: ?Sized> {
    list: Arc<Registrations<P>>,
    /// The listener that was added when there were no others. `event_names` sorts by it.
    first_listener: ListenerId,
    /// The number of listeners at which the leak warning was emitted; 0 if it was not.
    warned_at: usize,
}

/// The listeners in calling order.
pub(super) type Registrations<P> = Vec<Registration<P>>;

/// The end of the list at which a new listener is inserted.
#[derive(Clone, Copy)]
pub(crate) enum Position {
    Front,
    Back,
}

/// A slot without its payload type: the operations that work for every event.
pub trait AnySlot {
    /// The name of the event.
    fn event(&self) -> &'static str;
    /// The number of listeners.
    fn count(&self) -> usize;
    /// The listener that was added when there were no others.
    fn first_listener(&self) -> Option<ListenerId>;
    /// The listeners in calling order.
    fn ids(&self) -> Vec<ListenerId>;
    /// Removes a listener. Returns `false` if it is not in the list.
    fn remove(&self, id: ListenerId) -> bool;
    /// Removes all listeners.
    fn clear(&self);
}

/// The slot of an event named `Error`, without its payload type, which implements `Display`.
pub trait ErrorSlot: AnySlot {
    /// Appends a one-time listener, as `Slot::insert` does.
    fn insert_once(&self, id: ListenerId, callback: OnceDisplay, max: usize) -> Option<usize>;
}

#[doc(hidden)]
pub fn error_slot<Set: FallibleSet>(slot: &Slot<Set::Error>) -> &dyn ErrorSlot {
    slot
}

/// A one-time listener of an error of unknown type.
pub(crate) type OnceDisplay = Box<dyn FnOnce(&dyn Display) + Send>;

impl<P: ?Sized> Slot<P> {
    /// Creates an empty slot for the event `event`.
    #[doc(hidden)]
    pub const fn new(event: &'static str) -> Self {
        Self {
            event,
            count: AtomicUsize::new(0),
            listeners: RwLock::new(None),
        }
    }

    /// Returns whether there is a listener.
    ///
    /// `Relaxed` is enough: the count only decides whether to read the list, and a thread that knows of a registration
    /// on another thread has synchronized with that thread.
    #[inline]
    pub(crate) fn has_listeners(&self) -> bool {
        self.count.load(Ordering::Relaxed) != 0
    }

    /// Returns the current list, which later changes do not affect.
    #[inline]
    pub(super) fn listeners(&self) -> Option<Arc<Registrations<P>>> {
        Some(Arc::clone(&self.read().as_ref()?.list))
    }

    /// Adds a listener. Returns the number of listeners if it exceeds `max` (0: no limit) for the first time.
    pub(super) fn insert(
        &self,
        listener: Registration<P>,
        position: Position,
        max: usize,
    ) -> Option<usize> {
        let mut listeners = self.write();
        let listeners = listeners.get_or_insert_with(|| ListenerList {
            list: Arc::default(),
            first_listener: listener.id,
            warned_at: 0,
        });
        let list = Arc::make_mut(&mut listeners.list);
        match position {
            Position::Front => list.insert(0, listener),
            Position::Back => list.push(listener),
        }
        let count = list.len();
        self.count.store(count, Ordering::Relaxed);
        if max == 0 || count <= max || listeners.warned_at != 0 {
            return None;
        }
        listeners.warned_at = count;
        Some(count)
    }

    /// Removes a listener from the list and returns it, so that it is not dropped under the lock.
    fn take(&self, id: ListenerId) -> Option<Registration<P>> {
        let mut listeners = self.write();
        let list = &mut listeners.as_mut()?.list;
        let (at, taken) = find(list, id)?;
        self.count.store(list.len() - 1, Ordering::Relaxed);
        if list.len() == 1 {
            *listeners = None;
        } else if let Some(list) = Arc::get_mut(list) {
            list.remove(at);
        } else {
            *list = Arc::new(without(list, id));
        }
        Some(taken)
    }

    #[inline]
    fn read(&self) -> RwLockReadGuard<'_, Option<ListenerList<P>>> {
        // Nothing that can panic runs under the lock, so a poisoned list is still consistent.
        self.listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<ListenerList<P>>> {
        self.listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

// Loops instead of iterator adapters: each adapter would be compiled once for every payload type.

fn find<P: ?Sized>(list: &Registrations<P>, id: ListenerId) -> Option<(usize, Registration<P>)> {
    let mut at = 0;
    while let Some(listener) = list.get(at) {
        if listener.id == id {
            return Some((at, listener.clone()));
        }
        at += 1;
    }
    None
}

/// Returns a copy of the list without one of its listeners.
fn without<P: ?Sized>(list: &Registrations<P>, id: ListenerId) -> Registrations<P> {
    let mut rest = Vec::with_capacity(list.len() - 1);
    for listener in list {
        if listener.id != id {
            rest.push(listener.clone());
        }
    }
    rest
}

impl<P: ?Sized> AnySlot for Slot<P> {
    fn event(&self) -> &'static str {
        self.event
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    fn first_listener(&self) -> Option<ListenerId> {
        self.read()
            .as_ref()
            .map(|listeners| listeners.first_listener)
    }

    fn ids(&self) -> Vec<ListenerId> {
        let mut ids = Vec::new();
        if let Some(listeners) = self.listeners() {
            for listener in listeners.iter() {
                ids.push(listener.id);
            }
        }
        ids
    }

    fn remove(&self, id: ListenerId) -> bool {
        self.take(id).is_some()
    }

    fn clear(&self) {
        let removed = {
            let mut listeners = self.write();
            self.count.store(0, Ordering::Relaxed);
            listeners.take()
        };
        drop(removed);
    }
}

impl<P: ?Sized + Display> ErrorSlot for Slot<P> {
    fn insert_once(&self, id: ListenerId, callback: OnceDisplay, max: usize) -> Option<usize> {
        let callback = registration::once(|| {}, move |error: &P| callback(&error));
        self.insert(Registration { id, callback }, Position::Back, max)
    }
}

impl<P: ?Sized> fmt::Debug for Slot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}

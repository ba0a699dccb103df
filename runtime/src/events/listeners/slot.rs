//! The listeners of one event.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::registration::{self, Callback, Registration};
use crate::events::event::FallibleSet;
use crate::events::id::ListenerId;

/// The listeners of one event, whose payload is `P`.
///
/// This type only ensures that a payload reaches listeners of its type: everything else is in [`AnySlot`], which is
/// compiled once instead of once for every event.
pub struct Slot<P: ?Sized> {
    any: AnySlot,
    payload: PhantomData<fn(&P)>,
}

/// A slot without its payload type.
///
/// The list is copy-on-write: emitting holds an `Arc` of the list, and registering changes the list in place or, while
/// an `emit` holds it, replaces it with a changed copy. User closures are neither called nor dropped under the lock.
pub struct AnySlot {
    /// The name of the event.
    pub(crate) event: &'static str,
    /// The number of listeners. It is read first, so that emitting an event without listeners takes no lock.
    count: AtomicUsize,
    listeners: RwLock<Option<ListenerList>>,
}

/// The listeners of an event that has at least one.
struct ListenerList {
    list: Arc<Registrations>,
    /// The listener that was added when there were no others. `event_names` sorts by it.
    first_listener: ListenerId,
    /// The number of listeners at which the leak warning was emitted; 0 if it was not.
    warned_at: usize,
}

/// The listeners in calling order.
pub(super) type Registrations = Vec<Registration>;

/// The end of the list at which a new listener is inserted.
#[derive(Clone, Copy)]
pub(crate) enum Position {
    Front,
    Back,
}

/// The slot of an event named `Error`, whose payload implements `Display`.
pub trait ErrorSlot {
    /// Returns the slot.
    fn any(&self) -> &AnySlot;
    /// Appends a one-time listener, as `AnySlot::insert` does.
    fn insert_once(&self, id: ListenerId, callback: OnceDisplay, max: usize) -> Option<usize>;
}

#[doc(hidden)]
pub fn error_slot<Set: FallibleSet>(slot: &Slot<Set::Error>) -> &dyn ErrorSlot {
    slot
}

/// A one-time listener of an error of unknown type.
pub(crate) type OnceDisplay = Box<dyn FnOnce(&dyn Display) + Send>;

impl<P: ?Sized + 'static> Slot<P> {
    /// Creates an empty slot for the event `event`.
    #[doc(hidden)]
    pub const fn new(event: &'static str) -> Self {
        Self {
            any: AnySlot::new(event),
            payload: PhantomData,
        }
    }

    #[doc(hidden)]
    #[inline]
    pub fn any(&self) -> &AnySlot {
        &self.any
    }

    /// Adds a listener, as [`AnySlot::insert`] does.
    pub(super) fn insert(
        &self,
        id: ListenerId,
        callback: Callback<P>,
        position: Position,
        max: usize,
    ) -> Option<usize> {
        let listener = Registration::new(id, callback);
        self.any.insert(listener, position, max)
    }
}

impl AnySlot {
    const fn new(event: &'static str) -> Self {
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
        self.count() != 0
    }

    /// Returns the number of listeners.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    /// Returns the current list, which later changes do not affect.
    #[inline]
    pub(super) fn listeners(&self) -> Option<Arc<Registrations>> {
        Some(Arc::clone(&self.read().as_ref()?.list))
    }

    /// Returns the listener that was added when there were no others.
    pub(super) fn first_listener(&self) -> Option<ListenerId> {
        Some(self.read().as_ref()?.first_listener)
    }

    /// Returns the listeners in calling order.
    pub(crate) fn ids(&self) -> Vec<ListenerId> {
        let mut ids = Vec::new();
        if let Some(listeners) = self.listeners() {
            ids.extend(listeners.iter().map(|listener| listener.id));
        }
        ids
    }

    /// Adds a listener. Returns the number of listeners if it exceeds `max` (0: no limit) for the first time.
    pub(super) fn insert(
        &self,
        listener: Registration,
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

    /// Removes a listener. Returns `false` if it is not in the list.
    pub(super) fn remove(&self, id: ListenerId) -> bool {
        self.take(id).is_some()
    }

    /// Removes a listener from the list and returns it, so that it is not dropped under the lock.
    fn take(&self, id: ListenerId) -> Option<Registration> {
        let mut listeners = self.write();
        let list = &mut listeners.as_mut()?.list;
        let at = list.iter().position(|listener| listener.id == id)?;
        let taken = list[at].clone();
        self.count.store(list.len() - 1, Ordering::Relaxed);
        if list.len() == 1 {
            *listeners = None;
        } else {
            Arc::make_mut(list).remove(at);
        }
        Some(taken)
    }

    /// Removes all listeners.
    pub(super) fn clear(&self) {
        let removed = {
            let mut listeners = self.write();
            self.count.store(0, Ordering::Relaxed);
            listeners.take()
        };
        drop(removed);
    }

    #[inline]
    fn read(&self) -> RwLockReadGuard<'_, Option<ListenerList>> {
        // User code never runs under the lock, so the list is consistent even if the lock is poisoned.
        self.listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<ListenerList>> {
        self.listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: ?Sized + Display + 'static> ErrorSlot for Slot<P> {
    fn any(&self) -> &AnySlot {
        &self.any
    }

    fn insert_once(&self, id: ListenerId, callback: OnceDisplay, max: usize) -> Option<usize> {
        let callback = registration::once(|| {}, Box::new(move |error: &P| callback(&error)));
        self.insert(id, callback, Position::Back, max)
    }
}

impl<P: ?Sized> fmt::Debug for Slot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.any.fmt(f)
    }
}

impl fmt::Debug for AnySlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}

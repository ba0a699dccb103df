//! The listeners of one event.

use std::fmt::{self, Display};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::event::FallibleSet;
use super::id::ListenerId;
use super::registration::{self, Registration};

/// The listeners of one event, whose payload is `P`.
///
/// The list is shared: to emit is to hold on to the list of that moment, to register is to change it
/// in place or, while somebody holds on to it, to put a changed copy in its place. No closure of the
/// user's is called or dropped under the lock, so listeners may do with the emitter what they like.
///
/// What is there for each payload is to call listeners; to add and to remove them is code that a program has for the events
/// that it listens to.
pub struct Slot<P: ?Sized> {
    /// The name of the event.
    pub(super) event: &'static str,
    /// How many listen. Looked at first, so that an event nobody listens to takes no lock.
    count: AtomicUsize,
    crowd: RwLock<Option<Crowd<P>>>,
}

/// The listeners, at least one.
struct Crowd<P: ?Sized> {
    list: Arc<List<P>>,
    /// The listener that came when there was none: the events of an emitter are listed in this order.
    since: ListenerId,
    /// At how many it was said that there are too many; 0: not yet.
    warned_at: usize,
}

/// In the order in which they are called.
pub(super) type List<P> = Vec<Arc<Registration<P>>>;

/// At which end of the list a new listener goes.
#[derive(Clone, Copy)]
pub(super) enum Place {
    First,
    Last,
}

/// A slot whatever its payload: what can be done to the listeners of all events.
pub trait AnySlot {
    /// The name of the event.
    fn event(&self) -> &'static str;
    /// How many listen.
    fn count(&self) -> usize;
    /// The listener that came when there was none.
    fn since(&self) -> Option<ListenerId>;
    /// The listeners, in the order in which they would be called.
    fn ids(&self) -> Vec<ListenerId>;
    /// Takes a listener out. `false`: it is not in the list.
    fn remove(&self, id: ListenerId) -> bool;
    /// Takes all listeners out.
    fn clear(&self);
}

/// The slot of an event named `Error`, whatever it tells, as long as it can be displayed.
pub trait ErrorSlot: AnySlot {
    /// Adds a listener for one time behind the others, as `Slot::insert` does.
    fn insert_once(&self, id: ListenerId, tell: OnceDisplay, max: usize) -> Option<usize>;
}

#[doc(hidden)]
pub fn error_slot<Set: FallibleSet>(slot: &Slot<Set::Error>) -> &dyn ErrorSlot {
    slot
}

/// A listener of an error that it can only read.
pub(super) type OnceDisplay = Box<dyn FnOnce(&dyn Display) + Send>;

impl<P: ?Sized> Slot<P> {
    /// For the event of this name.
    #[doc(hidden)]
    pub const fn new(event: &'static str) -> Self {
        Self {
            event,
            count: AtomicUsize::new(0),
            crowd: RwLock::new(None),
        }
    }

    /// Whether anybody listens.
    ///
    /// `Relaxed`, since the number only says whether a look at the list is worth it: whoever knows
    /// of a registration on another thread has synchronised with that thread.
    #[inline]
    pub(super) fn is_heard(&self) -> bool {
        self.count.load(Ordering::Relaxed) != 0
    }

    /// The list of this moment, for as long as the caller keeps it.
    #[inline]
    pub(super) fn listeners(&self) -> Option<Arc<List<P>>> {
        Some(Arc::clone(&self.read().as_ref()?.list))
    }

    /// Adds a listener. If there are now more than `max` (0: no limit), and nobody was told so far,
    /// returns how many there are.
    pub(super) fn insert(
        &self,
        listener: Registration<P>,
        place: Place,
        max: usize,
    ) -> Option<usize> {
        let mut crowd = self.write();
        let crowd = crowd.get_or_insert_with(|| Crowd {
            list: Arc::default(),
            since: listener.id,
            warned_at: 0,
        });
        let list = Arc::make_mut(&mut crowd.list);
        match place {
            Place::First => list.insert(0, Arc::new(listener)),
            Place::Last => list.push(Arc::new(listener)),
        }
        let count = list.len();
        self.count.store(count, Ordering::Relaxed);
        if max == 0 || count <= max || crowd.warned_at != 0 {
            return None;
        }
        crowd.warned_at = count;
        Some(count)
    }

    /// Takes a listener out of the list and hands it over, so that it is not dropped under the lock.
    fn take(&self, id: ListenerId) -> Option<Arc<Registration<P>>> {
        let mut crowd = self.write();
        let list = &mut crowd.as_mut()?.list;
        let at = list.iter().position(|listener| listener.id == id)?;
        let taken = Arc::clone(&list[at]);
        self.count.store(list.len() - 1, Ordering::Relaxed);
        if list.len() == 1 {
            *crowd = None;
        } else {
            Arc::make_mut(list).remove(at);
        }
        Some(taken)
    }

    #[inline]
    fn read(&self) -> RwLockReadGuard<'_, Option<Crowd<P>>> {
        // Nothing that can panic runs under the lock, and a list is never half changed.
        self.crowd.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Crowd<P>>> {
        self.crowd.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: ?Sized> AnySlot for Slot<P> {
    fn event(&self) -> &'static str {
        self.event
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    fn since(&self) -> Option<ListenerId> {
        self.read().as_ref().map(|crowd| crowd.since)
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
        let crowd = {
            let mut crowd = self.write();
            self.count.store(0, Ordering::Relaxed);
            crowd.take()
        };
        drop(crowd);
    }
}

impl<P: ?Sized + Display> ErrorSlot for Slot<P> {
    fn insert_once(&self, id: ListenerId, tell: OnceDisplay, max: usize) -> Option<usize> {
        let call = registration::once(|| {}, move |error: &P| tell(&error));
        self.insert(Registration { id, call }, Place::Last, max)
    }
}

impl<P: ?Sized> fmt::Debug for Slot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}

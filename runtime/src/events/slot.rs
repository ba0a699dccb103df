//! The listeners of one event.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::id::ListenerId;

/// The listeners of one event, whose payload is `P`.
///
/// The list is shared: to emit is to hold on to the list of that moment, to register is to change it
/// in place or, while somebody holds on to it, to put a changed copy in its place. No closure of the
/// user's is called or dropped under the lock, so listeners may do with the emitter what they like.
pub struct Slot<P: ?Sized> {
    /// How many listen. Looked at first, so that an event nobody listens to takes no lock.
    count: AtomicUsize,
    crowd: Mutex<Option<Crowd<P>>>,
}

/// The listeners, at least one.
struct Crowd<P: ?Sized> {
    list: Arc<Vec<Listener<P>>>,
    /// The listener that came when there was none: the events of an emitter are listed in this order.
    since: ListenerId,
    /// Whether it was said that there are too many.
    warned: bool,
}

/// One registration of a listener.
pub(super) struct Listener<P: ?Sized> {
    pub(super) id: ListenerId,
    pub(super) call: Call<P>,
}

/// How often a listener may be called.
pub(super) enum Call<P: ?Sized> {
    Always(Arc<dyn Fn(&P) + Send + Sync>),
    /// Until somebody takes the closure to call it.
    Once(Arc<Mutex<Option<Once<P>>>>),
}

pub(super) type Once<P> = Box<dyn FnOnce(&P) + Send>;

/// At which end of the list a new listener goes.
#[derive(Clone, Copy)]
pub(super) enum Place {
    First,
    Last,
}

/// A slot whatever its payload: what can be done to the listeners of all events.
pub trait AnySlot {
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

impl<P: ?Sized> Slot<P> {
    #[doc(hidden)]
    pub const fn new() -> Self {
        Self {
            count: AtomicUsize::new(0),
            crowd: Mutex::new(None),
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
    pub(super) fn listeners(&self) -> Option<Arc<Vec<Listener<P>>>> {
        self.lock().as_ref().map(|crowd| Arc::clone(&crowd.list))
    }

    /// Adds a listener. If there are now more than `max` (0: no limit), and nobody was told so far,
    /// returns how many there are.
    pub(super) fn insert(&self, listener: Listener<P>, place: Place, max: usize) -> Option<usize> {
        let mut crowd = self.lock();
        let crowd = crowd.get_or_insert_with(|| Crowd {
            list: Arc::default(),
            since: listener.id,
            warned: false,
        });
        let list = Arc::make_mut(&mut crowd.list);
        match place {
            Place::First => list.insert(0, listener),
            Place::Last => list.push(listener),
        }
        let count = list.len();
        self.count.store(count, Ordering::Relaxed);
        if max == 0 || count <= max || crowd.warned {
            return None;
        }
        crowd.warned = true;
        Some(count)
    }

    /// Takes a listener out of the list and hands it over, so that it is not dropped under the lock.
    fn take(&self, id: ListenerId) -> Option<Listener<P>> {
        let mut crowd = self.lock();
        let list = &mut crowd.as_mut()?.list;
        let at = list.iter().position(|listener| listener.id == id)?;
        let taken = list[at].clone();
        self.count.store(list.len() - 1, Ordering::Relaxed);
        if list.len() == 1 {
            *crowd = None;
        } else {
            Arc::make_mut(list).remove(at);
        }
        Some(taken)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Crowd<P>>> {
        // Nothing that can panic runs under the lock, and a list is never half changed.
        self.crowd.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: ?Sized> Default for Slot<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: ?Sized> AnySlot for Slot<P> {
    fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    fn since(&self) -> Option<ListenerId> {
        self.lock().as_ref().map(|crowd| crowd.since)
    }

    fn ids(&self) -> Vec<ListenerId> {
        let listeners = self.listeners();
        let listeners = listeners.iter().flat_map(|list| list.iter());
        listeners.map(|listener| listener.id).collect()
    }

    fn remove(&self, id: ListenerId) -> bool {
        self.take(id).is_some()
    }

    fn clear(&self) {
        let crowd = {
            let mut crowd = self.lock();
            self.count.store(0, Ordering::Relaxed);
            crowd.take()
        };
        drop(crowd);
    }
}

impl<P: ?Sized> fmt::Debug for Slot<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}

// Not derived: that would ask for `P: Clone`.
impl<P: ?Sized> Clone for Listener<P> {
    fn clone(&self) -> Self {
        let call = match &self.call {
            Call::Always(listener) => Call::Always(Arc::clone(listener)),
            Call::Once(listener) => Call::Once(Arc::clone(listener)),
        };
        Self { id: self.id, call }
    }
}

//! Which listener is meant.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};

/// Stands for one registration of a listener: [`Emitter::on`](super::Emitter::on) returns it,
/// [`Emitter::off`](super::Emitter::off) takes it.
///
/// No two registrations in a process have the same id, whatever the emitter; an id is not used again.
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! { DoorEvents { Opened } }
///
/// let (front, back) = (Emitter::<DoorEvents>::new(), Emitter::<DoorEvents>::new());
/// let id = front.on(Opened, |_| {});
/// assert!(!back.off(Opened, id)); // not one of its listeners
/// assert!(front.off(Opened, id));
/// ```
///
/// Node: the listener function itself, of which the most recent registration is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListenerId(NonZeroU64);

impl ListenerId {
    /// The next id. Later ones are greater.
    pub(super) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(NonZeroU64::new(number).expect("2⁶⁴ registrations take centuries"))
    }
}

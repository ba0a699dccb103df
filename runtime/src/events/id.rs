//! The identity of a registration.

use std::num::NonZeroU64;
use std::sync::atomic::{AtomicU64, Ordering};

/// The identity of one registration of a listener.
///
/// [`Emitter::on`](super::Emitter::on) and the other methods that add a listener return it;
/// [`Emitter::off`](super::Emitter::off) takes it. Ids are unique in the process, across emitters, and are not reused.
/// Node.js: the listener function itself, which stands for its most recent registration.
///
/// # Examples
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! { DoorEvents { Opened } }
///
/// let (front, back) = (Emitter::<DoorEvents>::new(), Emitter::<DoorEvents>::new());
/// let id = front.on(Opened, |_| {});
/// assert!(!back.off(Opened, id)); // a listener of the other emitter
/// assert!(front.off(Opened, id));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListenerId(NonZeroU64);

impl ListenerId {
    /// Returns the next id, which is greater than all earlier ones.
    pub(super) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(NonZeroU64::new(number).expect("2⁶⁴ registrations take centuries"))
    }
}

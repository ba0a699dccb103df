//! How many listeners are too many.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

static DEFAULT: AtomicUsize = AtomicUsize::new(10);

/// How many listeners an event is expected to have at most, on emitters without a number of their own. 10 unless
/// [`set_default_max_listeners`] was called; 0 is no limit.
///
/// ```
/// assert_eq!(onward::events::default_max_listeners(), 10);
/// ```
///
/// Node: `events.defaultMaxListeners`.
#[doc(alias = "defaultMaxListeners")]
pub fn default_max_listeners() -> usize {
    DEFAULT.load(Ordering::Relaxed)
}

/// Sets how many listeners an event is expected to have at most, on all emitters of the process, those that exist
/// included, on which [`set_max_listeners`](super::Emitter::set_max_listeners) was not called. 0 is no limit.
///
/// It counts for listeners that are added from now on.
///
/// ```
/// use onward::events::{self, Emitter};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let (front, back) = (Emitter::<DoorEvents>::new(), Emitter::<DoorEvents>::new());
/// back.set_max_listeners(7);
/// events::set_default_max_listeners(3);
/// assert_eq!(front.get_max_listeners(), 3);
/// assert_eq!(back.get_max_listeners(), 7);
/// ```
///
/// Node: `events.defaultMaxListeners = max`.
pub fn set_default_max_listeners(max: usize) {
    DEFAULT.store(max, Ordering::Relaxed);
}

/// What [`MaxListenersExceeded`](super::MaxListenersExceeded) tells. It prints as a warning to read.
///
/// ```
/// use onward::events::{Emitter, MaxListenersExceeded, TooManyListeners};
///
/// onward::events! { DoorEvents { Opened } }
///
/// fn warn(leak: &TooManyListeners) {
///     eprintln!("{leak}: that is {} too many", leak.count - leak.max);
/// }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(MaxListenersExceeded, warn);
/// # for _ in 0..11 { door.on(Opened, |_| {}); }
/// ```
///
/// Node: the warning object, with its `type` and `count`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooManyListeners {
    /// The name of the event, as it was declared.
    pub event: &'static str,
    /// How many listeners the event has now.
    pub count: usize,
    /// How many were expected at most.
    pub max: usize,
}

impl fmt::Display for TooManyListeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { event, count, max } = self;
        write!(
            f,
            "possible leak: `{event}` has {count} listeners, more than the expected {max}; \
             `set_max_listeners` raises the limit"
        )
    }
}

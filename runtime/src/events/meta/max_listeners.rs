//! The number of listeners above which a leak is suspected.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

static DEFAULT: AtomicUsize = AtomicUsize::new(10);

/// Returns the number of listeners per event above which emitters warn of a leak.
///
/// It applies to emitters without their own limit. Default: 10, unless [`set_default_max_listeners`] was called;
/// 0 means no limit.
/// Node.js: `events.defaultMaxListeners`.
///
/// # Examples
///
/// ```
/// assert_eq!(onward::events::default_max_listeners(), 10);
/// ```
#[doc(alias = "defaultMaxListeners")]
pub fn default_max_listeners() -> usize {
    DEFAULT.load(Ordering::Relaxed)
}

/// Sets the number of listeners per event above which emitters warn of a leak.
///
/// It applies to all emitters of the process, including existing ones, except those on which
/// [`set_max_listeners`](crate::events::Emitter::set_max_listeners) was called. It takes effect when the next listener
/// is added. 0 means no limit. Default: 10.
/// Node.js: `events.defaultMaxListeners = max`.
///
/// # Examples
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
pub fn set_default_max_listeners(max: usize) {
    DEFAULT.store(max, Ordering::Relaxed);
}

/// The payload of [`MaxListenersExceeded`](crate::events::MaxListenersExceeded).
///
/// Its `Display` output is a warning for a log.
/// Node.js: the warning object, with its `type` and `count`.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, MaxListenersExceeded, TooManyListeners};
///
/// onward::events! { DoorEvents { Opened } }
///
/// fn warn(leak: &TooManyListeners) {
///     assert_eq!((leak.count, leak.max), (11, 10));
///     eprintln!("{leak}");
/// }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(MaxListenersExceeded, warn);
/// # for _ in 0..11 { door.on(Opened, |_| {}); }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooManyListeners {
    /// The name of the event, as declared.
    pub event: &'static str,
    /// The number of listeners that the event has now.
    pub count: usize,
    /// The limit.
    pub max: usize,
}

impl fmt::Display for TooManyListeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { event, count, max } = self;
        write!(
            f,
            "possible leak: `{event}` has {count} listeners, more than the limit of {max}; use `set_max_listeners` to raise it"
        )
    }
}

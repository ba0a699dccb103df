//! The event that reports failed listeners.

use std::any::Any;
use std::fmt;

use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;
use crate::events::listeners::{Listeners, Slot};

/// The event with which every emitter reports a failed listener.
///
/// It is emitted when a listener panics, when an async listener returns an error while the set's event `Error` has no
/// listener, and when an async listener has to wait outside of a tokio runtime. The other listeners are called and
/// `emit` returns as usual. Without a listener for it, the failure is written to stderr.
/// Node.js: `uncaughtException` and `unhandledRejection` of the process, which end it by default.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, ListenerFailed};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(ListenerFailed, |failure| eprintln!("{failure}"));
/// door.on(Opened, |_| panic!("out of order")); // "a listener of `Opened` panicked: out of order"
/// door.on(Opened, |_| println!("opened")); // is called nevertheless
/// assert!(door.emit(Opened, &()));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ListenerFailed;

/// The payload of [`ListenerFailed`].
///
/// Its `Display` output is one line for a log.
/// Node.js: the error, without the listener.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, FailureReason, ListenerFailed, ListenerFailure};
///
/// onward::events! { DoorEvents { Opened } }
///
/// fn report(failure: &ListenerFailure) {
///     if let FailureReason::Panic(message) = &failure.reason {
///         eprintln!("{:?} of {}: {message}", failure.listener, failure.event);
///     }
/// }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(ListenerFailed, report);
/// # door.on(Opened, |_| panic!("out of order"));
/// # assert!(door.emit(Opened, &()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListenerFailure {
    /// The name of the event that the listener was called for.
    pub event: &'static str,
    /// The id that was returned when the listener was added.
    pub listener: ListenerId,
    /// The kind of failure.
    pub reason: FailureReason,
}

/// The kind of a [`ListenerFailure`].
///
/// Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, FailureReason, ListenerFailed};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(ListenerFailed, |failure| {
///     assert_eq!(failure.reason, FailureReason::Panic("out of order".to_owned()));
/// });
/// door.on(Opened, |_| panic!("out of order"));
/// door.emit(Opened, &());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureReason {
    /// The listener panicked with this message.
    Panic(String),
    /// An async listener returned this error, and either `Error` has no listener or the listener was itself called for
    /// such an error.
    Error(String),
    /// An async listener had to wait but was called outside of a tokio runtime. Its future was dropped.
    NoRuntime,
}

impl FailureReason {
    pub(crate) fn panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self::Panic(text.unwrap_or("the panic value is not text").to_owned())
    }
}

impl fmt::Display for ListenerFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = self.event;
        match &self.reason {
            FailureReason::Panic(message) => {
                write!(f, "a listener of `{event}` panicked: {message}")
            }
            FailureReason::Error(error) => {
                write!(
                    f,
                    "unhandled error of an async listener of `{event}`: {error}"
                )
            }
            FailureReason::NoRuntime => write!(
                f,
                "the future of an async listener of `{event}` was dropped: it had to wait, and `emit` was called \
                 outside of a tokio runtime"
            ),
        }
    }
}

impl<Set: EventSet> Event<Set> for ListenerFailed {
    type Payload = ListenerFailure;
    const NAME: &'static str = "ListenerFailed";

    fn slot(self, listeners: &Listeners<Set>) -> &Slot<ListenerFailure> {
        &listeners.registry.listener_failed
    }
}

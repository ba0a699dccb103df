//! What becomes of a listener that fails.

use std::any::Any;
use std::fmt;

use super::event::{Event, EventSet};
use super::id::ListenerId;
use super::listeners::Listeners;
use super::slot::Slot;

/// A listener failed, and nobody else is told: it panicked, or an async one returned an error that the set's event
/// `Error` has no listener for.
///
/// The other listeners were called, and `emit` returned as usual. If nobody listens to this event, the failure is
/// written to stderr.
///
/// ```
/// use onward::events::{Emitter, ListenerFailed};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(ListenerFailed, |failure| eprintln!("{failure}"));
/// door.on(Opened, |_| panic!("no way in")); // "a listener of `Opened` panicked: no way in"
/// door.on(Opened, |_| println!("come in")); // is called all the same
/// assert!(door.emit(Opened, &()));
/// ```
///
/// Node: the `uncaughtException` and `unhandledRejection` of the process, which end it by default.
#[derive(Clone, Copy, Debug)]
pub struct ListenerFailed;

/// What [`ListenerFailed`] tells. It prints as a line for a log.
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
/// # door.on(Opened, |_| panic!("no way in"));
/// # door.emit(Opened, &());
/// ```
///
/// Node: the error, without the listener it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListenerFailure {
    /// The name of the event that the listener was called for.
    pub event: &'static str,
    /// What the registration of the listener returned.
    pub listener: ListenerId,
    /// How it failed.
    pub reason: FailureReason,
}

/// How a listener failed.
///
/// See [`ListenerFailure`]. Node has no counterpart.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureReason {
    /// It panicked, with this message.
    Panic(String),
    /// An async listener returned this error, and `Error` has no listener; or it is one of `Error` itself, and failed
    /// again.
    Error(String),
    /// An async listener has to wait, and was called outside of a tokio runtime. What was left of it is dropped.
    NoRuntime,
}

impl FailureReason {
    pub(super) fn panic(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self::Panic(text.unwrap_or("with a value that is no text").to_owned())
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
                    "an async listener of `{event}` failed, and nobody listens to that: {error}"
                )
            }
            FailureReason::NoRuntime => write!(
                f,
                "an async listener of `{event}` has to wait, but `emit` was called outside of a tokio runtime"
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

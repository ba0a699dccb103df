//! The events about listeners, and the event that precedes `Error`.

use super::TooManyListeners;
use crate::events::event::{Event, EventSet, FallibleSet};
use crate::events::id::ListenerId;
use crate::events::listeners::{Listeners, Slot};

/// The event that every emitter emits before a listener is added.
///
/// The payload is a [`ListenerChange`]. The listener is not in the list yet.
/// Node.js: `newListener`.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, NewListener};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(NewListener, |new| assert_eq!(new.event, "Opened"));
/// door.on(Opened, |_| {});
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NewListener;

/// The event that every emitter emits after a listener has been removed.
///
/// The payload is a [`ListenerChange`]. The event is emitted by [`off`](crate::events::Emitter::off) and the other
/// methods that remove listeners, and for a one-time listener right before it runs. Dropping the emitter emits nothing.
/// Node.js: `removeListener`.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, RemoveListener};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(RemoveListener, |removed| assert_eq!(removed.event, "Opened"));
/// door.once(Opened, |_| {});
/// door.emit(Opened, &());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RemoveListener;

/// The event with which every emitter reports that an event has more listeners than
/// [`get_max_listeners`](crate::events::Emitter::get_max_listeners) allows without a warning.
///
/// The payload is a [`TooManyListeners`]. The usual cause is a listener that is added repeatedly and never removed. The
/// warning is emitted once per event until that event's last listener is removed. Without a listener for it, the
/// warning is written to stderr.
/// Node.js: the `MaxListenersExceededWarning` of the process.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, MaxListenersExceeded};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.set_max_listeners(1);
/// door.on(MaxListenersExceeded, |leak| assert_eq!(leak.count, 2));
/// door.on(Opened, |_| {});
/// door.on(Opened, |_| {}); // exceeds the limit
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MaxListenersExceeded;

/// The payload of [`NewListener`] and [`RemoveListener`].
///
/// Node.js: the event's name and the listener function.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, ListenerChange, NewListener};
///
/// onward::events! { DoorEvents { Opened } }
///
/// fn report(new: &ListenerChange) {
///     println!("{:?} listens to {}", new.listener, new.event);
/// }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(NewListener, report);
/// # door.on(Opened, |_| {});
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListenerChange {
    /// The name of the event, as declared.
    pub event: &'static str,
    /// The id of the listener.
    pub listener: ListenerId,
}

/// The event that is emitted before the listeners of `Error` are called, even if there are none.
///
/// It exists in every set with an event named `Error` and has the same payload. A listener of `ErrorMonitor` does not
/// count as one of `Error`: the error is still returned to the caller of
/// [`emit_error`](crate::events::Emitter::emit_error).
/// Node.js: the symbol `events.errorMonitor`.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, ErrorMonitor};
///
/// onward::events! { DiskEvents { Error(std::io::Error) } }
///
/// let disk: Emitter<DiskEvents> = Emitter::new();
/// disk.on(ErrorMonitor, |error| println!("log: {error}"));
/// assert!(disk.emit_error(std::io::Error::other("the disk is full")).is_err());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ErrorMonitor;

impl<Set: FallibleSet> Event<Set> for ErrorMonitor {
    type Payload = Set::Error;
    const NAME: &'static str = "ErrorMonitor";

    fn slot(self, listeners: &Listeners<Set>) -> &Slot<Set::Error> {
        listeners.extension(self)
    }

    fn find(self, listeners: &Listeners<Set>) -> Option<&Slot<Set::Error>> {
        listeners.find_extension(self)
    }
}

impl<Set: EventSet> Event<Set> for NewListener {
    type Payload = ListenerChange;
    const NAME: &'static str = "NewListener";

    fn slot(self, listeners: &Listeners<Set>) -> &Slot<ListenerChange> {
        &listeners.registry.new_listener
    }
}

impl<Set: EventSet> Event<Set> for RemoveListener {
    type Payload = ListenerChange;
    const NAME: &'static str = "RemoveListener";

    fn slot(self, listeners: &Listeners<Set>) -> &Slot<ListenerChange> {
        &listeners.registry.remove_listener
    }
}

impl<Set: EventSet> Event<Set> for MaxListenersExceeded {
    type Payload = TooManyListeners;
    const NAME: &'static str = "MaxListenersExceeded";

    fn slot(self, listeners: &Listeners<Set>) -> &Slot<TooManyListeners> {
        &listeners.registry.max_listeners_exceeded
    }
}

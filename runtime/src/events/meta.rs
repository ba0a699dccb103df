//! The events that every emitter has, whatever its set: they tell about its listeners.

use super::event::{Event, EventSet, FallibleSet};
use super::id::ListenerId;
use super::listeners::Listeners;
use super::max::TooManyListeners;
use super::slot::Slot;

/// A listener is about to be added; it is not in the list yet.
///
/// ```
/// use onward::events::{Emitter, NewListener};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(NewListener, |new| println!("somebody wants to hear {}", new.event));
/// door.on(Opened, |_| {}); // prints "somebody wants to hear Opened"
/// ```
///
/// Node: the `newListener` event.
#[derive(Clone, Copy, Debug)]
pub struct NewListener;

/// A listener was removed, by [`off`](super::Emitter::off) and its like or because it was a `once`
/// listener whose event came. The drop of an emitter tells nothing.
///
/// ```
/// use onward::events::{Emitter, RemoveListener};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(RemoveListener, |gone| println!("nobody has to tell {:?} any more", gone.listener));
/// door.once(Opened, |_| {});
/// door.emit(Opened, &());
/// ```
///
/// Node: the `removeListener` event.
#[derive(Clone, Copy, Debug)]
pub struct RemoveListener;

/// An event has got more listeners than [`get_max_listeners`](super::Emitter::get_max_listeners) expects,
/// which is often a listener that is added again and again and never removed.
///
/// Told once per event, until that event's last listener is removed. If nobody listens, the warning
/// is written to stderr.
///
/// ```
/// use onward::events::{Emitter, MaxListenersExceeded};
///
/// onward::events! { DoorEvents { Opened } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.set_max_listeners(1);
/// door.on(MaxListenersExceeded, |leak| eprintln!("{} leaks", leak.event));
/// door.on(Opened, |_| {});
/// door.on(Opened, |_| {}); // one too many
/// ```
///
/// Node: the `MaxListenersExceededWarning` of the process.
#[derive(Clone, Copy, Debug)]
pub struct MaxListenersExceeded;

/// What [`NewListener`] and [`RemoveListener`] tell: which listener of which event.
///
/// ```
/// use onward::events::{Emitter, ListenerChange, NewListener};
///
/// onward::events! { DoorEvents { Opened } }
///
/// fn report(new: &ListenerChange) {
///     println!("{:?} is for {}", new.listener, new.event);
/// }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(NewListener, report);
/// # door.on(Opened, |_| {});
/// ```
///
/// Node: the event's name and the listener function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListenerChange {
    /// The name of the event, as it was declared.
    pub event: &'static str,
    /// What the registration returned, or will return.
    pub listener: ListenerId,
}

/// `Error` is emitted: told before its listeners are called, whether there are any or not. To hear it is not to deal
/// with it: an `Error` that is only monitored goes back to whoever emitted it.
///
/// Every set with an event named `Error` has it. It tells what `Error` tells.
///
/// ```
/// use onward::events::{Emitter, ErrorMonitor};
///
/// onward::events! { DiskEvents { Error(std::io::Error) } }
///
/// let disk: Emitter<DiskEvents> = Emitter::new();
/// disk.on(ErrorMonitor, |error| println!("for the record: {error}"));
/// assert!(disk.emit_error(std::io::Error::other("the disk is full")).is_err());
/// ```
///
/// Node: the symbol `events.errorMonitor`.
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

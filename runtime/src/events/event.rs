//! What an event is, and what a set of them.

use std::fmt::Display;

use super::listeners::Listeners;
use super::slot::{AnySlot, ErrorSlot, Slot};

/// An event of the set `Set`: a unit type that stands for the event's name.
///
/// Implemented by [`events!`](crate::events!), not by hand. Code that works with any event of a set,
/// or with one event on any emitter that has it, names it as a bound:
///
/// ```
/// use onward::events::{Emitter, Event, EventSet};
///
/// fn is_heard<Set: EventSet>(emitter: &Emitter<Set>, event: impl Event<Set>) -> bool {
///     emitter.listener_count(event) > 0
/// }
///
/// onward::events! { DoorEvents { Opened, Closed } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(Opened, |_| println!("come in"));
/// assert!(is_heard(&door, Opened));
/// assert!(!is_heard(&door, Closed));
/// ```
///
/// Node: a string or a symbol.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event of `{Set}`",
    label = "this emitter has no such event",
    note = "the events of this emitter are those that `events! {{ {Set} {{ … }} }}` names, and those that `events! {{ for {Set} {{ … }} }}` adds"
)]
pub trait Event<Set: EventSet>: Copy + Send + Sync + 'static {
    /// What the event tells. Listeners borrow it.
    ///
    /// ```
    /// use onward::events::Event;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str), Closed } }
    ///
    /// let text: &<MessageLogged as Event<ChatEvents>>::Payload = "hello";
    /// let nothing: &<Closed as Event<ChatEvents>>::Payload = &();
    /// # let _ = (text, nothing);
    /// ```
    type Payload: ?Sized;

    /// The event's name, as it was declared.
    ///
    /// ```
    /// use onward::events::Event;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// assert_eq!(<MessageLogged as Event<ChatEvents>>::NAME, "MessageLogged");
    /// ```
    const NAME: &'static str;

    /// The listeners, to add one.
    #[doc(hidden)]
    fn slot(self, listeners: &Listeners<Set>) -> &Slot<Self::Payload>;

    /// The listeners, unless there never was one.
    #[doc(hidden)]
    #[inline]
    fn find(self, listeners: &Listeners<Set>) -> Option<&Slot<Self::Payload>> {
        Some(self.slot(listeners))
    }

    /// Tells those who are called first and count for nothing: of `Error`, the listeners of `ErrorMonitor`.
    #[doc(hidden)]
    #[inline]
    fn tell_monitor(self, _: &Listeners<Set>, _: &Self::Payload) {}

    /// Whether there are any of those.
    #[doc(hidden)]
    #[inline]
    fn is_monitored(self, _: &Listeners<Set>) -> bool {
        false
    }
}

/// A set of events: what an [`Emitter`](super::Emitter) is an emitter of.
///
/// Implemented by [`events!`](crate::events!), not by hand. It is the bound for code that works with
/// any emitter:
///
/// ```
/// use onward::events::{Emitter, EventSet};
///
/// fn is_idle<Set: EventSet>(emitter: &Emitter<Set>) -> bool {
///     emitter.event_names().is_empty()
/// }
///
/// onward::events! { DoorEvents { Opened } }
///
/// assert!(is_idle(&Emitter::<DoorEvents>::new()));
/// ```
///
/// Node has no counterpart: every emitter has every event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of events",
    label = "not a set of events",
    note = "an emitter has events of a set: `events! {{ Set {{ … }} }}` declares one for `Emitter<Set>`"
)]
pub trait EventSet: Sized + Send + Sync + 'static {
    #[doc(hidden)]
    fn new() -> Self;

    #[doc(hidden)]
    fn slots<'set>(&'set self, see: &mut dyn FnMut(&'set dyn AnySlot));

    /// The listeners of the event `Error`, if the set has one.
    #[doc(hidden)]
    fn error(&self) -> Option<&dyn ErrorSlot> {
        None
    }
}

/// A set that has an event named `Error`: its failures are never silent.
///
/// Implemented by [`events!`](crate::events!) for sets with such an event, whose payload has to be
/// [`Display`]. It is the bound for [`emit_error`](super::Emitter::emit_error), for [`ErrorMonitor`](super::ErrorMonitor)
/// and for async listeners that may fail.
///
/// ```
/// use onward::events::{Emitter, FallibleSet};
///
/// fn report<Set: FallibleSet<Error = std::io::Error>>(emitter: &Emitter<Set>) {
///     if let Err(error) = emitter.emit_error(std::io::Error::other("the disk is full")) {
///         eprintln!("{error}");
///     }
/// }
///
/// onward::events! { pub DiskEvents { Error(std::io::Error) } }
///
/// report(&Emitter::<DiskEvents>::new());
/// ```
///
/// Node: every emitter has `'error'`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no event named `Error`",
    label = "its events cannot fail",
    note = "declare one with what it tells: `events! {{ {Self} {{ Error(Type), … }} }}`"
)]
pub trait FallibleSet: EventSet {
    /// What `Error` tells.
    type Error: ?Sized + Display + 'static;

    #[doc(hidden)]
    type ErrorEvent: Event<Self, Payload = Self::Error>;

    #[doc(hidden)]
    const ERROR: Self::ErrorEvent;
}

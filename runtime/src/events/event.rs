//! Events and sets of events.

use std::fmt::Display;

use super::listeners::{AnySlot, ErrorSlot, Listeners, Slot};

/// An event of the set `Set`: a unit type that names the event.
///
/// It is implemented by [`events!`](crate::events!), not manually, and is the bound for code that works with any event
/// of a set, or with one event on any emitter that has it. Node.js: a string or a symbol.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, Event, EventSet};
///
/// fn has_listeners<Set: EventSet>(emitter: &Emitter<Set>, event: impl Event<Set>) -> bool {
///     emitter.listener_count(event) > 0
/// }
///
/// onward::events! { DoorEvents { Opened, Closed } }
///
/// let door: Emitter<DoorEvents> = Emitter::new();
/// door.on(Opened, |_| println!("opened"));
/// assert!(has_listeners(&door, Opened));
/// assert!(!has_listeners(&door, Closed));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event of `{Set}`",
    label = "this emitter has no such event",
    note = "the events of this emitter are those that `events! {{ {Set} {{ … }} }}` declares, and those that `events! {{ for {Set} {{ … }} }}` adds",
    note = "an event is a type, not text: for `\"data\"` use `event::Data`, and for `\"connection\"` use `event::Connection`"
)]
pub trait Event<Set: EventSet>: Copy + Send + Sync + 'static {
    /// The payload, which listeners receive by reference.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Event;
    ///
    /// onward::events! { ChatEvents { Message(str), Closed } }
    ///
    /// let text: &<Message as Event<ChatEvents>>::Payload = "hello";
    /// let nothing: &<Closed as Event<ChatEvents>>::Payload = &();
    /// assert_eq!((text, nothing), ("hello", &()));
    /// ```
    type Payload: ?Sized + 'static;

    /// The name of the event, as declared.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Event;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// assert_eq!(<Message as Event<ChatEvents>>::NAME, "Message");
    /// ```
    const NAME: &'static str;

    /// Returns the slot of the event, and creates it if necessary.
    #[doc(hidden)]
    fn slot(self, listeners: &Listeners<Set>) -> &Slot<Self::Payload>;

    /// Returns the slot of the event, or `None` if the slot does not exist because the event never had a listener.
    #[doc(hidden)]
    #[inline]
    fn find(self, listeners: &Listeners<Set>) -> Option<&Slot<Self::Payload>> {
        Some(self.slot(listeners))
    }

    /// Calls the listeners that run first and are not counted: for `Error`, those of `ErrorMonitor`.
    #[doc(hidden)]
    #[inline]
    fn call_monitors(self, _: &Listeners<Set>, _: &Self::Payload) {}

    /// Returns whether there are listeners that `call_monitors` calls.
    #[doc(hidden)]
    #[inline]
    fn has_monitors(self, _: &Listeners<Set>) -> bool {
        false
    }
}

/// A set of events, the type parameter of [`Emitter`](super::Emitter).
///
/// It is implemented by [`events!`](crate::events!), not manually, and is the bound for code that works with any
/// emitter. Node.js: no counterpart; every emitter accepts every event name.
///
/// # Examples
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of events",
    label = "not a set of events",
    note = "use `events! {{ Set {{ … }} }}` to declare a set for `Emitter<Set>`"
)]
pub trait EventSet: Sized + Send + Sync + 'static {
    /// The name of the set, as declared.
    #[doc(hidden)]
    const NAME: &'static str;

    #[doc(hidden)]
    fn new() -> Self;

    #[doc(hidden)]
    fn slots<'set>(&'set self, visit: &mut dyn FnMut(&'set AnySlot));

    /// Returns the listeners of the event `Error`, if the set has it.
    #[doc(hidden)]
    fn error(&self) -> Option<&dyn ErrorSlot> {
        None
    }
}

/// A set with an event named `Error`.
///
/// It is implemented by [`events!`](crate::events!) for sets with such an event, whose payload must implement
/// [`Display`]. It is the bound of [`emit_error`](super::Emitter::emit_error), of [`ErrorMonitor`](super::ErrorMonitor)
/// and of async listeners that return a `Result`. Node.js: every emitter has `'error'`.
///
/// # Examples
///
/// ```
/// use onward::events::{Emitter, FallibleSet};
///
/// fn fail<Set: FallibleSet<Error = std::io::Error>>(emitter: &Emitter<Set>) -> bool {
///     emitter.emit_error(std::io::Error::other("the disk is full")).is_err()
/// }
///
/// onward::events! { pub DiskEvents { Error(std::io::Error) } }
///
/// assert!(fail(&Emitter::<DiskEvents>::new()));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no event named `Error`",
    label = "this set has no event `Error`",
    note = "use `events! {{ {Self} {{ Error(Type), … }} }}` to declare it with its payload"
)]
pub trait FallibleSet: EventSet {
    /// The payload of `Error`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::FallibleSet;
    ///
    /// onward::events! { pub DiskEvents { Error(std::io::Error) } }
    ///
    /// let error: <DiskEvents as FallibleSet>::Error = std::io::Error::other("the disk is full");
    /// assert_eq!(error.to_string(), "the disk is full");
    /// ```
    type Error: ?Sized + Display + 'static;

    #[doc(hidden)]
    type ErrorEvent: Event<Self, Payload = Self::Error>;

    #[doc(hidden)]
    const ERROR: Self::ErrorEvent;
}

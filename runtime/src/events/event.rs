//! What an event is, and what a set of them.

use super::listeners::Listeners;
use super::slot::{AnySlot, Slot};

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
    note = "the events of this emitter are those that `events! {{ {Set} {{ … }} }}` names"
)]
pub trait Event<Set: EventSet>: Copy {
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

    #[doc(hidden)]
    fn slot(self, listeners: &Listeners<Set>) -> &Slot<Self::Payload>;
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
    fn slots<'set>(&'set self, see: &mut dyn FnMut(&'static str, &'set dyn AnySlot));
}

//! Calling listeners.

use std::borrow::Borrow;

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::listeners::Listeners;

impl<Set: EventSet> Emitter<Set> {
    /// Calls the listeners of an event in order, and returns `false` if there are none.
    ///
    /// It returns after the last listener has returned. Listeners that are added during the call run from the next
    /// `emit` on, and listeners that are removed during it still run. A listener that panics stops neither the other
    /// listeners nor the caller: the panic is reported by [`ListenerFailed`](crate::events::ListenerFailed). For an
    /// event named `Error`, the listeners of [`ErrorMonitor`](crate::events::ErrorMonitor) are called first; use
    /// [`emit_error`](Self::emit_error) if an error without a listener must not be overlooked. Node.js:
    /// `emitter.emit(event, …args)`, which throws an unhandled `'error'` and is aborted by an exception in a listener.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str), Closed } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(Message, |text| println!("{text}"));
    ///
    /// let text = String::from("hello");
    /// assert!(chat.emit(Message, &text));
    /// assert!(!chat.emit(Closed, &())); // an event without a payload
    /// ```
    #[inline]
    pub fn emit<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        match self.listeners_of(event) {
            Some(listeners) => listeners.call_all(event, payload),
            None => false,
        }
    }

    /// Calls the listeners of an event with a payload that is built only if there is a listener.
    ///
    /// Otherwise it is the same as [`emit`](Self::emit).
    /// Node.js: `if (emitter.listenerCount(event) > 0) emitter.emit(event, build())`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.emit_with(Message, || -> String { unreachable!("there is no listener") });
    ///
    /// chat.on(Message, |text| assert_eq!(text, "6 times 7 is 42"));
    /// assert!(chat.emit_with(Message, || format!("6 times 7 is {}", 6 * 7)));
    /// ```
    #[inline]
    pub fn emit_with<E, P>(&self, event: E, payload: impl FnOnce() -> P) -> bool
    where
        E: Event<Set>,
        P: Borrow<E::Payload>,
    {
        match self.listeners_of(event) {
            Some(listeners) => listeners.call_all(event, payload().borrow()),
            None => false,
        }
    }

    /// Returns whether emitting the event would call a listener.
    #[inline]
    pub(crate) fn has_listeners<E: Event<Set>>(&self, event: E) -> bool {
        self.listeners_of(event).is_some()
    }

    /// Returns the table if the event has a listener or a monitor.
    #[inline]
    fn listeners_of<E: Event<Set>>(&self, event: E) -> Option<&Listeners<Set>> {
        let listeners = self.table.get()?;
        let has_any = listeners.has_listeners(event) || event.has_monitors(listeners);
        has_any.then_some(listeners)
    }
}

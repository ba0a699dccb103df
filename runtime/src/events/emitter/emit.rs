//! Calling listeners.

use std::borrow::Borrow;

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::listeners::Listeners;

impl<Set: EventSet> Emitter<Set> {
    /// Calls the listeners of an event, one after the other, and returns when all have returned.
    /// `false`: there are none.
    ///
    /// Those are called who listen at this moment: the ones added meanwhile are not, the ones removed
    /// meanwhile are.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str), Closed } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |text| println!("{text}"));
    ///
    /// let text = String::from("hello");
    /// assert!(chat.emit(MessageLogged, &text));
    /// assert!(!chat.emit(Closed, &())); // an event that tells nothing
    /// ```
    ///
    /// A listener that panics stops neither the others nor the caller:
    /// [`ListenerFailed`](crate::events::ListenerFailed) tells of it, or a line on stderr.
    ///
    /// An event named `Error` is told to the listeners of [`ErrorMonitor`](crate::events::ErrorMonitor) first. If
    /// `false` is not to be overlooked, use [`emit_error`](Self::emit_error).
    ///
    /// Node: `emitter.emit(event, …args)`. There, an unheard `'error'` throws, and an exception in a listener ends it.
    #[inline]
    pub fn emit<E: Event<Set>>(&self, event: E, payload: &E::Payload) -> bool {
        match self.heard(event) {
            Some(listeners) => listeners.tell(event, payload),
            None => false,
        }
    }

    /// Like [`emit`](Self::emit), with a payload that is built only if somebody listens.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.emit_with(MessageLogged, || -> String { unreachable!("nobody listens") });
    ///
    /// chat.on(MessageLogged, |text| println!("{text}")); // prints "6 times 7 is 42"
    /// chat.emit_with(MessageLogged, || format!("6 times 7 is {}", 6 * 7));
    /// ```
    ///
    /// Node: `if (emitter.listenerCount(event) > 0) emitter.emit(event, build())`.
    #[inline]
    pub fn emit_with<E, P>(&self, event: E, payload: impl FnOnce() -> P) -> bool
    where
        E: Event<Set>,
        P: Borrow<E::Payload>,
    {
        match self.heard(event) {
            Some(listeners) => listeners.tell(event, payload().borrow()),
            None => false,
        }
    }

    /// The listeners, if the event has any.
    #[inline]
    fn heard<E: Event<Set>>(&self, event: E) -> Option<&Listeners<Set>> {
        let listeners = self.table.get()?;
        let is_heard = listeners.hear(event) || event.is_monitored(listeners);
        is_heard.then_some(listeners)
    }
}

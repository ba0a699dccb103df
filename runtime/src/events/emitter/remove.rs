//! Removing listeners.

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;

impl<Set: EventSet> Emitter<Set> {
    /// Removes the listener that a registration returned this id for. `false`: it is not, or no
    /// longer, a listener of this event.
    ///
    /// An `emit` that is under way still calls it.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let printer = chat.on(MessageLogged, |text| println!("{text}"));
    /// assert!(chat.off(MessageLogged, printer));
    /// assert!(!chat.off(MessageLogged, printer));
    /// assert!(!chat.emit(MessageLogged, "hello"));
    /// ```
    ///
    /// Node: `emitter.off(event, listener)`, which returns the emitter.
    pub fn off<E: Event<Set>>(&self, event: E, listener: ListenerId) -> bool {
        match self.table.get() {
            Some(listeners) => listeners.registry.remove(event.slot(listeners), listener),
            None => false,
        }
    }

    /// Another name of [`off`](Self::off).
    ///
    /// ```
    /// # use onward::events::Emitter;
    /// # onward::events! { ChatEvents { MessageLogged(str) } }
    /// # let chat: Emitter<ChatEvents> = Emitter::new();
    /// let printer = chat.add_listener(MessageLogged, |text| println!("{text}"));
    /// assert!(chat.remove_listener(MessageLogged, printer));
    /// ```
    ///
    /// Node: `emitter.removeListener(event, listener)`.
    #[doc(alias = "removeListener")]
    pub fn remove_listener<E: Event<Set>>(&self, event: E, listener: ListenerId) -> bool {
        self.off(event, listener)
    }

    /// Removes all listeners of all events.
    ///
    /// [`RemoveListener`](crate::events::RemoveListener) tells of each of them: the last one of an event
    /// first, its own ones last.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str), Closed } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |text| println!("{text}"));
    /// chat.on(Closed, |_| println!("good night"));
    /// chat.remove_all_listeners();
    /// assert!(chat.event_names().is_empty());
    /// ```
    ///
    /// Node: `emitter.removeAllListeners()`.
    #[doc(alias = "removeAllListeners")]
    pub fn remove_all_listeners(&self) {
        if let Some(listeners) = self.table.get() {
            listeners.remove_every();
        }
    }

    /// Removes all listeners of one event, the last one first.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str), Closed } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |text| println!("{text}"));
    /// chat.on(Closed, |_| println!("good night"));
    /// chat.remove_all_listeners_of(MessageLogged);
    /// assert_eq!(chat.event_names(), ["Closed"]);
    /// ```
    ///
    /// Node: `emitter.removeAllListeners(event)`.
    #[doc(alias = "removeAllListeners")]
    pub fn remove_all_listeners_of<E: Event<Set>>(&self, event: E) {
        if let Some(listeners) = self.table.get() {
            listeners.registry.remove_all(event.slot(listeners));
        }
    }
}

//! Removing listeners.

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::IntoListenerId;

impl<Set: EventSet> Emitter<Set> {
    /// Removes the listener with this id, and returns `false` if the event has no such listener.
    ///
    /// An `emit` in progress still calls it.
    /// Node.js: `emitter.off(event, listener)`, which returns the emitter.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let printer = chat.on(Message, |text| println!("{text}"));
    /// assert!(chat.off(Message, printer));
    /// assert!(!chat.off(Message, printer));
    /// assert!(!chat.emit(Message, "hello"));
    /// ```
    pub fn off<E: Event<Set>>(&self, event: E, listener: impl IntoListenerId) -> bool {
        let listener = listener.into_id();
        match self.table.get() {
            Some(table) => table.registry.remove(event.slot(table).any(), listener),
            None => false,
        }
    }

    /// Removes the listener with this id; the same as [`off`](Self::off).
    ///
    /// Node.js: `emitter.removeListener(event, listener)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let printer = chat.add_listener(Message, |text| println!("{text}"));
    /// assert!(chat.remove_listener(Message, printer));
    /// ```
    #[doc(alias = "removeListener")]
    pub fn remove_listener<E: Event<Set>>(&self, event: E, listener: impl IntoListenerId) -> bool {
        self.off(event, listener)
    }

    /// Removes all listeners of all events.
    ///
    /// [`RemoveListener`](crate::events::RemoveListener) is emitted for each listener: in reverse order for the
    /// listeners of one event, and last for the listeners of `RemoveListener` itself.
    /// Node.js: `emitter.removeAllListeners()`.
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
    /// chat.on(Closed, |_| println!("closed"));
    /// chat.remove_all_listeners();
    /// assert!(chat.event_names().is_empty());
    /// ```
    #[doc(alias = "removeAllListeners")]
    pub fn remove_all_listeners(&self) {
        if let Some(table) = self.table.get() {
            table.remove_all();
        }
    }

    /// Removes all listeners of one event.
    ///
    /// [`RemoveListener`](crate::events::RemoveListener) is emitted for each listener, in reverse order.
    /// Node.js: `emitter.removeAllListeners(event)`.
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
    /// chat.on(Closed, |_| println!("closed"));
    /// chat.remove_all_listeners_of(Message);
    /// assert_eq!(chat.event_names(), ["Closed"]);
    /// ```
    #[doc(alias = "removeAllListeners")]
    pub fn remove_all_listeners_of<E: Event<Set>>(&self, event: E) {
        if let Some(table) = self.table.get() {
            table.registry.remove_all(event.slot(table).any());
        }
    }
}

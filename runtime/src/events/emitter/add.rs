//! Adding listeners.

use std::sync::Arc;

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;
use crate::events::listener::{Listener, OnceListener};
use crate::events::listeners::{Position, always, once};

impl<Set: EventSet> Emitter<Set> {
    /// Adds a listener after the existing ones.
    ///
    /// It is called each time the event is emitted, until [`off`](Self::off) removes it. A function that is added twice
    /// is called twice.
    /// Node.js: `emitter.on(event, listener)`, which returns the emitter instead of an id.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(Message, |text| println!("{text}"));
    /// assert!(chat.emit(Message, "hello")); // prints "hello"
    /// ```
    pub fn on<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Listener<Set, E, E::Payload> + Send + Sync + 'static,
    {
        self.add(event, Position::Back, listener)
    }

    /// Adds a listener after the existing ones; the same as [`on`](Self::on).
    ///
    /// Node.js: `emitter.addListener(event, listener)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.add_listener(Message, |text| println!("{text}"));
    /// assert_eq!(chat.listener_count(Message), 1);
    /// ```
    #[doc(alias = "addListener")]
    pub fn add_listener<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Listener<Set, E, E::Payload> + Send + Sync + 'static,
    {
        self.on(event, listener)
    }

    /// Adds a one-time listener after the existing ones.
    ///
    /// It is removed before it is called, so neither an `emit` in the listener itself nor a concurrent one calls it
    /// again. It may consume the values that it captures.
    /// Node.js: `emitter.once(event, listener)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let (sender, receiver) = std::sync::mpsc::channel();
    /// chat.once(Message, move |text| drop(sender.send(text.len())));
    ///
    /// assert!(chat.emit(Message, "hello"));
    /// assert!(!chat.emit(Message, "still there?"));
    /// assert_eq!(receiver.iter().collect::<Vec<_>>(), [5]);
    /// ```
    pub fn once<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: OnceListener<Set, E, E::Payload> + Send + 'static,
    {
        self.add_once(event, ListenerId::next(), Position::Back, listener)
    }

    /// Adds a listener before the existing ones.
    ///
    /// Otherwise it is the same as [`on`](Self::on).
    /// Node.js: `emitter.prependListener(event, listener)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let second = chat.on(Message, |text| println!("{text}"));
    /// let first = chat.prepend_listener(Message, |_| println!("new message:"));
    /// assert_eq!(chat.listeners(Message), [first, second]);
    /// ```
    #[doc(alias = "prependListener")]
    pub fn prepend_listener<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Listener<Set, E, E::Payload> + Send + Sync + 'static,
    {
        self.add(event, Position::Front, listener)
    }

    /// Adds a one-time listener before the existing ones.
    ///
    /// Otherwise it is the same as [`once`](Self::once).
    /// Node.js: `emitter.prependOnceListener(event, listener)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(Message, |text| println!("{text}"));
    /// chat.prepend_once_listener(Message, |_| println!("first message:"));
    /// chat.emit(Message, "hello");
    /// assert_eq!(chat.listener_count(Message), 1);
    /// ```
    #[doc(alias = "prependOnceListener")]
    pub fn prepend_once_listener<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: OnceListener<Set, E, E::Payload> + Send + 'static,
    {
        self.add_once(event, ListenerId::next(), Position::Front, listener)
    }

    fn add<E: Event<Set>>(
        &self,
        event: E,
        position: Position,
        listener: impl Fn(&E::Payload) + Send + Sync + 'static,
    ) -> ListenerId {
        let id = ListenerId::next();
        self.table().add(id, event, position, always(listener));
        id
    }

    pub(super) fn add_once<E: Event<Set>>(
        &self,
        event: E,
        id: ListenerId,
        position: Position,
        listener: impl FnOnce(&E::Payload) + Send + 'static,
    ) -> ListenerId {
        let table = self.table();
        let weak = Arc::downgrade(table);
        let remove = move || {
            // The table always exists, because the emitter or context that calls the listeners holds it.
            if let Some(table) = weak.upgrade() {
                table.registry.remove(event.slot(&table).any(), id);
            }
        };
        table.add(id, event, position, once(remove, Box::new(listener)));
        id
    }
}

//! Adding listeners.

use std::sync::Arc;

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;
use crate::events::listener::{Listener, OnceListener};
use crate::events::registration::{always, once};
use crate::events::slot::Place;

impl<Set: EventSet> Emitter<Set> {
    /// Adds a listener behind the others.
    ///
    /// It is called each time the event is emitted, until [`off`](Self::off) removes it. The same
    /// function added twice is called twice.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |text| println!("{text}"));
    /// chat.emit(MessageLogged, "hello"); // prints "hello"
    /// ```
    ///
    /// Node: `emitter.on(event, listener)`, which returns the emitter.
    pub fn on<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Listener<Set, E, E::Payload> + Send + Sync + 'static,
    {
        self.add(event, Place::Last, listener)
    }

    /// Another name of [`on`](Self::on).
    ///
    /// ```
    /// # use onward::events::Emitter;
    /// # onward::events! { ChatEvents { MessageLogged(str) } }
    /// # let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.add_listener(MessageLogged, |text| println!("{text}"));
    /// ```
    ///
    /// Node: `emitter.addListener(event, listener)`.
    #[doc(alias = "addListener")]
    pub fn add_listener<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Listener<Set, E, E::Payload> + Send + Sync + 'static,
    {
        self.on(event, listener)
    }

    /// Adds a listener behind the others, for one time.
    ///
    /// It is removed before it is called, so that the same event emitted by it, or at the same time
    /// by another thread, does not call it again. It may consume what it captures.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let (sender, receiver) = std::sync::mpsc::channel();
    /// chat.once(MessageLogged, move |text| drop(sender.send(text.len())));
    ///
    /// assert!(chat.emit(MessageLogged, "hello"));
    /// assert!(!chat.emit(MessageLogged, "anybody there?"));
    /// assert_eq!(receiver.iter().collect::<Vec<_>>(), [5]);
    /// ```
    ///
    /// Node: `emitter.once(event, listener)`.
    pub fn once<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: OnceListener<Set, E, E::Payload> + Send + 'static,
    {
        self.add_once(event, ListenerId::next(), Place::Last, listener)
    }

    /// Adds a listener before the others.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |text| println!("{text}"));
    /// chat.prepend_listener(MessageLogged, |_| println!("somebody says:"));
    /// chat.emit(MessageLogged, "hello"); // prints "somebody says:", then "hello"
    /// ```
    ///
    /// Node: `emitter.prependListener(event, listener)`.
    #[doc(alias = "prependListener")]
    pub fn prepend_listener<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: Listener<Set, E, E::Payload> + Send + Sync + 'static,
    {
        self.add(event, Place::First, listener)
    }

    /// Adds a listener before the others, for one time. See [`once`](Self::once).
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |text| println!("{text}"));
    /// chat.prepend_once_listener(MessageLogged, |_| println!("the first words:"));
    /// chat.emit(MessageLogged, "hello");
    /// ```
    ///
    /// Node: `emitter.prependOnceListener(event, listener)`.
    #[doc(alias = "prependOnceListener")]
    pub fn prepend_once_listener<E, F>(&self, event: E, listener: F) -> ListenerId
    where
        E: Event<Set>,
        F: OnceListener<Set, E, E::Payload> + Send + 'static,
    {
        self.add_once(event, ListenerId::next(), Place::First, listener)
    }

    fn add<E: Event<Set>>(
        &self,
        event: E,
        place: Place,
        listener: impl Fn(&E::Payload) + Send + Sync + 'static,
    ) -> ListenerId {
        let id = ListenerId::next();
        self.table().add(id, event, place, always(listener));
        id
    }

    pub(super) fn add_once<E: Event<Set>>(
        &self,
        event: E,
        id: ListenerId,
        place: Place,
        listener: impl FnOnce(&E::Payload) + Send + 'static,
    ) -> ListenerId {
        let table = self.table();
        let of_listener = Arc::downgrade(table);
        let leave = move || {
            // Whoever emits has the table.
            if let Some(table) = of_listener.upgrade() {
                table.registry.remove(event.slot(&table), id);
            }
        };
        table.add(id, event, place, once(leave, listener));
        id
    }
}

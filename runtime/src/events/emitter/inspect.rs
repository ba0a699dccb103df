//! The methods that inspect listeners, and the maximum number of listeners.

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;
use crate::events::listeners::AnySlot;
use crate::events::meta::default_max_listeners;

impl<Set: EventSet> Emitter<Set> {
    /// Returns the number of listeners of an event.
    ///
    /// Node.js: `emitter.listenerCount(event)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(Message, |_| {});
    /// chat.once(Message, |_| {});
    /// assert_eq!(chat.listener_count(Message), 2);
    /// ```
    #[doc(alias = "listenerCount")]
    pub fn listener_count<E: Event<Set>>(&self, event: E) -> usize {
        self.find(event).map_or(0, AnySlot::count)
    }

    /// Returns the ids of an event's listeners, in calling order.
    ///
    /// Node.js: `emitter.listeners(event)`, which returns a `once` listener without its wrapper, and
    /// `emitter.rawListeners(event)`, which returns it with the wrapper; here, an id identifies both.
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
    /// let counter = chat.prepend_once_listener(Message, |text| println!("{} bytes", text.len()));
    /// assert_eq!(chat.listeners(Message), [counter, printer]);
    /// ```
    #[doc(alias = "rawListeners")]
    #[doc(alias = "raw_listeners")]
    pub fn listeners<E: Event<Set>>(&self, event: E) -> Vec<ListenerId> {
        self.find(event).map_or_else(Vec::new, AnySlot::ids)
    }

    /// Returns the names of the events that have listeners, in the order in which they got their first listener.
    ///
    /// Node.js: `emitter.eventNames()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str), Closed } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(Closed, |_| {});
    /// chat.on(Message, |_| {});
    /// assert_eq!(chat.event_names(), ["Closed", "Message"]);
    /// ```
    #[doc(alias = "eventNames")]
    pub fn event_names(&self) -> Vec<&'static str> {
        let Some(table) = self.table.get() else {
            return Vec::new();
        };
        let slots = table.active_slots();
        slots.iter().map(|slot| slot.event).collect()
    }

    /// Sets the number of listeners per event above which this emitter warns of a leak.
    ///
    /// More listeners may be added; then [`MaxListenersExceeded`](crate::events::MaxListenersExceeded) is emitted, or a
    /// line is written to stderr if that event has no listener. 0 means no limit. Default:
    /// [`default_max_listeners`](crate::events::default_max_listeners), which is 10 unless it was changed.
    /// Node.js: `emitter.setMaxListeners(max)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.set_max_listeners(100);
    /// assert_eq!(chat.get_max_listeners(), 100);
    /// ```
    #[doc(alias = "setMaxListeners")]
    pub fn set_max_listeners(&self, max: usize) {
        self.table().registry.set_max(max);
    }

    /// Returns the number of listeners per event above which this emitter warns of a leak.
    ///
    /// Default: [`default_max_listeners`](crate::events::default_max_listeners), which is 10 unless it was changed; 0
    /// means no limit.
    /// Node.js: `emitter.getMaxListeners()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { Message(str) } }
    ///
    /// assert_eq!(Emitter::<ChatEvents>::new().get_max_listeners(), 10);
    /// ```
    #[doc(alias = "getMaxListeners")]
    pub fn get_max_listeners(&self) -> usize {
        match self.table.get() {
            Some(table) => table.registry.max(),
            None => default_max_listeners(),
        }
    }

    fn find<E: Event<Set>>(&self, event: E) -> Option<&AnySlot> {
        Some(event.find(self.table.get()?)?.any())
    }
}

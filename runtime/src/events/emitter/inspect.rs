//! Asking about listeners, and how many are expected.

use super::Emitter;
use crate::events::event::{Event, EventSet};
use crate::events::id::ListenerId;
use crate::events::max::default_max_listeners;
use crate::events::slot::{AnySlot, Slot};

impl<Set: EventSet> Emitter<Set> {
    /// How many listeners the event has.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(MessageLogged, |_| {});
    /// chat.once(MessageLogged, |_| {});
    /// assert_eq!(chat.listener_count(MessageLogged), 2);
    /// ```
    ///
    /// Node: `emitter.listenerCount(event)`.
    #[doc(alias = "listenerCount")]
    pub fn listener_count<E: Event<Set>>(&self, event: E) -> usize {
        self.find(event).map_or(0, AnySlot::count)
    }

    /// The listeners of the event, in the order in which they would be called: a copy, which later changes do not
    /// change.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// let printer = chat.on(MessageLogged, |text| println!("{text}"));
    /// let counter = chat.prepend_once_listener(MessageLogged, |text| println!("{} bytes", text.len()));
    /// assert_eq!(chat.listeners(MessageLogged), [counter, printer]);
    /// ```
    ///
    /// Node: `emitter.listeners(event)` and `emitter.rawListeners(event)`, which differ in what they give for a
    /// `once` listener: the function or what wraps it. An id is the same for both.
    #[doc(alias = "rawListeners")]
    #[doc(alias = "raw_listeners")]
    pub fn listeners<E: Event<Set>>(&self, event: E) -> Vec<ListenerId> {
        self.find(event).map_or_else(Vec::new, AnySlot::ids)
    }

    /// The names of the events that somebody listens to, the one that is listened to longest first.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str), Closed } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.on(Closed, |_| {});
    /// chat.on(MessageLogged, |_| {});
    /// assert_eq!(chat.event_names(), ["Closed", "MessageLogged"]);
    /// ```
    ///
    /// Node: `emitter.eventNames()`.
    #[doc(alias = "eventNames")]
    pub fn event_names(&self) -> Vec<&'static str> {
        let Some(listeners) = self.table.get() else {
            return Vec::new();
        };
        listeners.heard().iter().map(|slot| slot.event()).collect()
    }

    /// Sets how many listeners an event of this emitter is expected to have at most; 0 is no limit.
    ///
    /// More may be added, but [`MaxListenersExceeded`](crate::events::MaxListenersExceeded) tells so, or a
    /// line on stderr if nobody listens to that. For all emitters at once:
    /// [`set_default_max_listeners`](crate::events::set_default_max_listeners).
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.set_max_listeners(100);
    /// assert_eq!(chat.get_max_listeners(), 100);
    /// ```
    ///
    /// Node: `emitter.setMaxListeners(max)`.
    #[doc(alias = "setMaxListeners")]
    pub fn set_max_listeners(&self, max: usize) {
        self.table().registry.set_max(max);
    }

    /// How many listeners an event of this emitter is expected to have at most. Default: that of the process,
    /// [`default_max_listeners`], which is 10.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// assert_eq!(Emitter::<ChatEvents>::new().get_max_listeners(), 10);
    /// ```
    ///
    /// Node: `emitter.getMaxListeners()`.
    #[doc(alias = "getMaxListeners")]
    pub fn get_max_listeners(&self) -> usize {
        match self.table.get() {
            Some(listeners) => listeners.registry.max(),
            None => default_max_listeners(),
        }
    }

    fn find<E: Event<Set>>(&self, event: E) -> Option<&Slot<E::Payload>> {
        event.find(self.table.get()?)
    }
}

//! The emitter.

use std::borrow::Borrow;
use std::fmt;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, OnceLock};

use super::event::{Event, EventSet};
use super::id::ListenerId;
use super::listeners::{DEFAULT_MAX_LISTENERS, Listeners};
use super::next::Next;
use super::slot::{AnySlot, Call, Place};

/// Calls listeners when something happens: Node's `EventEmitter`, of the events that `Set` names.
///
/// All methods take `&self`, may be called from every thread, and from within listeners. An emitter
/// that nobody has listened to yet has allocated nothing. Dropping it drops its listeners.
///
/// The example of Node's manual, an emitter within a type of one's own:
///
/// ```
/// use onward::events::Emitter;
///
/// onward::events! {
///     pub LoggerEvents {
///         /// A message was logged.
///         MessageLogged(Message),
///     }
/// }
///
/// pub struct Message {
///     pub id: u32,
///     pub url: String,
/// }
///
/// #[derive(Default)]
/// pub struct Logger {
///     pub events: Emitter<LoggerEvents>,
/// }
///
/// impl Logger {
///     pub fn log(&self, url: &str) {
///         println!("{url}");
///         self.events.emit(MessageLogged, &Message { id: 1, url: url.to_owned() });
///     }
/// }
///
/// let logger = Logger::default();
/// logger.events.on(MessageLogged, |message| println!("heard of message {}", message.id));
/// logger.log("http://example.com");
/// ```
///
/// An event of another emitter is an error where it is used:
///
/// ```compile_fail,E0277
/// # use onward::events::Emitter;
/// onward::events! { ChatEvents { MessageLogged(str) } }
/// onward::events! { DoorEvents { Opened } }
///
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// chat.on(Opened, |_| {}); // `Opened` is not an event of `ChatEvents`
/// ```
pub struct Emitter<Set> {
    /// Made for the first listener, so that whatever has an emitter can have it for two words.
    listeners: OnceLock<Box<Listeners<Set>>>,
}

impl<Set: EventSet> Emitter<Set> {
    /// An emitter without listeners.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { DoorEvents { Opened } }
    ///
    /// static FRONT_DOOR: Emitter<DoorEvents> = Emitter::new();
    ///
    /// assert!(!FRONT_DOOR.emit(Opened, &()));
    /// ```
    ///
    /// Node: `new EventEmitter()`.
    pub const fn new() -> Self {
        Self {
            listeners: OnceLock::new(),
        }
    }

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
        F: Fn(&E::Payload) + Send + Sync + 'static,
    {
        self.add(event, Place::Last, Call::Always(Arc::new(listener)))
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
        F: Fn(&E::Payload) + Send + Sync + 'static,
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
        F: FnOnce(&E::Payload) + Send + 'static,
    {
        self.add(event, Place::Last, once(listener))
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
        F: Fn(&E::Payload) + Send + Sync + 'static,
    {
        self.add(event, Place::First, Call::Always(Arc::new(listener)))
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
        F: FnOnce(&E::Payload) + Send + 'static,
    {
        self.add(event, Place::First, once(listener))
    }

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
        match self.listeners.get() {
            Some(listeners) => listeners.remove(E::NAME, event.slot(listeners), listener),
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
    /// [`RemoveListener`](super::RemoveListener) tells of each of them: the last one of an event
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
        if let Some(listeners) = self.listeners.get() {
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
        if let Some(listeners) = self.listeners.get() {
            listeners.remove_all(E::NAME, event.slot(listeners));
        }
    }

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
    /// # Panics
    ///
    /// If a listener panics. The ones behind it are not called; the emitter stays usable.
    ///
    /// Node: `emitter.emit(event, …args)`. There, an unheard `'error'` throws.
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
    /// chat.on(MessageLogged, |text| assert_eq!(text, "6 times 7 is 42"));
    /// chat.emit_with(MessageLogged, || format!("6 times 7 is {}", 6 * 7));
    /// ```
    ///
    /// # Panics
    ///
    /// If a listener panics, as with [`emit`](Self::emit).
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

    /// Waits for the next time the event is emitted, and yields a copy of what it tells.
    ///
    /// It listens from this call on, not only from the first poll. Dropping the future ends that. Of
    /// two events in a row the second is lost, if this is called again only after the first: a
    /// listener that sends into a channel loses none.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let first = chat.next(MessageLogged);
    /// chat.emit(MessageLogged, "hello");
    /// assert_eq!(first.await, "hello");
    /// # });
    /// ```
    ///
    /// Node: `await events.once(emitter, event)`, which fails if `'error'` is emitted meanwhile.
    #[doc(alias = "once")]
    pub fn next<E>(&self, event: E) -> Next<'_, Set, E>
    where
        E: Event<Set, Payload: ToOwned>,
        <E::Payload as ToOwned>::Owned: Send + 'static,
    {
        Next::new(self, event)
    }

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
        self.listeners
            .get()
            .map_or(0, |listeners| event.slot(listeners).count())
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
        let Some(listeners) = self.listeners.get() else {
            return Vec::new();
        };
        listeners.heard().iter().map(|(name, _)| *name).collect()
    }

    /// Sets how many listeners an event of this emitter is expected to have at most; 0 is no limit.
    ///
    /// More may be added, but [`MaxListenersExceeded`](super::MaxListenersExceeded) tells so, or a
    /// line on stderr if nobody listens to that.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// let chat: Emitter<ChatEvents> = Emitter::new();
    /// chat.set_max_listeners(100);
    /// assert_eq!(chat.max_listeners(), 100);
    /// ```
    ///
    /// Node: `emitter.setMaxListeners(max)`.
    #[doc(alias = "setMaxListeners")]
    pub fn set_max_listeners(&self, max: usize) {
        self.listeners().max.store(max, Ordering::Relaxed);
    }

    /// How many listeners an event of this emitter is expected to have at most. Default: 10.
    ///
    /// ```
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ChatEvents { MessageLogged(str) } }
    ///
    /// assert_eq!(Emitter::<ChatEvents>::new().max_listeners(), 10);
    /// ```
    ///
    /// Node: `emitter.getMaxListeners()`.
    #[doc(alias = "getMaxListeners")]
    pub fn max_listeners(&self) -> usize {
        self.listeners
            .get()
            .map_or(DEFAULT_MAX_LISTENERS, |listeners| {
                listeners.max.load(Ordering::Relaxed)
            })
    }

    fn add<E>(&self, event: E, place: Place, call: Call<E::Payload>) -> ListenerId
    where
        E: Event<Set>,
    {
        self.listeners().add(event, place, call)
    }

    /// The listeners, if the event has any.
    #[inline]
    fn heard<E: Event<Set>>(&self, event: E) -> Option<&Listeners<Set>> {
        let listeners = self.listeners.get()?;
        event.slot(listeners).is_heard().then_some(listeners)
    }

    fn listeners(&self) -> &Listeners<Set> {
        self.listeners.get_or_init(|| Box::new(Listeners::new()))
    }
}

fn once<P: ?Sized>(listener: impl FnOnce(&P) + Send + 'static) -> Call<P> {
    Call::Once(Arc::new(Mutex::new(Some(Box::new(listener)))))
}

impl<Set: EventSet> Default for Emitter<Set> {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows how many listeners each event has.
impl<Set: EventSet> fmt::Debug for Emitter<Set> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listeners = self.listeners.get();
        let heard = listeners.map(|listeners| listeners.heard());
        let counts = heard
            .iter()
            .flatten()
            .map(|(name, slot)| (name, slot.count()));
        f.write_str("Emitter ")?;
        f.debug_map().entries(counts).finish()
    }
}

//! The emitter: one file per group of methods.
//!
//! # Invariants
//!
//! 1. Creating an emitter allocates nothing: its table is allocated when it is first needed, usually for the first
//!    listener.
//! 2. `emit` calls the listeners that the event had when `emit` was called, in list order, on the calling thread.
//! 3. A one-time listener is removed from the list before it runs, and runs at most once.
//! 4. A panic in a listener does not propagate out of `emit`.
//! 5. The future of an async listener holds the listeners, not the emitter.
//!
//! This folder does not depend on HTTP or on how listeners are stored.

mod add;
mod async_listener;
mod emit;
mod error;
mod inspect;
mod remove;
#[cfg(feature = "bridge")]
mod weak;

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::event::EventSet;
use super::listeners::Listeners;

pub use async_listener::ListenerOutcome;
#[cfg(feature = "bridge")]
pub(crate) use weak::WeakEmitter;

/// An emitter, which calls listeners when an event of the set `Set` is emitted; Node's `EventEmitter`.
///
/// All methods take `&self` and may be called from any thread, and by listeners. A new emitter uses two words and no
/// heap memory. Dropping an emitter drops its listeners once no future of an async listener is running.
/// Node.js: `EventEmitter`.
///
/// # Examples
///
/// An emitter as a field, based on the example in Node's manual:
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
/// logger.events.on(MessageLogged, |message| println!("message {} was logged", message.id));
/// logger.log("http://example.com");
/// ```
///
/// An event of a different emitter does not compile:
///
/// ```compile_fail,E0277
/// # use onward::events::Emitter;
/// onward::events! { ChatEvents { Message(str) } }
/// onward::events! { DoorEvents { Opened } }
///
/// let chat: Emitter<ChatEvents> = Emitter::new();
/// chat.on(Opened, |_| {}); // `Opened` is not an event of `ChatEvents`
/// ```
pub struct Emitter<Set> {
    /// Allocated when it is first needed, usually for the first listener. Shared with the running async listeners,
    /// which may outlive the emitter.
    table: OnceLock<Arc<Listeners<Set>>>,
}

impl<Set: EventSet> Emitter<Set> {
    /// Creates an emitter without listeners.
    ///
    /// It is a `const fn`, so an emitter can be a `static`.
    /// Node.js: `new EventEmitter()`.
    ///
    /// # Examples
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
    pub const fn new() -> Self {
        Self {
            table: OnceLock::new(),
        }
    }

    pub(super) fn table(&self) -> &Arc<Listeners<Set>> {
        self.table.get_or_init(|| Arc::new(Listeners::new()))
    }
}

impl<Set: EventSet> Default for Emitter<Set> {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows the number of listeners of each event.
impl<Set: EventSet> fmt::Debug for Emitter<Set> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slots = self.table.get().map(|table| table.active_slots());
        let counts = slots
            .iter()
            .flatten()
            .map(|slot| (slot.event, slot.count()));
        f.write_str("Emitter ")?;
        f.debug_map().entries(counts).finish()
    }
}

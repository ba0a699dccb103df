//! The emitter.

mod add;
mod emit;
mod error;
mod inspect;
mod remove;
mod run;

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::event::EventSet;
use super::listeners::Listeners;

pub use run::ListenerOutcome;

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
    /// Made for the first listener, so that whatever has an emitter can have it for two words. Shared with the async
    /// listeners that run, which may outlive the emitter.
    table: OnceLock<Arc<Listeners<Set>>>,
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

/// Shows how many listeners each event has.
impl<Set: EventSet> fmt::Debug for Emitter<Set> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listeners = self.table.get();
        let heard = listeners.map(|listeners| listeners.heard());
        let counts = heard
            .iter()
            .flatten()
            .map(|slot| (slot.event(), slot.count()));
        f.write_str("Emitter ")?;
        f.debug_map().entries(counts).finish()
    }
}

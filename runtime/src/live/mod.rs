//! Server-sent events: typed events of any emitter, for browsers (`EventSource`).
//!
//! [`Live`] forwards the events of an emitter to all clients that follow the feed, stores the most recent events, and
//! lets a client that reconnects resume where it left off. [`EventStream`] writes the events of a single response.
//! Needs the feature `serde`, which is on by default.
//!
//! # Examples
//!
//! ```
//! use onward::events::Emitter;
//! use onward::prelude::*;
//!
//! onward::events! {
//!     /// The events of a shop.
//!     pub ShopEvents {
//!         /// A product was sold. The payload is its name.
//!         Sold(String),
//!     }
//! }
//!
//! #[server]
//! async fn shop(req: Request, res: Response, live: Live) -> Result {
//!     route!("/live" => live.follow(&req));
//! }
//!
//! let events: Emitter<ShopEvents> = Emitter::new();
//! let live = Live::new(256).forward(&events, Sold);
//! events.emit(Sold, &"shoes".to_owned()); // JSON is written once, for all followers
//! # assert_eq!(live.followers(), 0);
//! ```
//!
//! In the page:
//!
//! ```js
//! const live = new EventSource("/live");
//! live.addEventListener("Sold", event => show(JSON.parse(event.data)));
//! live.addEventListener("gap", () => location.reload());
//! ```

// Invariants:
// 1. An event is serialized once, regardless of the number of followers. A follower holds the sequence number of its
//    next event, not the events themselves.
// 2. A follower gets every event after the one that it names, each once and in order, or a `gap`.
// 3. A follower that is dropped is removed from the ring.
// 4. A follower gets an event from its connection's task or from the feed, never from both: the lock of the follower is
//    held from reading the sequence number of its next event until the event is taken or written.

use std::fmt;
use std::sync::Arc;

use serde_core::Serialize;

use self::ring::Ring;
use crate::events::{Emitter, Event, EventSet};
use crate::http::Request;

mod follow;
mod follower;
mod groups;
mod ring;
mod stream;

pub use self::follow::Follow;
pub use self::stream::{EventStream, SseEvent};

/// A feed that forwards typed events to browsers as server-sent events.
///
/// Each event is serialized once, as JSON, and sent to all clients that [`follow`](Self::follow). The most recent
/// events are stored: a client that reconnects sends the id of the last one that it received (`last-event-id`) and gets
/// all later ones. If they are no longer stored, or the program was restarted, it gets an event `gap` instead and must
/// load its state again. A client that reads too slowly also gets a `gap`, because only stored events can wait for a
/// client. Clones are handles to the same feed. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::events::Emitter;
/// use onward::http;
/// use onward::prelude::*;
/// use std::sync::Arc;
///
/// onward::events! { pub ShopEvents { Sold(u32) } }
///
/// #[server]
/// async fn shop(req: Request, res: Response, events: Arc<Emitter<ShopEvents>>, live: Live) -> Result {
///     route!("/live" => live.follow(&req));
///     route!(POST "/sales/{id: u32}" => {
///         events.emit(Sold, &id);
///         StatusCode::NO_CONTENT
///     });
/// }
///
/// let events = Arc::new(Emitter::new());
/// let live = Live::new(256).forward(&events, Sold);
/// let server = http::create_server(move |req, res| shop(req, res, events.clone(), live.clone()));
/// # let _ = server;
/// ```
#[derive(Clone)]
pub struct Live(Arc<Ring>);

impl Live {
    /// Creates a feed that stores up to this number of events.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Live::new(256).followers(), 0);
    /// ```
    #[inline]
    pub fn new(max_events: usize) -> Self {
        Self(Arc::new(Ring::new(max_events)))
    }

    /// Forwards an event of an emitter as a server-sent event with the same name and with the payload as JSON.
    ///
    /// If a payload cannot be serialized, the error is written to the standard error stream. The listener does not keep
    /// the feed alive.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::events::Emitter;
    /// use onward::prelude::*;
    ///
    /// onward::events! { pub ShopEvents { Sold(u32), Closed } }
    ///
    /// let events: Emitter<ShopEvents> = Emitter::new();
    /// let live = Live::new(256).forward(&events, Sold).forward(&events, Closed);
    /// assert!(events.emit(Sold, &7));
    /// # let _ = live;
    /// ```
    #[must_use]
    #[inline]
    pub fn forward<Set, E>(self, emitter: &Emitter<Set>, event: E) -> Self
    where
        Set: EventSet,
        E: Event<Set, Payload: Serialize>,
    {
        let ring = Arc::downgrade(&self.0);
        emitter.on(event, move |payload| {
            let Some(ring) = ring.upgrade() else {
                return;
            };
            if let Err(error) = Self(ring).send(E::NAME, payload) {
                eprintln!("the event `{}` cannot be sent: {error}", E::NAME);
            }
        });
        self
    }

    /// Sends an event to all followers: its name, and its data as JSON.
    ///
    /// # Errors
    ///
    /// - The error of `serde_json` if the data cannot be serialized.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<(), serde_json::Error> {
    /// let live = Live::new(256);
    /// live.send("Sold", &7)
    /// # }
    /// ```
    #[inline]
    pub fn send<T: Serialize + ?Sized>(
        &self,
        name: &str,
        data: &T,
    ) -> Result<(), serde_json::Error> {
        let event = SseEvent::new(name).json(data)?;
        let epoch = self.0.epoch;
        self.0.push(|number| {
            // The id names the event that follows.
            let next = number + 1;
            event.id(format_args!("{epoch:x}-{next}")).into_bytes()
        });
        Ok(())
    }

    /// Returns the reply that sends the events to the client of this request.
    ///
    /// The stream begins after the event that `last-event-id` names or, without this header, with the next event. While
    /// there are no events, a comment is sent at least every 15 s: see [`Follow::keep_alive`]. The stream ends when the
    /// server begins to close; browsers then reconnect.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response, live: Live) -> Result {
    ///     route!("/live" => live.follow(&req));
    /// }
    /// ```
    #[inline]
    pub fn follow(&self, req: &Request) -> Follow {
        Follow::new(Arc::clone(&self.0), req)
    }

    /// Returns the number of clients that follow this feed.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Live::new(256).followers(), 0);
    /// ```
    #[inline]
    pub fn followers(&self) -> usize {
        self.0.followers()
    }
}

impl fmt::Debug for Live {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("followers", &self.followers())
            .finish_non_exhaustive()
    }
}

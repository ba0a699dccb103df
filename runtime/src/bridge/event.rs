//! The events of a bridge, and their payloads.

use std::fmt;

use super::engine::EngineError;

crate::events! {
    /// The events of a [`Bridge`](super::Bridge).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{self, Bridge, Memory};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bridge = Bridge::over(Memory::new());
    /// bridge.on(bridge::Gap, |gap| eprintln!("{gap}"));
    /// bridge.on(bridge::Dropped, |lost| eprintln!("{lost}"));
    /// bridge.on(bridge::Down, |error| eprintln!("the engine cannot be reached: {error}"));
    /// bridge.on(bridge::Up, |_| eprintln!("connected"));
    /// # }
    /// ```
    pub BridgeEvents {
        /// Events of other replicas may have been missed: read your state again.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::bridge::{self, Bridge, Memory};
        ///
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() {
        /// let bridge = Bridge::over(Memory::new());
        /// bridge.on(bridge::Gap, |gap| println!("{gap}: clear the cache"));
        /// # }
        /// ```
        Gap(Missed),
        /// An event was not sent, or a received one was not emitted.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::bridge::{self, Bridge, Memory};
        ///
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() {
        /// let bridge = Bridge::over(Memory::new());
        /// bridge.on(bridge::Dropped, |lost| println!("{lost}"));
        /// # }
        /// ```
        Dropped(DroppedEvent),
        /// The connection to the engine was lost. The bridge reconnects automatically.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::bridge::{self, Bridge, Memory};
        ///
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() {
        /// let bridge = Bridge::over(Memory::new());
        /// bridge.on(bridge::Down, |error| println!("not ready: {error}"));
        /// # }
        /// ```
        Down(EngineError),
        /// The bridge is connected, for the first time or again.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::bridge::{self, Bridge, Memory};
        ///
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() {
        /// let bridge = Bridge::over(Memory::new());
        /// bridge.on(bridge::Up, |_| println!("ready"));
        /// # }
        /// ```
        Up,
    }
}

/// The payload of [`Gap`]: which events may have been missed.
///
/// # Examples
///
/// ```
/// use onward::bridge::{self, Bridge, GapCause, Memory};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let bridge = Bridge::over(Memory::new());
/// bridge.on(bridge::Gap, |gap| match gap.cause {
///     GapCause::Silent => println!("a replica has disappeared: {:?}", gap.replica),
///     _ => println!("{:?} events were missed", gap.count),
/// });
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missed {
    /// The name of the replica whose events may have been missed; `None` if they may be from any replica.
    pub replica: Option<String>,
    /// The number of missed events, if it is known.
    pub count: Option<u64>,
    /// Why events may have been missed.
    pub cause: GapCause,
}

impl Missed {
    pub(super) fn new(replica: Option<&str>, count: Option<u64>, cause: GapCause) -> Self {
        Self {
            replica: replica.map(str::to_owned),
            count,
            cause,
        }
    }
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            Some(1) => f.write_str("1 event was missed")?,
            Some(count) => write!(f, "{count} events were missed")?,
            None => f.write_str("events may have been missed")?,
        }
        if let Some(replica) = &self.replica {
            write!(f, " from the replica `{replica}`")?;
        }
        write!(f, ": {}", self.cause)
    }
}

/// The cause of a [`Gap`].
///
/// # Examples
///
/// ```
/// use onward::bridge::GapCause;
///
/// assert_eq!(GapCause::Hole.to_string(), "its sequence has a hole");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GapCause {
    /// The sequence of a replica has a hole: for example, its outbox was full, or the engine lost events.
    Hole,
    /// A replica has sent nothing for the duration of three heartbeats and was not closed. Events that it had not sent
    /// may be lost.
    Silent,
    /// The engine no longer has the events after the last one that was received, or does not store any.
    Engine,
    /// A replica was already running when this one was started. Events that the older replica emitted before its first
    /// message was received may be missing.
    Joined,
    /// The listeners of this replica did not return for several seconds, so the events for them were discarded.
    Slow,
}

impl fmt::Display for GapCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hole => "its sequence has a hole",
            Self::Silent => "it was not closed and has stopped sending",
            Self::Engine => "the engine no longer has them",
            Self::Joined => "it was already running when this one was started",
            Self::Slow => "the listeners are too slow",
        })
    }
}

/// The payload of [`Dropped`]: an event that was not sent, or that was received but not emitted.
///
/// # Examples
///
/// ```
/// use onward::bridge::{self, Bridge, DropReason, Memory};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let bridge = Bridge::over(Memory::new());
/// bridge.on(bridge::Dropped, |lost| {
///     // A newer replica may send events that this one does not carry yet.
///     if lost.reason != DropReason::Unknown {
///         eprintln!("{}: {}", lost.event, lost.reason);
///     }
/// });
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DroppedEvent {
    /// The name of the event; empty if it is unknown, or if [`close`](super::Bridge::close) reports several events.
    pub event: String,
    /// The name of the set that declares the event; empty if `event` is.
    pub set: String,
    /// The replica that sent the event; `None` for an event of this replica.
    pub replica: Option<String>,
    /// Why the event was dropped.
    pub reason: DropReason,
    /// The details, if there are any, such as the error of `serde_json`.
    pub error: Option<String>,
}

impl DroppedEvent {
    /// Creates a payload. `name` consists of the set and the event: `ShopEvents Sold`.
    pub(super) fn new(
        name: &str,
        replica: Option<&str>,
        reason: DropReason,
        error: Option<String>,
    ) -> Self {
        let (set, event) = name.split_once(' ').unwrap_or(("", name));
        Self {
            event: event.to_owned(),
            set: set.to_owned(),
            replica: replica.map(str::to_owned),
            reason,
            error,
        }
    }
}

impl fmt::Display for DroppedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of `{}`", self.event, self.set)?;
        if let Some(replica) = &self.replica {
            write!(f, " from the replica `{replica}`")?;
        }
        write!(f, " was dropped: {}", self.reason)?;
        match &self.error {
            Some(error) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

/// The reason for a [`Dropped`] event.
///
/// # Examples
///
/// ```
/// use onward::bridge::DropReason;
///
/// assert_eq!(DropReason::Full.to_string(), "the outbox is full");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DropReason {
    /// The outbox is full: the engine cannot be reached, or cannot keep up with the events.
    Full,
    /// The payload cannot be serialized.
    Encode,
    /// The payload exceeds the engine's maximum message size.
    TooLarge,
    /// The received message is malformed, or its data is not a valid payload of the event.
    Decode,
    /// This replica does not carry an event of that name and version.
    Unknown,
    /// The event was emitted on a bridge that does not carry it.
    NotCarried,
    /// The bridge is closed.
    Closed,
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the outbox is full",
            Self::Encode => "its payload cannot be serialized",
            Self::TooLarge => "its payload is too large for the engine",
            Self::Decode => "its payload cannot be deserialized",
            Self::Unknown => "no event of this name and version is carried",
            Self::NotCarried => "the bridge does not carry it",
            Self::Closed => "the bridge is closed",
        })
    }
}

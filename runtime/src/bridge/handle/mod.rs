//! The handle through which programs use a bridge.

mod emit;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::bridge::engine::{Engine, Outbound};
use crate::bridge::event::{BridgeEvents, DropReason};
use crate::bridge::payload::{Decode, Encode};
use crate::bridge::shared::Shared;
use crate::bridge::{inbound, outbound};
use crate::events::{Emitter, Event, EventSet};

/// A bridge, which carries events of emitters to the other replicas of a program, and emits the events of the other
/// replicas in this one.
///
/// It dereferences to an [`Emitter`] of [`BridgeEvents`], so `bridge.on(bridge::Gap, …)` adds a listener. Clones are
/// handles to the same bridge. The bridge is closed by [`close`](Self::close), or when its last clone is dropped; in
/// the latter case, the queued events are sent only if the engine can be reached at that moment. See the
/// [module](crate::bridge) for what is guaranteed. Node.js: no counterpart; Socket.IO: an adapter.
///
/// # Examples
///
/// ```
/// use onward::bridge::{self, Bridge, Memory};
/// use onward::events::Emitter;
///
/// onward::events! { ShopEvents { Sold(u32) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), bridge::EmitError> {
/// let shop: Emitter<ShopEvents> = Emitter::new();
/// shop.on(Sold, |id| println!("sold: {id}"));
///
/// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold);
/// bridge.on(bridge::Gap, |gap| println!("{gap}: read the database again"));
///
/// bridge.emit(Sold, &7); // calls the listener above, and those of the other replicas
/// bridge.emit_confirmed(Sold, &8).await?;
/// # Ok(())
/// # }
/// ```
///
/// Carrying an event of a different set is a compile error:
///
/// ```compile_fail,E0277
/// # use onward::bridge::{Bridge, Memory};
/// # use onward::events::Emitter;
/// onward::events! { ShopEvents { Sold(u32) } }
/// onward::events! { DoorEvents { Opened } }
///
/// let shop: Emitter<ShopEvents> = Emitter::new();
/// let bridge = Bridge::over(Memory::new()).carry(&shop, Opened);
/// ```
#[derive(Clone)]
pub struct Bridge(Arc<Handle>);

struct Handle {
    shared: Arc<Shared>,
    inbound: AbortHandle,
    outbound: AbortHandle,
}

impl Bridge {
    /// Starts a bridge over an engine: two tasks on the current runtime.
    ///
    /// The bridge begins to send and to receive after 20 ms, so that the calls to [`carry`](Self::carry) and `on` that
    /// follow come first; the engine keeps the events that are sent until then.
    ///
    /// # Panics
    ///
    /// Panics if there is no tokio runtime.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bridge = Bridge::over(Memory::new());
    /// # }
    /// ```
    #[must_use]
    pub fn over(engine: impl Engine) -> Self {
        let (outbound, inbound) = engine.split();
        let shared = Arc::new(Shared::new(outbound.max_frame()));
        let inbound = tokio::spawn(inbound::run(Arc::clone(&shared), inbound));
        let outbound = tokio::spawn(outbound::run(Arc::clone(&shared), outbound));
        Self(Arc::new(Handle {
            shared,
            inbound: inbound.abort_handle(),
            outbound: outbound.abort_handle(),
        }))
    }

    /// Carries an event of an emitter: the listeners of this emitter receive what the other replicas emit.
    ///
    /// The payload must implement `Serialize`, and its owned form `Deserialize`. The event is identified by its name
    /// and the name of its set. If it is carried for several emitters, it is emitted on all of them. The bridge does
    /// not keep the emitter alive. Events that arrive before this call are [`Dropped`](crate::bridge::Dropped).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ShopEvents { Sold(u32), Closed, Renamed(str) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let shop: Emitter<ShopEvents> = Emitter::new();
    /// let bridge = Bridge::over(Memory::new())
    ///     .carry(&shop, Sold)
    ///     .carry(&shop, Closed)
    ///     .carry(&shop, Renamed);
    /// # }
    /// ```
    ///
    /// A payload that cannot be serialized does not compile:
    ///
    /// ```compile_fail,E0277
    /// # use onward::bridge::{Bridge, Memory};
    /// # use onward::events::Emitter;
    /// struct Sale(u32);
    ///
    /// onward::events! { ShopEvents { Sold(Sale) } }
    ///
    /// let shop: Emitter<ShopEvents> = Emitter::new();
    /// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold);
    /// ```
    #[must_use]
    pub fn carry<Set, E>(self, emitter: &Emitter<Set>, event: E) -> Self
    where
        Set: EventSet,
        E: Event<Set>,
        E::Payload: Encode + Decode,
    {
        self.shared().carried_mut().add(emitter, event);
        self
    }

    /// Sets the schema version of the event that was last passed to [`carry`](Self::carry). Default: 1.
    ///
    /// Increase it when the payload changes in a way that older programs cannot read. Replicas with a different version
    /// drop the event as unknown.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ShopEvents { Sold(u32) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let shop: Emitter<ShopEvents> = Emitter::new();
    /// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold).version(2);
    /// # }
    /// ```
    #[must_use]
    pub fn version(self, version: u32) -> Self {
        self.shared().carried().set_version(version);
        self
    }

    /// Sets the bound of the outbox, and of the queue of received events. Default: 1024 events each.
    ///
    /// [`emit`](Self::emit) returns `false` when the outbox is full, and [`emit_confirmed`](Self::emit_confirmed) waits
    /// for room. When the queue of received events is full, no more events are requested from the engine; the queue may
    /// exceed the bound by the events of one message, at most 256. If the queue stays full for 5 s, events are
    /// discarded, and [`Gap`](crate::bridge::Gap) is emitted when there is room again.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bridge = Bridge::over(Memory::new()).capacity(4096);
    /// # }
    /// ```
    #[must_use]
    pub fn capacity(self, events: usize) -> Self {
        self.shared().outbox.set_capacity(events);
        self.shared().inbox.set_capacity(events);
        self
    }

    /// Sets the name of this replica, which other replicas report. Default: a random name.
    ///
    /// Characters other than ASCII letters, digits and punctuation become `-`; the name is truncated after 64
    /// characters. Two replicas may have the same name.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bridge = Bridge::over(Memory::new()).replica("web-1");
    /// # }
    /// ```
    #[must_use]
    pub fn replica(self, name: &str) -> Self {
        let characters = name.chars().take(64);
        let name: String = characters
            .map(|it| if it.is_ascii_graphic() { it } else { '-' })
            .collect();
        let name = if name.is_empty() { "-" } else { &name };
        self.shared().set_replica(name);
        self
    }

    /// Sets the time after which this replica sends a heartbeat if it has nothing else to send. Default: 5 s.
    ///
    /// A replica that was not closed but has been silent for three heartbeats counts as killed or unreachable: the
    /// other replicas emit [`Gap`](crate::bridge::Gap). The time must be the same in all replicas, and is clamped to
    /// the range from 10 ms to a day.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let bridge = Bridge::over(Memory::new()).heartbeat(Duration::from_secs(1));
    /// # }
    /// ```
    #[must_use]
    pub fn heartbeat(self, interval: Duration) -> Self {
        // A shorter time would keep the task busy; a longer one could overflow an `Instant`.
        let (shortest, longest) = (Duration::from_millis(10), Duration::from_secs(86_400));
        self.shared()
            .set_heartbeat(interval.clamp(shortest, longest));
        self
    }

    /// Closes the bridge: sends the queued events, and returns whether all of them were sent within `patience`.
    ///
    /// The other replicas are notified, so that they do not report the silence of this one as a `Gap`. No more events
    /// are received; [`emit`](Self::emit) calls the listeners of this replica and returns `false`. Events that are
    /// not yet sent after `patience` are reported by a single [`Dropped`](crate::bridge::Dropped), whose error contains
    /// their number.
    ///
    /// # Cancel safety
    ///
    /// The bridge rejects further events, even if the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, Memory};
    /// use onward::events::Emitter;
    /// use std::time::Duration;
    ///
    /// onward::events! { ShopEvents { Sold(u32) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let shop: Emitter<ShopEvents> = Emitter::new();
    /// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold);
    /// bridge.emit(Sold, &7);
    /// assert!(bridge.close(Duration::from_secs(5)).await);
    /// # }
    /// ```
    pub async fn close(&self, patience: Duration) -> bool {
        let outbox = &self.shared().outbox;
        outbox.close();
        let is_flushed = timeout(patience, outbox.flushed()).await.is_ok();
        self.0.inbound.abort();
        self.0.outbound.abort();
        let unsent = outbox.clear();
        if !is_flushed && unsent > 0 {
            let error = Some(format!("{unsent} events were not sent"));
            self.report("", DropReason::Closed, error);
        }
        is_flushed
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }
}

impl Deref for Bridge {
    type Target = Emitter<BridgeEvents>;

    fn deref(&self) -> &Self::Target {
        &self.shared().events
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // The sending task ends after the last frame, or when the engine cannot be reached.
        self.shared.outbox.abandon();
        self.inbound.abort();
    }
}

impl fmt::Debug for Bridge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bridge").finish_non_exhaustive()
    }
}

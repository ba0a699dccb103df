// The main files of this folder: `handle/` is what programs call; `outbox.rs` and `outbound.rs` send; `inbound.rs`,
// `tracker.rs` and `inbox.rs` receive; `frame.rs` is the format of messages; `engine/` passes them on.
//
// Invariants:
//
// 1. Every carried event that is passed to `emit` before `close` gets a sequence number, even if it is not sent:
//    events that other replicas miss leave a hole.
// 2. Frames are sent one at a time and in order; each is resent until the engine has accepted it or the bridge has
//    ended.
// 3. Received events are emitted on the emitters of this replica and are never sent again.
// 4. Listeners run neither under a lock nor on a task of the bridge.
// 5. The queues, and the number of replicas that are remembered, are bounded.

//! Events on several machines: the same typed emitters, connected by an engine such as Redis or NATS.
//!
//! [`Bridge::carry`] connects an event of an [`Emitter`](crate::events::Emitter) with the same event in the other
//! *replicas*, the processes that use the same engine. [`Bridge::emit`] emits it in all of them; `emit` of the emitter
//! itself remains local. Payloads are sent as JSON. The page [More than one machine](crate::guide) of the guide
//! explains how to choose the sizes and how to operate a bridge.
//!
//! # Guarantees
//!
//! | | Redis Streams | NATS |
//! |---|---|---|
//! | a connected replica receives an event | yes, and emits it once | at most once |
//! | a replica that was cut off receives what it missed | while it is among the last `max_len` messages | no |
//! | [`emit_confirmed`](Bridge::emit_confirmed) returns when | Redis has stored the event | the server has received the event |
//!
//! - In the other replicas, the events of one replica are emitted in the order in which it emitted them, each at most
//!   once. There is no order between the events of different replicas.
//! - When a running replica misses events, it emits a [`Gap`]: for example, a sequence has a hole, the engine no longer
//!   has events that were not received, or a replica disappeared without being closed. A `Gap` does not prove that an
//!   event was missed; read your state again in any case.
//! - When a replica starts, it should read its state after [`Up`]: it receives the events from then on. Replicas that
//!   are already running send it their sequence numbers at once. Each of them that has already emitted events causes a
//!   `Gap`, because an event that it emitted between `Up` and that message may be missing. A replica that can no longer
//!   reach the engine at that time and is later killed remains unknown, so its events are missed without a `Gap`.
//! - A received event that this replica does not carry is [`Dropped`], so replicas of different versions can run
//!   together.
//! - Events that a replica has emitted with [`emit`](Bridge::emit) but not yet sent are lost if it is killed;
//!   [`close`](Bridge::close) sends them.
//! - The bridge reconnects automatically, with jitter and as often as necessary. With Redis Streams, it continues after
//!   the last message that it received.
//!
//! # Examples
//!
//! ```
//! use onward::bridge::{self, Bridge, Memory};
//! use onward::events::Emitter;
//! use std::time::Duration;
//!
//! onward::events! {
//!     /// The events of a shop.
//!     pub ShopEvents {
//!         /// A product was sold. The payload is its id.
//!         Sold(u32),
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), bridge::EmitError> {
//! let shop: Emitter<ShopEvents> = Emitter::new();
//! let bridge = Bridge::over(Memory::new()).carry(&shop, Sold); // or RedisStreams, or Nats
//! bridge.on(bridge::Gap, |gap| println!("{gap}: read the database again"));
//! bridge.on(bridge::Dropped, |lost| println!("{lost}"));
//! bridge.on(bridge::Down, |error| println!("not ready: {error}"));
//! bridge.on(bridge::Up, |_| println!("ready"));
//!
//! shop.emit(Sold, &7); // in this replica only
//! bridge.emit(Sold, &7); // in all replicas
//! bridge.emit_confirmed(Sold, &7).await?; // waits for the engine
//! bridge.close(Duration::from_secs(5)).await;
//! # Ok(())
//! # }
//! ```

mod backoff;
mod engine;
mod error;
mod event;
mod frame;
mod handle;
mod inbound;
mod inbox;
mod outbound;
mod outbox;
mod payload;
mod registry;
mod shared;
#[cfg(test)]
mod tests;
mod tracker;

#[cfg(feature = "bridge-nats")]
pub use engine::Nats;
#[cfg(feature = "bridge-redis")]
pub use engine::RedisStreams;
pub use engine::{Engine, EngineError, Memory};
pub use error::EmitError;
pub use event::{BridgeEvents, Down, DropReason, Dropped, DroppedEvent, Gap, GapCause, Missed, Up};
pub use handle::Bridge;
pub use payload::{Decode, Encode};

//! Emitting events.

use tokio::sync::oneshot;

use super::Bridge;
use crate::bridge::error::EmitError;
use crate::bridge::event::{DropReason, Dropped, DroppedEvent};
use crate::bridge::payload::Encode;
use crate::bridge::registry::Carried;
use crate::events::{Event, EventSet};

impl Bridge {
    /// Emits an event in this replica and queues it for the others. Returns `false` if it was not queued.
    ///
    /// The listeners of this replica are called before `emit` returns, as by
    /// [`Emitter::emit`](crate::events::Emitter::emit), even if the event is not queued, unless the bridge does not
    /// carry it. The call never waits. An event that is not queued is reported by [`Dropped`]. The other replicas emit
    /// [`Gap`](crate::bridge::Gap) for it, unless the bridge is closed or does not carry the event.
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
    /// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold).capacity(1);
    /// assert!(bridge.emit(Sold, &7));
    /// assert!(!bridge.emit(Sold, &8)); // the first one has not been sent yet
    /// # }
    /// ```
    pub fn emit<Set, E>(&self, event: E, payload: &E::Payload) -> bool
    where
        Set: EventSet,
        E: Event<Set>,
        E::Payload: Encode,
    {
        let Some(carried) = self.shared().carried().of_type::<Set, E>() else {
            let name = format!("{} {}", Set::NAME, E::NAME);
            return self.report(&name, DropReason::NotCarried, None);
        };
        let is_queued = self.queue(&carried, serde_json::to_vec(payload));
        carried.emit(event, payload);
        is_queued
    }

    fn queue(&self, carried: &Carried, json: serde_json::Result<Vec<u8>>) -> bool {
        let outbox = &self.shared().outbox;
        let result = match json {
            Ok(json) => outbox.push(&carried.name, carried.version(), json),
            Err(error) => {
                outbox.lose();
                return self.report(&carried.name, DropReason::Encode, Some(error.to_string()));
            }
        };
        match result {
            Ok(()) => true,
            Err(reason) => self.report(&carried.name, reason, None),
        }
    }

    pub(super) fn report(&self, name: &str, reason: DropReason, error: Option<String>) -> bool {
        let lost = DroppedEvent::new(name, None, reason, error);
        self.shared().events.emit(Dropped, &lost);
        false
    }

    /// Emits an event in all replicas, and waits until the engine has stored it.
    ///
    /// The call waits for room in the outbox, then calls the listeners of this replica, then waits for the engine.
    /// There is no time limit: use [`tokio::time::timeout`] to set one. An engine that stores nothing confirms that it
    /// has received the event.
    ///
    /// # Errors
    ///
    /// - [`EmitError`] if the event is not carried, cannot be serialized or is too large, or if the bridge is closed.
    ///
    /// # Cancel safety
    ///
    /// The event may be sent even if the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::bridge::{Bridge, EmitError, Memory};
    /// use onward::events::Emitter;
    ///
    /// onward::events! { ShopEvents { Sold(u32) } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), EmitError> {
    /// let shop: Emitter<ShopEvents> = Emitter::new();
    /// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold);
    /// bridge.emit_confirmed(Sold, &7).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn emit_confirmed<Set, E>(
        &self,
        event: E,
        payload: &E::Payload,
    ) -> Result<(), EmitError>
    where
        Set: EventSet,
        E: Event<Set>,
        E::Payload: Encode,
    {
        let carried = self.shared().carried().of_type::<Set, E>();
        let carried = carried.ok_or(EmitError::NotCarried)?;
        let json = serde_json::to_vec(payload).map_err(EmitError::Encode)?;
        let stored = self.queue_confirmed(&carried, json).await?;
        carried.emit(event, payload);
        stored.await.map_err(|_| EmitError::Closed)
    }

    async fn queue_confirmed(
        &self,
        carried: &Carried,
        json: Vec<u8>,
    ) -> Result<oneshot::Receiver<()>, EmitError> {
        let outbox = &self.shared().outbox;
        let result = outbox.push_confirmed(&carried.name, carried.version(), json);
        result.await.map_err(|reason| match reason {
            DropReason::TooLarge => EmitError::TooLarge,
            _ => EmitError::Closed,
        })
    }
}

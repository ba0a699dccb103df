//! Protects a server from overload: a request may have to wait at a gate, or be rejected, before its handler is called.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

use crate::http::events::server_emitter::ServerEmitter;
use crate::http::exchange::handler_slot::HandlerSlot;

mod gated_slot;
mod latency_gate;
pub(crate) mod request_gate;

/// The gate of a server. It is a trait object, so that the program contains the code of the gate only if the program
/// limits requests.
pub(crate) trait Gate: Debug + Send + Sync {
    /// Returns a slot that calls the handler of `inner` once the request has passed the gate.
    fn guard(
        self: Arc<Self>,
        inner: Pin<Box<dyn HandlerSlot>>,
        emitter: Arc<ServerEmitter>,
    ) -> Pin<Box<dyn HandlerSlot>>;
}

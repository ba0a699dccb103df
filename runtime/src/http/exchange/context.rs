//! The state that the exchanges of one connection share.

use std::pin::Pin;
use std::sync::Arc;
#[cfg(feature = "tracing")]
use std::sync::OnceLock;

use tokio::sync::watch;

use crate::http::control::ControlState;
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::exchange::handler_slot::HandlerSlot;
use crate::http::exchange::overload::Gate;
#[cfg(feature = "tracing")]
use crate::http::exchange::traced_slot::{SpanFactory, traced};
use crate::http::limits::{Limits, ResponseLimits};
use crate::http::response::channel::{ErrorReplyFn, RequestInfo, ResponseChannel};
use crate::http::socket::Socket;

/// A function that creates a slot for a server's handler. It hides the handler's type from all other code.
pub(crate) type HandlerSlotFactory = Box<dyn Fn() -> Pin<Box<dyn HandlerSlot>> + Send + Sync>;

/// The data that a server passes to each connection. Handlers that outlive their connection also hold it, so that the
/// server does not end before them.
pub(crate) struct ConnectionContext {
    pub(crate) service: Arc<Service>,
    pub(crate) socket: Socket,
    pub(crate) limits: Arc<Limits>,
    /// `None` if the requests of the server are not limited.
    pub(crate) gate: Option<Arc<dyn Gate>>,
    /// The control state when the connection was accepted.
    pub(crate) initial_control: ControlState,
    /// Later control states; the initial one is marked as seen.
    pub(crate) control: watch::Receiver<ControlState>,
}

impl ConnectionContext {
    /// Creates a slot for the handler. If the server has a gate, the gate limits the slot.
    pub(super) fn new_slot(&self) -> Pin<Box<dyn HandlerSlot>> {
        let slot = self.service.new_slot();
        match &self.gate {
            None => slot,
            Some(gate) => Arc::clone(gate).guard(slot, Arc::clone(&self.service.emitter)),
        }
    }
}

/// The handler of a server, and the emitter of the server's events.
pub(crate) struct Service {
    pub(crate) emitter: Arc<ServerEmitter>,
    handler_slot: HandlerSlotFactory,
    /// The function that responds with an error, using the handler's error type.
    pub(crate) error_reply: ErrorReplyFn,
    /// Set if each request has a span.
    #[cfg(feature = "tracing")]
    pub(crate) new_span: OnceLock<SpanFactory>,
}

impl Service {
    pub(crate) fn new(handler_slot: HandlerSlotFactory, error_reply: ErrorReplyFn) -> Self {
        Self {
            emitter: Arc::new(ServerEmitter::new()),
            handler_slot,
            error_reply,
            #[cfg(feature = "tracing")]
            new_span: OnceLock::new(),
        }
    }

    /// Creates a slot for the handler.
    pub(crate) fn new_slot(&self) -> Pin<Box<dyn HandlerSlot>> {
        let slot = (self.handler_slot)();
        #[cfg(feature = "tracing")]
        if let Some(new_span) = self.new_span.get() {
            return traced(slot, Arc::clone(new_span));
        }
        slot
    }

    pub(crate) fn new_response(
        &self,
        limits: ResponseLimits,
        request: RequestInfo,
    ) -> ResponseChannel {
        ResponseChannel::new(self.emitter.clone(), self.error_reply, limits, request)
    }
}

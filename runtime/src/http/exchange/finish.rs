//! Emits the `Finish` event of a server.

use super::Exchange;
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::response::channel::ResponseChannel;
use crate::http::response::events::Finish;
use crate::http::response::events::finished::{FinishedRequest, ResponseOutcome};
use crate::http::socket::Socket;

/// Emits the record of a request, if there is one that has not been emitted yet.
pub(super) fn emit_finish(
    emitter: &ServerEmitter,
    response: &ResponseChannel,
    socket: Socket,
    request_bytes: u64,
    outcome: ResponseOutcome,
) {
    let Some(record) = response.take_record() else {
        return;
    };
    let version = response.request.version;
    let finished = FinishedRequest::new(record, version, socket, request_bytes, outcome);
    #[cfg(feature = "tracing")]
    let _entered = finished.span().enter();
    emitter.emit(Finish, &finished);
}

impl Exchange {
    /// Called when a request that listeners watch has been received.
    #[cold]
    pub(super) fn begin_record(&self) {
        if self.context.service.emitter.has_listeners(Finish) {
            self.response.begin_record();
        }
    }

    /// Called when the response has ended.
    #[inline]
    pub(super) fn on_ended(&self, outcome: impl Into<ResponseOutcome>) {
        if self.response.request.is_watched {
            self.emit_finish(outcome.into());
        }
    }

    #[cold]
    fn emit_finish(&self, outcome: ResponseOutcome) {
        let bytes = match self.has_body {
            true => self.whole_body + self.request.received(),
            false => 0,
        };
        let socket = self.context.socket.clone();
        emit_finish(
            &self.context.service.emitter,
            &self.response,
            socket,
            bytes,
            outcome,
        );
    }
}

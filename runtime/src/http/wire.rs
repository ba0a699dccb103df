//! A connection as all its parts share it: the stream, what has been read of it, what waits to be sent.

use std::sync::Arc;

use bytes::Bytes;

use super::event::SocketEvents;
use crate::events::Emitter;

#[derive(Debug)]
#[allow(dead_code, reason = "until connections have one")]
pub(crate) struct Wire {
    emitter: Emitter<SocketEvents>,
}

#[allow(dead_code, reason = "until connections have one")]
impl Wire {
    /// The wire of a request or response made by hand: it leads nowhere.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self {
            emitter: Emitter::new(),
        })
    }

    /// Sends an interim answer (1xx), complete with its blank line, ahead of the answer to the request in hand. `false` if
    /// nobody reads any more.
    pub(crate) fn inform(&self, _interim: &[u8]) -> bool {
        true
    }

    /// The handler sent a 100: hyper's own is held back.
    pub(crate) fn continued(&self) {}

    /// The next head goes out without `date`.
    pub(crate) fn undated(&self) {}

    /// Request line and headers as they came, while request number `request` of this connection is in hand.
    pub(crate) fn raw_head(&self, _request: u64) -> Option<Bytes> {
        None
    }

    /// Cuts the connection.
    pub(crate) fn destroy(&self) {}

    /// How many bytes came from the client.
    pub(crate) fn bytes_read(&self) -> u64 {
        0
    }

    /// How many bytes went to the client.
    pub(crate) fn bytes_written(&self) -> u64 {
        0
    }

    pub(crate) fn emitter(&self) -> &Emitter<SocketEvents> {
        &self.emitter
    }
}

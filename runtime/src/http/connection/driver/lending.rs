//! Lends the stream to the source of the response's body while the driver waits.
//!
//! Lending lets a feed with thousands of clients write an event to all of them in a loop. Waking and polling each
//! connection's task would take about as long as sending, because little of the task's memory is in the processor's
//! cache.

use std::sync::{Arc, Mutex};

use bytes::Bytes;

use super::{Driver, Phase};
use crate::http::connection::stream::SocketStream;
use crate::http::h1::write::framing::{ResponseFraming, encode_chunk};
use crate::http::outlet::{Outlet, SharedPart, Written};
use crate::http::socket::handle::ConnectionHandle;
use crate::http::sync::lock;

/// The place where the driver leaves its stream for the source of a response body. Each body whose source uses the
/// stream has its own.
pub(super) struct LentOutput {
    handle: Arc<ConnectionHandle>,
    lent: Mutex<Option<Lent>>,
}

struct Lent {
    stream: SocketStream,
    /// The part of a chunk that the stream did not accept. The driver sends it.
    unsent: Bytes,
    /// The length of the parts that were written, without the chunked coding.
    written: u64,
}

impl Outlet for LentOutput {
    fn write(&self, part: &SharedPart) -> Written {
        let mut lent = lock(&self.lent);
        let Some(lent) = lent.as_mut().filter(|lent| lent.unsent.is_empty()) else {
            return Written::Nothing;
        };
        let chunk = part.encoded(encode_chunk);
        // An error is ignored here: the driver reports it when it writes the part itself.
        let sent = lent.stream.try_write(chunk).unwrap_or(0);
        if sent == 0 {
            return Written::Nothing;
        }
        self.handle.add_bytes_written(sent as u64);
        lent.written += part.data().len() as u64;
        lent.unsent = chunk.slice(sent..);
        match lent.unsent.is_empty() {
            true => Written::Whole,
            false => Written::Partly,
        }
    }
}

impl Driver {
    /// Lends the stream if the source of the body uses it. Called when the driver begins to wait.
    #[inline]
    pub(super) fn lend_output(&mut self) {
        if let Phase::SendingBody(plan) = &self.phase
            && plan.framing == ResponseFraming::Chunked
            && self.closing.is_none()
            && !self.transport.has_output()
        {
            self.lend_to_source();
        }
    }

    fn lend_to_source(&mut self) {
        let Some(exchange) = &self.exchange else {
            return;
        };
        if self.output.is_none() {
            let new = || {
                Arc::new(LentOutput {
                    handle: Arc::clone(self.context.socket.handle()),
                    lent: Mutex::default(),
                })
            };
            self.output = exchange.response.connect_source(new);
        }
        let Some(output) = &self.output else {
            return;
        };
        let Some(stream) = self.transport.lend() else {
            return;
        };
        *lock(&output.lent) = Some(Lent {
            stream,
            unsent: Bytes::new(),
            written: 0,
        });
        self.is_lent = true;
    }

    /// Takes the stream back. Called before the driver does anything else.
    #[inline]
    pub(super) fn reclaim_output(&mut self) {
        if std::mem::take(&mut self.is_lent) {
            self.reclaim();
        }
    }

    fn reclaim(&mut self) {
        let lent = self.output.as_ref().and_then(|it| lock(&it.lent).take());
        let Some(lent) = lent else {
            return;
        };
        if let Some(exchange) = &self.exchange {
            exchange.response.add_written(lent.written);
        }
        self.transport.restore(lent.stream, lent.unsent);
    }
}

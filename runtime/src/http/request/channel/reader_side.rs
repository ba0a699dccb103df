//! The reader's side of the channel of a request.

use std::sync::MutexGuard;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::{BodyFailure, BodyState, LastEvents, RequestChannel, RequestState, store, wake};
use crate::error::Error;
use crate::http::request::events::Aborted;
use crate::http::socket::events::{Data, End, Error as ErrorEvent};
use crate::http::sync::lock;

impl RequestChannel {
    /// Records that the reader holds the whole body.
    pub(crate) fn set_buffered(&self) {
        lock(&self.state).body = BodyState::Buffered;
    }

    /// Records that the body is still to be received. `length` is `None` if it is unknown, as for a chunked body.
    pub(crate) fn set_streaming(&self, length: Option<u64>) {
        let mut state = lock(&self.state);
        state.body = BodyState::Streaming;
        state.remaining = length;
    }

    /// Returns the next part of the body. The protocol delivers nothing before this is called.
    pub(crate) fn poll_frame(
        &self,
        cx: &Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyFailure>>> {
        let mut state = lock(&self.state);
        if let Some(part) = state.parts.pop_front() {
            if let Some(remaining) = &mut state.remaining {
                *remaining = remaining.saturating_sub(part.data_len() as u64);
            }
            drop(state);
            return Poll::Ready(Some(Ok(part.into_frame())));
        }
        if let Some(failure) = state.failure {
            return Poll::Ready(Some(Err(failure)));
        }
        if state.ended {
            return Poll::Ready(None);
        }
        store(&mut state.reader, cx);
        let newly_wanted = !std::mem::replace(&mut state.wanted, true);
        let protocol = state.protocol.take().filter(|_| newly_wanted);
        drop(state);
        wake(protocol);
        Poll::Pending
    }

    /// Returns whether the reader has the whole body.
    pub(crate) fn is_at_end(&self) -> bool {
        let state = lock(&self.state);
        state.parts.is_empty() && (state.ended || state.remaining == Some(0))
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        match lock(&self.state).remaining {
            Some(remaining) => SizeHint::with_exact(remaining),
            None => SizeHint::default(),
        }
    }

    /// Emits `Data`, unless `Close` was emitted: a body that has been received may still be read afterward.
    pub(crate) fn emit_data(&self, chunk: &Bytes) {
        let is_closed = lock(&self.state).close_emitted;
        if !is_closed {
            self.emitter.emit(Data, chunk);
        }
    }

    /// Called when the body has been read to its end.
    pub(crate) fn on_read(&self) {
        let mut state = lock(&self.state);
        state.body = BodyState::Complete;
        let emit_end = !state.close_emitted && !std::mem::replace(&mut state.end_emitted, true);
        let events = self.stop_reading(state);
        if emit_end {
            self.emitter.emit(End, &());
        }
        self.emit_last(events);
    }

    /// Called when the reader cannot continue. `lost` indicates whether the rest of the body cannot be received either.
    pub(crate) fn on_failed(&self, error: &Error, lost: bool) {
        let mut state = lock(&self.state);
        if lost {
            state.body = BodyState::Failed;
        }
        let aborted = lost && !std::mem::replace(&mut state.abort_emitted, true);
        // An aborted request has already emitted its error.
        let emit_error = aborted || !lost && !state.close_emitted;
        let events = self.stop_reading(state);
        if aborted {
            self.emitter.emit(Aborted, &());
        }
        if emit_error {
            self.emitter.emit(ErrorEvent, error);
        }
        self.emit_last(events);
    }

    /// Called when the reader has been dropped before the end of a streaming body.
    pub(crate) fn on_dropped(&self) {
        let mut state = lock(&self.state);
        if state.body == BodyState::Streaming {
            state.discard_received();
        }
        let events = self.stop_reading(state);
        self.emit_last(events);
    }

    /// Called when the reader has been dropped with a body that it held completely.
    pub(crate) fn on_buffered_dropped(&self) {
        let mut state = lock(&self.state);
        if state.body == BodyState::Buffered {
            state.body = BodyState::Complete;
            self.settle(state);
        }
    }

    /// Notifies the protocol that the reader is done. Returns the events that are due.
    fn stop_reading(&self, mut state: MutexGuard<'_, RequestState>) -> LastEvents {
        let protocol = state.protocol.take();
        let events = state.settle();
        drop(state);
        wake(protocol);
        events
    }
}

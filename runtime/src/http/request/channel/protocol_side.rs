//! The protocol's side of the channel of a request.

use std::task::{Context, Poll};

use super::body_part::BodyPart;
use super::{BodyFailure, BodyState, Demand, RequestChannel, RequestState, store, wake};
use crate::http::interruption::Interruption;
use crate::http::request::events::Aborted;
use crate::http::socket::events::{Close, End, Error as ErrorEvent};
use crate::http::sync::lock;

impl RequestChannel {
    /// Is ready when the protocol must act on the body, or has nothing more to do with it.
    pub(crate) fn poll_demand(&self, cx: &Context<'_>) -> Poll<Demand> {
        let mut state = lock(&self.state);
        match state.body {
            BodyState::Complete | BodyState::Buffered | BodyState::Failed => {
                Poll::Ready(Demand::Done)
            }
            _ if state.ended || state.failure.is_some() => Poll::Ready(Demand::Done),
            BodyState::Unread => Poll::Ready(Demand::Drain),
            BodyState::Streaming if state.wanted && state.parts.is_empty() => {
                Poll::Ready(Demand::Data)
            }
            BodyState::Streaming => {
                store(&mut state.protocol, cx);
                Poll::Pending
            }
        }
    }

    pub(crate) fn push(&self, part: BodyPart) {
        self.update(|state| {
            state.wanted = false;
            state.received += part.data_len() as u64;
            state.parts.push_back(part);
        });
    }

    /// Called when a part of an unread body has been received and discarded.
    pub(crate) fn on_discarded(&self, part: &BodyPart) {
        lock(&self.state).received += part.data_len() as u64;
    }

    /// Called when the body is complete.
    pub(crate) fn end(&self) {
        self.update(|state| state.ended = true);
    }

    /// Called when the rest of the body cannot be received.
    pub(crate) fn fail(&self, failure: BodyFailure) {
        let mut state = lock(&self.state);
        if state.ended || state.failure.is_some() {
            return;
        }
        state.failure = Some(failure);
        if state.body == BodyState::Unread {
            state.body = BodyState::Failed;
        }
        let reader = state.reader.take();
        let events = state.settle();
        drop(state);
        wake(reader);
        self.emit_last(events);
    }

    fn update(&self, change: impl FnOnce(&mut RequestState)) {
        let mut state = lock(&self.state);
        change(&mut state);
        let reader = state.reader.take();
        drop(state);
        wake(reader);
    }

    /// Called when the rest of an unread body has been discarded.
    pub(crate) fn on_drained(&self) {
        let mut state = lock(&self.state);
        if matches!(state.body, BodyState::Unread | BodyState::Streaming) {
            state.body = BodyState::Complete;
            self.settle(state);
        }
    }

    /// Called when the rest of an unread body will not be received.
    pub(crate) fn on_given_up(&self) {
        let mut state = lock(&self.state);
        if state.body == BodyState::Unread {
            state.body = BodyState::Failed;
            self.settle(state);
        }
    }

    /// Returns the length of the rest of an unread body, or 0 if the length is unknown. Returns `None` if the body was
    /// read, may still be read or has failed.
    pub(crate) fn unread_len(&self) -> Option<u64> {
        let state = lock(&self.state);
        (state.body == BodyState::Unread).then(|| state.remaining.unwrap_or(0))
    }

    /// Returns whether the body cannot be received completely.
    pub(crate) fn is_failed(&self) -> bool {
        let state = lock(&self.state);
        state.body == BodyState::Failed || state.failure.is_some()
    }

    /// Called when the response is finished.
    pub(crate) fn on_responded(&self) {
        let mut state = lock(&self.state);
        state.responded = true;
        self.settle(state);
    }

    /// Does the same as [`on_responded`](Self::on_responded), for a request without a body.
    #[inline]
    pub(crate) fn on_responded_without_body(&self) {
        self.emitter.emit(End, &());
        self.emitter.emit(Close, &());
    }

    /// Called when the connection ends before the response is finished.
    pub(crate) fn on_interrupted(&self, interruption: Interruption) {
        let mut state = lock(&self.state);
        let aborted = !std::mem::replace(&mut state.abort_emitted, true);
        let closed = !std::mem::replace(&mut state.close_emitted, true);
        drop(state);
        if aborted {
            self.emitter.emit(Aborted, &());
            self.emitter
                .emit_with(ErrorEvent, || interruption.to_error());
        }
        if closed {
            self.emitter.emit(Close, &());
        }
    }
}

//! Passes the body of a response through its encoder.

use std::sync::MutexGuard;
use std::task::{Context, Poll};

use super::protocol_side::{PolledFrame, ResponseAborted};
#[cfg(any(feature = "http2", feature = "tower"))]
use super::{DeliveryState, HandlerState};
use super::{ResponseChannel, ResponseState};
use crate::http::sync::lock;

impl ResponseChannel {
    /// Returns the next part of an encoded body.
    pub(super) fn poll_encoded<'c>(
        &'c self,
        mut state: MutexGuard<'c, ResponseState>,
        cx: &mut Context<'_>,
    ) -> PolledFrame<ResponseAborted> {
        let Some(mut body) = state.extras().encoded.take() else {
            return self.poll_plain(state, cx);
        };
        // The encoder runs without the lock being held.
        drop(state);
        let polled = body.poll_frame(cx, |cx| self.poll_plain(lock(&self.state), cx));
        match polled {
            Ok(polled) => {
                lock(&self.state).extras().encoded = Some(body);
                polled
            }
            Err(mut error) => {
                lock(&self.state).aborted = true;
                self.report(&mut error);
                Poll::Ready(Some(Err(ResponseAborted)))
            }
        }
    }
}

impl ResponseChannel {
    /// Encodes the body of a detached response that was written in chunks and has ended.
    pub(super) fn encode_detached(&self) {
        let mut state = lock(&self.state);
        let Some(mut encoded) = state.extras().encoded.take() else {
            return;
        };
        let body = state.body.join();
        drop(state);
        let result = encoded.encode_all(&body);
        let mut state = lock(&self.state);
        match result {
            Ok(body) => {
                state.written = body.len() as u64;
                state.body.push(body);
            }
            Err(mut error) => {
                drop(state);
                self.report(&mut error);
            }
        }
    }
}

impl ResponseChannel {
    /// Completes a response whose whole body was taken: either the response has ended and no trailers follow, or the
    /// body has its declared length. Returns whether the response is complete.
    #[cfg(any(feature = "http2", feature = "tower"))]
    pub(crate) fn complete_taken(&self) -> bool {
        let mut state = lock(&self.state);
        // The source may end with trailers, even if the length is declared.
        if state.source.is_some() || state.is_encoding() {
            return false;
        }
        let is_ended = state.handler == HandlerState::Ended
            && state.body.len() == 0
            && state.trailers.is_none()
            && !state.aborted;
        let complete = is_ended || state.is_length_delivered();
        if complete {
            state.handler = HandlerState::Ended;
            state.delivery = DeliveryState::Complete;
        }
        complete
    }
}

impl ResponseState {
    pub(super) fn is_encoded(&self) -> bool {
        let extras = self.extras.as_ref();
        extras.is_some_and(|extras| extras.encoded.is_some())
    }

    /// Returns whether the body has an encoder that has not finished, or whose output was not taken.
    #[cfg(any(feature = "http2", feature = "tower"))]
    pub(super) fn is_encoding(&self) -> bool {
        let extras = self.extras.as_ref();
        let encoded = extras.and_then(|extras| extras.encoded.as_ref());
        encoded.is_some_and(|body| !body.is_drained())
    }
}

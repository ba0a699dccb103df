//! Takes the body of a response through its encoder.

use std::sync::MutexGuard;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;

use super::protocol_side::ResponseAborted;
use super::{ResponseChannel, ResponseState};
use crate::http::sync::lock;

impl ResponseChannel {
    /// The next part of an encoded body.
    #[cold]
    pub(super) fn poll_encoded(
        &self,
        mut state: MutexGuard<'_, ResponseState>,
        cx: &Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseAborted>>> {
        let Some(mut body) = state.extras().encoded.take() else {
            return self.poll_source(state, cx);
        };
        // Encoders run without the lock.
        drop(state);
        let polled = body.poll_frame(cx, |cx| self.poll_source(lock(&self.state), cx));
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
    /// Encodes the streamed body of a detached response, all of which is written.
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

impl ResponseState {
    pub(super) fn is_encoded(&self) -> bool {
        let extras = self.extras.as_ref();
        extras.is_some_and(|extras| extras.encoded.is_some())
    }

    /// Whether an encoder has not passed on all of the body.
    #[cfg(feature = "http2")]
    pub(super) fn is_encoding(&self) -> bool {
        let extras = self.extras.as_ref();
        let encoded = extras.and_then(|extras| extras.encoded.as_ref());
        encoded.is_some_and(|body| !body.is_drained())
    }
}

//! The side of the channel that a protocol reads: it takes the head, then the body, and reports how sending ended.

use std::fmt;
use std::sync::MutexGuard;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{StatusCode, Version};
use http_body::Frame;

use super::dropped::{Dropped, Verdict, dropped_early, panicked};
use super::{DeliveryState, HandlerState, ResponseChannel, ResponseState, wake};
use crate::error::Error;
use crate::http::interruption::Interruption;
use crate::http::response::events;
use crate::http::response::head::ResponseHead;
use crate::http::response::interim::InterimResponse;
use crate::http::response::switch::ProtocolSwitch;
use crate::http::socket::events::Close;
use crate::http::sync::lock;

/// The body of a response at the time its head is taken.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    /// The whole body.
    Whole(Bytes),
    /// A body that is still being written, or was written in chunks: see [`ResponseChannel::poll_frame`].
    Streaming {
        /// The length that the head declares.
        length: Option<u64>,
    },
}

/// The next part of a body, or `None` at its end.
pub(super) type PolledFrame<E> = Poll<Option<Result<Frame<Bytes>, E>>>;

/// The next part of a response, up to and including the head.
#[derive(Debug)]
pub(crate) enum NextPart {
    Interim(InterimResponse),
    Head(ResponseHead, ResponseBody),
    /// A head after which the connection speaks another protocol.
    Switch(ResponseHead, ProtocolSwitch),
    /// The response was dropped and cannot be sent: an error response takes its place.
    Failed(Error),
}

/// The possible reactions to a failure of the handler.
pub(crate) enum FailedResponse {
    /// Nothing was sent: an error response can be sent with these headers.
    Replaceable(ResponseHead),
    /// The head was sent, another task holds the response, or the response has ended.
    Committed,
}

impl ResponseChannel {
    /// Returns the next part of the response, up to and including the head. `running` indicates whether the handler is
    /// still running.
    pub(crate) fn poll_head(&self, running: bool, cx: &Context<'_>) -> Poll<NextPart> {
        let mut state = lock(&self.state);
        state.handler_returned |= !running;
        if !state.interim.is_empty() {
            return Poll::Ready(NextPart::Interim(state.interim.remove(0)));
        }
        if let Some(code) = state.hook_code()
            && state.runs_hooks()
        {
            return (code.poll)(self, state, cx);
        }
        match state.handler {
            HandlerState::Ended | HandlerState::Streaming => self.poll_taken(state, cx),
            HandlerState::Dropped(dropped) if dropped.is_truncated() || !running => {
                self.take_dropped(state, dropped, cx)
            }
            HandlerState::Open | HandlerState::Dropped(_) => {
                state.protocol = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// Takes a response that was dropped before its head was taken. The response is sent if its head is written and its
    /// body is complete: the body has its declared length, or the handler ended it by returning and no length is
    /// declared, or there is no body to send.
    #[cold]
    fn take_dropped(
        &self,
        mut state: MutexGuard<'_, ResponseState>,
        dropped: Dropped,
        cx: &Context<'_>,
    ) -> Poll<NextPart> {
        let error = match state.length_mismatch() {
            _ if dropped.panicking => Some(panicked()),
            Some(mismatch) => Some(mismatch),
            None if !dropped.head_written => Some(Error::not_found()),
            None => {
                let is_complete =
                    !dropped.is_truncated() || state.declared_length.is_some() || !state.has_body();
                (!is_complete).then(dropped_early)
            }
        };
        if let Some(error) = error {
            return Poll::Ready(NextPart::Failed(error));
        }
        state.handler = HandlerState::Ended;
        self.poll_taken(state, cx)
    }

    /// Takes the head once the hooks have run.
    #[inline]
    fn poll_taken(
        &self,
        mut state: MutexGuard<'_, ResponseState>,
        cx: &Context<'_>,
    ) -> Poll<NextPart> {
        if state.extras.is_some() {
            return self.poll_taken_with_extras(state, cx);
        }
        Poll::Ready(self.take_head(&mut state))
    }

    #[inline]
    pub(super) fn take_head(&self, state: &mut ResponseState) -> NextPart {
        if let Some(switch) = state.switch.take() {
            state.delivery = DeliveryState::Complete;
            return NextPart::Switch(state.head.take(), switch);
        }
        let trailed = state.trailers.is_some() && state.declared_length.is_none();
        let body = if state.streamed || trailed || self.is_chunked_by_handler(state) {
            state.delivery = DeliveryState::SendingBody;
            ResponseBody::Streaming {
                length: state.declared_length,
            }
        } else {
            state.delivery = DeliveryState::Complete;
            ResponseBody::Whole(state.join_body())
        };
        NextPart::Head(state.head.take(), body)
    }

    /// Returns whether the handler set a `transfer-encoding` that applies. HTTP/1.0 has no transfer codings.
    pub(super) fn is_chunked_by_handler(&self, state: &ResponseState) -> bool {
        state.head.has_transfer_encoding() && self.request.version >= Version::HTTP_11
    }

    /// Returns the next part of the body; `None` at its end.
    pub(crate) fn poll_frame(&self, cx: &mut Context<'_>) -> PolledFrame<ResponseAborted> {
        let state = lock(&self.state);
        match state.hook_code() {
            Some(code) if state.is_encoded() => (code.poll_encoded)(self, state, cx),
            _ => self.poll_plain(state, cx),
        }
    }

    /// Takes the next part of the body as the handler wrote it.
    pub(super) fn poll_plain<'a>(
        &'a self,
        mut state: MutexGuard<'a, ResponseState>,
        cx: &mut Context<'_>,
    ) -> PolledFrame<ResponseAborted> {
        if let Some(chunk) = state.body.pop() {
            self.on_taken(state);
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        if state.aborted {
            return Poll::Ready(Some(Err(ResponseAborted)));
        }
        match state.handler {
            HandlerState::Ended => {
                if let Some(source) = state.source.take() {
                    drop(state);
                    if let frame @ Some(_) = ready!(self.poll_source(source, cx)) {
                        return Poll::Ready(frame);
                    }
                    state = lock(&self.state);
                }
            }
            HandlerState::Dropped(dropped) => match state.verdict(dropped) {
                Verdict::Complete => {}
                Verdict::Undecided => return state.wait(cx),
                Verdict::Truncated(mut error) => {
                    state.aborted = true;
                    drop(state);
                    self.report(&mut error);
                    return Poll::Ready(Some(Err(ResponseAborted)));
                }
            },
            HandlerState::Open | HandlerState::Streaming => return state.wait(cx),
        }
        if let Some(trailers) = state.trailers.take() {
            return Poll::Ready(Some(Ok(Frame::trailers(*trailers))));
        }
        state.handler = HandlerState::Ended;
        state.delivery = DeliveryState::Complete;
        Poll::Ready(None)
    }

    fn on_taken(&self, mut state: MutexGuard<'_, ResponseState>) {
        if state.body.len() <= self.high_water_mark() {
            let drained = std::mem::take(&mut state.needs_drain);
            wake(state.writer.take(), state);
            if drained {
                self.emitter.emit(events::Drain, &());
            }
        }
    }

    /// Completes a body of declared length whose last byte was taken, even if its handler has not ended it. Returns
    /// whether the body is complete.
    pub(crate) fn complete_declared_length(&self) -> bool {
        let mut state = lock(&self.state);
        if !state.is_length_delivered() {
            return false;
        }
        state.handler = HandlerState::Ended;
        state.delivery = DeliveryState::Complete;
        let source = state.source.take();
        drop(state);
        drop(source);
        true
    }

    /// Records that the current task polls the handler from now on.
    #[cfg(any(feature = "http2", feature = "tower"))]
    pub(crate) fn set_handler_task(&self) {
        lock(&self.state).handler_task = tokio::task::try_id();
    }

    /// Discards the rest of the body.
    pub(crate) fn stop_reading(&self, reason: Interruption) {
        let mut state = lock(&self.state);
        if !state.is_complete() {
            state.record_end();
            state.interruption = reason;
            state.delivery = DeliveryState::Disconnected;
            state.body.clear();
        }
        let source = state.source.take();
        wake(state.writer.take(), state);
        drop(source);
    }

    /// Returns whether the response has ended, whether or not it was sent.
    pub(crate) fn is_ended(&self) -> bool {
        lock(&self.state).handler == HandlerState::Ended
    }

    /// Called when the handler's future is pending. Returns whether the response has nevertheless ended.
    pub(crate) fn handler_is_pending(&self) -> bool {
        let mut state = lock(&self.state);
        let HandlerState::Dropped(dropped) = state.handler else {
            return state.handler == HandlerState::Ended;
        };
        if dropped.by_handler && dropped.head_written {
            // The handler continues without the response, which was dropped by a timeout or a `select!`, not because
            // the handler returned.
            state.handler = HandlerState::Dropped(Dropped {
                by_handler: false,
                ..dropped
            });
        }
        false
    }

    /// Called when the handler has returned without an error.
    pub(crate) fn handler_returned(&self) {
        let mut state = lock(&self.state);
        state.handler_returned = true;
        wake(state.protocol.take(), state);
    }

    /// Called when the handler has failed. If the response was dropped before its head was taken, an error response can
    /// replace it; if it was dropped later, it is aborted. A response that has ended, or that another task holds, is
    /// not changed.
    pub(crate) fn handler_failed(&self) -> FailedResponse {
        let mut state = lock(&self.state);
        state.handler_returned = true;
        let is_dropped = matches!(state.handler, HandlerState::Dropped(_));
        if is_dropped && state.delivery == DeliveryState::AwaitingHead {
            return FailedResponse::Replaceable(state.take_discarded());
        }
        state.aborted |= is_dropped && state.delivery != DeliveryState::Detached;
        wake(state.protocol.take(), state);
        FailedResponse::Committed
    }

    /// Discards the response and returns its head.
    pub(crate) fn discard(&self) -> ResponseHead {
        lock(&self.state).take_discarded()
    }

    /// Returns the status of a server error that was not reported.
    pub(crate) fn unreported_server_error(&self) -> Option<StatusCode> {
        let state = lock(&self.state);
        let status = state.head.status;
        (status.is_server_error() && !state.reported).then_some(status)
    }

    /// Called when the whole response has been handed to the operating system. Returns `false` if the response is not
    /// complete or has already finished.
    pub(crate) fn finish(&self) -> bool {
        if self.is_finished() || !lock(&self.state).is_delivered() {
            return false;
        }
        self.finish_complete();
        true
    }

    /// Does the same as [`finish`](Self::finish), for a response that is known to be complete.
    #[inline]
    pub(crate) fn finish_complete(&self) {
        self.finished.store(true, Ordering::Release);
        self.emitter.emit(events::Finish, &());
        self.emitter.emit(Close, &());
    }

    /// Returns the reason to report if the rest of the response is not sent.
    pub(crate) fn interruption(&self) -> Interruption {
        lock(&self.state).interruption
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    /// Called when the connection has ended. Returns `false` if the response has already finished.
    pub(crate) fn disconnect(&self, reason: Interruption) -> bool {
        self.stop_reading(reason);
        self.drop_hooks();
        !self.finished.swap(true, Ordering::AcqRel)
    }
}

impl ResponseState {
    fn wait<T>(&mut self, cx: &Context<'_>) -> Poll<T> {
        self.protocol = Some(cx.waker().clone());
        Poll::Pending
    }

    fn take_discarded(&mut self) -> ResponseHead {
        let head = std::mem::take(&mut self.head);
        self.discard();
        head
    }

    /// Takes the body of a response that is complete before its head is sent.
    pub(super) fn join_body(&mut self) -> Bytes {
        let body = self.body.join();
        if !self.head.allows_body() || self.head_only && self.declared_length.is_some() {
            return Bytes::new();
        }
        body
    }

    /// Returns whether the response was complete and the protocol has taken all of it.
    fn is_complete(&self) -> bool {
        matches!(
            self.delivery,
            DeliveryState::Complete | DeliveryState::Replaced
        )
    }

    /// Returns whether the protocol has every part of the response that it sends.
    fn is_delivered(&self) -> bool {
        match self.delivery {
            DeliveryState::Complete => !self.aborted,
            DeliveryState::Replaced => true,
            DeliveryState::Disconnected => !self.has_body(),
            DeliveryState::Detached | DeliveryState::AwaitingHead | DeliveryState::SendingBody => {
                false
            }
        }
    }
}

/// The error of an aborted response, whose truncation the client must be able to detect.
#[derive(Debug)]
pub(crate) struct ResponseAborted;

impl fmt::Display for ResponseAborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response was aborted after its headers were sent")
    }
}

impl std::error::Error for ResponseAborted {}

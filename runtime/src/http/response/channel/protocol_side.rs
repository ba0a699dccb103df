//! What a protocol does with the channel of a response: it takes the head, then the body, and reports how it went.

use std::fmt;
use std::sync::MutexGuard;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{StatusCode, Version};
use http_body::Frame;

use super::{
    ChannelState, DeliveryState, Dropped, HIGH_WATER_MARK, HandlerState, ResponseChannel, wake,
};
use crate::error::Error;
use crate::http::response::events;
use crate::http::response::head::ResponseHead;
use crate::http::response::interim::InterimResponse;
use crate::http::socket::events::Close;
use crate::http::sync::lock;

/// The body of a response as it is when its head is taken.
#[derive(Debug)]
pub(crate) enum ResponseBody {
    /// All of it.
    Whole(Bytes),
    /// It is still being written, or was written in chunks: see [`ResponseChannel::poll_frame`].
    Streaming {
        /// The length that the head declares.
        length: Option<u64>,
    },
}

/// What a protocol sends next, up to the body.
#[derive(Debug)]
pub(crate) enum NextPart {
    Interim(InterimResponse),
    Head(ResponseHead, ResponseBody),
    /// The response was dropped and cannot be sent: an error response takes its place.
    Failed(Error),
}

/// What can be done about a failure of the handler.
pub(crate) enum FailedResponse {
    /// Nothing was sent: an error response can be sent with these headers.
    Replaceable(ResponseHead),
    /// Its head is out, another task has it, or it has ended.
    Committed,
}

impl ResponseChannel {
    /// The next interim response, or the head. `running`: the handler has not returned yet.
    pub(crate) fn poll_head(&self, running: bool, cx: &Context<'_>) -> Poll<NextPart> {
        let mut state = lock(&self.state);
        state.handler_returned |= !running;
        if !state.interim.is_empty() {
            return Poll::Ready(NextPart::Interim(state.interim.remove(0)));
        }
        match state.handler {
            HandlerState::Ended | HandlerState::Streaming => {
                Poll::Ready(self.take_head(&mut state))
            }
            HandlerState::Dropped(dropped) if dropped.head_written || !running => {
                self.take_dropped(state, dropped)
            }
            HandlerState::Open | HandlerState::Dropped(_) => {
                state.protocol = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// A response that was dropped before its head was taken is as complete as it will ever be: it is sent if it has
    /// a head, and its length is the right one.
    #[cold]
    fn take_dropped(
        &self,
        mut state: MutexGuard<'_, ChannelState>,
        dropped: Dropped,
    ) -> Poll<NextPart> {
        let error = match state.length_mismatch() {
            _ if dropped.panicking => Some(panicked()),
            Some(mismatch) => Some(mismatch),
            None => (!dropped.head_written).then(Error::not_found),
        };
        if let Some(error) = error {
            return Poll::Ready(NextPart::Failed(error));
        }
        state.handler = HandlerState::Ended;
        Poll::Ready(self.take_head(&mut state))
    }

    #[inline]
    fn take_head(&self, state: &mut ChannelState) -> NextPart {
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

    /// Whether the handler set a `transfer-encoding`. HTTP/1.0 has none.
    fn is_chunked_by_handler(&self, state: &ChannelState) -> bool {
        state.head.has_transfer_encoding() && self.request.version >= Version::HTTP_11
    }

    /// The next part of the body; `None` at its end.
    pub(crate) fn poll_frame(
        &self,
        cx: &Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseAborted>>> {
        let mut state = lock(&self.state);
        if let Some(chunk) = state.body.pop() {
            self.on_taken(state);
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        if state.aborted {
            return Poll::Ready(Some(Err(ResponseAborted)));
        }
        match state.handler {
            HandlerState::Ended => {}
            HandlerState::Dropped(dropped) => match state.verdict(dropped) {
                Verdict::Complete => {}
                Verdict::Undecided => return state.wait(cx),
                Verdict::Truncated(error) => {
                    state.aborted = true;
                    drop(state);
                    self.report(&error);
                    return Poll::Ready(Some(Err(ResponseAborted)));
                }
            },
            HandlerState::Open | HandlerState::Streaming => return state.wait(cx),
        }
        if let Some(trailers) = state.trailers.take() {
            return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
        }
        state.handler = HandlerState::Ended;
        state.delivery = DeliveryState::Complete;
        Poll::Ready(None)
    }

    fn on_taken(&self, mut state: MutexGuard<'_, ChannelState>) {
        if state.body.len() <= HIGH_WATER_MARK {
            let drained = std::mem::take(&mut state.needs_drain);
            wake(state.writer.take(), state);
            if drained {
                self.emitter.emit(events::Drain, &());
            }
        }
    }

    /// Whether the client has all of a body whose length is declared. Its handler need not have ended it.
    pub(crate) fn complete_declared_length(&self) -> bool {
        let mut state = lock(&self.state);
        let complete = state.is_length_delivered();
        if complete {
            state.handler = HandlerState::Ended;
            state.delivery = DeliveryState::Complete;
        }
        complete
    }

    /// The body is not sent any further.
    pub(crate) fn stop_reading(&self) {
        let mut state = lock(&self.state);
        if state.delivery != DeliveryState::Complete {
            state.delivery = DeliveryState::Disconnected;
            state.body.clear();
        }
        wake(state.writer.take(), state);
    }

    /// Whether the response has ended, sent or not.
    pub(crate) fn is_ended(&self) -> bool {
        lock(&self.state).handler == HandlerState::Ended
    }

    /// The handler's future is pending. Returns whether the response has ended all the same.
    pub(crate) fn handler_is_pending(&self) -> bool {
        let mut state = lock(&self.state);
        let HandlerState::Dropped(dropped) = state.handler else {
            return state.handler == HandlerState::Ended;
        };
        if dropped.by_handler && state.delivery == DeliveryState::SendingBody {
            // The handler goes on without it: it was dropped by a timeout or a `select!`, not by returning.
            state.handler = HandlerState::Dropped(Dropped {
                by_handler: false,
                ..dropped
            });
        }
        false
    }

    /// The handler returned, and did not fail.
    pub(crate) fn handler_returned(&self) {
        let mut state = lock(&self.state);
        state.handler_returned = true;
        wake(state.protocol.take(), state);
    }

    /// The handler failed. An error response takes the place of what it wrote, unless the head is out: then the
    /// response is aborted.
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

    /// The headers of a response that is discarded.
    pub(crate) fn discard(&self) -> ResponseHead {
        lock(&self.state).take_discarded()
    }

    /// The status of a server error that was not reported.
    pub(crate) fn unreported_server_error(&self) -> Option<StatusCode> {
        let state = lock(&self.state);
        let status = state.head.status;
        (status.is_server_error() && !state.reported).then_some(status)
    }

    /// All of the response was handed to the operating system. Returns `false` if it is not complete, or was finished
    /// before.
    pub(crate) fn finish(&self) -> bool {
        if self.is_finished() || !lock(&self.state).is_delivered() {
            return false;
        }
        self.finish_complete();
        true
    }

    /// The same, of a response that is known to be complete.
    #[inline]
    pub(crate) fn finish_complete(&self) {
        self.finished.store(true, Ordering::Release);
        self.emitter.emit(events::Finish, &());
        self.emitter.emit(Close, &());
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    /// The connection has ended. Returns `false` if the response was finished before.
    pub(crate) fn disconnect(&self) -> bool {
        self.stop_reading();
        !self.finished.swap(true, Ordering::AcqRel)
    }
}

/// What becomes of a response that was dropped while its body was sent.
enum Verdict {
    Complete,
    /// The handler may return normally, or fail.
    Undecided,
    Truncated(Error),
}

impl ChannelState {
    /// A handler that returns normally ends its response by that. In any other case the rest of the body is missing.
    #[cold]
    fn verdict(&self, dropped: Dropped) -> Verdict {
        if dropped.panicking {
            return Verdict::Truncated(panicked());
        }
        if let Some(mismatch) = self.length_mismatch() {
            return match self.handler_returned || !dropped.by_handler {
                true => Verdict::Truncated(mismatch),
                false => Verdict::Undecided,
            };
        }
        match dropped.by_handler {
            _ if self.declared_length.is_some() => Verdict::Complete,
            true if self.handler_returned => Verdict::Complete,
            true => Verdict::Undecided,
            false => Verdict::Truncated(Error::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "a response was dropped before it ended, and was truncated",
            )),
        }
    }

    fn wait<T>(&mut self, cx: &Context<'_>) -> Poll<T> {
        self.protocol = Some(cx.waker().clone());
        Poll::Pending
    }

    fn take_discarded(&mut self) -> ResponseHead {
        let head = std::mem::take(&mut self.head);
        self.discard();
        head
    }

    /// The body of a response that is complete before its head goes out.
    fn join_body(&mut self) -> Bytes {
        let body = self.body.join();
        if !self.head.allows_body() || self.head_only && self.declared_length.is_some() {
            return Bytes::new();
        }
        body
    }

    /// Whether the protocol has all that it wants of the response.
    fn is_delivered(&self) -> bool {
        match self.delivery {
            DeliveryState::Complete => !self.aborted,
            DeliveryState::Disconnected => !self.has_body(),
            DeliveryState::Detached | DeliveryState::AwaitingHead | DeliveryState::SendingBody => {
                false
            }
        }
    }
}

fn panicked() -> Error {
    let what = "a task panicked while it held the response";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}

/// The response was aborted: the client must not take what it has for all of it.
#[derive(Debug)]
pub(crate) struct ResponseAborted;

impl fmt::Display for ResponseAborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the handler failed after the response headers were sent")
    }
}

impl std::error::Error for ResponseAborted {}

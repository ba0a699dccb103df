//! What a [`Request`](super::Request) and its body share with the protocol that receives them.
//!
//! ```text
//! protocol ── push, end, fail ──▶ RequestChannel ──▶ poll_frame ──▶ BodyReader
//!          ◀── poll_demand ──────                ◀── on_dropped
//! ```
//!
//! Invariants:
//! 1. The protocol reads from the client only when the reader waits for data, or when it drains an unread body.
//! 2. `Close` is emitted once, after the response is finished and the body is read, discarded or failed.
//! 3. A body that ended prematurely is never reported as complete.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::events::{Aborted, RequestEvents};
use crate::error::Error;
use crate::events::Emitter;
use crate::http::limits::CLIENT_DISCONNECTED;
use crate::http::socket::events::{Close, Data, End, Error as ErrorEvent};
use crate::http::sync::lock;

/// How far the body of a request was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BodyState {
    /// It was read to its end, or the request has no body.
    #[default]
    Complete,
    /// Its reader holds all of it.
    Buffered,
    /// It is received when its reader waits for it.
    Streaming,
    /// Its reader was dropped before its end.
    Unread,
    /// It was truncated, or is not read any further.
    Failed,
}

/// What the protocol has to do with the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Its reader waits for data.
    Data,
    /// Its reader was dropped: discard the rest, or close the connection.
    Drain,
    /// Nothing more is read from this body.
    Done,
}

/// Why the protocol cannot deliver the rest of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyFailure {
    /// The client disconnected before the end of the body.
    Incomplete,
    /// Its framing is invalid.
    Malformed,
    /// It did not arrive within the request timeout.
    Late(Duration),
}

#[derive(Debug, Default)]
struct ChannelState {
    body: BodyState,
    /// Received and not read.
    frames: VecDeque<Frame<Bytes>>,
    /// The protocol has delivered the whole body.
    ended: bool,
    failure: Option<BodyFailure>,
    /// The declared length that was not read yet.
    remaining: Option<u64>,
    /// The reader waits for data.
    wanted: bool,
    /// The response is finished.
    responded: bool,
    end_emitted: bool,
    abort_emitted: bool,
    close_emitted: bool,
    reader: Option<Waker>,
    protocol: Option<Waker>,
}

impl ChannelState {
    /// Whether the body is neither read nor given up.
    fn is_pending(&self) -> bool {
        matches!(
            self.body,
            BodyState::Buffered | BodyState::Streaming | BodyState::Unread
        )
    }

    /// Discards what the dropped reader of a streaming body did not read.
    fn discard_received(&mut self) {
        let received = self.frames.drain(..);
        let received: usize = received.filter_map(|it| Some(it.data_ref()?.len())).sum();
        if let Some(remaining) = &mut self.remaining {
            *remaining = remaining.saturating_sub(received as u64);
        }
        self.body = match (self.failure, self.ended) {
            (Some(_), _) => BodyState::Failed,
            (None, true) => BodyState::Complete,
            (None, false) => BodyState::Unread,
        };
    }

    /// The events that are due in this state. `Close` is due once the response is finished and the body is no longer pending.
    fn settle(&mut self) -> LastEvents {
        if !self.responded || self.close_emitted || self.is_pending() {
            return LastEvents::default();
        }
        self.close_emitted = true;
        let complete = self.body == BodyState::Complete;
        LastEvents {
            end: complete && !std::mem::replace(&mut self.end_emitted, true),
            close: true,
        }
    }
}

/// Events to emit once the state is unlocked.
#[derive(Clone, Copy, Default)]
struct LastEvents {
    end: bool,
    close: bool,
}

#[derive(Default)]
pub(crate) struct RequestChannel {
    state: Mutex<ChannelState>,
    pub(crate) emitter: Emitter<RequestEvents>,
}

impl RequestChannel {
    /// Prepares it for the next request. Fails if it is still in use.
    #[inline]
    pub(crate) fn reset(this: &mut Arc<Self>, had_body: bool) -> bool {
        let Some(channel) = Arc::get_mut(this) else {
            return false;
        };
        if had_body {
            let state = channel.state.get_mut();
            *state.unwrap_or_else(PoisonError::into_inner) = ChannelState::default();
        }
        channel.emitter = Emitter::new();
        true
    }

    /// Whether the whole request was read.
    pub(crate) fn is_complete(&self) -> bool {
        lock(&self.state).body == BodyState::Complete
    }

    /// Emits the events that are due in this state.
    fn settle(&self, mut state: MutexGuard<'_, ChannelState>) {
        let events = state.settle();
        drop(state);
        self.emit_last(events);
    }

    fn emit_last(&self, events: LastEvents) {
        if events.end {
            self.emitter.emit(End, &());
        }
        if events.close {
            self.emitter.emit(Close, &());
        }
    }
}

/// The reader's side.
impl RequestChannel {
    /// The reader holds the whole body.
    pub(crate) fn set_buffered(&self) {
        lock(&self.state).body = BodyState::Buffered;
    }

    /// The body arrives later; `length`: unless it is chunked.
    pub(crate) fn set_streaming(&self, length: Option<u64>) {
        let mut state = lock(&self.state);
        state.body = BodyState::Streaming;
        state.remaining = length;
    }

    /// The next part of the body. Nothing is read from the client before this is called.
    pub(crate) fn poll_frame(
        &self,
        cx: &Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyFailure>>> {
        let mut state = lock(&self.state);
        if let Some(frame) = state.frames.pop_front() {
            if let (Some(remaining), Some(data)) = (&mut state.remaining, frame.data_ref()) {
                *remaining = remaining.saturating_sub(data.len() as u64);
            }
            return Poll::Ready(Some(Ok(frame)));
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

    /// Whether the reader has everything.
    pub(crate) fn is_at_end(&self) -> bool {
        let state = lock(&self.state);
        state.frames.is_empty() && (state.ended || state.remaining == Some(0))
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        match lock(&self.state).remaining {
            Some(remaining) => SizeHint::with_exact(remaining),
            None => SizeHint::default(),
        }
    }

    pub(crate) fn emit_data(&self, chunk: &Bytes) {
        self.emitter.emit(Data, chunk);
    }

    /// The body was read to its end.
    pub(crate) fn on_read(&self) {
        let mut state = lock(&self.state);
        state.body = BodyState::Complete;
        let emit_end = !std::mem::replace(&mut state.end_emitted, true);
        let events = self.stop_reading(state);
        if emit_end {
            self.emitter.emit(End, &());
        }
        self.emit_last(events);
    }

    /// The reader cannot continue. `lost`: the rest of the body cannot be received either.
    pub(crate) fn on_failed(&self, error: &Error, lost: bool) {
        let mut state = lock(&self.state);
        if lost {
            state.body = BodyState::Failed;
        }
        let aborted = lost && !std::mem::replace(&mut state.abort_emitted, true);
        let events = self.stop_reading(state);
        if aborted {
            self.emitter.emit(Aborted, &());
        }
        self.emitter.emit(ErrorEvent, error);
        self.emit_last(events);
    }

    /// The reader was dropped before the end of a streaming body.
    pub(crate) fn on_dropped(&self) {
        let mut state = lock(&self.state);
        if state.body == BodyState::Streaming {
            state.discard_received();
        }
        let events = self.stop_reading(state);
        self.emit_last(events);
    }

    /// The reader was dropped with a body that it held completely.
    pub(crate) fn on_buffered_dropped(&self) {
        let mut state = lock(&self.state);
        if state.body == BodyState::Buffered {
            state.body = BodyState::Complete;
            self.settle(state);
        }
    }

    /// Wakes the protocol because the reader is done.
    fn stop_reading(&self, mut state: MutexGuard<'_, ChannelState>) -> LastEvents {
        let protocol = state.protocol.take();
        let events = state.settle();
        drop(state);
        wake(protocol);
        events
    }
}

/// The protocol's side.
impl RequestChannel {
    /// Ready when there is something to do about the body.
    pub(crate) fn poll_demand(&self, cx: &Context<'_>) -> Poll<Demand> {
        let mut state = lock(&self.state);
        match state.body {
            BodyState::Complete | BodyState::Buffered | BodyState::Failed => {
                Poll::Ready(Demand::Done)
            }
            _ if state.ended || state.failure.is_some() => Poll::Ready(Demand::Done),
            BodyState::Unread => Poll::Ready(Demand::Drain),
            BodyState::Streaming if state.wanted && state.frames.is_empty() => {
                Poll::Ready(Demand::Data)
            }
            BodyState::Streaming => {
                store(&mut state.protocol, cx);
                Poll::Pending
            }
        }
    }

    pub(crate) fn push(&self, frame: Frame<Bytes>) {
        self.update(|state| {
            state.wanted = false;
            state.frames.push_back(frame);
        });
    }

    /// The body is complete.
    pub(crate) fn end(&self) {
        self.update(|state| state.ended = true);
    }

    /// The rest of the body cannot be received.
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

    fn update(&self, change: impl FnOnce(&mut ChannelState)) {
        let mut state = lock(&self.state);
        change(&mut state);
        let reader = state.reader.take();
        drop(state);
        wake(reader);
    }

    /// The rest of an unread body was discarded.
    pub(crate) fn on_drained(&self) {
        let mut state = lock(&self.state);
        if matches!(state.body, BodyState::Unread | BodyState::Streaming) {
            state.body = BodyState::Complete;
            self.settle(state);
        }
    }

    /// The rest of an unread body is not received: the connection will be closed.
    pub(crate) fn on_given_up(&self) {
        let mut state = lock(&self.state);
        if state.body == BodyState::Unread {
            state.body = BodyState::Failed;
            self.settle(state);
        }
    }

    /// The remaining length of an unread body, or 0 if that is unknown. `None`: the body was read, or may still be.
    pub(crate) fn unread_len(&self) -> Option<u64> {
        let state = lock(&self.state);
        (state.body == BodyState::Unread).then(|| state.remaining.unwrap_or(0))
    }

    /// Whether the body cannot be received to its end.
    pub(crate) fn is_failed(&self) -> bool {
        let state = lock(&self.state);
        state.body == BodyState::Failed || state.failure.is_some()
    }

    /// The response is finished.
    pub(crate) fn on_responded(&self) {
        let mut state = lock(&self.state);
        state.responded = true;
        self.settle(state);
    }

    /// The same, for a request without a body.
    #[inline]
    pub(crate) fn on_responded_without_body(&self) {
        self.emitter.emit(End, &());
        self.emitter.emit(Close, &());
    }

    /// The connection ended before the response was finished.
    pub(crate) fn on_disconnected(&self) {
        let mut state = lock(&self.state);
        let aborted = !std::mem::replace(&mut state.abort_emitted, true);
        let closed = !std::mem::replace(&mut state.close_emitted, true);
        drop(state);
        if aborted {
            self.emitter.emit(Aborted, &());
            self.emitter
                .emit_with(ErrorEvent, || Error::bad_request(CLIENT_DISCONNECTED));
        }
        if closed {
            self.emitter.emit(Close, &());
        }
    }
}

impl fmt::Debug for RequestChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestChannel").finish_non_exhaustive()
    }
}

fn store(place: &mut Option<Waker>, cx: &Context<'_>) {
    match place {
        Some(waker) => waker.clone_from(cx.waker()),
        None => *place = Some(cx.waker().clone()),
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streaming(length: Option<u64>) -> (RequestChannel, Context<'static>) {
        let channel = RequestChannel::default();
        channel.set_streaming(length);
        (channel, Context::from_waker(Waker::noop()))
    }

    #[test]
    fn data_is_demanded_when_the_reader_waits() {
        let (channel, cx) = streaming(Some(5));
        assert!(channel.poll_demand(&cx).is_pending());
        assert!(channel.poll_frame(&cx).is_pending());
        assert_eq!(channel.poll_demand(&cx), Poll::Ready(Demand::Data));
        channel.push(Frame::data(Bytes::from_static(b"hello")));
        assert!(channel.poll_demand(&cx).is_pending());
        channel.end();
        assert!(matches!(channel.poll_frame(&cx), Poll::Ready(Some(Ok(_)))));
        assert!(channel.is_at_end());
        assert!(matches!(channel.poll_frame(&cx), Poll::Ready(None)));
    }

    #[test]
    fn an_unread_body_is_drained() {
        let (channel, cx) = streaming(Some(5));
        channel.on_dropped();
        assert_eq!(channel.unread_len(), Some(5));
        assert_eq!(channel.poll_demand(&cx), Poll::Ready(Demand::Drain));
        channel.on_drained();
        assert!(channel.is_complete());
        assert_eq!(channel.poll_demand(&cx), Poll::Ready(Demand::Done));
    }

    #[test]
    fn a_body_timeout_fails_the_reader() {
        let (channel, cx) = streaming(None);
        let failure = BodyFailure::Late(Duration::from_secs(7));
        channel.fail(failure);
        let frame = channel.poll_frame(&cx);
        assert!(matches!(frame, Poll::Ready(Some(Err(it))) if it == failure));
        assert!(channel.is_failed() && !channel.is_complete());
    }
}

//! The state that a [`Request`](super::Request) and its body share with the protocol that receives them.
//!
//! ```text
//! protocol ── push, end, fail ──▶ RequestChannel ──▶ poll_frame ──▶ BodyReader
//!          ◀── poll_demand ──────                ◀── on_dropped
//! ```
//!
//! Invariants:
//! 1. The protocol delivers data only when the reader waits for it, and discards data only after the reader was
//!    dropped.
//! 2. `Close` is emitted once: after the response is finished and the body has been read or discarded or has failed, or
//!    when the connection ends before the response is finished.
//! 3. A body that ended prematurely is never reported as complete.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Waker};
use std::time::Duration;

use self::body_part::BodyPart;
use super::events::RequestEvents;
use crate::events::Emitter;
use crate::http::interruption::Interruption;
use crate::http::socket::events::{Close, End};
use crate::http::sync::lock;

/// The state of the body of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BodyState {
    /// The body was read or discarded to its end, or the request has no body.
    #[default]
    Complete,
    /// The reader holds the whole body.
    Buffered,
    /// The body is delivered only when its reader waits for it.
    Streaming,
    /// The reader was dropped before the end of the body.
    Unread,
    /// The body was truncated, or the rest of it will not be received.
    Failed,
}

/// The next action that the protocol must take on the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// The reader waits for data.
    Data,
    /// The reader was dropped: discard the rest, or close the connection.
    Drain,
    /// Nothing more is read from this body.
    Done,
}

/// The reason why the protocol cannot deliver the rest of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyFailure {
    /// The client disconnected before the end of the body.
    Incomplete,
    /// The framing or the trailers of the body are invalid.
    Malformed,
    /// The body did not arrive within the request timeout.
    Late(Duration),
    /// The connection ended, but not because the client disconnected.
    Interrupted(Interruption),
}

impl From<Interruption> for BodyFailure {
    fn from(reason: Interruption) -> Self {
        match reason {
            Interruption::ClientDisconnected => Self::Incomplete,
            other => Self::Interrupted(other),
        }
    }
}

#[derive(Debug, Default)]
struct RequestState {
    body: BodyState,
    /// The parts that were received but not read yet.
    parts: VecDeque<BodyPart>,
    /// The protocol has delivered the whole body.
    ended: bool,
    failure: Option<BodyFailure>,
    /// The part of the declared length that has not been read yet.
    remaining: Option<u64>,
    /// How many bytes of a streaming body have been received, including those that were discarded.
    received: u64,
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

impl RequestState {
    /// Returns whether the body has neither been read to its end nor been given up.
    fn is_pending(&self) -> bool {
        matches!(
            self.body,
            BodyState::Buffered | BodyState::Streaming | BodyState::Unread
        )
    }

    /// Discards the data that the dropped reader of a streaming body did not read.
    fn discard_received(&mut self) {
        let mut received = 0;
        for part in self.parts.drain(..) {
            received += part.data_len() as u64;
        }
        if let Some(remaining) = &mut self.remaining {
            *remaining = remaining.saturating_sub(received);
        }
        self.body = match (self.failure, self.ended) {
            (Some(_), _) => BodyState::Failed,
            (None, true) => BodyState::Complete,
            (None, false) => BodyState::Unread,
        };
    }

    /// Returns the events that are due in this state. `Close` is due once the response is finished and the body is no
    /// longer pending.
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
    state: Mutex<RequestState>,
    pub(crate) emitter: Emitter<RequestEvents>,
}

impl RequestChannel {
    /// Prepares the channel for the next request. Returns `false` if the channel is still in use.
    #[inline]
    pub(crate) fn reset(this: &mut Arc<Self>, had_body: bool) -> bool {
        let Some(channel) = Arc::get_mut(this) else {
            return false;
        };
        if had_body {
            let state = channel.state.get_mut();
            *state.unwrap_or_else(PoisonError::into_inner) = RequestState::default();
        }
        channel.emitter = Emitter::new();
        true
    }

    /// Returns how many bytes of a streaming body have been received, including those that were discarded.
    pub(crate) fn received(&self) -> u64 {
        lock(&self.state).received
    }

    /// Returns whether the whole request has been read.
    pub(crate) fn is_complete(&self) -> bool {
        lock(&self.state).body == BodyState::Complete
    }

    /// Emits the events that are due in this state.
    fn settle(&self, mut state: MutexGuard<'_, RequestState>) {
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

pub(crate) mod body_part;
mod protocol_side;
mod reader_side;

#[cfg(test)]
mod tests;

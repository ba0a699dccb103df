//! The state that a [`Response`](super::Response) shares with the protocol that sends it: the head, the part of the
//! body that is written but not yet sent, and the state of both sides.
//!
//! ```text
//! Response ── begin, push, end ──▶ ResponseChannel ──▶ poll_head, poll_frame ──▶ protocol
//!          ◀── poll_writable ────                 ◀── stop_reading, disconnect
//! ```
//!
//! A response that ends with a [`ForeignBody`] no longer has a writer: the protocol polls this body after it has taken
//! everything that was written before.
//!
//! Invariants:
//! 1. The protocol takes the head once, after the hooks have run; the head never changes afterward.
//! 2. A body whose length differs from the declared one is never delivered as complete.
//! 3. Wakers run, and body sources are polled and dropped, after the lock is released, because they may run arbitrary
//!    code.
//!
//! This folder contains no code for sockets or for the wire format, and does not run handlers.

use std::fmt;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use http::{HeaderMap, Method, Version};
use tokio::task;

use self::chunk_queue::ChunkQueue;
use self::dropped::Dropped;
use self::extras::Extras;
use self::route_trail::RouteTrail;
use super::events::ResponseEvents;
use super::head::{self, ResponseHead};
use super::interim::InterimResponse;
use super::switch::ProtocolSwitch;
use super::{Response, Sent};
use crate::error::Error;
use crate::events::Emitter;
use crate::http::error_reporter::ErrorReporter;
use crate::http::foreign_body::ForeignBody;
use crate::http::interruption::Interruption;
use crate::http::limits::ResponseLimits;
use crate::http::rare::Rare;
use crate::http::request::summary::{RequestOrigin, RequestSummary};
#[cfg(feature = "cookies")]
use crate::http::response::origin::RequestReporter;
use crate::http::sync::lock;

pub(crate) mod chunk_queue;
mod dropped;
mod encoded;
mod extras;
mod handler_side;
mod head_hooks;
mod polled_body;
mod protocol_side;
mod recording;
mod route_trail;

pub(crate) use self::head_hooks::reply_with_error;
#[cfg(feature = "http2")]
pub(crate) use self::protocol_side::ResponseAborted;
pub(crate) use self::protocol_side::{FailedResponse, NextPart, ResponseBody};
pub(crate) use self::recording::FinishedRecord;

/// The maximum number of interim responses that are queued for the client. Further ones are discarded, because a client
/// that does not read interim responses has no use for more of them.
const MAX_INTERIM: usize = 100;

/// The properties of a request on which its response depends.
#[derive(Clone, Debug)]
pub(crate) struct RequestInfo {
    pub(crate) method: Method,
    pub(crate) version: Version,
    pub(crate) origin: RequestOrigin,
    /// Whether the route and the errors of the request are recorded for listeners.
    pub(crate) is_watched: bool,
}

impl Default for RequestInfo {
    fn default() -> Self {
        Self {
            method: Method::GET,
            version: Version::HTTP_11,
            origin: RequestOrigin::Detached,
            is_watched: false,
        }
    }
}

impl RequestInfo {
    pub(crate) fn is_head(&self) -> bool {
        self.method == Method::HEAD
    }

    pub(crate) fn summary(&self) -> Option<RequestSummary> {
        self.origin.summary(&self.method)
    }
}

/// The state of the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HandlerState {
    /// Nothing is written; the `Response` still owns the head.
    Open,
    /// The head is final, and the body is being written.
    Streaming,
    Ended,
    /// The `Response` was dropped before it ended.
    Dropped(Dropped),
}

/// The state of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DeliveryState {
    /// There is no client, for example because the `Response` was constructed for a test.
    Detached,
    AwaitingHead,
    /// The head can no longer be replaced: its hooks are running, or the protocol has it and takes the body.
    SendingBody,
    /// The protocol has the whole response.
    Complete,
    /// The client has disconnected or stopped reading.
    Disconnected,
    /// A hook replaced the response, and the protocol has it. The output of the handler is discarded.
    Replaced,
}

#[derive(Debug)]
struct ResponseState {
    handler: HandlerState,
    delivery: DeliveryState,
    head_only: bool,
    head: ResponseHead,
    body: ChunkQueue,
    /// The source that follows `body`, if the handler ended the response with a body that the protocol polls.
    source: Option<ForeignBody>,
    trailers: Rare<HeaderMap>,
    /// The protocol to switch to; it takes the place of the body.
    switch: Option<ProtocolSwitch>,
    /// Interim responses to send before the head.
    interim: Vec<InterimResponse>,
    /// Whether the head was fixed before the body ended. The length of such a body is unknown unless the head declares
    /// it.
    streamed: bool,
    declared_length: Option<u64>,
    written: u64,
    /// Whether the handler's future has ended.
    handler_returned: bool,
    /// Whether the response cannot be completed, so that its connection or stream has to be aborted.
    aborted: bool,
    /// The reason to report if the protocol does not read the rest of the response.
    interruption: Interruption,
    /// Whether an error was reported for this response.
    reported: bool,
    /// Whether more than the high-water mark was buffered and `Drain` has not been emitted since.
    needs_drain: bool,
    /// The task that polls the handler.
    handler_task: Option<task::Id>,
    /// Woken when there is something to send.
    protocol: Option<Waker>,
    /// Woken when there is room in the queue.
    writer: Option<Waker>,
    /// Recorded only if the request is watched.
    routes: RouteTrail,
    /// The parts that most responses do not have.
    extras: Rare<Extras>,
}

impl ResponseState {
    fn new(delivery: DeliveryState, head_only: bool) -> Self {
        Self {
            handler: HandlerState::Open,
            delivery,
            head_only,
            head: ResponseHead::default(),
            body: ChunkQueue::default(),
            source: None,
            trailers: Rare::NONE,
            switch: None,
            interim: Vec::new(),
            streamed: false,
            declared_length: None,
            written: 0,
            handler_returned: false,
            aborted: false,
            interruption: Interruption::default(),
            reported: false,
            needs_drain: false,
            handler_task: task::try_id(),
            protocol: None,
            writer: None,
            routes: RouteTrail::default(),
            extras: Rare::NONE,
        }
    }

    /// Resets the state for the next request, field by field: most fields still have their initial value.
    fn reset(&mut self, request: &RequestInfo) {
        self.discard();
        self.delivery = DeliveryState::AwaitingHead;
        self.head_only = request.is_head();
        self.interim.clear();
        self.handler_returned = false;
        self.aborted = false;
        self.interruption = Interruption::default();
        self.reported = false;
        self.needs_drain = false;
        self.protocol = None;
        self.writer = None;
        self.routes.clear();
        if let Some(extras) = &mut *self.extras {
            match request.is_watched {
                // The record of the next request needs the allocation.
                true => extras.clear(),
                false => self.extras = Rare::NONE,
            }
        }
    }

    /// Discards the written data, so that another response can take its place.
    fn discard(&mut self) {
        self.handler = HandlerState::Open;
        self.body.clear();
        self.source = None;
        self.trailers = Rare::NONE;
        self.switch = None;
        self.streamed = false;
        self.declared_length = None;
        self.written = 0;
    }

    fn extras(&mut self) -> &mut Extras {
        self.extras.get_or_insert_default()
    }

    /// Returns whether the head can still be changed.
    fn is_head_open(&self) -> bool {
        matches!(
            self.delivery,
            DeliveryState::Detached | DeliveryState::AwaitingHead
        )
    }

    /// Returns whether the output of the handler is discarded.
    fn is_unread(&self) -> bool {
        matches!(
            self.delivery,
            DeliveryState::Disconnected | DeliveryState::Replaced
        )
    }

    /// Returns whether the written body is sent.
    fn has_body(&self) -> bool {
        self.head.allows_body() && !self.head_only
    }

    /// Returns an error if the body does not match its declared length.
    fn length_mismatch(&self) -> Option<Error> {
        let declared = self.declared_length.filter(|_| self.has_body())?;
        (declared != self.written).then(|| head::length_mismatch(self.written, declared))
    }

    /// Returns whether the protocol has every byte of a body whose length is declared.
    fn is_length_delivered(&self) -> bool {
        let complete = self.declared_length == Some(self.written);
        complete && self.body.len() == 0 && !self.aborted
    }
}

/// A function that responds with an error that was reported, using the error type of the server's handler.
pub(crate) type ErrorReplyFn = fn(Error, Response) -> Sent;

pub(crate) struct ResponseChannel {
    state: Mutex<ResponseState>,
    /// Whether the response was sent completely or never will be.
    pub(crate) finished: AtomicBool,
    reporter: Option<ErrorReporter>,
    error_reply: ErrorReplyFn,
    pub(crate) limits: ResponseLimits,
    pub(crate) request: RequestInfo,
    pub(crate) emitter: Emitter<ResponseEvents>,
}

/// The result if a response cannot be sent as its handler wrote it. Later writes are discarded.
#[derive(Debug)]
pub(crate) enum WriteRejected {
    /// Nothing was sent: an error response can replace the response, with these headers.
    BeforeHead(Error, Box<ResponseHead>),
    /// The error was reported. The response was aborted, unless the parts that were written before have the declared
    /// length.
    AfterHead,
}

/// Releases the lock, then wakes the task.
#[inline(never)]
fn wake(waker: Option<Waker>, state: MutexGuard<'_, ResponseState>) {
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl ResponseChannel {
    /// Creates a channel without a client, for a response that is constructed for a test.
    pub(crate) fn detached() -> Arc<Self> {
        let reporter = None;
        Arc::new(Self::with_delivery(
            DeliveryState::Detached,
            reporter,
            reply_with_error,
            ResponseLimits::NONE,
            RequestInfo::default(),
        ))
    }

    pub(crate) fn new(
        reporter: ErrorReporter,
        error_reply: ErrorReplyFn,
        limits: ResponseLimits,
        request: RequestInfo,
    ) -> Self {
        Self::with_delivery(
            DeliveryState::AwaitingHead,
            Some(reporter),
            error_reply,
            limits,
            request,
        )
    }

    /// Creates a detached channel for an error response that replaces another one, or whose status alone is used.
    pub(crate) fn aside(&self) -> Arc<Self> {
        Arc::new(Self::with_delivery(
            DeliveryState::Detached,
            self.reporter.clone(),
            self.error_reply,
            self.limits,
            self.request.clone(),
        ))
    }

    /// Does the same as [`aside`](Self::aside); errors are attributed to the response of `channel`.
    pub(crate) fn aside_of(channel: &Arc<Self>) -> Arc<Self> {
        let aside = channel.aside();
        lock(&aside.state).extras().reports_to = Some(Arc::clone(channel));
        aside
    }

    fn with_delivery(
        delivery: DeliveryState,
        reporter: Option<ErrorReporter>,
        error_reply: ErrorReplyFn,
        limits: ResponseLimits,
        request: RequestInfo,
    ) -> Self {
        Self {
            state: Mutex::new(ResponseState::new(delivery, request.is_head())),
            finished: AtomicBool::new(false),
            reporter,
            error_reply,
            limits,
            request,
            emitter: Emitter::new(),
        }
    }

    /// Prepares the channel for the next request of the same task.
    pub(crate) fn reset(&mut self, request: RequestInfo) {
        let state = self.state.get_mut();
        let state = state.unwrap_or_else(PoisonError::into_inner);
        state.reset(&request);
        self.finished = AtomicBool::new(false);
        self.request = request;
        self.emitter = Emitter::new();
    }

    /// Responds with an error that was reported, using the error type of the server's handler.
    pub(crate) fn reply_to_reported(&self, error: Error, res: Response) -> Sent {
        (self.error_reply)(error, res)
    }

    #[cfg(feature = "cookies")]
    pub(crate) fn request_reporter(&self) -> RequestReporter {
        RequestReporter::new(self.reporter.clone(), self.request.clone())
    }
}

impl fmt::Debug for ResponseChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseChannel").finish_non_exhaustive()
    }
}

//! The state machine of a connection: it reads requests and writes responses, one after another.
//!
//! A connection that begins with the preface of HTTP/2 is handed over to HTTP/2 before its first request. Otherwise
//! [`receiving`] reads requests and their bodies, [`responding`] writes responses, and [`supervising`] applies
//! timeouts and the control state of the server, and handles clients that disconnect. An idle connection holds its
//! socket and a timer, and little else.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::time::{Instant, Sleep};

use self::lending::LentOutput;
use super::abort_signal::AbortSignal;
use super::close::CloseReason;
use super::stream::SocketStream;
use super::timeouts::Timeouts;
use super::timer::Timer;
use super::transport::Transport;
use crate::http::control::{ControlReceiver, ControlState};
use crate::http::exchange::Exchange;
use crate::http::exchange::context::ConnectionContext;
use crate::http::h1::read::head_parser::ParserConfig;
use crate::http::h1::read::request_reader::ReceivedHead;
use crate::http::h1::write::framing::{RequestTraits, ResponseFraming};
use crate::http::interruption::Interruption;
use crate::http::limits::MAX_HEADERS;
use crate::http::response::switch::ProtocolSwitch;

#[cfg(feature = "http2")]
mod detecting;
mod lending;
mod receiving;
mod responding;
mod supervising;

/// How many times the output is sent in one poll before the task yields to other tasks.
const MAX_ROUNDS: usize = 16;

pub(crate) struct Driver {
    context: Arc<ConnectionContext>,
    transport: Transport,
    /// Created for the first request, and dropped when the connection has been idle for a while.
    exchange: Option<Box<Exchange>>,
    phase: Phase,
    request: CurrentRequest,
    /// The kind of the response that is written but not yet sent.
    unsent: Option<Unsent>,
    /// The place where the source of the current body finds the stream. `None` before the stream is first lent, and if
    /// the source does not use the stream.
    output: Option<Arc<LentOutput>>,
    /// `output` holds the stream.
    is_lent: bool,
    /// No request is read after the current one.
    is_last: bool,
    /// The protocol to which the response switches.
    switch: Option<ProtocolSwitch>,
    /// The reason why the driver ends once the output is sent.
    closing: Option<CloseReason>,
    /// The reason why the exchange ends, if it ends before its response is finished.
    interruption: Interruption,
    /// Memory for the next request head.
    head: Vec<u8>,
    control: ControlState,
    control_receiver: ControlReceiver,
    /// Set while the server closes: the time within which a further request may still begin.
    grace: Option<Pin<Box<Sleep>>>,
    timeouts: Timeouts,
    timer: Timer,
}

#[derive(Debug)]
enum Phase {
    /// Waits for the first bytes, which show whether the protocol is HTTP/2.
    #[cfg(feature = "http2")]
    Detecting,
    /// Waits for a request.
    Idle,
    /// Waits for the head of the response.
    AwaitingHead,
    SendingBody(BodyPlan),
    /// The response is complete, and the rest of the request body is read or discarded. Holds the number of bytes
    /// discarded so far.
    Draining(u64),
    /// Receives the body of a request that switches protocols.
    Collecting(Box<HandOffRequest>),
}

impl Phase {
    #[cfg(feature = "http2")]
    const FIRST: Self = Self::Detecting;
    #[cfg(not(feature = "http2"))]
    const FIRST: Self = Self::Idle;

    /// Returns whether there is no request.
    fn is_idle(&self) -> bool {
        #[cfg(feature = "http2")]
        if matches!(self, Self::Detecting) {
            return true;
        }
        matches!(self, Self::Idle)
    }
}

/// How to send a body that is still being written.
#[derive(Clone, Copy, Debug)]
struct BodyPlan {
    framing: ResponseFraming,
    has_trailers: bool,
}

impl BodyPlan {
    fn has_length(&self) -> bool {
        matches!(self.framing, ResponseFraming::Length(_))
    }
}

#[derive(Debug)]
struct HandOffRequest {
    received: ReceivedHead,
    body: Vec<u8>,
}

/// The properties of the current request that its response depends on.
#[derive(Debug, Default)]
struct CurrentRequest {
    traits: RequestTraits,
    /// The body of the request was not received together with its head.
    has_following_body: bool,
    /// The client waits for a 100 (Continue).
    awaits_continue: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unsent {
    /// The response was complete when its head was written.
    Whole,
    /// The response was written in parts, or the request body was not received together with its head.
    Streamed,
}

/// The reason why [`Driver::advance`] stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The driver waits for the client or the handler, or is about to end.
    Waiting,
    /// The output buffer is full and has to be sent first.
    Full,
}

impl Driver {
    pub(crate) fn new(context: Arc<ConnectionContext>, stream: SocketStream) -> Self {
        let config = ParserConfig {
            max_size: context.limits.header_size,
            max_headers: context.limits.header_count.min(MAX_HEADERS),
            require_host: context.limits.host_header,
        };
        let transport = Transport::new(stream, config, Arc::clone(context.socket.handle()));
        let timeouts = Timeouts::new(&context.limits, Instant::now()).noticing_changes();
        Self {
            transport,
            exchange: None,
            phase: Phase::FIRST,
            request: CurrentRequest::default(),
            unsent: None,
            output: None,
            is_lent: false,
            is_last: false,
            switch: None,
            closing: None,
            interruption: Interruption::default(),
            head: Vec::new(),
            control: context.initial_control,
            control_receiver: ControlReceiver::new(context.control.clone()),
            grace: None,
            timer: Timer::after(timeouts.first_check()),
            timeouts,
            context,
        }
    }

    /// Returns the parts that are needed to close the connection, and drops the exchange.
    pub(crate) fn into_parts(mut self) -> (Transport, AbortSignal) {
        if let Some(exchange) = &mut self.exchange {
            exchange.interruption = self.interruption;
        }
        let handle = Arc::clone(self.context.socket.handle());
        let abort = AbortSignal::new(self.control_receiver, self.control.close_all, handle);
        (self.transport, abort)
    }

    /// Is ready, with the reason, when the connection must be closed or handed over to another protocol.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        self.reclaim_output();
        let polled = self.poll_all(cx);
        if polled.is_pending() {
            self.lend_output();
        }
        polled
    }

    fn poll_all(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        if let Poll::Ready(reason) = self.poll_control(cx) {
            return Poll::Ready(reason);
        }
        if let Poll::Ready(reason) = self.poll_requests(cx) {
            return Poll::Ready(reason);
        }
        if self.poll_grace(cx).is_ready() {
            return Poll::Ready(CloseReason::Done);
        }
        self.poll_timer(cx)
    }

    fn poll_requests(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        for _ in 0..MAX_ROUNDS {
            if self.transport.is_destroyed() {
                return Poll::Ready(self.destroy(Interruption::ConnectionClosed));
            }
            let stop = match self.closing {
                None => self.advance(cx),
                Some(_) => Stop::Waiting,
            };
            if self.transport.is_destroyed() {
                return Poll::Ready(self.destroy(Interruption::ConnectionClosed));
            }
            match self.transport.poll_send(cx) {
                Poll::Ready(Ok(())) => self.on_sent(),
                Poll::Ready(Err(error)) => return Poll::Ready(CloseReason::Failed(error)),
                Poll::Pending => return self.watch_client(cx),
            }
            if let Some(reason) = self.closing.take() {
                return Poll::Ready(reason);
            }
            if stop == Stop::Waiting {
                return self.watch_client(cx);
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Makes as much progress as possible without waiting.
    fn advance(&mut self, cx: &mut Context<'_>) -> Stop {
        loop {
            let progress = match &self.phase {
                #[cfg(feature = "http2")]
                Phase::Detecting => self.poll_preface(cx),
                Phase::Idle if self.is_last => {
                    self.closing = Some(CloseReason::Done);
                    return Stop::Waiting;
                }
                // The output has to be sent before the next response is written.
                Phase::Idle if self.transport.writer.is_full() => return Stop::Full,
                Phase::Idle => self.poll_next_request(cx),
                Phase::AwaitingHead => self.poll_response_head(cx),
                Phase::SendingBody(plan) => {
                    let plan = *plan;
                    self.poll_response_body(plan, cx)
                }
                Phase::Draining(_) => self.poll_drain(cx),
                Phase::Collecting(_) => self.poll_collect(cx),
            };
            if progress.is_pending() && self.transport.writer.is_full() {
                return Stop::Full;
            }
            if progress.is_pending() || self.closing.is_some() {
                return Stop::Waiting;
            }
        }
    }

    #[cold]
    fn destroy(&mut self, reason: Interruption) -> CloseReason {
        self.interruption = reason;
        if !matches!(self.phase, Phase::AwaitingHead) {
            return CloseReason::Destroyed;
        }
        let handle = self.context.socket.handle();
        handle
            .take_last_response()
            .map_or(CloseReason::Destroyed, CloseReason::Replaced)
    }

    /// Returns whether a request has begun or is being handled, or whether there is unsent output.
    fn is_engaged(&self) -> bool {
        self.is_busy() || self.transport.has_output() || self.transport.reader.has_begun()
    }

    /// Returns whether a request is being handled, or whether the driver is about to end.
    fn is_busy(&self) -> bool {
        !self.phase.is_idle() || self.closing.is_some()
    }

    /// Called when all output has been handed to the operating system, or when a pipelined request begins before that,
    /// because the request reuses the exchange.
    #[inline]
    fn on_sent(&mut self) {
        let (Some(unsent), Some(exchange)) = (self.unsent.take(), &mut self.exchange) else {
            return;
        };
        match unsent {
            Unsent::Whole => exchange.on_sent_whole(),
            Unsent::Streamed => exchange.on_sent(),
        }
    }
}

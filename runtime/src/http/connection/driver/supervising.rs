//! The work of a connection besides handling requests: applying the server's control state and the timeouts, and
//! detecting clients that disconnect.

use std::future::Future;
use std::task::{Context, Poll, ready};

use tokio::time::Instant;

use super::{Driver, Phase};
use crate::http::connection::close::CloseReason;
use crate::http::connection::timeouts::{ConnectionState, Snapshot, TimeoutAction};
use crate::http::control::CLOSE_GRACE;
use crate::http::h1::read::parse_error::ParseError;
use crate::http::interruption::Interruption;
use crate::http::request::channel::BodyFailure;
use crate::http::socket::events;

/// The number of buffered bytes at which nothing more is received ahead while a request is being handled.
const READ_AHEAD: usize = 16 * 1024;

impl Driver {
    /// Applies changes to the control state. A server may already be closing when a connection from its accept queue
    /// begins. The requests of that connection are still handled.
    #[inline]
    pub(super) fn poll_control(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        while self.control_receiver.poll(cx).is_ready() {
            if let Some(reason) = self.apply_control() {
                return Poll::Ready(reason);
            }
        }
        Poll::Pending
    }

    #[cold]
    fn apply_control(&mut self) -> Option<CloseReason> {
        let control = self.control_receiver.read();
        let before = std::mem::replace(&mut self.control, control);
        if control.close_all != before.close_all {
            return Some(self.destroy(match control.closing {
                true => Interruption::Shutdown,
                false => Interruption::ConnectionClosed,
            }));
        }
        if control.closing && self.grace.is_none() {
            // A client that is currently sending a request still gets its response. A connection that has already been
            // idle for the grace period is closed at once.
            let since = self.timeouts.unchanged_since(self.snapshot());
            let until = since.unwrap_or_else(Instant::now) + CLOSE_GRACE;
            self.grace = Some(Box::pin(tokio::time::sleep_until(until)));
        }
        let is_idle = !self.is_engaged();
        (control.close_idle != before.close_idle && is_idle).then_some(CloseReason::Done)
    }

    /// Is ready when the server closes and no further request has begun within the grace period. A request that has
    /// begun still gets a response.
    pub(super) fn poll_grace(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(grace) = &mut self.grace else {
            return Poll::Pending;
        };
        ready!(grace.as_mut().poll(cx));
        match self.is_engaged() {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }

    /// Is ready if the client has disconnected or the connection has failed while a request is being handled.
    pub(super) fn watch_client(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        if !self.is_busy() {
            return Poll::Pending;
        }
        match self.transport.poll_ahead(READ_AHEAD, cx) {
            Err(error) => Poll::Ready(CloseReason::Failed(error)),
            Ok(()) if self.transport.is_half_closed() && !self.context.limits.half_open => {
                Poll::Ready(CloseReason::Disconnected)
            }
            Ok(()) => Poll::Pending,
        }
    }

    /// Is ready when a timeout that closes the connection has elapsed.
    #[inline]
    pub(super) fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        if !self.timeouts.has_changed(|| self.snapshot()) {
            ready!(self.timer.poll(cx));
        }
        self.check_timeouts(cx)
    }

    #[cold]
    fn check_timeouts(&mut self, cx: &mut Context<'_>) -> Poll<CloseReason> {
        loop {
            let now = Instant::now();
            let next_check = match self.timeouts.check(self.snapshot(), now) {
                TimeoutAction::Wait(until) => until,
                TimeoutAction::Hibernate(until) => {
                    self.hibernate();
                    until
                }
                TimeoutAction::BodyTimeout(until) => {
                    self.fail_late_body();
                    cx.waker().wake_by_ref();
                    until
                }
                TimeoutAction::KeepAliveTimeout => return Poll::Ready(CloseReason::Done),
                TimeoutAction::HeadersTimeout => {
                    return Poll::Ready(self.reject_next(ParseError::Timeout));
                }
                TimeoutAction::Disconnected => return Poll::Ready(CloseReason::Disconnected),
                TimeoutAction::IdleTimeout => {
                    if !self.emit_timeout() {
                        return Poll::Ready(self.destroy(Interruption::ConnectionClosed));
                    }
                    self.timeouts.restart_idle(now);
                    now
                }
                TimeoutAction::SendTimeout => {
                    // Without a reset, the operating system would keep the output that it has buffered for the client.
                    self.transport.reset_on_drop();
                    return Poll::Ready(self.destroy(Interruption::ConnectionClosed));
                }
            };
            self.timer.reset(next_check);
            ready!(self.timer.poll(cx));
        }
    }

    /// Emits `Timeout`. Returns whether there is a listener, which then decides what happens to the connection.
    #[cold]
    fn emit_timeout(&self) -> bool {
        let socket = &self.context.socket;
        let by_socket = socket.emit(events::Timeout, &());
        let emitter = &self.context.service.emitter;
        emitter.emit(events::Timeout, socket) || by_socket
    }

    #[cold]
    fn fail_late_body(&mut self) {
        if matches!(self.phase, Phase::Collecting(_)) {
            self.closing = Some(self.reject_present(ParseError::Timeout));
        }
        if let Some(exchange) = &self.exchange {
            let timeout = self.context.limits.request.unwrap_or_default();
            exchange.request.fail(BodyFailure::Late(timeout));
        }
    }

    fn snapshot(&self) -> Snapshot {
        let reader = &self.transport.reader;
        let heads = reader.heads();
        let (state, request) = match self.is_busy() {
            true if self.transport.is_half_closed() => (ConnectionState::HalfClosed, heads),
            true if reader.is_in_body() => (ConnectionState::Body, heads),
            true => (ConnectionState::Busy, heads),
            false if self.transport.has_output() => (ConnectionState::Busy, heads),
            false if reader.has_begun() || heads == 0 => (ConnectionState::Head, heads + 1),
            false => (ConnectionState::Idle, heads),
        };
        Snapshot {
            state,
            request,
            bytes: self.transport.bytes(),
            waiting: self.transport.has_output().then(|| self.transport.sent()),
        }
    }

    /// Releases everything that an idle connection does not need.
    #[cold]
    fn hibernate(&mut self) {
        self.exchange = None;
        self.head = Vec::new();
        self.transport.shrink();
    }
}

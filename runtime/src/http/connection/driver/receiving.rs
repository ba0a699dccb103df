//! The request side of a connection.

use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::Method;

use super::{CurrentRequest, Driver, HandOffRequest, Phase};
use crate::http::connection::close::CloseReason;
use crate::http::events::server_events;
use crate::http::exchange::request_kind::RequestKind;
use crate::http::exchange::{Exchange, ReceivedBody, ReceivedRequest};
use crate::http::h1::read::parse_error::ParseError;
use crate::http::h1::read::request_reader::ReceivedHead;
use crate::http::h1::write::framing::RequestTraits;
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::request::channel::body_part::BodyPart;
use crate::http::request::channel::{BodyFailure, Demand};
use crate::http::response::interim::InterimResponse;

impl Driver {
    /// Is ready when a request has been started, or when no further request can be read.
    pub(super) fn poll_next_request(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            match self.transport.reader.next_head(&mut self.head) {
                Ok(Some(received)) => {
                    self.start(received);
                    return Poll::Ready(());
                }
                Ok(None) if self.transport.reader.is_ended => {
                    self.closing = Some(match self.transport.reader.has_begun() {
                        true => self.reject_next(ParseError::IncompleteHead),
                        false => CloseReason::Done,
                    });
                    return Poll::Ready(());
                }
                Ok(None) => {}
                Err(error) => {
                    self.closing = Some(self.reject_next(error));
                    return Poll::Ready(());
                }
            }
            if let Err(error) = ready!(self.transport.poll_fill(cx)) {
                self.closing = Some(CloseReason::Failed(error));
                return Poll::Ready(());
            }
        }
    }

    /// Rejects a request whose head is incomplete or invalid.
    #[cold]
    pub(super) fn reject_next(&self, error: ParseError) -> CloseReason {
        let is_head = self.transport.reader.is_head_request_next();
        CloseReason::Rejected { error, is_head }
    }

    /// Rejects a request whose head is complete.
    #[cold]
    pub(super) fn reject_present(&self, error: ParseError) -> CloseReason {
        let is_head = self.request.traits.is_head;
        CloseReason::Rejected { error, is_head }
    }

    /// Starts a request: calls its handler, whose future is not polled yet, or begins to collect the body of a request
    /// that switches protocols.
    fn start(&mut self, received: ReceivedHead) {
        self.on_sent();
        let head = &received.head;
        self.request = CurrentRequest {
            traits: RequestTraits {
                is_head: received.method == Method::HEAD,
                is_http10: head.line.is_http10,
                is_persistent: head.is_persistent(),
                accepts_trailers: head.fields.accepts_trailers,
            },
            has_following_body: matches!(received.body, ReceivedBody::Following(_)),
            awaits_continue: head.fields.expects_continue,
        };
        let max_requests = self.context.limits.requests_per_socket;
        self.is_last |= max_requests == Some(self.transport.reader.heads());
        match head.fields.kind {
            RequestKind::Plain => self.call_handler(RequestKind::Plain, received),
            kind => self.start_special(kind, received),
        }
    }

    #[cold]
    fn start_special(&mut self, kind: RequestKind, received: ReceivedHead) {
        let emitter = &self.context.service.emitter;
        let kind = match kind {
            RequestKind::Upgrade if emitter.listener_count(server_events::Upgrade) == 0 => {
                received.head.fields.kind_without_upgrade
            }
            kind => kind,
        };
        if matches!(kind, RequestKind::Connect | RequestKind::Upgrade) {
            // A body that is known to be too long is rejected before the rest of it is received or requested.
            if received.body.len() > Some(self.context.limits.body as u64) {
                self.closing = Some(self.reject_present(ParseError::BodyTooLong));
                return;
            }
            let body = Vec::new();
            self.phase = Phase::Collecting(Box::new(HandOffRequest { received, body }));
        } else {
            self.call_handler(kind, received);
        }
    }

    #[inline]
    fn call_handler(&mut self, kind: RequestKind, received: ReceivedHead) {
        let new = || Exchange::new(Arc::clone(&self.context));
        let exchange = self.exchange.get_or_insert_with(new);
        let request = exchange.new_request(received.into(), &mut self.head);
        let response = exchange.new_response();
        self.phase = Phase::AwaitingHead;
        match kind {
            RequestKind::ExpectContinue | RequestKind::UnknownExpectation => {
                exchange.call_expecting(kind, request, response);
            }
            RequestKind::Plain | RequestKind::Upgrade | RequestKind::Connect => {
                exchange.call(request, response);
            }
        }
    }

    /// Delivers the next part of the body if its reader waits for one. Returns whether it was delivered.
    pub(super) fn poll_body(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.request.has_following_body {
            return false;
        }
        let Some(exchange) = &self.exchange else {
            return false;
        };
        if exchange.request.poll_demand(cx) != Poll::Ready(Demand::Data) {
            return false;
        }
        if matches!(self.phase, Phase::AwaitingHead) {
            self.send_continue();
        }
        let Poll::Ready(part) = self.poll_part(cx) else {
            return false;
        };
        self.deliver(part);
        true
    }

    /// Sends a 100 (Continue) if the client still waits for one.
    pub(super) fn send_continue(&mut self) {
        if std::mem::take(&mut self.request.awaits_continue) {
            self.write_continue();
        }
    }

    #[cold]
    fn write_continue(&mut self) {
        self.transport.writer.write_interim(&InterimResponse {
            status: http::StatusCode::CONTINUE,
            headers: LazyHeaderMap::default(),
        });
    }

    fn deliver(&mut self, part: Result<Option<BodyPart>, BodyFailure>) {
        let Some(exchange) = &self.exchange else {
            return;
        };
        let channel = &exchange.request;
        match part {
            Ok(Some(part)) => {
                channel.push(part);
                if !self.transport.reader.is_in_body() {
                    channel.end();
                }
            }
            Ok(None) => channel.end(),
            Err(failure) => channel.fail(failure),
        }
    }

    /// Returns the next part of the body; `None` at its end.
    fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<BodyPart>, BodyFailure>> {
        loop {
            match self.transport.reader.next_part() {
                Err(_) => return Poll::Ready(Err(BodyFailure::Malformed)),
                Ok(Some(part)) => return Poll::Ready(Ok(Some(part))),
                Ok(None) if !self.transport.reader.is_in_body() => return Poll::Ready(Ok(None)),
                Ok(None) if self.transport.reader.is_ended => {
                    return Poll::Ready(Err(BodyFailure::Incomplete));
                }
                Ok(None) => {}
            }
            if ready!(self.transport.poll_fill(cx)).is_err() {
                return Poll::Ready(Err(BodyFailure::Incomplete));
            }
        }
    }

    /// Delivers the rest of the body to its reader, or discards it once the reader was dropped. Is ready when the next
    /// request can be read.
    #[cold]
    pub(super) fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(exchange) = &self.exchange {
            match ready!(exchange.request.poll_demand(cx)) {
                Demand::Data => {
                    let part = ready!(self.poll_part(cx));
                    self.deliver(part);
                }
                Demand::Drain => {
                    let part = ready!(self.poll_part(cx));
                    self.discard(part);
                }
                Demand::Done => {
                    self.is_last |= exchange.request.is_failed();
                    break;
                }
            }
        }
        self.phase = Phase::Idle;
        if self.switch.is_some() {
            self.leave_http();
        }
        Poll::Ready(())
    }

    #[cold]
    fn discard(&mut self, part: Result<Option<BodyPart>, BodyFailure>) {
        let (Some(exchange), Phase::Draining(drained)) = (&self.exchange, &mut self.phase) else {
            return;
        };
        match part {
            Ok(Some(part)) => {
                exchange.request.on_discarded(&part);
                *drained += part.data_len() as u64;
                if *drained > self.context.limits.drain as u64 {
                    exchange.request.on_given_up();
                }
            }
            Ok(None) => exchange.request.on_drained(),
            Err(_) => exchange.request.on_given_up(),
        }
    }

    /// Receives the whole body of a request that switches protocols: the other protocol begins after the body
    /// (RFC 9110, 7.8).
    #[cold]
    pub(super) fn poll_collect(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.request.has_following_body {
            self.send_continue();
            let part = ready!(self.poll_part(cx));
            let Phase::Collecting(request) = &mut self.phase else {
                break;
            };
            let error = match part {
                Ok(Some(part)) => {
                    request.body.extend(part.data().into_iter().flatten());
                    let is_too_long = request.body.len() > self.context.limits.body;
                    is_too_long.then_some(ParseError::BodyTooLong)
                }
                Ok(None) => break,
                Err(_) => Some(match self.transport.reader.error() {
                    Some(error) => error,
                    None => ParseError::IncompleteBody,
                }),
            };
            if let Some(error) = error {
                self.closing = Some(self.reject_present(error));
                return Poll::Ready(());
            }
        }
        self.hand_off();
        Poll::Ready(())
    }

    fn hand_off(&mut self) {
        let Phase::Collecting(request) = std::mem::replace(&mut self.phase, Phase::Idle) else {
            return;
        };
        let HandOffRequest { mut received, body } = *request;
        let kind = received.head.fields.kind;
        if !body.is_empty() {
            received.body = ReceivedBody::Whole(body.into());
        } else if matches!(received.body, ReceivedBody::Following(_)) {
            received.body = ReceivedBody::None;
        }
        // The request is passed on with the stream, so the exchange must not emit events when this connection ends.
        let mut exchange = Exchange::new(Arc::clone(&self.context));
        let request = exchange.new_request(received.into(), &mut self.head);
        exchange.forget();
        self.closing = Some(CloseReason::HandOff(kind, Box::new(request)));
    }
}

impl From<ReceivedHead> for ReceivedRequest {
    #[inline]
    fn from(received: ReceivedHead) -> Self {
        Self {
            content_type: match received.body {
                ReceivedBody::None => None,
                _ => received.head.content_type(),
            },
            method: received.method,
            version: received.version,
            target: received.target,
            body: received.body,
        }
    }
}

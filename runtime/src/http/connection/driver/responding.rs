//! The response side of a connection.

use std::task::{Context, Poll};

use http::StatusCode;

use super::{BodyPlan, Driver, Phase, Unsent};
use crate::http::connection::close::CloseReason;
use crate::http::exchange::ResponsePart;
use crate::http::h1::write::framing::{HeadPlan, ResponseFraming};
use crate::http::interruption::Interruption;
use crate::http::response::channel::ResponseBody;
use crate::http::response::head::ResponseHead;
use crate::http::response::switch::ProtocolSwitch;

impl Driver {
    /// Is ready when the head of the response is written. The poll is also pending if the output has to be sent first.
    pub(super) fn poll_response_head(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let Some(exchange) = &mut self.exchange else {
                self.phase = Phase::Idle;
                return Poll::Ready(());
            };
            exchange.poll_handler(cx);
            if self.transport.writer.is_full() {
                return Poll::Pending;
            }
            match exchange.poll_head(cx) {
                Poll::Ready(ResponsePart::Head(head, body)) => {
                    self.write_head(head, body);
                    return Poll::Ready(());
                }
                Poll::Ready(ResponsePart::Switch(head, switch)) => {
                    self.switch_protocols(&head, switch);
                    return Poll::Ready(());
                }
                Poll::Ready(ResponsePart::Interim(interim)) => {
                    self.request.awaits_continue &= interim.status != StatusCode::CONTINUE;
                    self.transport.writer.write_interim(&interim);
                }
                Poll::Pending if self.poll_body(cx) => {}
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    #[inline]
    fn write_head(&mut self, mut head: ResponseHead, body: ResponseBody) {
        let closes = self.is_last || self.control.closing || self.gives_up_body();
        let plan = HeadPlan::new(&head, &body, self.request.traits, closes);
        self.is_last = plan.closes;
        match body {
            ResponseBody::Whole(body) => {
                self.transport.writer.write_whole(&head, &plan, body);
                self.complete(Unsent::Whole);
            }
            ResponseBody::Streaming { .. } => {
                head.apply_content_type();
                self.transport.writer.write_head(&head, &plan);
                self.begin_body(&plan);
            }
        }
        if let Some(exchange) = &mut self.exchange {
            exchange.recycle(head.headers);
        }
    }

    /// Writes the response head that switches protocols. The other protocol begins after the request body (RFC 9110,
    /// 7.8).
    #[cold]
    fn switch_protocols(&mut self, head: &ResponseHead, switch: ProtocolSwitch) {
        self.send_continue();
        self.transport
            .writer
            .write_head(head, &HeadPlan::switching());
        self.switch = Some(switch);
        self.is_last = false;
        self.complete(Unsent::Streamed);
        if self.phase.is_idle() {
            self.leave_http();
        }
    }

    /// Passes the connection to the other protocol once the output is sent, or closes it if the rest of the request
    /// body was not received.
    pub(super) fn leave_http(&mut self) {
        self.closing = Some(match self.switch.take() {
            Some(switch) if !self.is_last => CloseReason::Switch(switch),
            _ => CloseReason::Done,
        });
    }

    fn begin_body(&mut self, plan: &HeadPlan) {
        self.output = None;
        if plan.has_body {
            self.phase = Phase::SendingBody(BodyPlan {
                framing: plan.framing,
                has_trailers: plan.has_trailers,
            });
            return;
        }
        if let Some(exchange) = &self.exchange {
            exchange.response.stop_reading(Interruption::NoBody);
        }
        self.complete(Unsent::Streamed);
    }

    /// Returns whether the rest of the request body will not be received: the body failed, more of it is unread than
    /// the server discards, or the client waits for a 100 (Continue) and may or may not send the body.
    fn gives_up_body(&self) -> bool {
        let Some(exchange) = &self.exchange else {
            return false;
        };
        if !self.request.has_following_body {
            return false;
        }
        if self.transport.reader.error().is_some() || exchange.request.is_failed() {
            return true;
        }
        let limit = self.context.limits.drain as u64;
        let Some(unread) = exchange.request.unread_len() else {
            return false;
        };
        let gives_up = self.request.awaits_continue || unread > limit;
        if gives_up {
            exchange.request.on_given_up();
        }
        gives_up
    }

    /// Is ready when the body is complete. The poll is also pending if the output has to be sent first.
    pub(super) fn poll_response_body(&mut self, plan: BodyPlan, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(exchange) = &mut self.exchange {
            exchange.poll_handler(cx);
        }
        while !self.transport.writer.is_full() {
            let Some(exchange) = &mut self.exchange else {
                return self.abort(plan);
            };
            // The length is checked even before the first frame: a body whose declared length is 0 has no frames.
            if plan.has_length() && exchange.response.complete_declared_length() {
                self.complete(Unsent::Streamed);
                return Poll::Ready(());
            }
            let frame = match exchange.response.poll_frame(cx) {
                Poll::Ready(None) => {
                    if plan.framing == ResponseFraming::Chunked {
                        self.transport.writer.write_last_chunk(None);
                    }
                    self.complete(Unsent::Streamed);
                    return Poll::Ready(());
                }
                Poll::Ready(Some(Err(_))) => return self.abort(plan),
                Poll::Ready(Some(Ok(frame))) => frame,
                Poll::Pending if self.poll_body(cx) => {
                    if let Some(exchange) = &mut self.exchange {
                        exchange.poll_handler(cx);
                    }
                    continue;
                }
                Poll::Pending => return Poll::Pending,
            };
            let writer = &mut self.transport.writer;
            match (frame.into_data(), plan.framing) {
                (Ok(data), ResponseFraming::Chunked) => writer.write_chunk(data),
                (Ok(data), _) => writer.write_data(data),
                (Err(frame), framing) => {
                    let trailers = frame.into_trailers().ok().filter(|_| plan.has_trailers);
                    if framing == ResponseFraming::Chunked {
                        writer.write_last_chunk(trailers.as_ref());
                    }
                    // The end of the body is already written, but must still be taken from the channel.
                    let ended = exchange.response.poll_frame(cx);
                    debug_assert!(matches!(ended, Poll::Ready(None)));
                    self.complete(Unsent::Streamed);
                    return Poll::Ready(());
                }
            }
        }
        Poll::Pending
    }

    /// Closes the connection so that the client detects that the body is truncated: its last chunk is missing, it is
    /// shorter than its declared length, or, if it extends to the end of the connection, the connection is reset.
    #[cold]
    fn abort(&mut self, plan: BodyPlan) -> Poll<()> {
        self.interruption = Interruption::ResponseAborted;
        if plan.framing == ResponseFraming::UntilClose {
            self.transport.reset_on_drop();
            self.closing = Some(CloseReason::Destroyed);
        } else {
            self.closing = Some(CloseReason::Done);
        }
        Poll::Ready(())
    }

    /// Called when the response is completely written.
    #[inline]
    fn complete(&mut self, unsent: Unsent) {
        if let Some(exchange) = &mut self.exchange {
            exchange.detach_handler();
        }
        self.unsent = Some(match self.request.has_following_body {
            true => Unsent::Streamed,
            false => unsent,
        });
        self.phase = match self.request.has_following_body && !self.is_last {
            true => Phase::Draining(0),
            false => Phase::Idle,
        };
    }
}

//! The one place of a connection where its handler runs. HTTP/1 answers one request after another, so that the memory
//! for the handler's future and for the exchange is used again and again.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::StatusCode;
use http_body::Body as _;
use hyper::body::Incoming;

use crate::error::Error;
use crate::events::Event;
use crate::http::connection::transport::Line;
use crate::http::event;
use crate::http::events::pending_request::PendingRequest;
use crate::http::exchange::handler_slot::{HandlerArgs, HandlerSlot};
use crate::http::exchange::outgoing::Outgoing;
use crate::http::exchange::{Asked, Exchange};
use crate::http::h1::expect::{Wish, expects_continue, wish};
use crate::http::headers::map::Map;
use crate::http::request::Request;
use crate::http::request::raw_head::Raw;
use crate::http::response::Response;
use crate::http::{exchange::context::ConnectionContext, sync::spawn};

pub(crate) struct Lane {
    context: Arc<ConnectionContext>,
    exchange: Arc<Exchange>,
    raw: Arc<Raw>,
    /// Where the handler runs.
    stage: Pin<Box<dyn HandlerSlot>>,
    /// The handler runs.
    running: bool,
    phase: Phase,
    body: Asking,
    /// The answer that is complete, and was not handed to the system yet.
    unsent: Option<Unsent>,
    /// There are no more requests on this connection.
    last: bool,
    handover: Option<(Protocol, Request)>,
}

/// There is always an answer.
pub(crate) type Answered = Result<hyper::Response<Outgoing>, Infallible>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Waits for a request.
    Idle,
    /// Waits for the head of the answer.
    Head,
    /// Sends a body that is still being written.
    Body,
    /// The answer is complete; reads what is left of the request.
    Rest,
}

/// What is there of the request's body when its handler is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    /// It has none.
    Nothing,
    /// All of it.
    Whole,
    /// It comes by hyper.
    Coming,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unsent {
    /// It was whole before its head went out, and the request had no body: the usual case.
    Simple,
    /// The client may not have taken all of it, or not have sent all of its request.
    Other,
}

/// What a connection turns to when it leaves HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// What the request's `upgrade` says.
    Upgrade,
    /// Whatever goes through a tunnel.
    Connect,
}

impl Lane {
    #[cold]
    pub(crate) fn new(context: Arc<ConnectionContext>) -> Box<Self> {
        Box::new(Self {
            stage: (context.service.handler_slot)(),
            exchange: exchange(&context, Asked::default()),
            raw: Arc::default(),
            context,
            running: false,
            phase: Phase::Idle,
            body: Asking::Nothing,
            unsent: None,
            last: false,
            handover: None,
        })
    }

    /// Calls the handler; its future is not polled yet.
    pub(crate) fn start(&mut self, line: &mut Line, request: hyper::Request<Incoming>) {
        let (seen, incoming) = request.into_parts();
        self.run_on();
        self.sent();
        if self.body == Asking::Coming {
            self.exchange.pass();
        }
        let started = line.start();
        let asked = Asked::of(&seen, self.context.limits.drain as u64);
        if !Exchange::renew(&mut self.exchange, asked) {
            self.renew(asked);
        }
        self.phase = Phase::Head;
        self.body = match incoming.is_end_stream() {
            false => Asking::Coming,
            true if started.has_body => Asking::Whole,
            true => Asking::Nothing,
        };
        self.last |= self.context.limits.requests_per_socket == Some(started.number);
        let wish = match started.special {
            true => wish(&seen),
            false => Wish::Answer,
        };
        let body = match self.body {
            Asking::Coming => Some((incoming, expects_continue(&seen))),
            Asking::Nothing | Asking::Whole => None,
        };
        // The map that hyper has made is the answer's.
        let headers = Map::emptied(seen.headers);
        let request = Request::received(
            (seen.method, seen.uri, seen.version),
            body,
            line.arrived(),
            &mut self.raw,
            Arc::clone(&self.exchange),
            self.context.socket.clone(),
            &self.context.limits,
        );
        let response = Response::open(Arc::clone(&self.exchange), headers);
        match wish {
            Wish::Answer => self.handle(&mut Some((request, response))),
            wish => self.start_special(wish, request, response),
        }
    }

    #[cold]
    fn renew(&mut self, asked: Asked) {
        self.exchange = exchange(&self.context, asked);
    }

    fn handle(&mut self, given: &mut HandlerArgs) {
        match self
            .stage
            .as_mut()
            .call(&self.context.service.emitter, given)
        {
            Ok(()) => self.running = true,
            Err(panicked) => self.exchange.failed(panicked.into_failure()),
        }
    }

    /// A request that wants more than an answer.
    #[cold]
    fn start_special(&mut self, wish: Wish, request: Request, response: Response) {
        let server = &self.context.service.emitter;
        match wish {
            Wish::Tunnel => self.hand_over(Protocol::Connect, request),
            Wish::Upgrade if server.listener_count(event::Upgrade) > 0 => {
                self.hand_over(Protocol::Upgrade, request);
            }
            Wish::Continue if server.listener_count(event::CheckContinue) > 0 => {
                let offer = PendingRequest::new(request, response);
                self.handle(&mut self.offer(event::CheckContinue, &offer));
            }
            Wish::Unknown => {
                let offer = PendingRequest::new(request, response);
                if let Some((_, response)) = self.offer(event::CheckExpectation, &offer) {
                    let what = "this server meets no expectation but `100-continue`";
                    response.send(Error::new(StatusCode::EXPECTATION_FAILED, what));
                }
            }
            Wish::Upgrade | Wish::Continue | Wish::Answer => {
                self.handle(&mut Some((request, response)));
            }
        }
    }

    fn hand_over(&mut self, protocol: Protocol, request: Request) {
        self.handover = Some((protocol, request));
        // The request goes with the stream: its exchange does not end with this connection.
        self.renew(Asked::default());
    }

    /// Lends a request to listeners, one of which may take it over. Else it comes back.
    fn offer<E>(&self, event: E, offer: &PendingRequest) -> Option<(Request, Response)>
    where
        E: Event<crate::http::event::ServerEvents, Payload = PendingRequest>,
    {
        self.context.service.emitter.emit(event, offer);
        offer.take()
    }

    pub(crate) fn take_handover(&mut self) -> Option<(Protocol, Request)> {
        self.handover.take()
    }

    /// The answer, as soon as its head may go out.
    pub(crate) fn poll_answer(&mut self, line: &mut Line, cx: &mut Context<'_>) -> Poll<Answered> {
        self.poll_handler(cx);
        // What follows a request of which all is there is not read yet.
        let last = self.last || self.body == Asking::Coming && line.flaw().is_some();
        let (mut head, mut body) = ready!(self.exchange.poll_answer(self.running, last, cx));
        let whole = match &mut body {
            Outgoing::Streamed(_) => {
                head.tell_type();
                self.phase = Phase::Body;
                Bytes::new()
            }
            // hyper says how long it is, and sends none of it.
            Outgoing::Whole(_) if self.exchange.asked.head_only => {
                self.complete();
                Bytes::new()
            }
            Outgoing::Whole(whole) => {
                self.complete();
                std::mem::take(whole)
            }
        };
        line.expect(head.untold(whole));
        Poll::Ready(Ok(head.response(body)))
    }

    /// Lets a handler go on whose answer is on its way.
    #[inline]
    pub(crate) fn poll_body(&mut self, cx: &mut Context<'_>) {
        if self.phase == Phase::Body {
            self.poll_handler(cx);
        }
    }

    /// Sees whether the answer has been taken, or is read no further: then nobody needs the handler any more. Then reads
    /// what is left of the request.
    #[inline]
    pub(crate) fn settle(&mut self, cx: &mut Context<'_>) {
        if self.phase == Phase::Body && self.exchange.left() {
            self.run_on();
            self.complete_as(Unsent::Other);
        }
        if self.phase == Phase::Rest && self.exchange.poll_leftover(cx).is_ready() {
            self.phase = Phase::Idle;
        }
    }

    /// The answer was whole before its head went out.
    fn complete(&mut self) {
        self.complete_as(match self.body {
            Asking::Nothing => Unsent::Simple,
            Asking::Whole | Asking::Coming => Unsent::Other,
        });
    }

    fn complete_as(&mut self, unsent: Unsent) {
        self.phase = match self.body {
            Asking::Nothing | Asking::Whole => Phase::Idle,
            Asking::Coming => Phase::Rest,
        };
        self.unsent = Some(unsent);
    }

    /// The system has all that was written.
    #[inline]
    pub(crate) fn sent(&mut self) {
        match self.unsent.take() {
            None => {}
            Some(Unsent::Simple) => self.exchange.finished_simple(),
            Some(Unsent::Other) => self.exchange.finished(),
        }
    }

    /// There are no more requests.
    pub(crate) fn close(&mut self) {
        self.last = true;
    }

    #[inline]
    pub(crate) fn is_busy(&self) -> bool {
        self.phase != Phase::Idle
    }

    /// Whether the body of the request in hand is still to come.
    pub(crate) fn is_arriving(&self) -> bool {
        self.exchange.arriving()
    }

    /// The body takes too long: its reader learns of it.
    pub(crate) fn late_body(&self) {
        let timeout = self.context.limits.request.unwrap_or_default();
        self.exchange.body_late(timeout);
    }

    fn poll_handler(&mut self, cx: &mut Context<'_>) {
        if !self.running {
            return;
        }
        match self.stage.as_mut().poll(&self.exchange, cx) {
            Poll::Ready(well) => {
                self.running = false;
                Raw::release(&mut self.raw);
                if well && self.phase == Phase::Body {
                    self.exchange.handled();
                }
            }
            Poll::Pending if self.exchange.ended() => self.run_on(),
            Poll::Pending => {}
        }
    }

    /// Frees the place for the handler's future. A handler whose answer is complete goes on in a task of its own, any
    /// other is dropped.
    #[inline]
    fn run_on(&mut self) {
        if std::mem::take(&mut self.running) {
            self.leave_stage();
        }
    }

    #[cold]
    fn leave_stage(&mut self) {
        if !self.exchange.ended() {
            self.stage.as_mut().clear();
            return;
        }
        let another = self.stage.clone_empty();
        let mut stage = std::mem::replace(&mut self.stage, another);
        let exchange = Arc::clone(&self.exchange);
        let context = Arc::clone(&self.context);
        spawn(Box::pin(async move {
            poll_fn(|cx| stage.as_mut().poll(&exchange, cx)).await;
            // The server is not closed before this handler has ended.
            drop(context);
        }));
    }
}

fn exchange(context: &ConnectionContext, asked: Asked) -> Arc<Exchange> {
    let handle = Arc::clone(context.socket.handle());
    Exchange::new(context.service.emitter.clone(), handle, asked)
}

/// Whoever waits to write learns that the connection is gone.
impl Drop for Lane {
    fn drop(&mut self) {
        self.exchange.leave();
    }
}

//! The one place of a connection where its handler runs. HTTP/1 answers one request after another, so that the memory
//! for the handler's future and for the exchange is used again and again.

use std::any::Any;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{HeaderValue, StatusCode, header};
use hyper::body::Incoming;
use tokio::time::Instant;

use super::answer::Head;
use super::body;
use super::clock::Pulse;
use super::event;
use super::exchange::{Asked, Exchange};
use super::handler::{Handler, Outcome};
use super::io::Meter;
use super::outgoing::Outgoing;
use super::request::Request;
use super::response::Response;
use super::server::Visit;
use super::wire::Wire;
use crate::error::Error;

pub(crate) struct Lane<H: Handler> {
    handler: Arc<H>,
    visit: Visit,
    meter: Arc<Meter>,
    exchange: Arc<Exchange>,
    /// The handler's future while it runs, in a place that is made once.
    future: Pin<Box<Option<H::Future>>>,
    phase: Phase,
    requests: u64,
    /// Since when it has waited for a request.
    since: Instant,
    /// How many bytes had come by then.
    read: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Waits for a request.
    Idle,
    /// Waits for the head of the answer.
    Head,
    /// Sends a body that is still being written.
    Body,
}

impl<H: Handler> Lane<H> {
    pub(crate) fn new(handler: Arc<H>, visit: Visit, meter: Arc<Meter>) -> Self {
        Self {
            handler,
            exchange: exchange(&visit, Asked::default()),
            visit,
            meter,
            future: Box::pin(None),
            phase: Phase::Idle,
            requests: 0,
            since: Instant::now(),
            read: 0,
        }
    }

    /// Calls the handler; its future is not polled yet.
    pub(crate) fn start(&mut self, request: hyper::Request<Incoming>) {
        self.run_on();
        self.phase = Phase::Head;
        self.requests += 1;
        let asked = Asked::of(&request, self.requests, body::DRAIN_LIMIT);
        if !Exchange::renew(&mut self.exchange, asked) {
            self.exchange = exchange(&self.visit, asked);
        }
        let socket = self.visit.socket.clone();
        let exchange = Arc::clone(&self.exchange);
        let request = Request::received(request, exchange, socket, &self.visit.limits);
        let response = Response::on(Arc::clone(&self.exchange), Head::default());
        let begun = catch_unwind(AssertUnwindSafe(|| {
            self.visit.server.emit(event::Request, &request);
            self.handler.handle(request, response)
        }));
        match begun {
            Ok(future) => self.future.set(Some(future)),
            Err(panic) => self.exchange.failed(panicked(&*panic)),
        }
    }

    /// The answer, as soon as its head may go out.
    pub(crate) fn poll_answer(&mut self, cx: &mut Context<'_>) -> Poll<hyper::Response<Outgoing>> {
        self.poll_handler(cx);
        let running = self.future.is_some();
        self.exchange.poll_answer(running, cx).map(|mut answer| {
            match answer.body() {
                Outgoing::Whole(_) => self.rest(),
                Outgoing::Streamed(_) => self.phase = Phase::Body,
            }
            if self.visit.limits.requests_per_socket == Some(self.requests) {
                let close = HeaderValue::from_static("close");
                answer.headers_mut().insert(header::CONNECTION, close);
            }
            answer
        })
    }

    /// Lets a handler go on whose answer is on its way.
    pub(crate) fn poll_body(&mut self, cx: &mut Context<'_>) {
        if self.phase == Phase::Body {
            self.poll_handler(cx);
        }
    }

    /// Sees whether the body has been sent, or is read no further: then nobody needs the handler any more.
    pub(crate) fn settle(&mut self, cx: &mut Context<'_>) {
        if self.phase == Phase::Body && self.exchange.left() {
            self.run_on();
            self.rest();
        }
        if self.phase == Phase::Idle {
            self.exchange.finished();
            // hyper sees what becomes of the body.
            let _ = self.exchange.poll_leftover(cx);
        }
    }

    /// What the connection is at.
    pub(crate) fn pulse(&self) -> Pulse {
        Pulse {
            busy: self.phase != Phase::Idle || self.meter.blocked(),
            requests: self.requests,
            since: self.since,
            begun: self.meter.read() > self.read,
        }
    }

    fn rest(&mut self) {
        self.phase = Phase::Idle;
        self.since = Instant::now();
        self.read = self.meter.read();
    }

    fn poll_handler(&mut self, cx: &mut Context<'_>) {
        let Some(future) = self.future.as_mut().as_pin_mut() else {
            return;
        };
        let Poll::Ready(end) = poll_caught(future, cx) else {
            if self.exchange.ended() {
                self.run_on();
            }
            return;
        };
        // First the future goes, with a response that it may still hold: the failure is answered on that.
        self.future.set(None);
        finish(&self.exchange, end);
    }

    /// Frees the place for the handler's future. A handler whose answer is complete goes on in a task of its own, any
    /// other is dropped.
    fn run_on(&mut self) {
        if self.future.is_none() {
            return;
        }
        if !self.exchange.ended() {
            self.future.set(None);
            return;
        }
        let mut future = std::mem::replace(&mut self.future, Box::pin(None));
        let exchange = Arc::clone(&self.exchange);
        let visit = self.visit.clone();
        tokio::spawn(async move {
            let end = poll_fn(|cx| match future.as_mut().as_pin_mut() {
                Some(future) => poll_caught(future, cx),
                None => Poll::Pending,
            })
            .await;
            future.set(None);
            finish(&exchange, end);
            // The server is not closed before this handler has ended.
            drop(visit);
        });
    }
}

fn exchange(visit: &Visit, asked: Asked) -> Arc<Exchange> {
    Exchange::new(Arc::clone(&visit.server), Wire::detached(), asked)
}

/// Whoever waits to write learns that the connection is gone.
impl<H: Handler> Drop for Lane<H> {
    fn drop(&mut self) {
        self.exchange.leave();
    }
}

/// How a handler ended: with its outcome, or with a panic.
type End<T> = Result<T, Panicked>;

fn poll_caught<F: Future>(future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<End<F::Output>> {
    match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(Panicked::new(&*panic))),
    }
}

/// Answers for a handler that failed.
fn finish<T: Outcome>(exchange: &Arc<Exchange>, end: End<T>) {
    let finished = catch_unwind(AssertUnwindSafe(|| match end.map(Outcome::failure) {
        Ok(None) => exchange.handled(),
        Ok(Some(failure)) => exchange.failed(failure),
        Err(panic) => exchange.failed(panic.into_error()),
    }));
    // An error of the user's may panic as it is answered. The response that it had says so to the exchange.
    drop(finished);
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    Panicked::new(panic).into_error()
}

/// What a handler panicked with.
#[derive(Debug)]
struct Panicked(String);

impl Panicked {
    fn new(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Self(text.unwrap_or("a value that is not text").to_owned())
    }

    fn into_error(self) -> Error {
        Error::new(StatusCode::INTERNAL_SERVER_ERROR, "").with_source(self)
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a handler panicked: {}", self.0)
    }
}

impl std::error::Error for Panicked {}

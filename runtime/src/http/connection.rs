//! One connection, from its first byte to its last: the only place that drives hyper.
//!
//! hyper is there while there are requests. Before the first one is complete up to its body, and when the connection has
//! been idle for a while, there is only the stream and a timer.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep};

use super::clock::{Activity, Clock, Pulse, Verdict};
use super::event;
use super::exchange::Answered;
use super::farewell::{self, End};
use super::head::{self, Rules};
use super::in_hand;
use super::io::{Io, Stream};
use super::lane::Lane;
use super::limits::{Limits, MOST_HEADERS};
use super::orders::{LAST_CALL, Orders};
use super::outgoing::Outgoing;
use super::server::Visit;
use super::timer::Timer;
use super::wire::{Found, Wire};

/// Serves a connection until it ends.
pub(crate) async fn serve(stream: Stream, visit: Arc<Visit>) {
    let wire = Arc::clone(visit.socket.wire());
    let rules = Rules {
        size: visit.limits.header_size,
        count: visit.limits.header_count.min(MOST_HEADERS),
        host: visit.limits.host_header,
    };
    wire.attach(stream, rules);
    visit.server.emit(event::Connection, &visit.socket);
    let end = Connection::new(Arc::clone(&visit), Arc::clone(&wire))
        .run()
        .await;
    farewell::say(end, &wire, &visit).await;
}

struct Connection {
    visit: Arc<Visit>,
    wire: Arc<Wire>,
    active: Option<Box<Active>>,
    /// The orders that it follows.
    orders: Orders,
    /// Where further ones come.
    signal: watch::Receiver<Orders>,
    /// While the server closes: until when a next request is waited for.
    last_call: Option<Pin<Box<Sleep>>>,
    clock: Clock,
    timer: Timer,
}

impl Connection {
    fn new(visit: Arc<Visit>, wire: Arc<Wire>) -> Self {
        let clock = Clock::new(&visit.limits, Instant::now());
        Self {
            wire,
            active: None,
            orders: visit.given,
            signal: visit.orders.clone(),
            last_call: None,
            timer: Timer::after(clock.first_look()),
            clock,
            visit,
        }
    }

    async fn run(mut self) -> End {
        // The server may close by now: what waited in its queue is served all the same.
        if let Some(end) = self.obey() {
            return end;
        }
        let mut signal = self.signal.clone();
        loop {
            let mut changed = pin!(signal.changed());
            let mut watched = false;
            let next = poll_fn(|cx| {
                // Once it was polled, the signal wakes this task: from then on a look at its version is enough.
                let told = match watched {
                    true => self.signal.has_changed().unwrap_or(false),
                    false => changed.as_mut().poll(cx).is_ready(),
                };
                watched = true;
                if told {
                    return Poll::Ready(None);
                }
                self.poll(cx).map(Some)
            });
            match next.await {
                Some(end) => return end,
                None => {
                    if let Some(end) = self.obey() {
                        return end;
                    }
                }
            }
        }
    }

    /// Does as the server says.
    fn obey(&mut self) -> Option<End> {
        let orders = *self.signal.borrow_and_update();
        let before = std::mem::replace(&mut self.orders, orders);
        if orders.close_all != before.close_all {
            return Some(End::Destroyed);
        }
        if orders.closing && self.last_call.is_none() {
            // A client that asks just now is answered still. One that has been silent for so long does not.
            let since = self.clock.unchanged_since(self.pulse());
            let until = since.unwrap_or_else(Instant::now) + LAST_CALL;
            self.last_call = Some(Box::pin(tokio::time::sleep_until(until)));
        }
        let idle = !self.is_busy() && !self.wire.begun();
        (orders.close_idle != before.close_idle && idle).then_some(End::Closed)
    }

    fn is_busy(&self) -> bool {
        self.active.as_deref().is_some_and(Active::is_busy)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        if self.wire.is_destroyed() {
            return Poll::Ready(End::Destroyed);
        }
        if let Poll::Ready(end) = self.poll_requests(cx) {
            return Poll::Ready(end);
        }
        if self.poll_last_call(cx).is_ready() {
            return Poll::Ready(End::Closed);
        }
        self.poll_timer(cx)
    }

    fn poll_requests(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        let active = match &mut self.active {
            Some(active) => active,
            None => {
                match self.wire.poll_head(cx) {
                    Poll::Ready(Found::Head) => {}
                    Poll::Ready(Found::End) => return Poll::Ready(End::Closed),
                    Poll::Ready(Found::Flaw(flaw)) => return Poll::Ready(End::Refused(flaw)),
                    Poll::Ready(Found::Failed(error)) => return Poll::Ready(End::Failed(error)),
                    Poll::Pending => return Poll::Pending,
                }
                let active = Active::new(&self.visit, &self.wire);
                self.active.insert(Box::new(active))
            }
        };
        active.poll(cx, self.orders.closing)
    }

    /// Ready when the server closes and the client asks nothing more. What it has begun to ask is still answered.
    fn poll_last_call(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(last_call) = &mut self.last_call else {
            return Poll::Pending;
        };
        ready!(last_call.as_mut().poll(cx));
        match self.is_busy() || self.wire.begun() {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }

    /// Ready when the connection has taken too long over something.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        loop {
            ready!(self.timer.poll(cx));
            let now = Instant::now();
            let until = match self.clock.verdict(self.pulse(), now) {
                Verdict::Wait(until) => until,
                Verdict::Rest(until) => {
                    self.rest();
                    until
                }
                Verdict::LateBody(until) => {
                    if let Some(active) = &self.active {
                        active.late_body();
                    }
                    until
                }
                Verdict::Idle => return Poll::Ready(End::Closed),
                Verdict::LateHead => return Poll::Ready(End::Refused(farewell::LATE)),
                Verdict::Gone => return Poll::Ready(End::Gone),
                Verdict::Silent => {
                    if !self.tell_silence() {
                        return Poll::Ready(End::Destroyed);
                    }
                    self.clock.hear(now);
                    now
                }
            };
            self.timer.reset(until);
        }
    }

    /// Whether somebody listens, and decides what becomes of a silent connection.
    fn tell_silence(&self) -> bool {
        let socket = &self.visit.socket;
        let by_socket = socket.emit(event::Timeout, &());
        self.visit.server.emit(event::Timeout, socket) || by_socket
    }

    fn pulse(&self) -> Pulse {
        let traffic = self.wire.traffic();
        let busy = self.active.as_deref().and_then(Active::activity);
        let (activity, request) = match busy {
            Some(_) if traffic.ended => (Activity::HalfOpen, traffic.heads),
            Some(activity) => (activity, traffic.heads),
            None if traffic.blocked => (Activity::Busy, traffic.heads),
            None if traffic.begun || traffic.heads == 0 => (Activity::Head, traffic.heads + 1),
            None => (Activity::Idle, traffic.heads),
        };
        Pulse {
            activity,
            request,
            bytes: traffic.bytes,
        }
    }

    /// Lets go of everything that an idle connection does not need.
    fn rest(&mut self) {
        self.active = None;
        self.wire.shrink();
    }
}

/// A connection with requests.
struct Active {
    wire: Arc<Wire>,
    http: http1::Connection<Io, Requests>,
    /// It is always there, but while hyper is polled.
    lane: Option<Box<Lane>>,
    half_open: bool,
    /// hyper was told that there are no more requests.
    shut: bool,
    /// hyper is done; what is gathered is still to be sent.
    done: bool,
    /// Why, if not because the client is.
    error: Option<hyper::Error>,
}

impl Active {
    fn new(visit: &Arc<Visit>, wire: &Arc<Wire>) -> Self {
        let lane = Lane::new(Arc::clone(visit), Arc::clone(wire));
        let io = Io(Arc::clone(wire));
        Self {
            wire: Arc::clone(wire),
            http: http1(&visit.limits).serve_connection(io, Requests),
            lane: Some(Box::new(lane)),
            half_open: visit.limits.half_open,
            shut: false,
            done: false,
            error: None,
        }
    }

    fn is_busy(&self) -> bool {
        let busy = self.lane.as_deref().is_some_and(Lane::is_busy);
        self.done || busy || self.wire.is_writing()
    }

    /// What the connection is at, unless it is idle.
    fn activity(&self) -> Option<Activity> {
        match self.lane.as_deref().filter(|lane| lane.is_busy()) {
            Some(lane) if lane.is_arriving() => Some(Activity::Body),
            Some(_) => Some(Activity::Busy),
            None => self.done.then_some(Activity::Busy),
        }
    }

    fn late_body(&self) {
        if let Some(lane) = &self.lane {
            lane.late_body();
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>, closing: bool) -> Poll<End> {
        let running = !self.done;
        if running {
            if closing && !self.shut {
                self.close();
            }
            self.poll_http(cx);
        }
        let Some(lane) = &mut self.lane else {
            return Poll::Ready(End::Destroyed);
        };
        if running {
            lane.settle(cx);
            if let Some((protocol, request)) = lane.take_handover() {
                return Poll::Ready(End::Handover(protocol, Box::new(request)));
            }
        }
        if self.wire.is_destroyed() {
            return Poll::Ready(End::Destroyed);
        }
        match self.wire.poll_send(cx) {
            Poll::Ready(Ok(())) => lane.sent(),
            Poll::Ready(Err(error)) => return Poll::Ready(End::Failed(error)),
            Poll::Pending if self.done => return Poll::Pending,
            Poll::Pending => {}
        }
        match self.done {
            true => Poll::Ready(self.end()),
            false if lane.is_busy() => self.watch(cx),
            false => Poll::Pending,
        }
    }

    fn poll_http(&mut self, cx: &mut Context<'_>) {
        if let Some(lane) = &mut self.lane {
            lane.poll_body(cx);
        }
        let http = Pin::new(&mut self.http);
        if let Poll::Ready(end) = in_hand::lend(&mut self.lane, || http.poll(cx)) {
            self.done = true;
            self.error = end.err();
        }
    }

    /// While a request is answered nobody reads: sees whether its client is still there.
    fn watch(&self, cx: &mut Context<'_>) -> Poll<End> {
        match self.wire.poll_watch(cx) {
            Err(error) => Poll::Ready(End::Failed(error)),
            Ok(ended) if ended && !self.half_open => Poll::Ready(End::Gone),
            Ok(_) => Poll::Pending,
        }
    }

    /// Says with the next answer that it is the last one. hyper, if it is idle, would not wait for that.
    fn close(&mut self) {
        if let Some(lane) = &mut self.lane {
            lane.close();
        }
        if self.is_busy() {
            self.shut = true;
            Pin::new(&mut self.http).graceful_shutdown();
        }
    }

    fn end(&mut self) -> End {
        let refused = self.wire.flaw().filter(|_| !self.wire.was_started());
        if let Some(flaw) = refused {
            return End::Refused(flaw);
        }
        match self.error.take() {
            Some(error) if error.is_parse_too_large() => End::Refused(head::TOO_MANY),
            Some(error) if error.is_parse() => {
                End::Refused(head::bad("the request is not valid HTTP"))
            }
            _ => End::Closed,
        }
    }
}

fn http1(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    // A head is whole when hyper gets it, and in time; a client that sends no more is the clock's business. Never
    // `pipeline_flush`: it holds answers back.
    http.max_header_size(limits.header_size.max(1))
        .max_buf_size(limits.header_size.max(400 * 1024) + 8 * 1024)
        .half_close(true)
        .header_read_timeout(None);
    http
}

/// What hyper calls for every request.
struct Requests;

impl Service<hyper::Request<Incoming>> for Requests {
    type Response = hyper::Response<Outgoing>;
    type Error = Infallible;
    type Future = Answer;

    fn call(&self, request: hyper::Request<Incoming>) -> Answer {
        in_hand::ask(|lane| lane.start(request));
        Answer
    }
}

/// The answer to come.
struct Answer;

impl Future for Answer {
    type Output = Answered;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Answered> {
        in_hand::ask(|lane| lane.poll_answer(cx)).unwrap_or(Poll::Pending)
    }
}

//! One connection, from its first byte to its last: the only place that drives hyper.
//!
//! hyper is there while there are requests. Before the first one is complete up to its body, and when the connection has
//! been idle for a while, there is only the stream and a timer.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use tokio::time::{Instant, Sleep};

use crate::http::connection::close::End;
use crate::http::connection::in_hand::{self, Hand};
use crate::http::connection::stream::{Io, SocketStream};
use crate::http::connection::timeouts::{Activity, Clock, Pulse, Verdict};
use crate::http::connection::timer::Timer;
use crate::http::connection::transport::{Found, Line};
use crate::http::control::{CLOSE_GRACE, ControlReceiver, ControlState};
use crate::http::event;
use crate::http::exchange::context::ConnectionContext;
use crate::http::exchange::lane::{Answered, Lane};
use crate::http::exchange::outgoing::Outgoing;
use crate::http::h1::parse_error::Flaw;
use crate::http::h1::request_head::Rules;
use crate::http::limits::{Limits, MOST_HEADERS};

pub(crate) struct Connection {
    context: Arc<ConnectionContext>,
    /// It is always there, but while hyper is polled.
    hand: Option<Box<Hand>>,
    active: Option<Box<Active>>,
    /// The control that it follows.
    control: ControlState,
    /// Where further ones come.
    watch: ControlReceiver,
    /// While the server closes: until when a next request is waited for.
    last_call: Option<Pin<Box<Sleep>>>,
    clock: Clock,
    timer: Timer,
}

impl Connection {
    pub(crate) fn new(context: Arc<ConnectionContext>, stream: SocketStream) -> Self {
        let rules = Rules {
            size: context.limits.header_size,
            count: context.limits.header_count.min(MOST_HEADERS),
            host: context.limits.host_header,
        };
        let line = Line::new(stream, rules, Arc::clone(context.socket.handle()));
        let clock = Clock::new(&context.limits, Instant::now());
        Self {
            hand: Some(Box::new(Hand { line, lane: None })),
            active: None,
            control: context.initial_control,
            watch: ControlReceiver::new(context.control.clone()),
            last_call: None,
            timer: Timer::after(clock.first_look()),
            clock,
            context,
        }
    }

    /// What is left of it at the end.
    pub(crate) fn take_line(&mut self) -> Option<Line> {
        self.hand.take().map(|hand| hand.line)
    }

    /// How it ends.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        // The server may close from the beginning: what waited in its queue is served all the same.
        while self.watch.poll(cx).is_ready() {
            if let Some(end) = self.obey() {
                return Poll::Ready(end);
            }
        }
        if let Poll::Ready(end) = self.poll_requests(cx) {
            return Poll::Ready(end);
        }
        if self.poll_last_call(cx).is_ready() {
            return Poll::Ready(End::Closed);
        }
        self.poll_timer(cx)
    }

    /// Does as the server says.
    #[cold]
    fn obey(&mut self) -> Option<End> {
        let control = self.watch.read();
        let before = std::mem::replace(&mut self.control, control);
        if control.close_all != before.close_all {
            return Some(End::Destroyed);
        }
        if control.closing && self.last_call.is_none() {
            // A client that asks just now is answered still. One that has been silent for so long does not.
            let hand = self.hand.as_deref();
            let since = hand.and_then(|hand| self.clock.unchanged_since(self.pulse(hand)));
            let until = since.unwrap_or_else(Instant::now) + CLOSE_GRACE;
            self.last_call = Some(Box::pin(tokio::time::sleep_until(until)));
        }
        let idle = !self.is_engaged();
        (control.close_idle != before.close_idle && idle).then_some(End::Closed)
    }

    /// Whether there is a request, or the beginning of one, or an answer that is not sent yet.
    fn is_engaged(&self) -> bool {
        let done = self.active.as_deref().is_some_and(|active| active.done);
        let hand = self.hand.as_deref();
        done || hand.is_some_and(|hand| hand.is_busy() || hand.line.begun())
    }

    fn poll_requests(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        let Some(hand) = self.hand.as_deref_mut() else {
            return Poll::Ready(End::Destroyed);
        };
        if hand.line.is_destroyed() {
            return Poll::Ready(End::Destroyed);
        }
        let active = match &mut self.active {
            Some(active) => active,
            None => {
                match hand.line.poll_head(cx) {
                    Poll::Ready(Found::Head) => {}
                    Poll::Ready(Found::End) => return Poll::Ready(End::Closed),
                    Poll::Ready(Found::Flaw(flaw)) => return Poll::Ready(End::Refused(flaw)),
                    Poll::Ready(Found::Failed(error)) => return Poll::Ready(End::Failed(error)),
                    Poll::Pending => return Poll::Pending,
                }
                hand.lane = Some(Lane::new(Arc::clone(&self.context)));
                self.active.insert(Active::new(&self.context))
            }
        };
        active.poll(&mut self.hand, cx, self.control.closing)
    }

    /// Ready when the server closes and the client asks nothing more. What it has begun to ask is still answered.
    fn poll_last_call(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(last_call) = &mut self.last_call else {
            return Poll::Pending;
        };
        ready!(last_call.as_mut().poll(cx));
        match self.is_engaged() {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }

    /// Ready when the connection has taken too long over something.
    #[inline]
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        ready!(self.timer.poll(cx));
        self.look(cx)
    }

    /// The timer has fired: it is time to look.
    #[cold]
    fn look(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        loop {
            let Some(hand) = self.hand.as_deref() else {
                return Poll::Ready(End::Destroyed);
            };
            let now = Instant::now();
            let until = match self.clock.verdict(self.pulse(hand), now) {
                Verdict::Wait(until) => until,
                Verdict::Rest(until) => {
                    self.rest();
                    until
                }
                Verdict::LateBody(until) => {
                    if let Some(lane) = &hand.lane {
                        lane.late_body();
                    }
                    until
                }
                Verdict::Idle => return Poll::Ready(End::Closed),
                Verdict::LateHead => return Poll::Ready(End::Refused(Flaw::Late)),
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
            ready!(self.timer.poll(cx));
        }
    }

    /// Whether somebody listens, and decides what becomes of a silent connection.
    fn tell_silence(&self) -> bool {
        let socket = &self.context.socket;
        let by_socket = socket.emit(event::Timeout, &());
        self.context.service.emitter.emit(event::Timeout, socket) || by_socket
    }

    fn pulse(&self, hand: &Hand) -> Pulse {
        let traffic = hand.line.traffic();
        let (activity, request) = match self.activity(hand) {
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

    /// What the connection is at, unless it is idle.
    fn activity(&self, hand: &Hand) -> Option<Activity> {
        match hand.lane.as_deref().filter(|lane| lane.is_busy()) {
            Some(lane) if lane.is_arriving() => Some(Activity::Body),
            Some(_) => Some(Activity::Busy),
            None => {
                let active = self.active.as_deref().filter(|active| active.done);
                active.map(|_| Activity::Busy)
            }
        }
    }

    /// Lets go of everything that an idle connection does not need.
    fn rest(&mut self) {
        self.active = None;
        if let Some(hand) = &mut self.hand {
            hand.lane = None;
            hand.line.shrink();
        }
    }
}

/// hyper, while there are requests.
struct Active {
    http: http1::Connection<Io, Requests>,
    half_open: bool,
    /// hyper was told that there are no more requests.
    shut: bool,
    /// hyper is done; what is gathered is still to be sent.
    done: bool,
    /// Why, if not because the client is.
    error: Option<hyper::Error>,
}

impl Active {
    #[cold]
    fn new(context: &ConnectionContext) -> Box<Self> {
        Box::new(Self {
            http: http1(&context.limits).serve_connection(Io, Requests),
            half_open: context.limits.half_open,
            shut: false,
            done: false,
            error: None,
        })
    }

    fn poll(
        &mut self,
        place: &mut Option<Box<Hand>>,
        cx: &mut Context<'_>,
        closing: bool,
    ) -> Poll<End> {
        let running = !self.done;
        if running {
            if let Some(hand) = place.as_deref_mut() {
                if closing && !self.shut {
                    self.close(hand);
                }
                hand.poll_body(cx);
            }
            self.poll_http(place, cx);
        }
        let Some(Hand {
            line,
            lane: Some(lane),
        }) = place.as_deref_mut()
        else {
            return Poll::Ready(End::Destroyed);
        };
        if running {
            lane.settle(cx);
            if let Some((protocol, request)) = lane.take_handover() {
                return Poll::Ready(End::PendingUpgrade(protocol, Box::new(request)));
            }
        }
        if line.is_destroyed() {
            return Poll::Ready(End::Destroyed);
        }
        match line.poll_send(cx) {
            Poll::Ready(Ok(())) if line.is_writing() => {}
            Poll::Ready(Ok(())) => lane.sent(),
            Poll::Ready(Err(error)) => return Poll::Ready(End::Failed(error)),
            Poll::Pending if self.done => return Poll::Pending,
            Poll::Pending => {}
        }
        match self.done {
            true => Poll::Ready(self.end(line)),
            false if lane.is_busy() => self.watch(line, cx),
            false => Poll::Pending,
        }
    }

    fn poll_http(&mut self, hand: &mut Option<Box<Hand>>, cx: &mut Context<'_>) {
        let http = Pin::new(&mut self.http);
        if let Poll::Ready(end) = in_hand::lend(hand, || http.poll(cx)) {
            self.done = true;
            self.error = end.err();
        }
    }

    /// While a request is answered nobody reads: sees whether its client is still there.
    fn watch(&self, line: &mut Line, cx: &mut Context<'_>) -> Poll<End> {
        match line.poll_watch(cx) {
            Err(error) => Poll::Ready(End::Failed(error)),
            Ok(ended) if ended && !self.half_open => Poll::Ready(End::Gone),
            Ok(_) => Poll::Pending,
        }
    }

    /// Says with the next answer that it is the last one. hyper, if it is idle, would not wait for that.
    fn close(&mut self, hand: &mut Hand) {
        if let Some(lane) = &mut hand.lane {
            lane.close();
        }
        if hand.is_busy() {
            self.shut = true;
            Pin::new(&mut self.http).graceful_shutdown();
        }
    }

    fn end(&mut self, line: &Line) -> End {
        let refused = line.flaw().filter(|_| !line.was_started());
        if let Some(flaw) = refused {
            return End::Refused(flaw);
        }
        match self.error.take() {
            Some(error) if error.is_parse_too_large() => End::Refused(Flaw::TooManyHeaders),
            Some(error) if error.is_parse() => End::Refused(Flaw::NotHttp),
            _ => End::Closed,
        }
    }
}

/// How much of a body that is on its way hyper may hold before it takes the next part, in bytes.
const BUFFERED: usize = 64 * 1024;

/// How long the excerpt of a head may be, in bytes, however long a head. It has a URL, which is no longer than 64 KiB, and
/// headers that are short. As much more may hyper hold of a body: it knows no difference.
const EXCERPT: usize = 256 * 1024;

fn http1(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    // A head is whole when hyper gets it, and in time; a client that sends no more is the clock's business. Never
    // `pipeline_flush`: it holds answers back.
    http.max_header_size(limits.header_size.max(1))
        .max_buf_size(limits.header_size.min(EXCERPT) + BUFFERED)
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

    #[inline]
    fn call(&self, request: hyper::Request<Incoming>) -> Answer {
        if let Some(mut hand) = in_hand::take() {
            hand.start(request);
            in_hand::put(hand);
        }
        Answer
    }
}

/// The answer to come.
struct Answer;

impl Future for Answer {
    type Output = Answered;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Answered> {
        let Some(mut hand) = in_hand::take() else {
            return Poll::Pending;
        };
        let answered = hand.poll_answer(cx);
        in_hand::put(hand);
        answered
    }
}

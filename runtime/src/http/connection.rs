//! One connection, from its first byte to its last: the only place that drives hyper.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderValue, header};
use hyper::body::Incoming;
use hyper::rt::Write;
use hyper::server::conn::http1;
use hyper::service::Service;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep};

use super::clock::{Clock, Verdict};
use super::event;
use super::exchange::lock;
use super::handler::Handler;
use super::io::{Io, Meter, Stream};
use super::lane::Lane;
use super::limits::{HEADER_COUNT, Limits};
use super::orders::{LAST_CALL, Orders};
use super::outgoing::Outgoing;
use super::server::Visit;

/// Serves a connection until it ends.
pub(crate) async fn serve<H: Handler>(handler: Arc<H>, stream: Stream, visit: Visit) {
    visit.server.emit(event::Connection, &visit.socket);
    let mut orders = visit.orders.clone();
    let mut looked = visit.orders.clone();
    let mut obeyed = visit.given;
    let mut connection = Connection::new(handler, stream, visit);
    let end = loop {
        let new = *orders.borrow_and_update();
        looked.borrow_and_update();
        if new.close_all != obeyed.close_all {
            return;
        }
        connection.obey(obeyed, new);
        obeyed = new;
        let mut changed = pin!(orders.changed());
        let mut watched = false;
        let end = poll_fn(|cx| {
            // Once it was polled, the signal wakes this task: from then on a look at its version is enough.
            let new = match watched {
                true => looked.has_changed().unwrap_or(true),
                false => changed.as_mut().poll(cx).is_ready(),
            };
            watched = true;
            match connection.poll(cx) {
                Poll::Pending if new => Poll::Ready(None),
                poll => poll.map(Some),
            }
        });
        if let Some(end) = end.await {
            break end;
        }
    };
    let io = connection.http.into_parts().io;
    match end {
        End::Late => refuse_late(io).await,
        End::Closed if !obeyed.closing => linger(io).await,
        End::Closed => {}
    }
}

/// Reads on for a while when everything is said. A client that was refused in the middle of its body is still sending
/// it: were the socket closed now, the rest would be answered with a reset, and the refusal might be lost on the way.
/// Whoever has nothing left to send ends this at once.
async fn linger(mut io: Io) {
    const LONGEST: Duration = Duration::from_secs(5);
    let rest = poll_fn(|cx| io.poll_discard(cx));
    // Late or not, the connection ends here.
    let _ = tokio::time::timeout(LONGEST, rest).await;
}

/// How a connection ended.
enum End {
    Closed,
    /// A head did not arrive in time.
    Late,
}

struct Connection<H: Handler> {
    http: http1::Connection<Io, Requests<H>>,
    lane: Arc<Mutex<Lane<H>>>,
    timer: Option<(Clock, Pin<Box<Sleep>>)>,
    /// The server closes: how long a next request is waited for.
    last_call: Option<Pin<Box<Sleep>>>,
    closing: bool,
}

impl<H: Handler> Connection<H> {
    fn new(handler: Arc<H>, stream: Stream, visit: Visit) -> Self {
        let meter = Arc::new(Meter::default());
        let io = Io::new(stream, Arc::clone(&meter));
        let http = http1(&visit.limits);
        let timer = Clock::new(&visit.limits).map(|clock| {
            let first = clock.first_look();
            (clock, Box::pin(tokio::time::sleep(first)))
        });
        let (orders, closing) = (visit.orders.clone(), visit.given.closing);
        let lane = Arc::new(Mutex::new(Lane::new(handler, visit, meter)));
        let requests = Requests {
            lane: Arc::clone(&lane),
            orders,
            closing,
        };
        Self {
            http: http.serve_connection(io, requests),
            lane,
            timer,
            last_call: None,
            closing: false,
        }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        lock(&self.lane).poll_body(cx);
        if self.poll_http(cx).is_ready() {
            return Poll::Ready(End::Closed);
        }
        if self.poll_last_call(cx).is_ready() {
            self.close();
            return self.poll_http(cx).map(|()| End::Closed);
        }
        match self.poll_timer(cx) {
            Poll::Ready(Verdict::Idle) => {
                self.close();
                self.poll_http(cx).map(|()| End::Closed)
            }
            Poll::Ready(_) => Poll::Ready(End::Late),
            Poll::Pending => Poll::Pending,
        }
    }

    fn poll_http(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // An error is the client's: what it sent was answered with a 400, or it has gone.
        let end = Pin::new(&mut self.http).poll(cx).map(|_| ());
        lock(&self.lane).settle();
        end
    }

    /// Ready when the connection has been silent for too long.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<Verdict> {
        let Some((clock, timer)) = &mut self.timer else {
            return Poll::Pending;
        };
        loop {
            ready!(timer.as_mut().poll(cx));
            match clock.verdict(lock(&self.lane).pulse(), Instant::now()) {
                Verdict::Wait(until) => timer.as_mut().reset(until),
                verdict => return Poll::Ready(verdict),
            }
        }
    }

    fn obey(&mut self, before: Orders, now: Orders) {
        let pulse = lock(&self.lane).pulse();
        if now.closing && self.last_call.is_none() {
            let until = pulse.since + LAST_CALL;
            self.last_call = Some(Box::pin(tokio::time::sleep_until(until)));
        }
        if now.close_idle != before.close_idle && !pulse.busy && !pulse.begun {
            self.close();
        }
    }

    /// Ready when the server closes and no request is under way or to come.
    fn poll_last_call(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(last_call) = &mut self.last_call else {
            return Poll::Pending;
        };
        let pulse = lock(&self.lane).pulse();
        if pulse.begun && !pulse.busy {
            return Poll::Pending;
        }
        if !pulse.busy {
            return last_call.as_mut().poll(cx);
        }
        self.close();
        Poll::Pending
    }

    /// Answers the request that is under way, if there is one, and no more.
    fn close(&mut self) {
        if !self.closing {
            self.closing = true;
            Pin::new(&mut self.http).graceful_shutdown();
        }
    }
}

fn http1(limits: &Limits) -> http1::Builder {
    let mut http = http1::Builder::new();
    // Our clock does what hyper's timer would, once per connection in place of once per request. Never
    // `pipeline_flush`: it holds answers back.
    http.max_header_size(limits.header_size)
        .header_read_timeout(None);
    if limits.header_count != HEADER_COUNT {
        http.max_headers(limits.header_count);
    }
    http
}

/// Tells a client that its request took too long to begin, unless an answer is stuck on the way to it.
async fn refuse_late(mut io: Io) {
    const LATE: &[u8] =
        b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    // The socket's buffer takes it whole or the client takes nothing: there is nothing to try again.
    if poll_fn(|cx| Pin::new(&mut io).poll_write(cx, LATE))
        .await
        .is_ok()
    {
        drop(poll_fn(|cx| Pin::new(&mut io).poll_shutdown(cx)).await);
    }
}

/// What hyper calls for every request.
struct Requests<H: Handler> {
    lane: Arc<Mutex<Lane<H>>>,
    orders: watch::Receiver<Orders>,
    /// The server was closing already.
    closing: bool,
}

impl<H: Handler> Service<hyper::Request<Incoming>> for Requests<H> {
    type Response = hyper::Response<Outgoing>;
    type Error = Infallible;
    type Future = Answer<H>;

    fn call(&self, request: hyper::Request<Incoming>) -> Answer<H> {
        lock(&self.lane).start(request);
        let news = self.orders.has_changed().unwrap_or(true);
        Answer {
            lane: Arc::clone(&self.lane),
            last: self.closing || news && self.orders.borrow().closing,
        }
    }
}

/// The answer to come.
struct Answer<H: Handler> {
    lane: Arc<Mutex<Lane<H>>>,
    /// It is the last one of its connection.
    last: bool,
}

impl<H: Handler> Future for Answer<H> {
    type Output = Result<hyper::Response<Outgoing>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        lock(&self.lane).poll_answer(cx).map(|mut answer| {
            if self.last {
                let close = HeaderValue::from_static("close");
                answer.headers_mut().insert(header::CONNECTION, close);
            }
            Ok(answer)
        })
    }
}

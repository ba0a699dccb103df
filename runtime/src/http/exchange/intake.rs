//! How far the body of a request has come: what its reader, its connection and its listeners know of it.

use std::pin::Pin;
use std::sync::MutexGuard;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use hyper::body::Incoming;

use crate::error::Error;
use crate::events::Emitter;
use crate::http::event;
use crate::http::exchange::{Exchange, State, lock};

/// Where the body of a request is.
#[derive(Debug, Default)]
pub(crate) enum Arrival {
    /// All of it has been read, or there is none.
    #[default]
    Complete,
    /// It is here, and its `Body` may read it.
    Here,
    /// It comes, and its `Body` may read it.
    Held,
    /// Its `Body` was dropped before its end.
    Left(Incoming),
    /// It broke, or nobody is going to read it.
    Broken,
}

/// What is known of the request.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    pub(crate) arrival: Arrival,
    /// The time for the request is over, which was so long.
    late: Option<Duration>,
    /// How much of it was thrown away.
    drained: u64,
    /// A 100 was sent by the handler.
    pub(crate) continued: bool,
    /// Who waits for more of the body.
    reader: Option<Waker>,
    /// Who waits for the reader to be done with it.
    keeper: Option<Waker>,
    ended: bool,
    aborted: bool,
    closed: bool,
}

impl Intake {
    /// Whether the body is neither read nor given up.
    fn is_due(&self) -> bool {
        matches!(self.arrival, Arrival::Here) || self.is_coming()
    }

    fn is_coming(&self) -> bool {
        matches!(self.arrival, Arrival::Held | Arrival::Left(_))
    }

    /// Whether the connection cannot serve another request behind this one.
    #[inline]
    pub(crate) fn is_last(&mut self, drain_limit: u64) -> bool {
        match &self.arrival {
            Arrival::Complete | Arrival::Here | Arrival::Held => false,
            Arrival::Broken => true,
            Arrival::Left(rest) => {
                let last = rest.size_hint().lower() > drain_limit;
                if last {
                    self.arrival = Arrival::Broken;
                }
                last
            }
        }
    }
}

/// What becomes of a request without its body, told once the state is unlocked.
struct Ends {
    end: bool,
    close: bool,
}

/// The `Request`'s and its `Body`'s side.
impl Exchange {
    pub(crate) fn requests(&self) -> &Emitter<event::RequestEvents> {
        &self.request
    }

    /// There is a body, which is here or comes.
    pub(crate) fn has_body(&self, arrival: Arrival) {
        lock(&self.state).intake.arrival = arrival;
    }

    /// Whether all of the request has been read.
    pub(crate) fn complete(&self) -> bool {
        matches!(lock(&self.state).intake.arrival, Arrival::Complete)
    }

    /// Ready with the time it had, if the body is late.
    pub(crate) fn poll_late(&self, cx: &Context<'_>) -> Poll<Duration> {
        let intake = &mut lock(&self.state).intake;
        if let Some(timeout) = intake.late {
            return Poll::Ready(timeout);
        }
        store(&mut intake.reader, cx);
        Poll::Pending
    }

    pub(crate) fn body_came(&self, chunk: &Bytes) {
        self.request.emit(event::Data, chunk);
    }

    /// The body was read to its end.
    pub(crate) fn body_ended(&self) {
        let mut state = lock(&self.state);
        state.intake.arrival = Arrival::Complete;
        let tell = !std::mem::replace(&mut state.intake.ended, true);
        let ends = self.read_no_more(state);
        if tell {
            self.request.emit(event::End, &());
        }
        self.tell_ends(ends);
    }

    /// The body cannot be read on. `cut`: nor can anybody else read it.
    pub(crate) fn body_failed(&self, error: &Error, cut: bool) {
        let mut state = lock(&self.state);
        if cut {
            state.intake.arrival = Arrival::Broken;
        }
        let aborted = cut && !std::mem::replace(&mut state.intake.aborted, true);
        let ends = self.read_no_more(state);
        if aborted {
            self.request.emit(event::Aborted, &());
        }
        self.request.emit(event::Error, error);
        self.tell_ends(ends);
    }

    /// The `Body` was dropped before its end. `asked`: the client was asked for it, or needs not to be.
    pub(crate) fn body_left(&self, rest: Incoming, asked: bool) {
        let mut state = lock(&self.state);
        // A client that still waits for a 100 need not send the body any more, and nobody can tell whether it does.
        let comes = asked || state.intake.continued;
        state.intake.arrival = match comes {
            true => Arrival::Left(rest),
            false => Arrival::Broken,
        };
        let ends = self.read_no_more(state);
        self.tell_ends(ends);
    }

    /// Who waits for the reader to be done with the body learns that it is: what the state, as it is now, is the end of.
    fn read_no_more(&self, mut state: MutexGuard<'_, State>) -> Ends {
        let keeper = state.intake.keeper.take();
        let ends = state.settle(self.is_over());
        drop(state);
        wake(keeper);
        ends
    }

    /// Tells of what the state, as it is now, is the end of.
    fn settle(&self, mut state: MutexGuard<'_, State>) {
        let ends = state.settle(self.is_over());
        drop(state);
        self.tell_ends(ends);
    }

    fn tell_ends(&self, ends: Ends) {
        if ends.end {
            self.request.emit(event::End, &());
        }
        if ends.close {
            self.request.emit(event::Close, &());
        }
    }
}

impl State {
    /// A request is closed when it is answered and its body is over.
    fn settle(&mut self, over: bool) -> Ends {
        let intake = &mut self.intake;
        if !over || intake.closed || intake.is_due() {
            return Ends {
                end: false,
                close: false,
            };
        }
        intake.closed = true;
        let complete = matches!(intake.arrival, Arrival::Complete);
        Ends {
            end: complete && !std::mem::replace(&mut intake.ended, true),
            close: true,
        }
    }
}

/// The connection's side.
impl Exchange {
    /// The answer was handed to the operating system, to its last byte. Called again, or of an answer that is not
    /// complete, it does nothing.
    pub(crate) fn finished(&self) {
        let mut state = lock(&self.state);
        if self.is_over() || !state.is_sent() {
            return;
        }
        self.over.store(true, Ordering::Release);
        let ends = state.settle(self.is_over());
        drop(state);
        self.response.emit(event::Finish, &());
        self.response.emit(event::Close, &());
        self.tell_ends(ends);
    }

    /// The same, of an answer that was whole when its head went out, to a request without a body: nobody but the connection
    /// has to do with it any more.
    pub(crate) fn finished_simple(&self) {
        self.over.store(true, Ordering::Release);
        self.response.emit(event::Finish, &());
        self.response.emit(event::Close, &());
        self.request.emit(event::End, &());
        self.request.emit(event::Close, &());
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::Acquire)
    }

    /// Whether the body of the request is still to come.
    pub(crate) fn arriving(&self) -> bool {
        lock(&self.state).intake.is_coming()
    }

    /// The request had `timeout` to arrive, and has not.
    pub(crate) fn body_late(&self, timeout: Duration) {
        let mut state = lock(&self.state);
        state.intake.late = Some(timeout);
        let (reader, keeper) = (state.intake.reader.take(), state.intake.keeper.take());
        drop(state);
        wake(reader);
        wake(keeper);
    }

    /// Reads and throws away what its handler left of the body. `true`: all is gone; `false`: it is too much, or
    /// broken, and the connection has to be closed.
    pub(crate) fn poll_leftover(&self, cx: &mut Context<'_>) -> Poll<bool> {
        let mut state = lock(&self.state);
        let mut rest = match std::mem::take(&mut state.intake.arrival) {
            Arrival::Complete => return Poll::Ready(true),
            arrival @ (Arrival::Here | Arrival::Broken) => {
                let is_here = matches!(arrival, Arrival::Here);
                state.intake.arrival = arrival;
                return Poll::Ready(is_here);
            }
            Arrival::Held => {
                state.intake.arrival = Arrival::Held;
                store(&mut state.intake.keeper, cx);
                return Poll::Pending;
            }
            Arrival::Left(rest) => rest,
        };
        store(&mut state.intake.keeper, cx);
        let late = state.intake.late.is_some();
        let mut drained = state.intake.drained;
        drop(state);
        let drained_all = if late {
            Poll::Ready(false)
        } else {
            drain(&mut rest, &mut drained, self.asked.drain_limit, cx)
        };
        let mut state = lock(&self.state);
        state.intake.drained = drained;
        state.intake.arrival = match drained_all {
            Poll::Pending => Arrival::Left(rest),
            Poll::Ready(true) => Arrival::Complete,
            Poll::Ready(false) => Arrival::Broken,
        };
        self.settle(state);
        drained_all
    }

    /// What is left of the body has come, and nobody reads it: its `Body` was dropped when it was here, or the next request
    /// is. (hyper does not tell the end of one with trailers behind an answer that is sent.)
    pub(crate) fn pass(&self) {
        let mut state = lock(&self.state);
        if matches!(state.intake.arrival, Arrival::Here | Arrival::Left(_)) {
            state.intake.arrival = Arrival::Complete;
            self.settle(state);
        }
    }

    /// The connection has ended.
    pub(crate) fn leave(&self) {
        self.unread();
        let mut state = lock(&self.state);
        if self.over.swap(true, Ordering::AcqRel) {
            return;
        }
        let intake = &mut state.intake;
        let aborted = !std::mem::replace(&mut intake.aborted, true);
        let closed = !std::mem::replace(&mut intake.closed, true);
        drop(state);
        if aborted {
            self.request.emit(event::Aborted, &());
            self.request
                .emit_with(event::Error, || Error::bad_request(GONE));
        }
        if closed {
            self.request.emit(event::Close, &());
        }
        self.response.emit(event::Close, &());
    }
}

/// What is said of a client that nobody can reach any more.
pub(crate) const GONE: &str = "the client has gone";

fn drain(rest: &mut Incoming, drained: &mut u64, limit: u64, cx: &mut Context<'_>) -> Poll<bool> {
    // Behind an answer that is sent, hyper does not tell the end of a body whose length is known.
    while !rest.is_end_stream() {
        match Pin::new(&mut *rest).poll_frame(cx) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(None) => return Poll::Ready(true),
            Poll::Ready(Some(Err(_))) => return Poll::Ready(false),
            Poll::Ready(Some(Ok(frame))) => {
                *drained += frame.data_ref().map_or(0, Bytes::len) as u64;
                if *drained > limit {
                    return Poll::Ready(false);
                }
            }
        }
    }
    Poll::Ready(true)
}

fn store(place: &mut Option<Waker>, cx: &Context<'_>) {
    match place {
        Some(waker) => waker.clone_from(cx.waker()),
        None => *place = Some(cx.waker().clone()),
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_reader_and_a_leftover_learn_that_a_body_is_late() {
        let exchange = Exchange::detached();
        exchange.has_body(Arrival::Held);
        assert!(exchange.arriving() && !exchange.complete());
        let mut cx = Context::from_waker(Waker::noop());
        assert!(exchange.poll_late(&cx).is_pending());
        assert!(exchange.poll_leftover(&mut cx).is_pending());
        exchange.body_late(Duration::from_secs(7));
        assert_eq!(exchange.poll_late(&cx), Poll::Ready(Duration::from_secs(7)));
        exchange.body_failed(&Error::bad_request("late"), true);
        assert_eq!(exchange.poll_leftover(&mut cx), Poll::Ready(false));
        assert!(!exchange.arriving() && !exchange.complete());
    }
}

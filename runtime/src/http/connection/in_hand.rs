//! The connection that this thread polls.
//!
//! hyper owns the service that it calls and the stream that it reads, and gives nobody a way to them. So a connection lends
//! what it has to the thread while it polls hyper, and they find it there: it has one owner at any time, and needs no lock.

use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::task::{Context, Poll};

use hyper::body::Incoming;

use crate::http::connection::transport::Line;
use crate::http::exchange::lane::{Answered, Lane};

/// What a connection has, but for hyper.
pub(crate) struct Hand {
    pub(crate) line: Line,
    /// While there are requests.
    pub(crate) lane: Option<Box<Lane>>,
}

impl Hand {
    /// Whether there is a request, or an answer that is not sent yet.
    pub(crate) fn is_busy(&self) -> bool {
        self.lane.as_deref().is_some_and(Lane::is_busy) || self.line.is_writing()
    }

    pub(crate) fn start(&mut self, request: hyper::Request<Incoming>) {
        if let Some(lane) = &mut self.lane {
            lane.start(&mut self.line, request);
        }
    }

    pub(crate) fn poll_answer(&mut self, cx: &mut Context<'_>) -> Poll<Answered> {
        match &mut self.lane {
            Some(lane) => lane.poll_answer(&mut self.line, cx),
            None => Poll::Pending,
        }
    }

    pub(crate) fn poll_body(&mut self, cx: &mut Context<'_>) {
        if let Some(lane) = &mut self.lane {
            lane.poll_body(cx);
        }
    }
}

thread_local! {
    /// A thread does not see to it that it is dropped, and need not: whoever lends a hand takes it back.
    static IN_HAND: Cell<Option<ManuallyDrop<Box<Hand>>>> = const { Cell::new(None) };
}

/// Puts it in hand: what was there before.
fn take_up(hand: Option<Box<Hand>>) -> Option<Box<Hand>> {
    let before = IN_HAND.replace(hand.map(ManuallyDrop::new));
    before.map(ManuallyDrop::into_inner)
}

/// Lends the hand to what is called here. A connection may be polled within the poll of another.
#[inline]
pub(crate) fn lend<T>(hand: &mut Option<Box<Hand>>, call: impl FnOnce() -> T) -> T {
    let before = take_up(hand.take());
    let _lent = Lent { hand, before };
    call()
}

/// A hand that goes back to its owner, also when what it was lent to panics.
struct Lent<'a> {
    hand: &'a mut Option<Box<Hand>>,
    before: Option<Box<Hand>>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        *self.hand = take_up(self.before.take());
    }
}

/// The hand that was lent, for a moment; `None`: none was.
pub(crate) fn take() -> Option<Box<Hand>> {
    take_up(None)
}

/// Puts it back, where there is none: it was taken.
pub(crate) fn put(hand: Box<Hand>) {
    IN_HAND.set(Some(ManuallyDrop::new(hand)));
}

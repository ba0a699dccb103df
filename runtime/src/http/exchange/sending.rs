//! The connection's side of an exchange: the answer on its way out.

use std::sync::{Arc, MutexGuard};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderValue, StatusCode, Version, header};
use http_body::Frame;

use super::{Asked, Exchange, HIGH_WATER, Reader, State, Writer, lock, wake};
use crate::error::{Error, ErrorReply};
use crate::http::answer::Head;
use crate::http::event;
use crate::http::map;
use crate::http::outgoing::Outgoing;
use crate::http::response::Response;
use crate::http::sent::Sent;
use crate::reply::Reply;

impl Exchange {
    /// The answer as soon as its head may go out. `running`: the handler is not through, it waits. `last`: there are no
    /// more requests on this connection.
    pub(crate) fn poll_answer(
        self: &Arc<Self>,
        running: bool,
        last: bool,
        cx: &Context<'_>,
    ) -> Poll<(Head, Outgoing)> {
        let mut state = lock(&self.state);
        state.handled |= !running;
        if let (Writer::Dropped { wrote, panicked }, false) = (state.writer, running) {
            if wrote && !panicked && state.untrue().is_none() {
                state.writer = Writer::Ended;
            } else {
                state = self.answer_nothing(state, panicked);
            }
        }
        match state.writer {
            Writer::Ended | Writer::Writing | Writer::Dropped { wrote: true, .. } => {
                Poll::Ready(self.answer(&mut state, last))
            }
            Writer::Open | Writer::Dropped { .. } => {
                state.sender = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    #[inline]
    fn answer(self: &Arc<Self>, state: &mut State, last: bool) -> (Head, Outgoing) {
        let trailed = state.trailers.is_some() && state.length.is_none();
        let body = if state.streamed || trailed || self.is_encoded(state) {
            state.reader = Reader::Sending;
            Outgoing::streamed(Arc::clone(self))
        } else {
            state.reader = Reader::Done;
            state.whole()
        };
        if state.intake.is_last(self.asked.drain_limit) || last {
            map::set(
                &mut state.head.headers,
                header::CONNECTION,
                HeaderValue::from_static("close"),
            );
        }
        (state.head.take(), body)
    }

    /// Whether hyper is to encode the body for its way, as the handler says. For HTTP/1.0 there is no such thing.
    fn is_encoded(&self, state: &State) -> bool {
        state.head.is_encoded() && self.asked.version >= Version::HTTP_11
    }

    /// The next part of the body; `None` at its end.
    pub(crate) fn poll_frame(&self, cx: &Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let mut state = lock(&self.state);
        if let Some(chunk) = state.body.pop() {
            if state.body.len() <= HIGH_WATER {
                let drained = std::mem::take(&mut state.full);
                wake(state.producer.take(), state);
                if drained {
                    self.response.emit(event::Drain, &());
                }
            }
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        match state.writer {
            _ if state.cut => return Poll::Ready(Some(Err(Cut))),
            Writer::Ended => {}
            Writer::Dropped { panicked, .. } if state.handled => {
                let untrue = state.untrue();
                if panicked || untrue.is_some() {
                    state.cut = true;
                    drop(state);
                    if let Some(error) = untrue {
                        self.report(&error);
                    }
                    return Poll::Ready(Some(Err(Cut)));
                }
            }
            _ => {
                state.sender = Some(cx.waker().clone());
                return Poll::Pending;
            }
        }
        if let Some(trailers) = state.trailers.take() {
            return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
        }
        state.reader = Reader::Done;
        Poll::Ready(None)
    }

    /// Nobody reads what is written from now on.
    pub(crate) fn unread(&self) {
        let mut state = lock(&self.state);
        if state.is_handed_out() {
            state.reader = Reader::Done;
            // Its handler may not have said so yet, and goes on until it does.
            state.writer = Writer::Ended;
        }
        if state.reader != Reader::Done {
            state.reader = Reader::Gone;
            state.body.clear();
        }
        wake(state.producer.take(), state);
    }

    /// The answer is complete, sent or not.
    pub(crate) fn ended(&self) -> bool {
        lock(&self.state).writer == Writer::Ended
    }

    /// The answer was sent, or nobody reads it any more.
    pub(crate) fn left(&self) -> bool {
        matches!(lock(&self.state).reader, Reader::Done | Reader::Gone)
    }

    /// The handler returned.
    pub(crate) fn handled(&self) {
        let mut state = lock(&self.state);
        state.handled = true;
        wake(state.sender.take(), state);
    }

    /// The handler failed. The failure is the answer if there is none yet; what has begun already is cut.
    pub(crate) fn failed(self: &Arc<Self>, failure: Failure<'_>) {
        let mut state = lock(&self.state);
        state.handled = true;
        let begun = state.reader != Reader::Waiting;
        match state.writer {
            Writer::Dropped { .. } if !begun => {
                drop(self.answer_failure(state, failure));
            }
            writer => {
                state.cut = begun && matches!(writer, Writer::Dropped { .. });
                wake(state.sender.take(), state);
                self.tell(failure);
            }
        }
    }

    /// Answers for a response that was dropped.
    #[cold]
    fn answer_nothing<'a>(
        self: &'a Arc<Self>,
        state: MutexGuard<'a, State>,
        panicked: bool,
    ) -> MutexGuard<'a, State> {
        let failure = Failure::new(state.unanswered(panicked));
        self.answer_failure(state, failure)
    }

    /// Answers with `failure`, on the head that was put back.
    fn answer_failure<'a>(
        self: &'a Arc<Self>,
        mut state: MutexGuard<'a, State>,
        failure: Failure<'_>,
    ) -> MutexGuard<'a, State> {
        let head = std::mem::take(&mut state.head);
        state.restart();
        drop(state);
        drop((failure.reply)(Response::on(Arc::clone(self), head)));
        let state = lock(&self.state);
        let is_silent = state.head.status.is_server_error() && !state.reported;
        if let Some(description) = failure.description.filter(|_| is_silent) {
            let error = Error::new(state.head.status, description);
            drop(state);
            self.report(&error);
            return lock(&self.state);
        }
        state
    }

    /// Reports a failure that cannot be the answer any more: what it would have answered says how bad it is.
    fn tell(&self, failure: Failure<'_>) {
        let reporter = self.reporter.clone();
        let wire = Arc::clone(&self.wire);
        let aside = Arc::new(Self::made(Reader::Nobody, reporter, wire, Asked::default()));
        drop(aside.answer_failure(lock(&aside.state), failure));
    }
}

/// Why a handler failed, whatever type that is.
pub(crate) struct Failure<'a> {
    /// What is reported for a 5xx; `None` if that is done elsewhere.
    description: Option<String>,
    reply: Box<dyn FnOnce(Response) -> Sent + 'a>,
}

impl<'a> Failure<'a> {
    pub(crate) fn new<R: ErrorReply + 'a>(failure: R) -> Self {
        let description = (!R::REPORTS_ITSELF).then(|| failure.description());
        Self {
            description,
            ..Self::reported(failure)
        }
    }

    /// A failure that was reported before.
    pub(crate) fn reported<R: Reply + 'a>(failure: R) -> Self {
        Self {
            description: None,
            reply: Box::new(move |res| failure.reply(res)),
        }
    }
}

impl State {
    /// Forgets what was written: another answer takes its place.
    pub(super) fn restart(&mut self) {
        self.writer = Writer::Open;
        self.body.clear();
        self.trailers = None;
        self.streamed = false;
        self.length = None;
        self.written = 0;
    }

    /// An answer that is complete before its head goes out.
    fn whole(&mut self) -> Outgoing {
        let body = self.body.join();
        if !self.head.has_body() || self.head_only && self.length.is_some() {
            return Outgoing::Whole(Bytes::new());
        }
        Outgoing::Whole(body)
    }

    /// Why a response that was dropped is an error.
    fn unanswered(&self, panicked: bool) -> Error {
        if panicked {
            let what = "a task panicked while it held the response";
            return Error::new(StatusCode::INTERNAL_SERVER_ERROR, what);
        }
        self.untrue().unwrap_or_else(Error::not_found)
    }
}

/// What the connection is told when an answer breaks off.
#[derive(Debug)]
pub(crate) struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the handler failed in the middle of its answer")
    }
}

impl std::error::Error for Cut {}

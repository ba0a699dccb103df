//! One request's answer, shared by the [`Response`] that writes it and the connection that sends it.
//!
//! ```text
//! Response ── begin, push, end ──▶ Exchange ──▶ poll_answer (the head) ──▶ Outgoing (the body)
//!          ◀── poll_room ────────          ◀── leave (the client is gone)
//! ```

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};

use super::outgoing::Outgoing;
use super::response::Response;
use super::server::Reporter;
use crate::error::Error;
use crate::reply::Reply;

/// How much may wait for the client before an awaited `write` waits as well: Node's `highWaterMark`.
const HIGH_WATER: usize = 64 * 1024;

/// Status and headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// Whether an answer with this status may have a body.
    fn has_body(&self) -> bool {
        !matches!(
            self.status,
            StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
        )
    }
}

/// How far the `Response` got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writer {
    /// Nothing is decided; the head is the `Response`'s own.
    Open,
    /// The head is fixed, the body grows.
    Writing,
    Ended,
    /// Dropped before it ended; the head was put back.
    Dropped {
        wrote: bool,
        panicked: bool,
    },
}

/// How far the connection got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    /// There is none: a `Response` made by hand.
    Nobody,
    /// It waits for the head.
    Waiting,
    /// It has the head and sends the body.
    Sending,
    /// It has everything.
    Done,
    /// The client left, or reads no further.
    Gone,
}

/// The parts of the body that wait to be sent. One part, the usual case, needs no allocation.
#[derive(Debug, Default)]
struct Queue {
    first: Bytes,
    more: VecDeque<Bytes>,
    len: usize,
}

impl Queue {
    fn push(&mut self, chunk: Bytes) {
        if chunk.is_empty() {
            return;
        }
        self.len += chunk.len();
        if self.first.is_empty() {
            self.first = chunk;
        } else {
            self.more.push_back(chunk);
        }
    }

    fn pop(&mut self) -> Option<Bytes> {
        if self.first.is_empty() {
            return None;
        }
        let next = self.more.pop_front().unwrap_or_default();
        let chunk = std::mem::replace(&mut self.first, next);
        self.len -= chunk.len();
        Some(chunk)
    }

    /// All of it in one piece.
    fn join(&mut self) -> Bytes {
        if self.more.is_empty() {
            self.len = 0;
            return std::mem::take(&mut self.first);
        }
        let mut all = BytesMut::with_capacity(self.len);
        while let Some(chunk) = self.pop() {
            all.extend_from_slice(&chunk);
        }
        all.freeze()
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

#[derive(Debug)]
struct State {
    writer: Writer,
    reader: Reader,
    head: Head,
    body: Queue,
    /// The request is a HEAD: its answer has the headers of a body and no body.
    head_only: bool,
    /// The handler's future has ended: a `Response` that is dropped now will not be answered for it.
    handled: bool,
    /// The answer cannot be completed: the connection has to be cut.
    cut: bool,
    /// A 5xx was reported for this request already.
    reported: bool,
    /// Who waits for something to send.
    sender: Option<Waker>,
    /// Who waits for room in the queue.
    producer: Option<Waker>,
}

impl State {
    fn new(reader: Reader, head_only: bool) -> Self {
        Self {
            writer: Writer::Open,
            reader,
            head_only,
            head: Head::default(),
            body: Queue::default(),
            handled: false,
            cut: false,
            reported: false,
            sender: None,
            producer: None,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Exchange {
    state: Mutex<State>,
    reporter: Option<Reporter>,
}

/// Locks. Panics of users' code are caught where they come up, so that what a lock protects is whole even if it is
/// poisoned.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The `Response`'s side.
impl Exchange {
    /// An exchange that nobody reads: for a `Response` made by hand.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::new(Reader::Nobody, false)),
            reporter: None,
        })
    }

    /// Fixes the head.
    pub(crate) fn begin(&self, head: Head) {
        let mut state = lock(&self.state);
        state.head = head;
        state.writer = Writer::Writing;
        wake(state.sender.take(), state);
    }

    pub(crate) fn push(&self, chunk: Bytes) {
        let mut state = lock(&self.state);
        if state.reader != Reader::Gone {
            state.body.push(chunk);
        }
        wake(state.sender.take(), state);
    }

    /// Ends the body; `head` where it was not fixed before.
    pub(crate) fn end(&self, head: Option<Head>, last: Bytes) {
        let mut state = lock(&self.state);
        if let Some(head) = head {
            state.head = head;
        }
        if state.reader != Reader::Gone {
            state.body.push(last);
        }
        state.writer = Writer::Ended;
        wake(state.sender.take(), state);
    }

    /// The `Response` was dropped before it ended: an error answer may still need the head.
    pub(crate) fn put_back(&self, head: Option<Head>) {
        let mut state = lock(&self.state);
        state.writer = Writer::Dropped {
            wrote: head.is_none(),
            panicked: std::thread::panicking(),
        };
        if let Some(head) = head {
            state.head = head;
        }
        wake(state.sender.take(), state);
    }

    /// Ready as soon as the client has taken enough of what was written.
    pub(crate) fn poll_room(&self, cx: &Context<'_>) -> Poll<Result<(), Error>> {
        let mut state = lock(&self.state);
        match state.reader {
            Reader::Gone => Poll::Ready(Err(Error::bad_request("the client has gone"))),
            Reader::Waiting | Reader::Sending if state.body.len > HIGH_WATER => {
                state.producer = Some(cx.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(Ok(())),
        }
    }

    /// Tells the server's listeners of an error, the log where there is none.
    pub(crate) fn report(&self, error: &Error) {
        lock(&self.state).reported = true;
        match &self.reporter {
            Some(reporter) => reporter.report(error),
            None => eprintln!("{error}"),
        }
    }
}

/// Wakes after the lock is released: a waker may run anything.
fn wake(waker: Option<Waker>, state: MutexGuard<'_, State>) {
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// The connection's side.
impl Exchange {
    pub(crate) fn new(reporter: Reporter, head_only: bool) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::new(Reader::Waiting, head_only)),
            reporter: Some(reporter),
        })
    }

    /// Makes it ready for the next request, if nobody holds it any more.
    pub(crate) fn renew(this: &mut Arc<Self>, head_only: bool) -> bool {
        match Arc::get_mut(this) {
            Some(exchange) => {
                let state = exchange.state.get_mut();
                *state.unwrap_or_else(PoisonError::into_inner) =
                    State::new(Reader::Waiting, head_only);
                true
            }
            None => false,
        }
    }

    /// The answer as soon as its head may go out. `running`: the handler is not through, it waits.
    pub(crate) fn poll_answer(
        self: &Arc<Self>,
        running: bool,
        cx: &Context<'_>,
    ) -> Poll<hyper::Response<Outgoing>> {
        let mut state = lock(&self.state);
        if let (Writer::Dropped { wrote, panicked }, false) = (state.writer, running) {
            if wrote && !panicked {
                state.writer = Writer::Ended;
            } else {
                let failure = unanswered(panicked);
                state = self.answer_failure(state, failure);
            }
        }
        match state.writer {
            Writer::Ended => Poll::Ready(whole(&mut state)),
            Writer::Writing | Writer::Dropped { wrote: true, .. } => {
                Poll::Ready(streamed(&mut state, Arc::clone(self)))
            }
            Writer::Open | Writer::Dropped { .. } => {
                state.sender = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// The next part of the body; `None` at its end.
    pub(crate) fn poll_chunk(&self, cx: &Context<'_>) -> Poll<Option<Result<Bytes, Cut>>> {
        let mut state = lock(&self.state);
        if let Some(chunk) = state.body.pop() {
            if state.body.len <= HIGH_WATER {
                wake(state.producer.take(), state);
            }
            return Poll::Ready(Some(Ok(chunk)));
        }
        match state.writer {
            _ if state.cut => Poll::Ready(Some(Err(Cut))),
            Writer::Ended => {
                state.reader = Reader::Done;
                Poll::Ready(None)
            }
            Writer::Dropped { panicked, .. } if state.handled => {
                state.reader = Reader::Done;
                Poll::Ready(if panicked { Some(Err(Cut)) } else { None })
            }
            _ => {
                state.sender = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    /// Nobody reads what is written from now on.
    pub(crate) fn leave(&self) {
        let mut state = lock(&self.state);
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
    pub(crate) fn failed<R: Reply>(self: &Arc<Self>, failure: R) {
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

    /// Answers with `failure`, on the head that was put back.
    fn answer_failure<'a, R: Reply>(
        self: &'a Arc<Self>,
        mut state: MutexGuard<'a, State>,
        failure: R,
    ) -> MutexGuard<'a, State> {
        state.body.clear();
        state.writer = Writer::Open;
        let head = std::mem::take(&mut state.head);
        drop(state);
        drop(failure.reply(Response::on(Arc::clone(self), head)));
        let state = lock(&self.state);
        if state.head.status.is_server_error() && !state.reported {
            let error = unnamed::<R>(state.head.status);
            drop(state);
            self.report(&error);
            return lock(&self.state);
        }
        state
    }

    /// Reports a failure that cannot be the answer any more: what it would have answered says how bad it is.
    fn tell<R: Reply>(&self, failure: R) {
        let aside = Arc::new(Self {
            state: Mutex::new(State::new(Reader::Nobody, false)),
            reporter: self.reporter.clone(),
        });
        drop(aside.answer_failure(lock(&aside.state), failure));
    }
}

/// What a test reads of an answer.
impl Exchange {
    pub(crate) fn head(&self) -> Head {
        lock(&self.state).head.clone()
    }

    pub(crate) fn status(&self) -> StatusCode {
        lock(&self.state).head.status
    }

    pub(crate) fn body(&self) -> Bytes {
        let mut state = lock(&self.state);
        let body = state.body.join();
        state.body.push(body.clone());
        body
    }
}

/// An answer that is complete before its head goes out.
fn whole(state: &mut State) -> hyper::Response<Outgoing> {
    state.reader = Reader::Done;
    let body = state.body.join();
    let mut response = hyper::Response::new(Outgoing::Whole(Bytes::new()));
    *response.status_mut() = state.head.status;
    *response.headers_mut() = std::mem::take(&mut state.head.headers);
    let headers = response.headers_mut();
    if !state.head.has_body() {
        headers.remove(header::TRANSFER_ENCODING);
        if state.head.status == StatusCode::NO_CONTENT {
            headers.remove(header::CONTENT_LENGTH);
        }
        return response;
    }
    if !(state.head_only && body.is_empty()) && headers.contains_key(header::CONTENT_LENGTH) {
        // A length that is not true would end the answer inside the next one: hyper writes the true one.
        headers.remove(header::CONTENT_LENGTH);
    }
    *response.body_mut() = Outgoing::Whole(body);
    response
}

/// An answer whose body is still being written.
fn streamed(state: &mut State, exchange: Arc<Exchange>) -> hyper::Response<Outgoing> {
    state.reader = Reader::Sending;
    let mut response = hyper::Response::new(Outgoing::streamed(exchange));
    *response.status_mut() = state.head.status;
    *response.headers_mut() = std::mem::take(&mut state.head.headers);
    response
}

fn unanswered(panicked: bool) -> Error {
    if panicked {
        Error::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "a task panicked while it held the response",
        )
    } else {
        Error::not_found()
    }
}

/// What is reported for a 5xx of a type that says no more.
fn unnamed<R>(status: StatusCode) -> Error {
    let name = std::any::type_name::<R>();
    Error::new(status, format!("a handler failed with `{name}`"))
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

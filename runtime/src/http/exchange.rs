//! One request and its answer, shared by the [`Request`](super::Request) and [`Response`] of the handler and the
//! connection that reads the one and sends the other. How the body of the request comes is told in `intake.rs`.
//!
//! ```text
//! Response ── begin, push, end ──▶ Exchange ──▶ poll_answer (the head) ──▶ Outgoing (the body)
//!          ◀── poll_room ────────          ◀── unread (nobody reads on), leave (the client is gone)
//! ```

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use http_body::Frame;

use super::answer::{self, Head};
use super::body;
use super::event::{self, RequestEvents, ResponseEvents};
use super::intake::{GONE, Intake};
use super::outgoing::Outgoing;
use super::queue::Queue;
use super::response::Response;
use super::server::Reporter;
use super::wire::Wire;
use crate::error::Error;
use crate::events::Emitter;
use crate::reply::Reply;

/// How much may wait for the client before an awaited `write` waits as well.
const HIGH_WATER: usize = 64 * 1024;

/// What the answer has to know of its request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Which one of its connection it is, counted from 1.
    pub(crate) number: u64,
    /// It is a HEAD: its answer has the headers of a body and no body.
    pub(crate) head_only: bool,
    pub(crate) version: Version,
    /// How much of a body that its handler left is read to keep the connection, in bytes.
    pub(crate) drain_limit: u64,
}

impl Asked {
    pub(crate) fn of<B>(request: &hyper::Request<B>, number: u64, drain_limit: u64) -> Self {
        Self {
            number,
            head_only: *request.method() == Method::HEAD,
            version: request.version(),
            drain_limit,
        }
    }
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            number: 0,
            head_only: false,
            version: Version::HTTP_11,
            drain_limit: body::DRAIN_LIMIT,
        }
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

#[derive(Debug)]
pub(super) struct State {
    writer: Writer,
    reader: Reader,
    head_only: bool,
    head: Head,
    body: Queue,
    trailers: Option<HeaderMap>,
    /// The head was fixed before the end of the body: that is of no known length, unless the head says so.
    streamed: bool,
    /// The length that the head says the body has.
    length: Option<u64>,
    written: u64,
    /// The handler's future has ended: a `Response` that is dropped now will not be answered for it.
    handled: bool,
    /// The answer cannot be completed: the connection has to be cut.
    cut: bool,
    /// A 5xx was reported for this request already.
    reported: bool,
    /// So much waits that its writer should wait too.
    full: bool,
    /// The answer was sent to its end, or never will be.
    pub(super) over: bool,
    /// Who waits for something to send.
    sender: Option<Waker>,
    /// Who waits for room in the queue.
    producer: Option<Waker>,
    pub(super) intake: Intake,
    /// An empty map that was the request's, for the headers of the answer: the memory goes round between the two, and
    /// hyper.
    spare: HeaderMap,
}

impl State {
    fn new(reader: Reader, head_only: bool, spare: HeaderMap) -> Self {
        Self {
            writer: Writer::Open,
            reader,
            head_only,
            head: Head::default(),
            body: Queue::default(),
            trailers: None,
            streamed: false,
            length: None,
            written: 0,
            handled: false,
            cut: false,
            reported: false,
            full: false,
            over: false,
            sender: None,
            producer: None,
            intake: Intake::default(),
            spare,
        }
    }

    /// Whether the head can be changed still.
    fn is_early(&self) -> bool {
        matches!(self.reader, Reader::Nobody | Reader::Waiting)
    }

    /// Whether the client gets the body that is written.
    fn has_body(&self) -> bool {
        self.head.has_body() && !self.head_only
    }

    /// The length that the head says, unless the body has it.
    fn untrue(&self) -> Option<Error> {
        let said = self.length.filter(|_| self.has_body())?;
        (said != self.written).then(|| answer::untrue(self.written, said))
    }

    /// Whether the connection has all of the answer.
    pub(super) fn is_sent(&self) -> bool {
        match self.reader {
            Reader::Done => !self.cut,
            // What hyper does not want to read it does not have to send.
            Reader::Gone => !self.has_body(),
            Reader::Nobody | Reader::Waiting | Reader::Sending => false,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Exchange {
    pub(super) state: Mutex<State>,
    reporter: Option<Reporter>,
    pub(super) wire: Arc<Wire>,
    pub(super) asked: Asked,
    pub(super) request: Emitter<RequestEvents>,
    pub(super) response: Emitter<ResponseEvents>,
}

/// Why an answer cannot be given as its handler means it. What is written from then on is not sent.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Nothing of it was sent: an error can be the answer, on this head.
    Early(Error, Head),
    /// It was cut, and that is reported.
    Late,
}

/// Locks. Panics of users' code are caught where they come up, so that what a lock protects is whole even if it is
/// poisoned.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The `Response`'s side.
impl Exchange {
    /// An exchange that nobody reads: for a `Request` or a `Response` made by hand.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self::made(
            Reader::Nobody,
            None,
            Wire::detached(),
            Asked::default(),
        ))
    }

    fn made(reader: Reader, reporter: Option<Reporter>, wire: Arc<Wire>, asked: Asked) -> Self {
        Self {
            state: Mutex::new(State::new(reader, asked.head_only, HeaderMap::new())),
            reporter,
            wire,
            asked,
            request: Emitter::new(),
            response: Emitter::new(),
        }
    }

    pub(crate) fn responses(&self) -> &Emitter<ResponseEvents> {
        &self.response
    }

    /// An empty map, with memory if there is some to use again.
    pub(crate) fn spare_headers(&self) -> HeaderMap {
        std::mem::take(&mut lock(&self.state).spare)
    }

    /// Takes a map for use again.
    pub(crate) fn keep_headers(&self, mut headers: HeaderMap) {
        headers.clear();
        let mut state = lock(&self.state);
        if headers.capacity() > state.spare.capacity() {
            state.spare = headers;
        }
    }

    /// Fixes the head.
    pub(crate) fn begin(&self, mut head: Head) -> Result<(), Refused> {
        let length = match head.length() {
            Ok(length) => length,
            Err(error) => return Err(Refused::Early(error, head)),
        };
        let mut state = lock(&self.state);
        state.head = head;
        state.length = length;
        state.streamed = true;
        state.writer = Writer::Writing;
        wake(state.sender.take(), state);
        Ok(())
    }

    pub(crate) fn push(&self, chunk: Bytes) -> Result<(), Refused> {
        let mut state = lock(&self.state);
        state.written += chunk.len() as u64;
        if state.length.is_some_and(|length| state.written > length)
            && let Some(error) = state.untrue()
        {
            return Err(self.refuse(state, error));
        }
        if state.reader != Reader::Gone {
            state.body.push(chunk);
            state.full |= state.reader != Reader::Nobody && state.body.len() > HIGH_WATER;
        }
        wake(state.sender.take(), state);
        Ok(())
    }

    /// Ends the body; `head` where it was not fixed before.
    pub(crate) fn end(&self, head: Option<Head>, last: Bytes) -> Result<(), Refused> {
        let head = match head.map(|mut head| (head.length(), head)) {
            None => None,
            Some((Ok(length), head)) => Some((length, head)),
            Some((Err(error), head)) => return Err(Refused::Early(error, head)),
        };
        let mut state = lock(&self.state);
        if let Some((length, head)) = head {
            state.head = head;
            state.length = length;
        }
        state.written += last.len() as u64;
        // A HEAD may name a length without the body that has it.
        if let Some(error) = state.untrue() {
            return Err(self.refuse(state, error));
        }
        if state.reader != Reader::Gone {
            state.body.push(last);
        }
        state.writer = Writer::Ended;
        let by_hand = state.reader == Reader::Nobody;
        state.over |= by_hand;
        wake(state.sender.take(), state);
        if by_hand {
            self.response.emit(event::Finish, &());
            self.response.emit(event::Close, &());
        }
        Ok(())
    }

    /// What was written is not to be sent, or no more of it.
    fn refuse(&self, mut state: MutexGuard<'_, State>, error: Error) -> Refused {
        if state.is_early() {
            let head = std::mem::take(&mut state.head);
            state.restart();
            return Refused::Early(error, head);
        }
        state.cut = true;
        state.writer = Writer::Ended;
        wake(state.sender.take(), state);
        self.report(&error);
        Refused::Late
    }

    /// Adds fields to go behind the body, and names them in the head while that can be changed.
    pub(crate) fn add_trailers(&self, trailers: HeaderMap) {
        let mut state = lock(&self.state);
        let state = &mut *state;
        if state.is_early() && state.writer == Writer::Writing {
            answer::announce(&mut state.head.headers, &trailers);
        }
        let all = state.trailers.get_or_insert_default();
        for (name, value) in &trailers {
            all.append(name, value.clone());
        }
    }

    /// Sends an interim answer, unless its client is too old for that. `asks`: it asks for the body. `false`: the head
    /// of the answer is out already.
    pub(crate) fn inform(&self, interim: &[u8], asks: bool) -> bool {
        // Locked until it is out, so that the head cannot come before it.
        let mut state = lock(&self.state);
        if !state.is_early() {
            return false;
        }
        if self.asked.version >= Version::HTTP_11 {
            if asks {
                state.intake.continued = true;
                self.wire.continued();
            }
            // Whether anybody reads it is seen by the answer itself.
            self.wire.inform(interim);
        }
        true
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
            Reader::Gone => Poll::Ready(Err(Error::bad_request(GONE))),
            Reader::Waiting | Reader::Sending if state.body.len() > HIGH_WATER => {
                state.producer = Some(cx.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(Ok(())),
        }
    }

    /// How many bytes of the body wait for the client.
    pub(crate) fn waiting(&self) -> usize {
        lock(&self.state).body.len()
    }

    /// Whether so much waits, or did and was not told of since, that the writer should wait too.
    pub(crate) fn is_full(&self) -> bool {
        lock(&self.state).full
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
    pub(crate) fn new(reporter: Reporter, wire: Arc<Wire>, asked: Asked) -> Arc<Self> {
        Arc::new(Self::made(Reader::Waiting, Some(reporter), wire, asked))
    }

    /// Makes it ready for the next request, if nobody holds it any more.
    pub(crate) fn renew(this: &mut Arc<Self>, asked: Asked) -> bool {
        match Arc::get_mut(this) {
            Some(exchange) => {
                let state = exchange.state.get_mut();
                let state = state.unwrap_or_else(PoisonError::into_inner);
                let spare = std::mem::take(&mut state.spare);
                *state = State::new(Reader::Waiting, asked.head_only, spare);
                exchange.asked = asked;
                exchange.request = Emitter::new();
                exchange.response = Emitter::new();
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
            if wrote && !panicked && state.untrue().is_none() {
                state.writer = Writer::Ended;
            } else {
                let failure = state.unanswered(panicked);
                state = self.answer_failure(state, failure);
            }
        }
        match state.writer {
            Writer::Ended => Poll::Ready(self.answer(&mut state)),
            Writer::Writing | Writer::Dropped { wrote: true, .. } => {
                Poll::Ready(self.answer(&mut state))
            }
            Writer::Open | Writer::Dropped { .. } => {
                state.sender = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn answer(self: &Arc<Self>, state: &mut State) -> hyper::Response<Outgoing> {
        let trailed = state.trailers.is_some() && state.length.is_none();
        let body = if state.streamed || trailed {
            state.reader = Reader::Sending;
            Outgoing::streamed(Arc::clone(self))
        } else {
            state.reader = Reader::Done;
            state.whole()
        };
        if state.head.undated {
            self.wire.undated();
        }
        let headers = &mut state.head.headers;
        if headers.capacity() == 0 {
            // hyper takes the map of the answer for the headers of the next request.
            std::mem::swap(headers, &mut state.spare);
        }
        if state.intake.is_last(self.asked.drain_limit) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let head = Head {
            status: state.head.status,
            ..std::mem::take(&mut state.head)
        };
        state.head.status = head.status;
        head.response(body)
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
        let head = std::mem::take(&mut state.head);
        state.restart();
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
        let reporter = self.reporter.clone();
        let wire = Arc::clone(&self.wire);
        let aside = Arc::new(Self::made(Reader::Nobody, reporter, wire, Asked::default()));
        drop(aside.answer_failure(lock(&aside.state), failure));
    }
}

impl State {
    /// Forgets what was written: another answer takes its place.
    fn restart(&mut self) {
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
        let named = self.head.headers.contains_key(header::CONTENT_LENGTH);
        if !self.head.has_body() || self.head_only && named {
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

/// What is reported for a 5xx of a type that says no more.
fn unnamed<R>(status: StatusCode) -> Error {
    let name = std::any::type_name::<R>();
    Error::new(status, format!("a handler failed with `{name}`"))
}

/// What a test reads of an answer.
impl Exchange {
    pub(crate) fn head(&self) -> Head {
        lock(&self.state).head.clone()
    }

    pub(crate) fn status(&self) -> StatusCode {
        lock(&self.state).head.status
    }

    pub(crate) fn trailers(&self) -> HeaderMap {
        lock(&self.state).trailers.clone().unwrap_or_default()
    }

    pub(crate) fn body(&self) -> Bytes {
        let mut state = lock(&self.state);
        let body = state.body.join();
        state.body.push(body.clone());
        body
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

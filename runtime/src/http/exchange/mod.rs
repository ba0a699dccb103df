//! One request and its answer, shared by the [`Request`](crate::http::request::Request) and [`Response`] of the handler and the
//! connection that reads the one and sends the other. How the body of the request comes is told in `intake.rs`.
//!
//! ```text
//! Response ── begin, push, end ──▶ Exchange ──▶ poll_answer (the head) ──▶ Outgoing (the body)
//!          ◀── poll_room ────────          ◀── unread (nobody reads on), leave (the client is gone)
//! ```

pub(crate) mod context;
pub(crate) mod dispatch;
pub(crate) mod handler;
pub(crate) mod handler_slot;
pub(crate) mod intake;
pub(crate) mod lane;
pub(crate) mod outgoing;
pub(crate) mod panic;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use http::request::Parts;
use http::{HeaderMap, Method, Version};

use crate::error::Error;
use crate::events::Emitter;
use crate::http::error_reporter::ErrorReporter;
use crate::http::event::{RequestEvents, ResponseEvents};
use crate::http::exchange::intake::Intake;
use crate::http::request::body;
use crate::http::response::chunk_queue::Queue;
use crate::http::response::response_head::{self, Head};
use crate::http::socket::handle::ConnectionHandle;

pub(crate) mod sending;
pub(crate) mod writing;

pub use self::handler::HandlerOutput;

pub(crate) use self::sending::{Cut, Failure};

/// How much may wait for the client before an awaited `write` waits as well.
const HIGH_WATER: usize = 64 * 1024;

/// What the answer has to know of its request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// It is a HEAD: its answer has the headers of a body and no body.
    pub(crate) head_only: bool,
    pub(crate) version: Version,
    /// How much of a body that its handler left is read to keep the connection, in bytes.
    pub(crate) drain_limit: u64,
}

impl Asked {
    pub(crate) fn of(request: &Parts, drain_limit: u64) -> Self {
        Self {
            head_only: request.method == Method::HEAD,
            version: request.version,
            drain_limit,
        }
    }
}

impl Default for Asked {
    fn default() -> Self {
        Self {
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
pub(crate) struct State {
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
    /// Who waits for something to send.
    sender: Option<Waker>,
    /// Who waits for room in the queue.
    producer: Option<Waker>,
    pub(crate) intake: Intake,
}

impl State {
    fn new(reader: Reader, head_only: bool) -> Self {
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
            sender: None,
            producer: None,
            intake: Intake::default(),
        }
    }

    /// As new, for a next request. Set field by field: most are what they were.
    fn renew(&mut self, head_only: bool) {
        self.restart();
        self.reader = Reader::Waiting;
        self.head_only = head_only;
        self.handled = false;
        self.cut = false;
        self.reported = false;
        self.full = false;
        self.sender = None;
        self.producer = None;
        self.intake = Intake::default();
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
        (said != self.written).then(|| response_head::untrue(self.written, said))
    }

    /// Whether hyper has all of the body. It does not ask for more behind the last byte of a known length, nor behind
    /// trailers.
    fn is_handed_out(&self) -> bool {
        let complete = match self.length {
            Some(length) => length == self.written,
            None => self.writer == Writer::Ended && self.trailers.is_none(),
        };
        self.reader == Reader::Sending && complete && self.body.len() == 0 && !self.cut
    }

    /// Whether the connection has all of the answer.
    pub(crate) fn is_sent(&self) -> bool {
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
    pub(crate) state: Mutex<State>,
    /// The answer was sent to its end, or never will be.
    pub(crate) over: AtomicBool,
    reporter: Option<ErrorReporter>,
    pub(crate) handle: Arc<ConnectionHandle>,
    pub(crate) asked: Asked,
    pub(crate) request: Emitter<RequestEvents>,
    pub(crate) response: Emitter<ResponseEvents>,
}

/// Why an answer cannot be given as its handler means it. What is written from then on is not sent.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Nothing of it was sent: an error can be the answer, on this head.
    Early(Error, Box<Head>),
    /// It was cut, and that is reported.
    Late,
}

/// Locks. Panics of users' code are caught where they come up, so that what a lock protects is whole even if it is
/// poisoned.
#[inline(never)]
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wakes after the lock is released: a waker may run anything.
#[inline(never)]
fn wake(waker: Option<Waker>, state: MutexGuard<'_, State>) {
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Exchange {
    /// An exchange that nobody reads: for a `Request` or a `Response` made by hand.
    pub(crate) fn detached() -> Arc<Self> {
        Arc::new(Self::made(
            Reader::Nobody,
            None,
            ConnectionHandle::detached(),
            Asked::default(),
        ))
    }

    fn made(
        reader: Reader,
        reporter: Option<ErrorReporter>,
        handle: Arc<ConnectionHandle>,
        asked: Asked,
    ) -> Self {
        Self {
            state: Mutex::new(State::new(reader, asked.head_only)),
            over: AtomicBool::new(false),
            reporter,
            handle,
            asked,
            request: Emitter::new(),
            response: Emitter::new(),
        }
    }

    pub(crate) fn new(
        reporter: ErrorReporter,
        handle: Arc<ConnectionHandle>,
        asked: Asked,
    ) -> Arc<Self> {
        Arc::new(Self::made(Reader::Waiting, Some(reporter), handle, asked))
    }

    /// Makes it ready for the next request, if nobody holds it any more.
    pub(crate) fn renew(this: &mut Arc<Self>, asked: Asked) -> bool {
        let Some(exchange) = Arc::get_mut(this) else {
            return false;
        };
        let state = exchange.state.get_mut();
        let state = state.unwrap_or_else(PoisonError::into_inner);
        state.renew(asked.head_only);
        exchange.over = AtomicBool::new(false);
        exchange.asked = asked;
        exchange.request = Emitter::new();
        exchange.response = Emitter::new();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::response::Response;
    use crate::http::response::response_head::Head;

    #[test]
    fn an_exchange_is_not_renewed_while_somebody_has_it() {
        let mut exchange = Exchange::detached();
        let res = Response::on(Arc::clone(&exchange), Head::default());
        assert!(!Exchange::renew(&mut exchange, Asked::default()));
        drop(res.end());
        assert!(Exchange::renew(&mut exchange, Asked::default()));
        assert!(!exchange.ended());
    }
}

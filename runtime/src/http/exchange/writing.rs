//! The `Response`'s side of an exchange.

use std::sync::MutexGuard;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Version};

use super::{Exchange, HIGH_WATER, Reader, Refused, State, Writer, lock, wake};
use crate::error::Error;
use crate::events::Emitter;
use crate::http::answer::{self, Head};
use crate::http::event::{self, ResponseEvents};
use crate::http::intake::GONE;

impl Exchange {
    pub(crate) fn responses(&self) -> &Emitter<ResponseEvents> {
        &self.response
    }

    /// Fixes the head.
    pub(crate) fn begin(&self, mut head: Head) -> Result<(), Refused> {
        let length = match head.length() {
            Ok(length) => length,
            Err(error) => return Err(Refused::Early(error, Box::new(head))),
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

    /// Fixes the head, and ends the body at once.
    pub(crate) fn end_whole(&self, mut head: Head, body: Bytes) -> Result<(), Refused> {
        let length = match head.length() {
            Ok(length) => length,
            Err(error) => return Err(Refused::Early(error, Box::new(head))),
        };
        let mut state = lock(&self.state);
        state.head = head;
        state.length = length;
        self.end_in(state, body)
    }

    /// Ends the body.
    pub(crate) fn end(&self, last: Bytes) -> Result<(), Refused> {
        self.end_in(lock(&self.state), last)
    }

    #[inline]
    fn end_in(&self, mut state: MutexGuard<'_, State>, last: Bytes) -> Result<(), Refused> {
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
        if by_hand {
            self.over.store(true, Ordering::Release);
        }
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
            return Refused::Early(error, Box::new(head));
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
            state.intake.continued |= asks;
            // Whether anybody reads it is seen by the answer itself.
            self.wire.inform(interim, asks);
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

    /// Reports an error, unless one was reported for this request already.
    pub(crate) fn report_once(&self, error: &Error) {
        let reported = lock(&self.state).reported;
        if !reported {
            self.report(error);
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

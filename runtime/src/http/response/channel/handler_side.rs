//! The side of the channel that a `Response` writes to.

use std::sync::MutexGuard;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Version};
use tokio::task;

use super::chunk_queue::HIGH_WATER_MARK;
use super::dropped::Dropped;
use super::head_hooks::HookCode;
use super::{
    DeliveryState, HandlerState, MAX_INTERIM, ResponseChannel, ResponseState, WriteRejected, wake,
};
use crate::error::Error;
use crate::http::headers::lazy_map;
use crate::http::response::head::ResponseHead;
use crate::http::response::interim::InterimResponse;
use crate::http::response::switch::ProtocolSwitch;
use crate::http::response::trailers::declare_trailers;
use crate::http::sync::lock;

impl ResponseChannel {
    /// Fixes the head; the body is written afterward.
    pub(crate) fn begin(&self, mut head: ResponseHead) -> Result<(), WriteRejected> {
        let length = match head.declared_length() {
            Ok(length) => length,
            Err(error) => return Err(WriteRejected::BeforeHead(error, Box::new(head))),
        };
        let mut state = lock(&self.state);
        state.head = head;
        state.declared_length = length;
        state.streamed = true;
        state.handler = HandlerState::Streaming;
        wake(state.protocol.take(), state);
        Ok(())
    }

    pub(crate) fn push(&self, chunk: Bytes) -> Result<(), WriteRejected> {
        let mut state = lock(&self.state);
        if state.body.len() > self.limits.unsent {
            let error = self.too_much_unsent();
            state.body.clear();
            return Err(self.reject(state, error));
        }
        state.written += chunk.len() as u64;
        let declared = state.declared_length;
        if declared.is_some_and(|declared| state.written > declared)
            && let Some(error) = state.length_mismatch()
        {
            return Err(self.reject_length(state, error, chunk.len()));
        }
        if !state.is_unread() {
            state.body.push(chunk);
            let has_client = state.delivery != DeliveryState::Detached;
            state.needs_drain |= has_client && state.body.len() > self.high_water_mark();
        }
        wake(state.protocol.take(), state);
        Ok(())
    }

    /// Returns how many bytes may be buffered before an awaited write waits. If the limit on unsent data is lower, it
    /// is the mark, because a write above that limit fails.
    pub(super) fn high_water_mark(&self) -> usize {
        HIGH_WATER_MARK.min(self.limits.unsent)
    }

    #[cold]
    fn too_much_unsent(&self) -> Error {
        let limit = self.limits.unsent;
        let what = format!("more than {limit} bytes of a response were written but not sent");
        Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
    }

    /// Fixes the head and ends the body at once.
    #[inline]
    pub(crate) fn end_whole(
        &self,
        mut head: ResponseHead,
        body: Bytes,
    ) -> Result<(), WriteRejected> {
        let length = match head.declared_length() {
            Ok(length) => length,
            Err(error) => return Err(WriteRejected::BeforeHead(error, Box::new(head))),
        };
        let mut state = lock(&self.state);
        state.head = head;
        state.declared_length = length;
        self.end_locked(state, body)
    }

    /// Fixes the head, after which the connection speaks another protocol.
    #[cold]
    pub(crate) fn end_switching(&self, head: ResponseHead, switch: ProtocolSwitch) {
        let mut state = lock(&self.state);
        state.head = head;
        state.switch = Some(switch);
        // No length is declared, so there is no mismatch.
        let _ = self.end_locked(state, Bytes::new());
    }

    /// Ends the body.
    pub(crate) fn end(&self, last: Bytes) -> Result<(), WriteRejected> {
        self.end_locked(lock(&self.state), last)
    }

    /// Ends the body. Inlined because it runs for every response: a call would cost about eighty instructions.
    #[inline(always)]
    fn end_locked(
        &self,
        mut state: MutexGuard<'_, ResponseState>,
        last: Bytes,
    ) -> Result<(), WriteRejected> {
        state.written += last.len() as u64;
        // A response to HEAD may declare a length without having a body.
        if let Some(error) = state.length_mismatch() {
            return Err(self.reject_length(state, error, last.len()));
        }
        if !state.is_unread() {
            state.body.push(last);
        }
        state.handler = HandlerState::Ended;
        let is_detached = state.delivery == DeliveryState::Detached;
        let hook_code = match is_detached {
            true => state.hook_code(),
            false => None,
        };
        wake(state.protocol.take(), state);
        if is_detached {
            self.end_detached(hook_code);
        }
        Ok(())
    }

    /// Ends a response that no protocol sends.
    #[cold]
    fn end_detached(&self, hook_code: Option<&'static HookCode>) {
        self.finished.store(true, Ordering::Release);
        match hook_code {
            Some(code) => (code.end_detached)(self),
            None => self.emit_end(),
        }
    }

    /// Rejects the latest part of a body whose length does not match the declared length. If the head was sent and the
    /// earlier parts have the declared length, the response ends before the latest part.
    #[cold]
    fn reject_length(
        &self,
        mut state: MutexGuard<'_, ResponseState>,
        mut error: Error,
        len: usize,
    ) -> WriteRejected {
        state.written -= len as u64;
        if state.is_head_open() || state.declared_length != Some(state.written) {
            return self.reject(state, error);
        }
        state.handler = HandlerState::Ended;
        wake(state.protocol.take(), state);
        self.report(&mut error);
        WriteRejected::AfterHead
    }

    /// Discards the response, or aborts it if its head was sent.
    fn reject(&self, mut state: MutexGuard<'_, ResponseState>, mut error: Error) -> WriteRejected {
        if state.is_head_open() {
            let head = std::mem::take(&mut state.head);
            state.discard();
            return WriteRejected::BeforeHead(error, Box::new(head));
        }
        state.aborted = true;
        state.handler = HandlerState::Ended;
        wake(state.protocol.take(), state);
        self.report(&mut error);
        WriteRejected::AfterHead
    }

    /// Adds trailer fields, and declares them in the head unless it was sent.
    pub(crate) fn add_trailers(&self, trailers: HeaderMap) {
        let mut state = lock(&self.state);
        let state = &mut *state;
        if state.is_head_open() && state.handler == HandlerState::Streaming {
            declare_trailers(&mut state.head.headers, &trailers);
        }
        let all = state.trailers.get_or_insert_default();
        for (name, value) in &trailers {
            lazy_map::append(all, name.clone(), value.clone());
        }
    }

    /// Queues an interim response, unless there is no client, the client uses HTTP/1.0, or [`MAX_INTERIM`] responses
    /// are queued. Returns `false` if the head can no longer be changed.
    pub(crate) fn inform(&self, interim: InterimResponse) -> bool {
        let mut state = lock(&self.state);
        if !state.is_head_open() {
            return false;
        }
        let has_client =
            self.request.version >= Version::HTTP_11 && state.delivery != DeliveryState::Detached;
        if has_client && state.interim.len() < MAX_INTERIM {
            state.interim.push(interim);
            wake(state.protocol.take(), state);
        }
        true
    }

    /// Handles the drop of a `Response` that has not ended. `head` is the head of the response, if the head was not
    /// written; an error response takes over the headers.
    #[cold]
    pub(crate) fn on_dropped(&self, head: Option<ResponseHead>) {
        let mut state = lock(&self.state);
        let by_handler = state.handler_task.is_some() && state.handler_task == task::try_id();
        state.handler = HandlerState::Dropped(Dropped {
            head_written: head.is_none(),
            panicking: std::thread::panicking(),
            by_handler,
        });
        if let Some(head) = head {
            state.head = head;
        }
        wake(state.protocol.take(), state);
    }

    /// Is ready once the buffered data does not exceed the high-water mark.
    pub(crate) fn poll_writable(&self, cx: &Context<'_>) -> Poll<Result<(), Error>> {
        let mut state = lock(&self.state);
        match state.delivery {
            DeliveryState::Disconnected | DeliveryState::Replaced => {
                Poll::Ready(Err(state.interruption.to_error()))
            }
            DeliveryState::AwaitingHead | DeliveryState::SendingBody
                if state.body.len() > self.high_water_mark() =>
            {
                state.writer = Some(cx.waker().clone());
                Poll::Pending
            }
            _ => Poll::Ready(Ok(())),
        }
    }

    /// Returns the number of bytes of the body that are buffered.
    pub(crate) fn buffered_len(&self) -> usize {
        lock(&self.state).body.len()
    }

    /// Returns whether the high-water mark was exceeded and `Drain` has not been emitted since.
    pub(crate) fn needs_drain(&self) -> bool {
        lock(&self.state).needs_drain
    }
}

/// Methods that read a response back, for tests and for error responses.
impl ResponseChannel {
    pub(crate) fn head(&self) -> ResponseHead {
        lock(&self.state).head.clone()
    }

    pub(crate) fn status(&self) -> StatusCode {
        lock(&self.state).head.status
    }

    pub(crate) fn trailers(&self) -> HeaderMap {
        lock(&self.state)
            .trailers
            .as_deref()
            .cloned()
            .unwrap_or_default()
    }

    pub(crate) fn body(&self) -> Bytes {
        let mut state = lock(&self.state);
        let body = state.body.join();
        state.body.push(body.clone());
        body
    }
}

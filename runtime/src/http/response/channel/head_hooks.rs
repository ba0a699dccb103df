//! Runs the hooks of a response between its handler and the protocol.

use std::sync::{Arc, MutexGuard};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::StatusCode;

use super::protocol_side::{PolledFrame, ResponseAborted};
use super::{
    DeliveryState, ErrorReplyFn, HandlerState, NextPart, ResponseBody, ResponseChannel,
    ResponseState,
};
use crate::error::Error;
use crate::http::interruption::Interruption;
use crate::http::panic::catch_panic;
use crate::http::rare::Rare;
use crate::http::response::encoding::encoded_body::EncodedBody;
use crate::http::response::events;
use crate::http::response::head::{self, ResponseHead};
use crate::http::response::hooks::Hook;
use crate::http::response::hooks::outgoing_head::{OutgoingHead, OutgoingParts};
use crate::http::response::hooks::run::{HookFailure, HookRun};
use crate::http::response::switch::ProtocolSwitch;
use crate::http::response::{Response, Sent};
use crate::http::socket::events::Close;
use crate::http::sync::lock;
use crate::reply::Reply;

/// The functions that run hooks. They are pointers, which [`ResponseChannel::add_hook`] sets, so that the program
/// contains this code only if it adds a hook.
pub(super) struct HookCode {
    /// Returns the head once all hooks have run.
    pub(super) poll: for<'c> fn(
        &'c ResponseChannel,
        MutexGuard<'c, ResponseState>,
        &Context<'_>,
    ) -> Poll<NextPart>,
    /// Returns the next part of a body that a hook encodes.
    pub(super) poll_encoded: for<'c> fn(
        &'c ResponseChannel,
        MutexGuard<'c, ResponseState>,
        &mut Context<'_>,
    ) -> PolledFrame<ResponseAborted>,
    /// Runs the hooks of a detached response until one has to wait.
    pub(super) end_detached: fn(&ResponseChannel),
}

static HOOK_CODE: HookCode = HookCode {
    poll: ResponseChannel::poll_hooks,
    poll_encoded: ResponseChannel::poll_encoded,
    end_detached: ResponseChannel::end_detached_with_hooks,
};

impl ResponseChannel {
    /// Adds a hook. Returns `false` if the head is already being sent.
    pub(crate) fn add_hook(&self, hook: Hook) -> bool {
        let mut state = lock(&self.state);
        if !state.is_head_open() {
            return false;
        }
        let extras = state.extras();
        extras.hooks.push(hook);
        extras.hook_code = Some(&HOOK_CODE);
        true
    }

    /// Takes the head of a response that may have hooks.
    #[cold]
    pub(super) fn poll_taken_with_extras(
        &self,
        mut state: MutexGuard<'_, ResponseState>,
        cx: &Context<'_>,
    ) -> Poll<NextPart> {
        let extras = state.extras();
        if let Some(code) = extras.hook_code
            && !extras.hooks.is_empty()
        {
            return (code.poll)(self, state, cx);
        }
        state.record_head();
        Poll::Ready(self.take_head(&mut state))
    }

    /// Moves the head and the hooks into a [`HookRun`]. After this call, only a hook can replace the head.
    fn start_hooks(&self, state: &mut ResponseState) {
        let is_streamed = state.switch.is_some()
            || state.streamed
            || state.trailers.is_some()
            || self.is_chunked_by_handler(state);
        let body = (!is_streamed).then(|| state.body.join());
        let head = OutgoingHead::new(state.head.take(), body, self.request.clone());
        if state.delivery != DeliveryState::Detached {
            state.delivery = DeliveryState::SendingBody;
        }
        let extras = state.extras();
        extras.handler_status = Some(head.status_code);
        let hooks = std::mem::take(&mut extras.hooks);
        extras.run = Some(HookRun::new(head, hooks));
    }

    /// Starts the hooks unless they are running, and returns the head once all of them have run.
    fn poll_hooks<'c>(
        &'c self,
        mut state: MutexGuard<'c, ResponseState>,
        cx: &Context<'_>,
    ) -> Poll<NextPart> {
        if !state.runs_hooks() {
            self.start_hooks(&mut state);
        }
        self.run_hooks(state, cx).map(|(mut state, is_replaced)| {
            state.record_head();
            if !is_replaced || !state.streamed {
                return self.take_head(&mut state);
            }
            // The handler may still be writing the body that was replaced.
            let body = state.join_body();
            state.streamed = false;
            state.declared_length = None;
            state.delivery = DeliveryState::Replaced;
            state.interruption = Interruption::Replaced;
            let head = state.head.take();
            let source = state.source.take();
            super::wake(state.writer.take(), state);
            drop(source);
            NextPart::Head(head, ResponseBody::Whole(body))
        })
    }

    /// Is ready once the hooks have run and the head and the body are back in the state. The result indicates whether
    /// the body was replaced.
    fn run_hooks<'a>(
        &'a self,
        mut state: MutexGuard<'a, ResponseState>,
        cx: &Context<'_>,
    ) -> Poll<(MutexGuard<'a, ResponseState>, bool)> {
        let Some(mut run) = state.extras().run.take() else {
            return Poll::Ready((state, false));
        };
        // A detached response may be completed without being awaited, so nothing is offloaded.
        let offloads = state.delivery != DeliveryState::Detached;
        #[cfg(feature = "tracing")]
        let span = state.extras().span.clone();
        drop(state);
        // Hooks run without the lock being held.
        let mut cx = Context::from_waker(cx.waker());
        let mut error_reply = self.error_reply;
        loop {
            #[cfg(feature = "tracing")]
            let entered = span.as_ref().map(tracing::Span::enter);
            let polled = run.poll(self.limits.hook, offloads, &mut cx);
            #[cfg(feature = "tracing")]
            drop(entered);
            let Poll::Ready(result) = polled else {
                let mut state = lock(&self.state);
                state.extras().run = Some(run);
                return Poll::Pending;
            };
            let head = match result {
                Ok(head) => match self.settle(head) {
                    Ok(settled) => return Poll::Ready(settled),
                    Err(failure) => {
                        let head = self.error_head(*failure, error_reply);
                        // The response of a user's error type may also be rejected.
                        error_reply = reply_with_error;
                        head
                    }
                },
                Err(failure) => self.error_head(*failure, self.error_reply),
            };
            run.resume(head);
        }
    }

    /// Puts the head and the body back, unless the head is invalid or does not match the body.
    fn settle(
        &self,
        outgoing: OutgoingHead,
    ) -> Result<(MutexGuard<'_, ResponseState>, bool), Box<HookFailure>> {
        let OutgoingParts {
            mut head,
            body,
            is_replaced,
            encoder,
        } = outgoing.into_parts();
        let fail = |error, head| Err(self.rejected_head(error, head));
        let dropped = lock(&self.state).unset_switch(head.status, is_replaced);
        drop(dropped);
        if head.status.is_informational() && lock(&self.state).switch.is_none() {
            let what = format!("{} is not the status of a final response", head.status);
            return fail(Error::new(StatusCode::INTERNAL_SERVER_ERROR, what), head);
        }
        let mut state = lock(&self.state);
        let declared = match state.checked_length(&mut head, body.as_ref().map(Bytes::len)) {
            Ok(declared) => declared,
            Err(error) => {
                drop(state);
                return fail(error, head);
            }
        };
        let has_body = head.allows_body() && !state.head_only;
        state.head = head;
        state.declared_length = declared;
        if let Some(encoder) = encoder.filter(|_| has_body) {
            state.extras().encoded = Some(Box::new(EncodedBody::new(encoder)));
        }
        if is_replaced {
            state.trailers = Rare::NONE;
        }
        if let Some(body) = body {
            state.body.clear();
            state.written = body.len() as u64;
            state.body.push(body);
        }
        if state.delivery == DeliveryState::Detached && !state.head.allows_body() {
            // A detached response has no connection that would omit the body.
            state.body.clear();
        }
        Ok((state, is_replaced))
    }

    #[cold]
    fn rejected_head(&self, error: Error, head: ResponseHead) -> Box<HookFailure> {
        let head = OutgoingHead::new(head, None, self.request.clone());
        Box::new(HookFailure { error, head })
    }

    /// Returns the error response that replaces a head.
    fn error_head(&self, failure: HookFailure, error_reply: ErrorReplyFn) -> OutgoingHead {
        let HookFailure {
            mut error,
            mut head,
        } = failure;
        if error.begin_report() {
            self.report(&mut error);
        }
        let headers = head.take_head();
        let written = self
            .write_aside(headers.clone(), error, error_reply)
            .or_else(|panic| self.write_aside(headers, panic, reply_with_error));
        let (replacement, body) = written.unwrap_or_default();
        head.replace(replacement, body);
        head
    }

    /// Writes an error response to a separate channel, and returns it. If a user's error type panics, the panic is
    /// reported and returned as the error.
    pub(crate) fn write_aside(
        &self,
        head: ResponseHead,
        error: Error,
        error_reply: ErrorReplyFn,
    ) -> Result<(ResponseHead, Bytes), Error> {
        let aside = self.aside();
        let res = Response::resume(Arc::clone(&aside), head);
        match catch_panic(|| drop(error_reply(error, res))) {
            Ok(()) => Ok((aside.head(), aside.body())),
            Err(panic) => {
                let mut error = panic.into_error();
                self.report(&mut error);
                Err(error)
            }
        }
    }

    /// Runs the hooks of a detached response until one has to wait.
    fn end_detached_with_hooks(&self) {
        let mut state = lock(&self.state);
        self.start_hooks(&mut state);
        let waiting = self.run_hooks(state, &Context::from_waker(Waker::noop()));
        if waiting.map(drop).is_ready() {
            self.encode_detached();
            self.emit_end();
        }
    }

    /// Returns the status that the handler wrote.
    pub(crate) fn handler_status(&self) -> StatusCode {
        let state = lock(&self.state);
        let before_hooks = state
            .extras
            .as_ref()
            .and_then(|extras| extras.handler_status);
        before_hooks.unwrap_or(state.head.status)
    }

    /// Is ready when the hooks of a detached response have run.
    pub(crate) fn poll_settled(&self, cx: &Context<'_>) -> Poll<()> {
        let state = lock(&self.state);
        if !state.awaits_detached_hook() {
            return Poll::Ready(());
        }
        std::task::ready!(self.run_hooks(state, cx).map(drop));
        self.encode_detached();
        self.emit_end();
        Poll::Ready(())
    }

    /// Returns whether a hook must complete before a detached response can be read.
    pub(crate) fn is_waiting_for_hook(&self) -> bool {
        lock(&self.state).awaits_detached_hook()
    }

    /// Drops the hooks, which will not run anymore.
    #[cold]
    pub(super) fn drop_hooks(&self) {
        let hooks = match &mut *lock(&self.state).extras {
            Some(extras) => (std::mem::take(&mut extras.hooks), extras.run.take()),
            None => return,
        };
        // The values that a hook owns may panic when they are dropped.
        drop(catch_panic(|| drop(hooks)));
    }

    /// Emits `Finish` and `Close` for a detached response. Such a response has no client, so it counts as sent when it
    /// is complete.
    pub(super) fn emit_end(&self) {
        self.emitter.emit(events::Finish, &());
        self.emitter.emit(Close, &());
    }
}

/// Responds with an error that is not converted to a user's error type.
pub(crate) fn reply_with_error(error: Error, res: Response) -> Sent {
    error.reply(res)
}

impl ResponseState {
    /// Returns whether the hooks have started and not all of them have completed.
    pub(super) fn runs_hooks(&self) -> bool {
        self.extras
            .as_ref()
            .is_some_and(|extras| extras.run.is_some())
    }

    /// Returns the code that runs the hooks, if there are any.
    pub(super) fn hook_code(&self) -> Option<&'static HookCode> {
        self.extras.as_ref().and_then(|extras| extras.hook_code)
    }

    /// Takes the protocol switch if a hook changed the status or replaced the body.
    fn unset_switch(&mut self, status: StatusCode, is_replaced: bool) -> Option<ProtocolSwitch> {
        let before_hooks = self.extras().handler_status;
        match is_replaced || before_hooks.is_some_and(|before| before != status) {
            true => self.switch.take(),
            false => None,
        }
    }

    /// Returns the length that the head declares, or an error if that length contradicts the body. `replaced` is the
    /// length of the whole body after the hooks, or `None` if the body is streamed.
    fn checked_length(
        &self,
        head: &mut ResponseHead,
        replaced: Option<usize>,
    ) -> Result<Option<u64>, Error> {
        let declared = head.declared_length()?;
        let written = replaced.map_or(self.written, |len| len as u64);
        let is_ended =
            replaced.is_some() || self.handler == HandlerState::Ended && self.source.is_none();
        let has_body = head.allows_body() && !self.head_only;
        match declared.filter(|_| has_body) {
            Some(declared) if written > declared || is_ended && written < declared => {
                Err(head::length_mismatch(written, declared))
            }
            _ => Ok(declared),
        }
    }

    fn awaits_detached_hook(&self) -> bool {
        self.delivery == DeliveryState::Detached && self.runs_hooks()
    }
}

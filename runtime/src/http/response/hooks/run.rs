//! Calls the hooks of a response, one after another.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::Sleep;

use super::outgoing_head::OutgoingHead;
use super::{AsyncHook, Hook};
use crate::error::Error;
use crate::http::panic::{HandlerPanic, catch_panic_of};
use crate::http::response::encoding::encoded_body::encode_whole;

/// The name of a hook in error messages.
const HOOK: &str = "a `before_head` hook";

/// The maximum length of a body that is encoded in the connection's task, in bytes.
const MAX_INLINE: usize = 128 * 1024;

/// The remaining hooks, and the head for the next one.
pub(crate) struct HookRun {
    head: Option<OutgoingHead>,
    hooks: Vec<Hook>,
    waiting: Option<WaitingHook>,
    encoding: Option<EncodingTask>,
}

/// A whole body that is encoded on a blocking thread.
struct EncodingTask {
    /// The head of the response.
    head: OutgoingHead,
    task: JoinHandle<Result<Bytes, Error>>,
}

/// An asynchronous hook that has not completed.
struct WaitingHook {
    future: AsyncHook,
    /// The timer, which starts when the future is first pending.
    deadline: Option<Pin<Box<Sleep>>>,
    /// A copy of the head from before the call. The future owns the head itself.
    before: OutgoingHead,
}

/// The failure of a hook.
pub(crate) struct HookFailure {
    pub(crate) error: Error,
    /// The head that an error response replaces.
    pub(crate) head: OutgoingHead,
}

impl HookRun {
    pub(crate) fn new(head: OutgoingHead, hooks: Vec<Hook>) -> Self {
        Self {
            head: Some(head),
            hooks,
            waiting: None,
            encoding: None,
        }
    }

    /// Continues with this head after a hook has failed.
    pub(crate) fn resume(&mut self, head: OutgoingHead) {
        self.head = Some(head);
    }

    /// Is ready when all hooks have been called and the body is encoded, or when one of these steps has failed. If
    /// `offloads`, a long body is encoded on a blocking thread.
    pub(crate) fn poll(
        &mut self,
        timeout: Option<Duration>,
        offloads: bool,
        cx: &mut Context<'_>,
    ) -> Poll<Result<OutgoingHead, Box<HookFailure>>> {
        loop {
            if self.waiting.is_some() {
                match ready!(self.poll_waiting(timeout, cx)) {
                    Ok(head) => self.head = Some(head),
                    Err(failure) => return Poll::Ready(Err(failure)),
                }
            }
            if self.encoding.is_some() {
                return self.poll_encoding(cx);
            }
            let Some(mut head) = self.head.take() else {
                // The hooks have already finished.
                return Poll::Pending;
            };
            let called = match self.hooks.pop() {
                None => match head.take_encoding() {
                    None => return Poll::Ready(Ok(head)),
                    Some((mut encoder, body)) if !offloads || body.len() <= MAX_INLINE => {
                        let body = encode_whole(&mut *encoder, &body);
                        return Poll::Ready(with_encoded(head, body));
                    }
                    Some((mut encoder, body)) => {
                        let task = spawn_blocking(move || encode_whole(&mut *encoder, &body));
                        self.encoding = Some(EncodingTask { head, task });
                        continue;
                    }
                },
                Some(Hook::Sync(hook)) => call(hook, head).map(|head| self.head = Some(head)),
                Some(Hook::Async(hook)) => start(hook, head).map(|it| self.waiting = Some(it)),
            };
            if let Err(failure) = called {
                return Poll::Ready(Err(failure));
            }
        }
    }

    fn poll_encoding(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<OutgoingHead, Box<HookFailure>>> {
        let Some(EncodingTask { task, .. }) = &mut self.encoding else {
            return Poll::Pending;
        };
        let joined = ready!(Pin::new(task).poll(cx));
        let Some(EncodingTask { head, .. }) = self.encoding.take() else {
            return Poll::Pending;
        };
        // Panics in the encoder are caught, so an error means that the runtime aborted the task when it shut down.
        let body = joined.unwrap_or_else(|error| {
            let what = "the response body could not be encoded";
            Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error))
        });
        Poll::Ready(with_encoded(head, body))
    }

    fn poll_waiting(
        &mut self,
        timeout: Option<Duration>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<OutgoingHead, Box<HookFailure>>> {
        let Some(waiting) = &mut self.waiting else {
            return Poll::Pending;
        };
        let polled = catch_panic_of(HOOK, || waiting.future.as_mut().poll(cx));
        let result = match polled.map_err(HandlerPanic::into_error) {
            Ok(Poll::Ready(result)) => result,
            Ok(Poll::Pending) => Err(ready!(waiting.poll_deadline(timeout, cx))),
            Err(panic) => Err(panic),
        };
        let Some(WaitingHook { future, before, .. }) = self.waiting.take() else {
            return Poll::Pending;
        };
        // The future may also panic when it is dropped.
        let dropped = catch_panic_of(HOOK, || drop(future)).map_err(HandlerPanic::into_error);
        Poll::Ready(match result.and_then(|head| dropped.map(|()| head)) {
            Ok(head) => unless_rejected(head),
            Err(error) => Err(HookFailure::new(error, before)),
        })
    }
}

impl WaitingHook {
    /// Is ready when the time has elapsed.
    fn poll_deadline(&mut self, timeout: Option<Duration>, cx: &mut Context<'_>) -> Poll<Error> {
        let Some(timeout) = timeout else {
            return Poll::Pending;
        };
        let deadline = &mut self.deadline;
        let deadline = deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
        deadline.as_mut().poll(cx).map(|()| {
            let what = format!("{HOOK} did not complete within {timeout:?}");
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
        })
    }
}

impl HookFailure {
    fn new(error: Error, head: OutgoingHead) -> Box<Self> {
        Box::new(Self { error, head })
    }
}

fn with_encoded(
    mut head: OutgoingHead,
    body: Result<Bytes, Error>,
) -> Result<OutgoingHead, Box<HookFailure>> {
    match body {
        Ok(body) => {
            head.set_encoded(body);
            Ok(head)
        }
        Err(error) => Err(HookFailure::new(error, head)),
    }
}

fn call(
    hook: Box<dyn FnOnce(&mut OutgoingHead) + Send>,
    mut head: OutgoingHead,
) -> Result<OutgoingHead, Box<HookFailure>> {
    match catch_panic_of(HOOK, || hook(&mut head)) {
        Ok(()) => unless_rejected(head),
        Err(panic) => Err(HookFailure::new(panic.into_error(), head)),
    }
}

fn start(
    hook: Box<dyn FnOnce(OutgoingHead) -> AsyncHook + Send>,
    head: OutgoingHead,
) -> Result<WaitingHook, Box<HookFailure>> {
    let before = head.duplicate();
    match catch_panic_of(HOOK, || hook(head)) {
        Ok(future) => Ok(WaitingHook {
            future,
            deadline: None,
            before,
        }),
        Err(panic) => Err(HookFailure::new(panic.into_error(), before)),
    }
}

/// Fails if the hook set an invalid header.
fn unless_rejected(mut head: OutgoingHead) -> Result<OutgoingHead, Box<HookFailure>> {
    match head.take_rejected() {
        None => Ok(head),
        Some(error) => Err(HookFailure::new(error, head)),
    }
}

//! The slot in which a handler's future runs: the only code of a server that is generic over the handler.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::StatusCode;
use pin_project_lite::pin_project;

use super::failure::{self, HandlerError};
use super::handler::{Handler, HandlerOutput};
use crate::error::Error;
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::events::server_events;
use crate::http::panic::{HandlerPanic, catch_panic, poll_catch_panic};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::response::channel::ResponseChannel;

/// The arguments of a handler. They are large, so they are passed by reference until the handler takes them.
pub(crate) type HandlerArgs = Option<(Request, Response)>;

/// Memory for a handler's future, reused for one request after another.
pub(crate) trait HandlerSlot: Send {
    /// Calls the handler; its future is not polled yet.
    fn call(
        self: Pin<&mut Self>,
        server: &ServerEmitter,
        args: &mut HandlerArgs,
    ) -> Result<(), HandlerPanic>;

    /// Polls the handler, and sends an error response if it fails. Is ready when the handler has returned. The result
    /// indicates whether the handler succeeded.
    fn poll(
        self: Pin<&mut Self>,
        response: &Arc<ResponseChannel>,
        cx: &mut Context<'_>,
    ) -> Poll<bool>;

    /// Drops the handler's future.
    fn clear(self: Pin<&mut Self>);

    /// Returns an empty slot for the same handler.
    fn clone_empty(&self) -> Pin<Box<dyn HandlerSlot>>;
}

pin_project! {
    struct TypedHandlerSlot<H: Handler> {
        handler: Arc<H>,
        #[pin]
        future: Option<H::Future>,
    }
}

pub(crate) fn handler_slot<H: Handler>(handler: Arc<H>) -> Pin<Box<dyn HandlerSlot>> {
    Box::pin(TypedHandlerSlot {
        handler,
        future: None,
    })
}

impl<H: Handler> HandlerSlot for TypedHandlerSlot<H> {
    fn call(
        self: Pin<&mut Self>,
        server: &ServerEmitter,
        args: &mut HandlerArgs,
    ) -> Result<(), HandlerPanic> {
        let mut this = self.project();
        // The future is written in place, because it can be large.
        catch_panic(|| {
            if let Some((req, _)) = args {
                server.emit(server_events::Request, req);
            }
            if let Some((req, res)) = args.take() {
                this.future.set(Some(this.handler.handle(req, res)));
            }
        })
    }

    fn poll(
        self: Pin<&mut Self>,
        response: &Arc<ResponseChannel>,
        cx: &mut Context<'_>,
    ) -> Poll<bool> {
        let mut slot = self.project().future;
        let Some(future) = slot.as_mut().as_pin_mut() else {
            return Poll::Ready(false);
        };
        let Poll::Ready(output) = poll_catch_panic(future, cx) else {
            return Poll::Pending;
        };
        // The future is dropped first, and with it a response that it may still hold, because the error response
        // needs the headers of that response.
        slot.set(None);
        Poll::Ready(finish(response, output))
    }

    fn clear(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }

    fn clone_empty(&self) -> Pin<Box<dyn HandlerSlot>> {
        handler_slot(Arc::clone(&self.handler))
    }
}

/// Sends an error response if the handler failed. Returns whether the handler succeeded.
fn finish<T: HandlerOutput>(
    response: &Arc<ResponseChannel>,
    output: Result<T, HandlerPanic>,
) -> bool {
    let is_other = |output: &T| output.sent().is_some_and(|sent| !sent.is_of(response));
    match output.map(|output| (is_other(&output), output.error())) {
        Ok((false, None)) => return true,
        Ok((true, _)) => drop(catch_panic(|| {
            let error = HandlerError::from_error::<T::Error>(other_response(), response);
            failure::respond_with(response, error);
        })),
        // A user's error type may panic in `reply`. The panic then drops the response, which records the panic.
        Ok((false, Some(error))) => {
            let error = HandlerError::new(error);
            drop(catch_panic(|| failure::respond_with(response, error)));
        }
        Err(panic) => drop(catch_panic(|| {
            let error = HandlerError::from_error::<T::Error>(panic.into_error(), response);
            failure::respond_with(response, error);
        })),
    }
    false
}

/// Returns the error of a handler that returned the `Sent` of a different response: the handler might not have
/// responded to its request at all.
#[cold]
fn other_response() -> Error {
    let what = "a handler returned the `Sent` of a response that is not its own";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
}

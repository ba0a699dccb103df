//! Where a handler runs: the one code of a server that is compiled for its handler's type.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::http::event;
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::exchange::Exchange;
use crate::http::exchange::handler::Handler;
use crate::http::exchange::panic::{HandlerPanic, catch_panic, finish, poll_catch_panic};
use crate::http::request::Request;
use crate::http::response::Response;

/// What a handler is called with, until it has it. It is large, and so it is lent on the way there.
pub(crate) type HandlerArgs = Option<(Request, Response)>;

/// A place for a handler's future, which is made once and used for one request after another.
pub(crate) trait HandlerSlot: Send {
    /// Calls the handler; its future is not polled yet.
    fn call(
        self: Pin<&mut Self>,
        server: &ServerEmitter,
        args: &mut HandlerArgs,
    ) -> Result<(), HandlerPanic>;

    /// Lets the handler go on, and answers for it if it failed. Ready when it has ended: whether it did not fail.
    fn poll(self: Pin<&mut Self>, exchange: &Arc<Exchange>, cx: &mut Context<'_>) -> Poll<bool>;

    /// Drops the handler's future.
    fn clear(self: Pin<&mut Self>);

    /// Another stage for the same handler.
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
        // Its future is written where it stays: it is as large as what it holds.
        catch_panic(|| {
            if let Some((req, _)) = args {
                server.emit(event::Request, req);
            }
            if let Some((req, res)) = args.take() {
                this.future.set(Some(this.handler.handle(req, res)));
            }
        })
    }

    fn poll(self: Pin<&mut Self>, exchange: &Arc<Exchange>, cx: &mut Context<'_>) -> Poll<bool> {
        let mut place = self.project().future;
        let Some(future) = place.as_mut().as_pin_mut() else {
            return Poll::Ready(false);
        };
        let Poll::Ready(end) = poll_catch_panic(future, cx) else {
            return Poll::Pending;
        };
        // First the future goes, with a response that it may still hold: the failure is answered on that.
        place.set(None);
        Poll::Ready(finish(exchange, end))
    }

    fn clear(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }

    fn clone_empty(&self) -> Pin<Box<dyn HandlerSlot>> {
        handler_slot(Arc::clone(&self.handler))
    }
}

//! Where a handler runs: the one code of a server that is compiled for its handler's type.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::caught::{Panicked, caught, finish, poll_caught};
use super::event;
use super::exchange::Exchange;
use super::handler::Handler;
use super::server::Shared;
use super::{Request, Response};

/// What a handler is called with, until it has it. It is large, and so it is lent on the way there.
pub(crate) type Given = Option<(Request, Response)>;

/// A place for a handler's future, which is made once and used for one request after another.
pub(crate) trait Stage: Send {
    /// Calls the handler; its future is not polled yet.
    fn call(self: Pin<&mut Self>, server: &Shared, given: &mut Given) -> Result<(), Panicked>;

    /// Lets the handler go on, and answers for it if it failed. Ready when it has ended: whether it did not fail.
    fn poll(self: Pin<&mut Self>, exchange: &Arc<Exchange>, cx: &mut Context<'_>) -> Poll<bool>;

    /// Drops the handler's future.
    fn clear(self: Pin<&mut Self>);

    /// Another stage for the same handler.
    fn another(&self) -> Pin<Box<dyn Stage>>;
}

pin_project! {
    struct StageOf<H: Handler> {
        handler: Arc<H>,
        #[pin]
        future: Option<H::Future>,
    }
}

pub(crate) fn stage<H: Handler>(handler: Arc<H>) -> Pin<Box<dyn Stage>> {
    Box::pin(StageOf {
        handler,
        future: None,
    })
}

impl<H: Handler> Stage for StageOf<H> {
    fn call(self: Pin<&mut Self>, server: &Shared, given: &mut Given) -> Result<(), Panicked> {
        let mut this = self.project();
        // Its future is written where it stays: it is as large as what it holds.
        caught(|| {
            if let Some((req, _)) = given {
                server.emit(event::Request, req);
            }
            if let Some((req, res)) = given.take() {
                this.future.set(Some(this.handler.handle(req, res)));
            }
        })
    }

    fn poll(self: Pin<&mut Self>, exchange: &Arc<Exchange>, cx: &mut Context<'_>) -> Poll<bool> {
        let mut place = self.project().future;
        let Some(future) = place.as_mut().as_pin_mut() else {
            return Poll::Ready(false);
        };
        let Poll::Ready(end) = poll_caught(future, cx) else {
            return Poll::Pending;
        };
        // First the future goes, with a response that it may still hold: the failure is answered on that.
        place.set(None);
        Poll::Ready(finish(exchange, end))
    }

    fn clear(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }

    fn another(&self) -> Pin<Box<dyn Stage>> {
        stage(Arc::clone(&self.handler))
    }
}

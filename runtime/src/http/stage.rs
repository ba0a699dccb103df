//! Where a handler runs: the one code of a server that is compiled for its handler's type.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::caught::{Panicked, caught, finish, poll_caught};
use super::event;
use super::exchange::Exchange;
use super::handler::Handler;
use super::server::Shared;
use super::{Request, Response};

/// A place for a handler's future, which is made once and used for one request after another.
pub(crate) trait Stage: Send {
    /// Calls the handler; its future is not polled yet.
    fn call(&mut self, server: &Shared, req: Request, res: Response) -> Result<(), Panicked>;

    /// Lets the handler go on, and answers for it if it failed. Ready when it has ended.
    fn poll(&mut self, exchange: &Arc<Exchange>, cx: &mut Context<'_>) -> Poll<()>;

    /// Drops the handler's future.
    fn clear(&mut self);

    /// Another place for the same handler.
    fn another(&self) -> Box<dyn Stage>;
}

pub(crate) struct Of<H: Handler> {
    handler: Arc<H>,
    future: Pin<Box<Option<H::Future>>>,
}

impl<H: Handler> Of<H> {
    pub(crate) fn new(handler: Arc<H>) -> Self {
        Self {
            handler,
            future: Box::pin(None),
        }
    }
}

impl<H: Handler> Stage for Of<H> {
    fn call(&mut self, server: &Shared, req: Request, res: Response) -> Result<(), Panicked> {
        // Its future is written where it stays: it is as large as what it holds.
        caught(|| {
            server.emit(event::Request, &req);
            self.future.set(Some(self.handler.handle(req, res)));
        })
    }

    fn poll(&mut self, exchange: &Arc<Exchange>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(future) = self.future.as_mut().as_pin_mut() else {
            return Poll::Ready(());
        };
        let Poll::Ready(end) = poll_caught(future, cx) else {
            return Poll::Pending;
        };
        // First the future goes, with a response that it may still hold: the failure is answered on that.
        self.future.set(None);
        finish(exchange, end);
        Poll::Ready(())
    }

    fn clear(&mut self) {
        self.future.set(None);
    }

    fn another(&self) -> Box<dyn Stage> {
        Box::new(Self::new(Arc::clone(&self.handler)))
    }
}

//! A handler slot that runs its handler inside a span.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tracing::Span;

use super::handler_slot::{HandlerArgs, HandlerSlot};
use crate::http::events::server_emitter::ServerEmitter;
use crate::http::panic::HandlerPanic;
use crate::http::request::Request;
use crate::http::response::channel::ResponseChannel;

/// A function that creates the span of a request. It does not panic.
pub(crate) type SpanFactory = Arc<dyn Fn(&Request) -> Span + Send + Sync>;

struct TracedSlot {
    inner: Pin<Box<dyn HandlerSlot>>,
    new_span: SpanFactory,
    /// The span of the request whose handler is running.
    span: Span,
}

pub(super) fn traced(
    inner: Pin<Box<dyn HandlerSlot>>,
    new_span: SpanFactory,
) -> Pin<Box<dyn HandlerSlot>> {
    Box::pin(TracedSlot {
        inner,
        new_span,
        span: Span::none(),
    })
}

/// The destructors of the handler's variables also run inside the span.
impl Drop for TracedSlot {
    fn drop(&mut self) {
        self.span.in_scope(|| self.inner.as_mut().clear());
    }
}

impl HandlerSlot for TracedSlot {
    fn call(
        mut self: Pin<&mut Self>,
        server: &ServerEmitter,
        args: &mut HandlerArgs,
    ) -> Result<(), HandlerPanic> {
        let this = &mut *self;
        if let Some((req, res)) = args {
            this.span = (this.new_span)(req);
            res.channel().set_span(this.span.clone());
        }
        let called = this
            .span
            .in_scope(|| this.inner.as_mut().call(server, args));
        if called.is_err() {
            this.span = Span::none();
        }
        called
    }

    fn poll(
        mut self: Pin<&mut Self>,
        response: &Arc<ResponseChannel>,
        cx: &mut Context<'_>,
    ) -> Poll<bool> {
        let this = &mut *self;
        let polled = this
            .span
            .in_scope(|| this.inner.as_mut().poll(response, cx));
        if polled.is_ready() {
            this.span = Span::none();
        }
        polled
    }

    fn clear(mut self: Pin<&mut Self>) {
        let this = &mut *self;
        this.span.in_scope(|| this.inner.as_mut().clear());
        this.span = Span::none();
    }

    fn clone_empty(&self) -> Pin<Box<dyn HandlerSlot>> {
        traced(self.inner.clone_empty(), Arc::clone(&self.new_span))
    }
}

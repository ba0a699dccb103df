//! Support for protocols with many exchanges at a time: requests whose headers are a map, and handlers that continue in
//! their own task while their response is sent.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{HeaderMap, Method, Version, header};

use super::context::ConnectionContext;
use super::handler_slot::HandlerSlot;
use super::{Exchange, ReceivedBody};
use crate::http::request::Request;
use crate::http::request::body::{Body, DeclaredType};
use crate::http::request::raw_head::RawHead;
use crate::http::response::channel::ResponseChannel;

/// A request whose headers were received as a map.
pub(crate) struct MappedRequest<'a> {
    pub(crate) method: Method,
    pub(crate) version: Version,
    /// The request target in origin-form, or `*`.
    pub(crate) target: &'a str,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ReceivedBody,
}

impl Exchange {
    /// Creates the request for a handler.
    pub(crate) fn new_mapped_request(&mut self, received: MappedRequest<'_>) -> Request {
        let (method, version) = (received.method, received.version);
        let content_type = received.headers.get(header::CONTENT_TYPE).cloned();
        let raw = self.reset(&method, version, &received.body, |raw| {
            RawHead::reset_to_map(raw, received.target, received.headers);
        });
        let body = match received.body {
            ReceivedBody::None => Body::default(),
            with_bytes => self.new_body(with_bytes, content_type.map(DeclaredType::Whole)),
        };
        Request::received(
            (method, version),
            raw,
            body,
            Arc::clone(&self.request),
            self.context.socket.clone(),
        )
    }

    /// Takes the handler, if it is running, so that another task can poll it.
    pub(crate) fn take_handler(&mut self) -> Option<RunningHandler> {
        if !std::mem::take(&mut self.is_running) {
            return None;
        }
        let empty = self.slot.clone_empty();
        Some(RunningHandler {
            slot: std::mem::replace(&mut self.slot, empty),
            response: Arc::clone(&self.response),
            is_adopted: false,
            _context: Arc::clone(&self.context),
        })
    }

    /// Records that the operating system has the whole response. Returns whether this exchange can be used for another
    /// request.
    pub(crate) fn finish(&mut self) -> bool {
        self.on_sent();
        if !self.response.is_finished() {
            return false;
        }
        if let Some(response) = Arc::get_mut(&mut self.response) {
            response.request.origin.shrink();
        }
        if Arc::strong_count(&self.request) > 1 {
            // The body of the request may still be read, so the channel of the request is not reused.
            self.request = Arc::default();
            self.has_body = false;
        }
        true
    }
}

/// A handler whose response has begun.
pub(crate) struct RunningHandler {
    slot: Pin<Box<dyn HandlerSlot>>,
    response: Arc<ResponseChannel>,
    /// Whether the task that polls the handler is known.
    is_adopted: bool,
    /// Held so that the server does not end before this handler has returned.
    _context: Arc<ConnectionContext>,
}

impl Future for RunningHandler {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if !std::mem::replace(&mut this.is_adopted, true) {
            this.response.set_handler_task();
        }
        let polled = this.slot.as_mut().poll(&this.response, cx);
        if polled.is_pending() {
            this.response.handler_is_pending();
        }
        if ready!(polled) {
            this.response.handler_returned();
        }
        Poll::Ready(())
    }
}

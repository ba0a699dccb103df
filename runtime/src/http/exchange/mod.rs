//! One request and its response, between the handler and the protocol.
//!
//! ```text
//! protocol ── new_request, call ──▶ Exchange ──▶ handler (in its slot)
//!          ◀── poll_head, poll_frame, poll_demand ──┘
//! ```
//!
//! Invariants:
//! 1. Each request gets a response: what the handler sends, an error response, or an aborted response. A truncated
//!    response never looks complete.
//! 2. When the client disconnects, the handler's future is dropped, unless the response has ended: in that case, the
//!    future continues in its own task.
//! 3. A panic in a handler ends neither the connection's task nor another exchange.
//! 4. A connection may have any number of exchanges at a time.
//!
//! This folder neither reads from nor writes to a connection, and knows nothing about the wire format.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::{Method, StatusCode, Version};

use self::context::ConnectionContext;
use self::failure::HandlerError;
use self::handler_slot::{HandlerArgs, HandlerSlot};
use self::request_kind::RequestKind;
use crate::error::Error;
use crate::events::Event;
use crate::http::events::PendingRequest;
use crate::http::events::server_events::{CheckContinue, CheckExpectation, ServerEvents};
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::interruption::Interruption;
use crate::http::request::Request;
use crate::http::request::body::{Body, BodyReader, DeclaredType};
use crate::http::request::channel::RequestChannel;
use crate::http::request::raw_head::RawHead;
use crate::http::request::summary::RequestOrigin;
use crate::http::request::target_parts::{Span, Target};
use crate::http::response::Response;
use crate::http::response::channel::{NextPart, RequestInfo, ResponseBody, ResponseChannel};
use crate::http::response::events::finished::ResponseOutcome;
use crate::http::response::head::ResponseHead;
use crate::http::response::interim::InterimResponse;
use crate::http::response::switch::ProtocolSwitch;
use crate::http::socket::events::Close;
use crate::http::sync::spawn;

#[cfg(feature = "http2")]
pub(crate) mod concurrent;
pub(crate) mod context;
#[cfg(feature = "tower")]
pub(crate) mod converted;
pub(crate) mod dispatch;
pub(crate) mod failure;
mod finish;
pub(crate) mod handler;
pub(crate) mod handler_slot;
pub(crate) mod overload;
pub(crate) mod rejection;
pub(crate) mod request_kind;
#[cfg(feature = "tracing")]
pub(crate) mod traced_slot;

pub use self::handler::{HandlerFuture, HandlerOutput, RequestHandler};

/// A request as a protocol received it.
pub(crate) struct ReceivedRequest {
    pub(crate) method: Method,
    pub(crate) version: Version,
    pub(crate) target: Target,
    pub(crate) content_type: Option<Span>,
    pub(crate) body: ReceivedBody,
}

/// How much of a body has been received when the handler is called.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReceivedBody {
    None,
    Whole(bytes::Bytes),
    /// A body that is still to be received. Its length is `None` if it is unknown, as for a chunked body.
    Following(Option<u64>),
}

impl ReceivedBody {
    /// Returns the length of the body, if it is known.
    pub(crate) fn len(&self) -> Option<u64> {
        match self {
            Self::None => Some(0),
            Self::Whole(bytes) => Some(bytes.len() as u64),
            Self::Following(length) => *length,
        }
    }
}

/// The next part of a response that a protocol sends, up to and including the head.
pub(crate) enum ResponsePart {
    Interim(InterimResponse),
    Head(ResponseHead, ResponseBody),
    /// A head after which the connection speaks another protocol.
    Switch(ResponseHead, ProtocolSwitch),
}

pub(crate) struct Exchange {
    context: Arc<ConnectionContext>,
    pub(crate) request: Arc<RequestChannel>,
    pub(crate) response: Arc<ResponseChannel>,
    slot: Pin<Box<dyn HandlerSlot>>,
    /// The handler's future is in the slot.
    is_running: bool,
    has_body: bool,
    /// The length of a body that was received with its head.
    whole_body: u64,
    /// The protocol has the head of the response.
    is_head_taken: bool,
    /// The reason why the exchange ends, if it ends before its response is finished.
    pub(crate) interruption: Interruption,
    /// Memory for the headers of the next response.
    spare_headers: LazyHeaderMap,
}

impl Exchange {
    #[cold]
    pub(crate) fn new(context: Arc<ConnectionContext>) -> Box<Self> {
        let limits = context.limits.response;
        let response = context.service.new_response(limits, RequestInfo::default());
        Box::new(Self {
            slot: context.new_slot(),
            request: Arc::default(),
            response: Arc::new(response),
            context,
            is_running: false,
            has_body: false,
            whole_body: 0,
            is_head_taken: false,
            interruption: Interruption::default(),
            spare_headers: LazyHeaderMap::default(),
        })
    }

    /// Creates the request for a handler. `head` contains the bytes of the request head, and receives the memory of
    /// an earlier head in exchange.
    pub(crate) fn new_request(&mut self, received: ReceivedRequest, head: &mut Vec<u8>) -> Request {
        let (method, version) = (received.method, received.version);
        let raw = self.reset(&method, version, &received.body, |raw| {
            RawHead::reset(raw, received.target, head);
        });
        let body = match received.body {
            ReceivedBody::None => Body::default(),
            with_bytes => {
                let content_type = DeclaredType::part(&raw, received.content_type);
                self.new_body(with_bytes, content_type)
            }
        };
        Request::received(
            (method, version),
            raw,
            body,
            Arc::clone(&self.request),
            self.context.socket.clone(),
        )
    }

    fn new_body(&self, body: ReceivedBody, content_type: Option<DeclaredType>) -> Body {
        let max_size = self.context.limits.body;
        let channel = &self.request;
        Body::new(match body {
            ReceivedBody::Whole(bytes) => {
                BodyReader::buffered(bytes, content_type, max_size, channel)
            }
            ReceivedBody::Following(length) => {
                BodyReader::streaming(length, content_type, max_size, channel)
            }
            ReceivedBody::None => return Body::default(),
        })
    }

    /// Prepares the channels for the next request. `store` stores the head of that request. Channels that are still in
    /// use are replaced. The response channel first releases the head of the previous request, so that the memory of
    /// that head can be reused.
    fn reset(
        &mut self,
        method: &Method,
        version: Version,
        body: &ReceivedBody,
        store: impl FnOnce(&mut Arc<RawHead>),
    ) -> Arc<RawHead> {
        let channel = Arc::get_mut(&mut self.response);
        let mut raw = match channel {
            Some(channel) => channel.request.origin.take_head(),
            None => Arc::default(),
        };
        store(&mut raw);
        let info = RequestInfo {
            method: method.clone(),
            version,
            origin: RequestOrigin::Received(Arc::clone(&raw)),
            is_watched: self.context.service.emitter.watches_requests(),
        };
        match Arc::get_mut(&mut self.response) {
            Some(channel) => channel.reset(info),
            None => {
                let limits = self.context.limits.response;
                self.response = Arc::new(self.context.service.new_response(limits, info));
            }
        }
        if !RequestChannel::reset(&mut self.request, self.has_body) {
            self.request = Arc::default();
        }
        self.has_body = *body != ReceivedBody::None;
        self.whole_body = match body {
            ReceivedBody::Whole(bytes) => bytes.len() as u64,
            ReceivedBody::None | ReceivedBody::Following(_) => 0,
        };
        if self.response.request.is_watched {
            self.begin_record();
        }
        self.is_head_taken = false;
        raw
    }

    pub(crate) fn new_response(&mut self) -> Response {
        let headers = std::mem::take(&mut self.spare_headers);
        Response::open(Arc::clone(&self.response), headers)
    }

    /// Calls the handler; its future is not polled yet.
    pub(crate) fn call(&mut self, req: Request, res: Response) {
        self.call_with(&mut Some((req, res)));
    }

    fn call_with(&mut self, args: &mut HandlerArgs) {
        match self.slot.as_mut().call(&self.context.service.emitter, args) {
            Ok(()) => self.is_running = true,
            Err(panic) => {
                let error = HandlerError::new(panic.into_error());
                failure::respond_with(&self.response, error);
            }
        }
    }

    /// Offers a request with an expectation to listeners. If no listener takes it, calls the handler, or responds with
    /// a 417 if the expectation is unknown.
    #[cold]
    pub(crate) fn call_expecting(&mut self, kind: RequestKind, req: Request, res: Response) {
        let pending = PendingRequest::new(req, res);
        match kind {
            RequestKind::UnknownExpectation => {
                if let Some((_, res)) = self.offer(CheckExpectation, &pending) {
                    let what = "unsupported expectation: only `100-continue` is supported";
                    failure::reject(res, Error::new(StatusCode::EXPECTATION_FAILED, what));
                }
            }
            _ => {
                let mut args = self.offer(CheckContinue, &pending);
                self.call_with(&mut args);
            }
        }
    }

    /// Emits an event whose listeners may take the request. Returns the request if no listener took it.
    fn offer<E>(&self, event: E, pending: &PendingRequest) -> HandlerArgs
    where
        E: Event<ServerEvents, Payload = PendingRequest>,
    {
        self.context.service.emitter.emit(event, pending);
        pending.take()
    }

    /// Polls the handler.
    #[inline]
    pub(crate) fn poll_handler(&mut self, cx: &mut Context<'_>) {
        if !self.is_running {
            return;
        }
        match self.slot.as_mut().poll(&self.response, cx) {
            Poll::Ready(succeeded) => {
                self.is_running = false;
                if succeeded && self.is_head_taken {
                    self.response.handler_returned();
                }
            }
            Poll::Pending => {
                if self.response.handler_is_pending() {
                    self.detach_handler();
                }
            }
        }
    }

    /// Returns the next part to send, up to and including the head.
    #[inline]
    pub(crate) fn poll_head(&mut self, cx: &Context<'_>) -> Poll<ResponsePart> {
        loop {
            match self.response.poll_head(self.is_running, cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(NextPart::Failed(error)) => {
                    failure::replace_dropped(&self.response, error);
                }
                Poll::Ready(NextPart::Interim(interim)) => {
                    return Poll::Ready(ResponsePart::Interim(interim));
                }
                Poll::Ready(NextPart::Head(head, body)) => {
                    self.is_head_taken = true;
                    return Poll::Ready(ResponsePart::Head(head, body));
                }
                Poll::Ready(NextPart::Switch(head, switch)) => {
                    self.is_head_taken = true;
                    return Poll::Ready(ResponsePart::Switch(head, switch));
                }
            }
        }
    }

    /// Keeps the memory of headers that were sent, for the next response.
    #[inline]
    pub(crate) fn recycle(&mut self, headers: LazyHeaderMap) {
        self.spare_headers = headers.recycled();
    }

    /// Called when the protocol no longer needs the handler. If its response has ended, the handler continues in its
    /// own task; otherwise it is dropped.
    #[inline]
    pub(crate) fn detach_handler(&mut self) {
        if std::mem::take(&mut self.is_running) {
            self.detach_running();
        }
    }

    #[cold]
    fn detach_running(&mut self) {
        if !self.response.is_ended() {
            self.slot.as_mut().clear();
            return;
        }
        let empty = self.slot.clone_empty();
        let mut slot = std::mem::replace(&mut self.slot, empty);
        let response = Arc::clone(&self.response);
        let context = Arc::clone(&self.context);
        spawn(Box::pin(async move {
            poll_fn(|cx| slot.as_mut().poll(&response, cx)).await;
            // The context is held until here, so that the server does not end before this handler.
            drop(context);
        }));
    }

    /// Called when the whole response has been handed to the operating system, or when a pipelined request begins
    /// before that.
    pub(crate) fn on_sent(&mut self) {
        if self.response.finish() {
            match self.has_body {
                true => self.request.on_responded(),
                false => self.request.on_responded_without_body(),
            }
            self.on_ended(ResponseOutcome::Complete);
        }
    }

    /// Does the same as `on_sent`, for a response that was complete when its head was taken.
    #[inline]
    pub(crate) fn on_sent_whole(&mut self) {
        if self.has_body {
            return self.on_sent();
        }
        self.response.finish_complete();
        self.request.on_responded_without_body();
        self.on_ended(ResponseOutcome::Complete);
    }
}

impl Exchange {
    /// Ends the exchange without events, because its request is passed on.
    pub(crate) fn forget(self) {
        self.response.disconnect(self.interruption);
    }
}

/// Called when the connection or the stream of this exchange has ended.
impl Drop for Exchange {
    fn drop(&mut self) {
        if self.response.disconnect(self.interruption) {
            self.request.on_interrupted(self.interruption);
            self.response.emitter.emit(Close, &());
            self.on_ended(self.interruption);
        }
        self.request.fail(self.interruption.into());
    }
}

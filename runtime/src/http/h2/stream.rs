//! One request and its response, in the task that hyper spawns for their stream.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Response, StatusCode};
use hyper::upgrade::OnUpgrade;
use tokio::task::AbortHandle;

use super::request_body::{Delivered, RequestBody};
use super::response_body::{Delivery, ResponseStream};
use super::response_head::{self, StreamPlan, StreamTraits};
use super::streams::StreamGuard;
use super::tunnel;
use crate::http::exchange::concurrent::RunningHandler;
use crate::http::exchange::{Exchange, ResponsePart};
use crate::http::interruption::Interruption;
use crate::http::response::channel::ResponseBody;
use crate::http::response::head::ResponseHead;
use crate::http::response::switch::ProtocolSwitch;
use crate::http::sync::spawn;

/// A future that resolves to the response once its head can be sent.
pub(crate) enum Stream {
    /// The connection accepts no more streams.
    Refused,
    /// The request is not valid.
    Rejected(Option<Box<Response<ResponseStream>>>),
    Open(Option<OpenStream>),
}

/// The part that a stream sends after interim responses.
enum FinalPart {
    Head(ResponseHead, ResponseBody),
    /// A head after which the stream switches to another protocol.
    Switch(ResponseHead, ProtocolSwitch),
}

pub(crate) struct OpenStream {
    exchange: Box<Exchange>,
    /// `None` if the request has no body, or if its reader is done with it.
    body: Option<RequestBody>,
    request: StreamTraits,
    /// hyper's upgrade, if the stream was opened for another protocol.
    pending: Option<OnUpgrade>,
    /// Whether the task that polls the handler is known.
    is_adopted: bool,
    guard: StreamGuard,
}

impl OpenStream {
    pub(super) fn new(
        exchange: Box<Exchange>,
        body: Option<RequestBody>,
        request: StreamTraits,
        guard: StreamGuard,
    ) -> Self {
        Self {
            exchange,
            body,
            request,
            pending: None,
            is_adopted: false,
            guard,
        }
    }

    /// Sets hyper's upgrade, for a response that switches to the protocol for which the stream was opened.
    pub(super) fn with_upgrade(mut self, pending: Option<OnUpgrade>) -> Self {
        self.pending = pending;
        self
    }

    fn poll_head(&mut self, cx: &mut Context<'_>) -> Poll<FinalPart> {
        if !std::mem::replace(&mut self.is_adopted, true) {
            self.exchange.response.set_handler_task();
        }
        loop {
            self.exchange.poll_handler(cx);
            match self.exchange.poll_head(cx) {
                Poll::Ready(ResponsePart::Head(head, body)) => {
                    return Poll::Ready(FinalPart::Head(head, body));
                }
                Poll::Ready(ResponsePart::Switch(head, switch)) => {
                    return Poll::Ready(FinalPart::Switch(head, switch));
                }
                // hyper does not send interim responses with HTTP/2.
                Poll::Ready(ResponsePart::Interim(_)) => {}
                Poll::Pending => ready!(self.poll_body(cx)),
            }
        }
    }

    /// Is ready if a part of the request body was delivered.
    fn poll_body(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(body) = &mut self.body else {
            return Poll::Pending;
        };
        if let Delivered::All = ready!(body.poll(cx)) {
            self.body = None;
        }
        Poll::Ready(())
    }

    /// Returns the response that opens the tunnel.
    fn into_tunnel(
        mut self,
        head: ResponseHead,
        switch: ProtocolSwitch,
    ) -> Response<ResponseStream> {
        let plan = StreamPlan::new(&head, self.request);
        let body = ResponseBody::Streaming { length: None };
        let mut head = response_head::response(head, &body, plan, || self.guard.streams().date());
        match self.pending.take() {
            Some(pending) => tunnel::open(pending, switch, self.guard.another()),
            // The stream was not opened for another protocol: a request that the handler dispatched asked for one.
            None => *head.status_mut() = StatusCode::NOT_IMPLEMENTED,
        }
        self.exchange.detach_handler();
        let delivery = Delivery::new(Some(self.exchange), self.guard);
        head.map(|()| ResponseStream::whole(Bytes::new(), delivery))
    }

    fn into_response(
        mut self,
        mut head: ResponseHead,
        body: ResponseBody,
        cx: &mut Context<'_>,
    ) -> Response<ResponseStream> {
        if self.pending.is_some() && head.status.is_success() {
            // With a success status, the client would interpret the body as the beginning of the other protocol.
            head.status = StatusCode::NOT_IMPLEMENTED;
        }
        let plan = StreamPlan::new(&head, self.request);
        let head = response_head::response(head, &body, plan, || self.guard.streams().date());
        let channel = match body {
            ResponseBody::Streaming { .. } if plan.has_body => {
                Some(Arc::clone(&self.exchange.response))
            }
            ResponseBody::Streaming { .. } => {
                self.exchange.response.stop_reading(Interruption::NoBody);
                self.exchange.detach_handler();
                None
            }
            ResponseBody::Whole(_) => {
                if !self.exchange.response.is_ended() {
                    // A hook has replaced the output of the handler.
                    self.exchange.detach_handler();
                }
                None
            }
        };
        // The result does not matter: after the poll, it is known whether the reader wants the rest.
        let _ = self.poll_body(cx);
        let task = go_on(self.exchange.take_handler(), self.body);
        let delivery = Delivery::new(Some(self.exchange), self.guard);
        let body = match (channel, body) {
            (Some(channel), _) => {
                ResponseStream::streaming(channel, delivery, task, plan.has_trailers)
            }
            (None, ResponseBody::Whole(body)) if plan.has_body => {
                ResponseStream::whole(body, delivery)
            }
            (None, _) => ResponseStream::whole(Bytes::new(), delivery),
        };
        head.map(|()| body)
    }
}

/// hyper drops the future early if the client resets the stream or the connection ends.
impl Drop for Stream {
    fn drop(&mut self) {
        if let Self::Open(Some(stream)) = self {
            stream.exchange.interruption = stream.guard.streams().interruption();
        }
    }
}

impl Future for Stream {
    type Output = Result<Response<ResponseStream>, ::h2::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Rejected(response) => match response.take() {
                Some(response) => Poll::Ready(Ok(*response)),
                None => Poll::Pending,
            },
            Self::Open(open) => {
                let Some(stream) = open else {
                    return Poll::Pending;
                };
                let part = ready!(stream.poll_head(cx));
                let Some(stream) = open.take() else {
                    return Poll::Pending;
                };
                Poll::Ready(Ok(match part {
                    FinalPart::Head(head, body) => stream.into_response(head, body, cx),
                    FinalPart::Switch(head, switch) => stream.into_tunnel(head, switch),
                }))
            }
            // The client may send the request again on another connection.
            Self::Refused => Poll::Ready(Err(::h2::Reason::REFUSED_STREAM.into())),
        }
    }
}

/// Runs the handler and delivers the request body in a separate task.
fn go_on(handler: Option<RunningHandler>, body: Option<RequestBody>) -> Option<AbortHandle> {
    if handler.is_none() && body.is_none() {
        return None;
    }
    let task = spawn(Box::pin(Remainder { handler, body }));
    Some(task.abort_handle())
}

struct Remainder {
    handler: Option<RunningHandler>,
    body: Option<RequestBody>,
}

impl Future for Remainder {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        loop {
            if let Some(handler) = &mut this.handler
                && Pin::new(handler).poll(cx).is_ready()
            {
                this.handler = None;
            }
            let Some(body) = &mut this.body else {
                return match this.handler {
                    Some(_) => Poll::Pending,
                    None => Poll::Ready(()),
                };
            };
            if let Delivered::All = ready!(body.poll(cx)) {
                this.body = None;
            }
        }
    }
}

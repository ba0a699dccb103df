//! Passes the body of a response from its handler to hyper.

use std::pin::Pin;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};
use tokio::task::AbortHandle;

use super::streams::StreamGuard;
use crate::http::exchange::Exchange;
use crate::http::interruption::Interruption;
use crate::http::response::channel::{ResponseAborted, ResponseChannel};
use crate::http::response::trailers;

/// The body that hyper reads.
pub(crate) struct ResponseStream {
    source: BodySource,
    delivery: Option<Arc<Delivery>>,
    /// The task of the handler, if it is still running.
    handler: Option<AbortHandle>,
    has_trailers: bool,
}

enum BodySource {
    Whole(Bytes),
    Streaming(Arc<ResponseChannel>),
    Complete,
}

impl ResponseStream {
    pub(super) fn whole(body: Bytes, delivery: Arc<Delivery>) -> Self {
        Self {
            source: BodySource::Whole(body),
            delivery: Some(delivery),
            handler: None,
            has_trailers: false,
        }
    }

    /// Creates a body that is still being written. `handler` is the handler's task, if it is still running.
    pub(super) fn streaming(
        channel: Arc<ResponseChannel>,
        delivery: Arc<Delivery>,
        handler: Option<AbortHandle>,
        has_trailers: bool,
    ) -> Self {
        Self {
            source: BodySource::Streaming(channel),
            delivery: Some(delivery),
            handler,
            has_trailers,
        }
    }

    fn poll_source(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseAborted>>> {
        loop {
            let channel = match &mut self.source {
                BodySource::Complete => return Poll::Ready(None),
                BodySource::Whole(body) => {
                    let body = std::mem::take(body);
                    self.source = BodySource::Complete;
                    return Poll::Ready((!body.is_empty()).then(|| Ok(Frame::data(body))));
                }
                BodySource::Streaming(channel) => channel,
            };
            let frame = match ready!(channel.poll_frame(cx)) {
                None => {
                    self.source = BodySource::Complete;
                    return Poll::Ready(None);
                }
                Some(Err(aborted)) => {
                    if let Some(delivery) = &self.delivery {
                        delivery.is_aborted.store(true, Relaxed);
                    }
                    return Poll::Ready(Some(Err(aborted)));
                }
                Some(Ok(frame)) => frame,
            };
            let trailers = match frame.into_trailers() {
                Ok(trailers) => trailers,
                Err(frame) => {
                    if channel.complete_taken() {
                        self.source = BodySource::Complete;
                    }
                    return Poll::Ready(Some(Ok(frame)));
                }
            };
            // The end follows, but hyper does not poll for it.
            let ended = channel.poll_frame(cx);
            debug_assert!(matches!(ended, Poll::Ready(None)));
            self.source = BodySource::Complete;
            if let Some(trailers) = self.sendable(trailers) {
                return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
            }
        }
    }

    /// Returns the trailer fields to send, if there are any.
    fn sendable(&self, trailers: HeaderMap) -> Option<HeaderMap> {
        if !self.has_trailers {
            return None;
        }
        let mut sendable = HeaderMap::new();
        for (name, value) in &trailers {
            if trailers::is_allowed(name.as_str().as_bytes()) {
                sendable.append(name, value.clone());
            }
        }
        (!sendable.is_empty()).then_some(sendable)
    }
}

impl Body for ResponseStream {
    type Data = Piece;
    type Error = ResponseAborted;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Piece>, ResponseAborted>>> {
        let this = self.get_mut();
        let frame = ready!(this.poll_source(cx));
        Poll::Ready(frame.map(|frame| {
            Ok(frame?.map_data(|bytes| {
                let delivery = match this.source {
                    BodySource::Complete => this.delivery.take(),
                    _ => this.delivery.clone(),
                };
                Piece::new(bytes, delivery)
            }))
        }))
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            BodySource::Whole(body) => body.is_empty(),
            BodySource::Streaming(_) => false,
            BodySource::Complete => true,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            BodySource::Whole(body) => SizeHint::with_exact(body.len() as u64),
            BodySource::Streaming(_) => SizeHint::default(),
            BodySource::Complete => SizeHint::with_exact(0),
        }
    }
}

impl Drop for ResponseStream {
    fn drop(&mut self) {
        if self.is_end_stream() {
            return;
        }
        if let Some(delivery) = &self.delivery {
            delivery.is_truncated.store(true, Relaxed);
        }
        if let (BodySource::Streaming(channel), Some(handler)) = (&self.source, &self.handler)
            && !channel.is_ended()
        {
            handler.abort();
        }
    }
}

/// A part of a body, until it is written to the socket.
pub(crate) struct Piece {
    bytes: Bytes,
    delivery: Option<Arc<Delivery>>,
}

impl Piece {
    fn new(bytes: Bytes, delivery: Option<Arc<Delivery>>) -> Self {
        if let Some(delivery) = &delivery {
            delivery.guard.streams().on_taken(bytes.len());
        }
        Self { bytes, delivery }
    }

    fn on_released(&self, len: usize) {
        if let Some(delivery) = &self.delivery {
            delivery.guard.streams().on_released(len);
        }
    }
}

impl Buf for Piece {
    fn remaining(&self) -> usize {
        self.bytes.len()
    }

    fn chunk(&self) -> &[u8] {
        &self.bytes
    }

    fn advance(&mut self, len: usize) {
        self.bytes.advance(len);
        self.on_released(len);
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        if let (Some(delivery), false) = (&self.delivery, self.bytes.is_empty()) {
            delivery.is_truncated.store(true, Relaxed);
            self.on_released(self.bytes.len());
        }
    }
}

/// The delivery of a response. It reports the end of the stream once the body and all of its pieces have been dropped.
///
/// The report may be made while h2 holds the lock of its streams. The listeners that are then called cannot deadlock:
/// everything that they drop or wake is connected to h2 only by channels and tasks.
pub(super) struct Delivery {
    /// `None` if the request was rejected. The lock makes the delivery `Sync`; only the last owner takes the
    /// exchange.
    exchange: Mutex<Option<Box<Exchange>>>,
    /// Whether a part of the body was not written.
    is_truncated: AtomicBool,
    /// Whether the response was aborted, for example because the handler failed.
    is_aborted: AtomicBool,
    guard: StreamGuard,
}

impl Delivery {
    pub(super) fn new(exchange: Option<Box<Exchange>>, guard: StreamGuard) -> Arc<Self> {
        Arc::new(Self {
            exchange: Mutex::new(exchange),
            is_truncated: AtomicBool::new(false),
            is_aborted: AtomicBool::new(false),
            guard,
        })
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        let exchange = self.exchange.get_mut().ok().and_then(Option::take);
        let Some(mut exchange) = exchange else {
            return;
        };
        exchange.interruption = match *self.is_aborted.get_mut() {
            true => Interruption::ResponseAborted,
            false => self.guard.streams().interruption(),
        };
        if !*self.is_truncated.get_mut() && exchange.finish() {
            self.guard.streams().recycle(exchange);
        }
    }
}

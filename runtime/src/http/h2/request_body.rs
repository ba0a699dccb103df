//! Passes the body of a request from hyper to its reader.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame};
use hyper::body::Incoming;

use super::check::is_well_formed;
use super::streams::{ArrivingBody, Streams};
use crate::http::request::channel::{BodyFailure, Demand, RequestChannel};
use crate::http::request::syntax::trailer::is_forbidden;

/// A request body, which is delivered when its reader requests it. Dropping it fails an incomplete body.
pub(super) struct RequestBody {
    incoming: Incoming,
    channel: Arc<RequestChannel>,
    arriving: ArrivingBody,
}

/// The result of a poll.
pub(super) enum Delivered {
    /// A part was delivered.
    Part,
    /// The reader has the whole body, or reads no more of it.
    All,
}

impl RequestBody {
    pub(super) fn new(
        incoming: Incoming,
        channel: &Arc<RequestChannel>,
        streams: &Arc<Streams>,
    ) -> Self {
        Self {
            incoming,
            channel: Arc::clone(channel),
            arriving: Streams::expect_body(streams, channel),
        }
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Delivered> {
        match ready!(self.channel.poll_demand(cx)) {
            Demand::Data => loop {
                let frame = ready!(Pin::new(&mut self.incoming).poll_frame(cx));
                if !self.is_filler(&frame) {
                    return Poll::Ready(self.deliver(frame));
                }
            },
            Demand::Drain => {
                // No more of an unread body is received, so that the other streams need not wait for it.
                self.channel.on_given_up();
                Poll::Ready(Delivered::All)
            }
            Demand::Done => Poll::Ready(Delivered::All),
        }
    }

    /// Returns whether a frame is an empty part, which only shows that the body continues.
    fn is_filler(&self, frame: &Option<Result<Frame<Bytes>, hyper::Error>>) -> bool {
        let data = frame.as_ref().and_then(|it| it.as_ref().ok()?.data_ref());
        data.is_some_and(Bytes::is_empty) && !self.incoming.is_end_stream()
    }

    fn deliver(&self, frame: Option<Result<Frame<Bytes>, hyper::Error>>) -> Delivered {
        match frame {
            Some(Ok(frame)) if frame.trailers_ref().is_some_and(|it| !is_valid(it)) => {
                self.channel.fail(BodyFailure::Malformed);
                return Delivered::All;
            }
            Some(Ok(frame)) => {
                if frame.data_ref().is_none_or(|data| !data.is_empty()) {
                    self.channel.push(frame.into());
                }
                if !self.incoming.is_end_stream() {
                    return Delivered::Part;
                }
                self.channel.end();
            }
            // The client reset the stream, or the connection has ended.
            Some(Err(_)) => self.fail(),
            None => self.channel.end(),
        }
        Delivered::All
    }

    fn fail(&self) {
        self.channel.fail(self.arriving.interruption().into());
    }
}

/// Fails the body if the stream has ended before the body has.
impl Drop for RequestBody {
    fn drop(&mut self) {
        self.fail();
    }
}

fn is_valid(trailers: &HeaderMap) -> bool {
    let is_forbidden = |name: &http::HeaderName| is_forbidden(name.as_str().as_bytes());
    !trailers.keys().any(is_forbidden) && trailers.values().all(is_well_formed)
}

//! An answer on its way out: its body.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::http::exchange::{Cut, Exchange};

/// The body of an answer.
pub(crate) enum Outgoing {
    /// All of it was known before the head went out. hyper gets none of it, but for the answer to a HEAD, which has its length
    /// alone ([`Outbound`](crate::http::h1::outbound::Outbound)).
    Whole(Bytes),
    /// It is still being written, or was written part by part: hyper reads it.
    Streamed(Stream),
}

/// The reading end of an exchange; dropping it before the end tells the writer that nobody reads any more.
pub(crate) struct Stream(Arc<Exchange>);

impl Outgoing {
    pub(crate) fn streamed(exchange: Arc<Exchange>) -> Self {
        Self::Streamed(Stream(exchange))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.0.unread();
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Cut;

    #[inline]
    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        match self.get_mut() {
            Self::Whole(body) if body.is_empty() => Poll::Ready(None),
            Self::Whole(body) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(body))))),
            Self::Streamed(stream) => stream.0.poll_frame(cx),
        }
    }

    #[inline]
    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(body) if body.is_empty())
    }

    #[inline]
    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => SizeHint::with_exact(body.len() as u64),
            Self::Streamed(_) => SizeHint::default(),
        }
    }
}

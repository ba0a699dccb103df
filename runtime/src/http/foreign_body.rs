//! Bodies from other crates, of any type.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use crate::error::Error;
use crate::http::outlet::Feed;
use crate::http::panic::catch_panic;

/// How many consecutive empty parts are skipped before other tasks run.
const MAX_EMPTY: usize = 32;

/// A body of any type, whose panics become errors.
pub(crate) struct ForeignBody(Pin<Box<dyn ErasedBody>>);

trait ErasedBody: Send {
    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>>;

    fn is_end_stream(&self) -> bool;

    fn size_hint(&self) -> SizeHint;

    fn as_feed(self: Pin<&mut Self>) -> Option<&mut dyn Feed>;
}

impl ForeignBody {
    pub(crate) fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send + 'static,
    {
        Self(Box::pin(TypedForeignBody {
            body,
            as_feed: |_| None,
        }))
    }

    pub(crate) fn of_feed<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Feed
            + Send
            + Unpin
            + 'static,
    {
        Self(Box::pin(TypedForeignBody {
            body,
            as_feed: |body| Some(body.get_mut()),
        }))
    }

    /// Returns the body if it can write to an outlet.
    pub(crate) fn as_feed(&mut self) -> Option<&mut dyn Feed> {
        self.0.as_mut().as_feed()
    }

    /// Returns the next part that is not empty, or `None` at the end.
    pub(crate) fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        for _ in 0..MAX_EMPTY {
            let polled = catch_panic(|| self.0.as_mut().poll_frame(cx));
            let frame = match polled {
                Ok(poll) => ready!(poll),
                Err(panic) => return Poll::Ready(Some(Err(panic.into_error()))),
            };
            let is_empty = |frame: &Frame<Bytes>| frame.data_ref().is_some_and(Bytes::is_empty);
            if !matches!(&frame, Some(Ok(frame)) if is_empty(frame)) {
                return Poll::Ready(frame);
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    /// Returns whether the body is known to have no further parts.
    pub(crate) fn is_end_stream(&self) -> bool {
        catch_panic(|| self.0.is_end_stream()).unwrap_or(false)
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        catch_panic(|| self.0.size_hint()).unwrap_or_default()
    }
}

impl fmt::Debug for ForeignBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForeignBody").finish_non_exhaustive()
    }
}

pin_project! {
    struct TypedForeignBody<B> {
        #[pin]
        body: B,
        as_feed: fn(Pin<&mut B>) -> Option<&mut dyn Feed>,
    }
}

impl<B> ErasedBody for TypedForeignBody<B>
where
    B: Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>> + Send,
{
    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(self.project().body.poll_frame(cx));
        Poll::Ready(frame.map(|frame| frame.map_err(|error| Error::from(error.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn as_feed(self: Pin<&mut Self>) -> Option<&mut dyn Feed> {
        let this = self.project();
        (this.as_feed)(this.body)
    }
}

//! The body of a response.

use hyper::body::{Body, Frame, SizeHint};
use std::borrow::Cow;
use std::convert::Infallible;
use std::io::Cursor;
use std::pin::Pin;
use std::task::{Context, Poll};

/// One chunk; `None` once hyper has taken it.
pub(crate) struct Text(Option<Cow<'static, [u8]>>);

impl Text {
    pub(crate) const EMPTY: Self = Self(None);

    pub(crate) fn fixed(text: &'static str) -> Self {
        Self(Some(Cow::Borrowed(text.as_bytes())))
    }

    pub(crate) fn written(text: Vec<u8>) -> Self {
        Self(Some(Cow::Owned(text)))
    }
}

impl Body for Text {
    type Data = Cursor<Cow<'static, [u8]>>;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Infallible>>> {
        let text = self.0.take();
        Poll::Ready(text.map(|text| Ok(Frame::data(Cursor::new(text)))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |text| text.len() as u64))
    }
}

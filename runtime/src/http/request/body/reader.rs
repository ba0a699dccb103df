//! Reads a body from memory, from the protocol or from another crate, up to its limit.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::Body;
#[cfg(feature = "compression")]
use super::decoding::{BodyDecoder, DecodedBody};
use super::error::BodyError;
use super::media_type::DeclaredType;
use crate::error::{Error, Failure};
use crate::http::foreign_body::ForeignBody;
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::request::channel::RequestChannel;
use crate::http::sync::lock;

/// The reader of a body that has data.
pub(crate) struct BodyReader {
    source: Source,
    pub(crate) content_type: Option<DeclaredType>,
    /// The limit of a body that is read as a whole, in bytes.
    pub(crate) max_whole: usize,
    /// The limit of a body that is read in chunks, in bytes.
    pub(crate) max_chunked: Option<usize>,
    /// The number of bytes read.
    read: usize,
    pub(crate) trailers: LazyHeaderMap,
    failure: Option<BodyError>,
    #[cfg(feature = "compression")]
    decoded: Option<DecodedBody>,
    /// The first chunk, which was read from the source to find out whether the body is empty.
    peeked: Option<Result<Frame<Bytes>, Failure>>,
    channel: Arc<RequestChannel>,
}

#[derive(Debug, Default)]
enum Source {
    #[default]
    Empty,
    Buffered(Bytes),
    Streaming,
    /// The lock makes the body `Sync`.
    Foreign(Mutex<ForeignBody>),
}

impl BodyReader {
    fn new(
        source: Source,
        content_type: Option<DeclaredType>,
        max_whole: usize,
        channel: &Arc<RequestChannel>,
    ) -> Self {
        Self {
            source,
            content_type,
            max_whole,
            max_chunked: None,
            read: 0,
            trailers: LazyHeaderMap::default(),
            failure: None,
            #[cfg(feature = "compression")]
            decoded: None,
            peeked: None,
            channel: Arc::clone(channel),
        }
    }

    pub(crate) fn buffered(
        bytes: Bytes,
        content_type: Option<DeclaredType>,
        max_whole: usize,
        channel: &Arc<RequestChannel>,
    ) -> Self {
        channel.set_buffered();
        Self::new(Source::Buffered(bytes), content_type, max_whole, channel)
    }

    pub(crate) fn streaming(
        length: Option<u64>,
        content_type: Option<DeclaredType>,
        max_whole: usize,
        channel: &Arc<RequestChannel>,
    ) -> Self {
        channel.set_streaming(length);
        Self::new(Source::Streaming, content_type, max_whole, channel)
    }

    /// Creates the reader for the body of a request that another crate received.
    pub(crate) fn foreign(
        source: ForeignBody,
        content_type: Option<DeclaredType>,
        max_whole: usize,
        channel: &Arc<RequestChannel>,
    ) -> Self {
        channel.set_buffered();
        let source = Source::Foreign(Mutex::new(source));
        Self::new(source, content_type, max_whole, channel)
    }

    pub(crate) fn channel(&self) -> &Arc<RequestChannel> {
        &self.channel
    }

    pub(crate) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if let Some(failure) = self.failure {
            return Poll::Ready(Some(Err(failure.to_error().into())));
        }
        let frame = match ready!(self.poll_source(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => {
                if !matches!(std::mem::take(&mut self.source), Source::Empty) {
                    self.channel.on_read();
                }
                return Poll::Ready(None);
            }
        };
        if let Some(chunk) = frame.data_ref() {
            self.read += chunk.len();
            if let Some(limit) = self.max_chunked.filter(|limit| self.read > *limit) {
                return Poll::Ready(Some(Err(self.fail(BodyError::TooLong(limit)))));
            }
            self.channel.emit_data(chunk);
        } else if let Some(trailers) = frame.trailers_ref() {
            self.trailers = trailers.clone().into();
        }
        Poll::Ready(Some(Ok(frame)))
    }

    /// Returns the next part of the body, decoded if the reader has a decoder.
    fn poll_source(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if let Some(frame) = self.peeked.take() {
            return Poll::Ready(Some(frame));
        }
        #[cfg(feature = "compression")]
        if let Some(mut decoded) = self.decoded.take() {
            let limit = self.max_chunked.unwrap_or(self.max_whole);
            let rest = limit.saturating_sub(self.read);
            let polled = decoded.poll_frame((rest, limit), cx, |cx| self.poll_received(cx));
            self.decoded = Some(decoded);
            return polled.unwrap_or_else(|error| Poll::Ready(Some(Err(self.fail(error)))));
        }
        self.poll_received(cx)
    }

    /// Decodes the rest of the body as it is read, unless it already has a decoder.
    #[cfg(feature = "compression")]
    pub(crate) fn decode(&mut self, decoder: Box<dyn BodyDecoder>) {
        self.decoded
            .get_or_insert_with(|| DecodedBody::new(decoder));
    }

    /// Returns whether the body is decoded, which makes its length unknown.
    fn is_decoded(&self) -> bool {
        #[cfg(feature = "compression")]
        return self.decoded.is_some();
        #[cfg(not(feature = "compression"))]
        false
    }

    /// Returns the next part of the body as received.
    fn poll_received(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        match &mut self.source {
            Source::Empty => Poll::Ready(None),
            Source::Buffered(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Buffered(bytes) => {
                let all = std::mem::take(bytes);
                Poll::Ready(Some(Ok(Frame::data(all))))
            }
            Source::Streaming => {
                let frame = ready!(self.channel.poll_frame(cx));
                Poll::Ready(frame.map(|it| it.map_err(|it| self.fail(BodyError::Failed(it)))))
            }
            Source::Foreign(source) => {
                let source = source.get_mut().unwrap_or_else(PoisonError::into_inner);
                let frame = ready!(source.poll_frame(cx));
                Poll::Ready(frame.map(|frame| frame.map_err(|error| self.fail_foreign(error))))
            }
        }
    }

    /// Returns whether the body is empty. If its length is not declared, this reads its first chunk, which the next
    /// read returns.
    pub(crate) fn poll_is_empty(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.size_hint().lower() > 0 || self.failure.is_some() {
            return Poll::Ready(false);
        }
        match ready!(self.poll_source(cx)) {
            None => Poll::Ready(true),
            Some(Ok(frame)) if frame.is_trailers() => {
                self.trailers = frame.into_trailers().unwrap_or_default().into();
                Poll::Ready(true)
            }
            frame => {
                self.peeked = frame;
                Poll::Ready(false)
            }
        }
    }

    /// Fails this read and all later ones.
    pub(crate) fn fail(&mut self, failure: BodyError) -> Failure {
        self.failure = Some(failure);
        let error = failure.to_error();
        let lost = matches!(failure, BodyError::Failed(_));
        self.channel.on_failed(&error, lost);
        error.into()
    }

    fn fail_foreign(&mut self, error: Error) -> Failure {
        let failure = self.fail(BodyError::foreign(&error));
        failure.with_source(Failure::from(error))
    }

    fn is_at_end(&self) -> bool {
        #[cfg(feature = "compression")]
        if let Some(decoded) = &self.decoded {
            return decoded.is_at_end();
        }
        match &self.source {
            _ if self.peeked.is_some() => false,
            Source::Empty => true,
            Source::Buffered(bytes) => bytes.is_empty(),
            Source::Streaming => self.channel.is_at_end(),
            Source::Foreign(source) => lock(source).is_end_stream(),
        }
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        match &self.source {
            _ if self.is_decoded() => SizeHint::default(),
            Source::Empty => SizeHint::with_exact(0),
            Source::Buffered(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Streaming => self.channel.size_hint(),
            Source::Foreign(source) => lock(source).size_hint(),
        }
    }
}

/// Leaves the unread rest of the body to the protocol.
impl Drop for BodyReader {
    fn drop(&mut self) {
        match &self.source {
            Source::Streaming if self.channel.is_at_end() => self.channel.on_read(),
            Source::Streaming => self.channel.on_dropped(),
            Source::Buffered(_) | Source::Foreign(_) => self.channel.on_buffered_dropped(),
            Source::Empty => {}
        }
    }
}

/// Makes it possible to pass a request body to any crate that accepts an `http_body::Body`.
impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        self.get_mut().poll_next(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.reader.as_deref().is_none_or(BodyReader::is_at_end)
    }

    fn size_hint(&self) -> SizeHint {
        let reader = self.reader.as_deref();
        reader.map_or(SizeHint::with_exact(0), BodyReader::size_hint)
    }
}

//! A body that is decoded as it is read.

use std::io::{self, ErrorKind};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::Frame;

use super::error::BodyError;

/// The maximum size of a decoded chunk, in bytes.
const CHUNK: usize = 16 * 1024;

/// The number of decoded bytes after which other tasks run: a few kilobytes of input may decode to gigabytes.
const BURST: usize = 1024 * 1024;

/// A decoder of a body.
pub(crate) trait BodyDecoder: Send + Sync {
    /// Provides the next part of the input. It is called when `read` has returned `WouldBlock`.
    fn feed(&mut self, input: Bytes);

    /// Marks the end of the input.
    fn end(&mut self);

    /// Reads decoded bytes into `out`. Returns 0 at the end of the body, and `WouldBlock` if the decoder needs
    /// more input.
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize>;
}

/// A decoder and its state.
pub(crate) struct DecodedBody {
    decoder: Box<dyn BodyDecoder>,
    chunk: Box<[u8]>,
    /// The input has ended.
    is_source_ended: bool,
    is_finished: bool,
    /// The trailers, which follow the data.
    last: Option<Frame<Bytes>>,
    /// The number of bytes decoded since the task last waited.
    burst: usize,
}

/// The next frame of a body.
type BodyPoll<E> = Poll<Option<Result<Frame<Bytes>, E>>>;

impl DecodedBody {
    pub(crate) fn new(decoder: Box<dyn BodyDecoder>) -> Self {
        Self {
            decoder,
            chunk: vec![0; CHUNK].into(),
            is_source_ended: false,
            is_finished: false,
            last: None,
            burst: 0,
        }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.is_finished && self.last.is_none()
    }

    /// Returns the next part of the decoded body. `limit` contains the number of bytes that may follow and the limit of
    /// the whole body.
    pub(crate) fn poll_frame<E>(
        &mut self,
        limit: (usize, usize),
        cx: &mut Context<'_>,
        mut source: impl FnMut(&mut Context<'_>) -> BodyPoll<E>,
    ) -> Result<BodyPoll<E>, BodyError> {
        if self.burst >= BURST {
            self.burst = 0;
            cx.waker().wake_by_ref();
            return Ok(Poll::Pending);
        }
        while !self.is_finished {
            match self.decoder.read(&mut self.chunk) {
                Ok(0) => match self.poll_rest(cx, &mut source) {
                    Poll::Pending => return Ok(Poll::Pending),
                    Poll::Ready(Some(Err(error))) => return Ok(Poll::Ready(Some(Err(error)))),
                    // Data follows the end of the encoded body.
                    Poll::Ready(Some(Ok(_))) => return Err(BodyError::Encoding),
                    Poll::Ready(None) => self.is_finished = true,
                },
                Ok(len) if len > limit.0 => return Err(BodyError::TooLong(limit.1)),
                Ok(len) => {
                    self.burst += len;
                    let chunk = Bytes::copy_from_slice(&self.chunk[..len]);
                    return Ok(Poll::Ready(Some(Ok(Frame::data(chunk)))));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    match self.poll_rest(cx, &mut source) {
                        Poll::Pending => {
                            self.burst = 0;
                            return Ok(Poll::Pending);
                        }
                        Poll::Ready(Some(Err(error))) => return Ok(Poll::Ready(Some(Err(error)))),
                        Poll::Ready(Some(Ok(input))) => self.decoder.feed(input),
                        Poll::Ready(None) => self.decoder.end(),
                    }
                }
                Err(_) => return Err(BodyError::Encoding),
            }
        }
        Ok(Poll::Ready(self.last.take().map(Ok)))
    }

    /// Returns the next input that is not empty.
    fn poll_rest<E>(
        &mut self,
        cx: &mut Context<'_>,
        source: &mut impl FnMut(&mut Context<'_>) -> BodyPoll<E>,
    ) -> Poll<Option<Result<Bytes, E>>> {
        while !self.is_source_ended {
            let frame = match ready!(source(cx)).transpose() {
                Err(error) => return Poll::Ready(Some(Err(error))),
                Ok(frame) => frame,
            };
            match frame.map(Frame::into_data) {
                Some(Ok(data)) if data.is_empty() => {}
                Some(Ok(data)) => return Poll::Ready(Some(Ok(data))),
                Some(Err(trailers)) => {
                    self.is_source_ended = true;
                    self.last = Some(trailers);
                }
                None => self.is_source_ended = true,
            }
        }
        Poll::Ready(None)
    }
}

//! A body that is decoded as it is read.

use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;

use super::error::BodyError;

/// The maximum input of one call, in bytes: a decoder may produce a thousand times as much.
const PIECE: usize = 1024;

/// The decoded bytes after which a frame is returned.
const ENOUGH: usize = 64 * 1024;

/// Decodes a body.
pub(crate) trait BodyDecoder: Send + Sync {
    /// Decodes a part of the body and appends the result to `out`, at most `max` bytes.
    fn decode(&mut self, input: &[u8], out: &mut Vec<u8>, max: usize) -> Result<(), DecodeError>;

    /// Appends the end of the decoded body. Fails if the body is incomplete.
    fn finish(&mut self, out: &mut Vec<u8>, max: usize) -> Result<(), DecodeError>;
}

/// The reason why a body cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecodeError {
    /// The decoded body exceeds `max` bytes.
    TooLong,
    Malformed,
}

/// A decoder, and its input.
pub(crate) struct DecodedBody {
    decoder: Box<dyn BodyDecoder>,
    input: Bytes,
    out: Vec<u8>,
    /// The frame that follows the data: trailers.
    last: Option<Frame<Bytes>>,
    is_finished: bool,
}

/// The next frame of a body.
type BodyPoll<E> = Poll<Option<Result<Frame<Bytes>, E>>>;

impl DecodedBody {
    pub(crate) fn new(decoder: Box<dyn BodyDecoder>) -> Self {
        Self {
            decoder,
            input: Bytes::new(),
            out: Vec::new(),
            last: None,
            is_finished: false,
        }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.is_finished && self.out.is_empty() && self.last.is_none()
    }

    /// Returns the next part of the decoded body. `limit` is the number of bytes that may follow, and the limit of the whole
    /// body.
    pub(crate) fn poll_frame<E>(
        &mut self,
        limit: (usize, usize),
        cx: &mut Context<'_>,
        mut source: impl FnMut(&mut Context<'_>) -> BodyPoll<E>,
    ) -> Result<BodyPoll<E>, BodyError> {
        while !self.is_finished && self.out.len() < ENOUGH {
            let max = limit.0.saturating_sub(self.out.len());
            let decoded = if self.input.is_empty() {
                if !self.out.is_empty() {
                    // Decoded data is returned before more is read.
                    break;
                }
                let Poll::Ready(polled) = source(cx) else {
                    return Ok(Poll::Pending);
                };
                match polled.transpose() {
                    Err(error) => return Ok(Poll::Ready(Some(Err(error)))),
                    Ok(Some(frame)) if frame.is_data() => {
                        self.input = frame.into_data().unwrap_or_default();
                        continue;
                    }
                    Ok(last) => self.last = last,
                }
                self.is_finished = true;
                self.decoder.finish(&mut self.out, max)
            } else {
                let piece = self.input.split_to(self.input.len().min(PIECE));
                self.decoder.decode(&piece, &mut self.out, max)
            };
            if let Err(error) = decoded {
                return Err(match error {
                    DecodeError::TooLong => BodyError::TooLong(limit.1),
                    DecodeError::Malformed => BodyError::Encoding,
                });
            }
        }
        if !self.out.is_empty() {
            let chunk = Bytes::from(std::mem::take(&mut self.out));
            return Ok(Poll::Ready(Some(Ok(Frame::data(chunk)))));
        }
        Ok(Poll::Ready(self.last.take().map(Ok)))
    }
}

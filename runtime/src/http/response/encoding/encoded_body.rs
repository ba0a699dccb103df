//! A body that passes through an encoder.

use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body::Frame;

use super::Encoder;
use crate::error::Error;
use crate::http::panic::{HandlerPanic, catch_panic_of};

/// The number of encoded bytes after which a frame is returned.
const ENOUGH: usize = 16 * 1024;

const ENCODER: &str = "an encoder";

/// Encodes a whole body.
pub(crate) fn encode_whole(encoder: &mut dyn Encoder, body: &[u8]) -> Result<Bytes, Error> {
    let mut out = Vec::new();
    run(|| {
        if !body.is_empty() {
            encoder.encode(body, &mut out)?;
        }
        encoder.finish(&mut out)
    })?;
    Ok(out.into())
}

/// Calls an encoder and catches its panics.
fn run(call: impl FnOnce() -> std::io::Result<()>) -> Result<(), Error> {
    match catch_panic_of(ENCODER, call).map_err(HandlerPanic::into_error)? {
        Ok(()) => Ok(()),
        Err(error) => {
            let what = "the response body could not be encoded";
            Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error))
        }
    }
}

/// An encoder and the part of its output that has not been sent.
pub(crate) struct EncodedBody {
    encoder: Box<dyn Encoder>,
    out: Vec<u8>,
    /// Whether the encoder has received input since it was last flushed.
    needs_flush: bool,
    is_finished: bool,
    trailers: Option<HeaderMap>,
    /// The number of encoded bytes that were taken.
    pub(crate) sent: u64,
}

/// The next frame of a stream.
pub(crate) type NextFrame<E> = Poll<Option<Result<Frame<Bytes>, E>>>;

impl EncodedBody {
    pub(crate) fn new(encoder: Box<dyn Encoder>) -> Self {
        Self {
            encoder,
            out: Vec::new(),
            needs_flush: false,
            is_finished: false,
            trailers: None,
            sent: 0,
        }
    }

    /// Encodes a body that was written completely.
    pub(crate) fn encode_all(&mut self, body: &[u8]) -> Result<Bytes, Error> {
        encode_whole(&mut *self.encoder, body)
    }

    /// Returns whether the whole body was taken.
    #[cfg(any(feature = "http2", feature = "tower"))]
    pub(crate) fn is_drained(&self) -> bool {
        self.is_finished && self.out.is_empty() && self.trailers.is_none()
    }

    /// Returns the next part of the encoded body. `source` returns the next part as the handler wrote it.
    pub(crate) fn poll_frame<E>(
        &mut self,
        cx: &mut Context<'_>,
        mut source: impl FnMut(&mut Context<'_>) -> NextFrame<E>,
    ) -> Result<NextFrame<E>, Error> {
        let is_pending = loop {
            if self.is_finished || self.out.len() >= ENOUGH {
                break false;
            }
            match source(cx) {
                Poll::Pending => {
                    if std::mem::take(&mut self.needs_flush) {
                        run(|| self.encoder.flush(&mut self.out))?;
                    }
                    break true;
                }
                Poll::Ready(Some(Err(error))) => return Ok(Poll::Ready(Some(Err(error)))),
                Poll::Ready(None) => self.finish()?,
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(chunk) => {
                        self.needs_flush = true;
                        run(|| self.encoder.encode(&chunk, &mut self.out))?;
                    }
                    Err(frame) => {
                        self.trailers = frame.into_trailers().ok();
                        self.finish()?;
                    }
                },
            }
        };
        if !self.out.is_empty() {
            self.sent += self.out.len() as u64;
            let chunk = Bytes::from(std::mem::take(&mut self.out));
            return Ok(Poll::Ready(Some(Ok(Frame::data(chunk)))));
        }
        match self.trailers.take() {
            Some(trailers) => Ok(Poll::Ready(Some(Ok(Frame::trailers(trailers))))),
            None if is_pending => Ok(Poll::Pending),
            // The source is polled to its end, where it records that the body is complete.
            None => Ok(source(cx).map(|_| None)),
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.is_finished = true;
        run(|| self.encoder.finish(&mut self.out))
    }
}

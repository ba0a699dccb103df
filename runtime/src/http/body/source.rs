//! Where a body comes from, and how it ends.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;

use super::failure::BodyError;
use super::{Body, Reading};
use crate::error::{Error, Failure};

#[derive(Default)]
pub(super) enum Source {
    #[default]
    Empty,
    Bytes(Bytes),
    Incoming(Incoming),
}

impl Source {
    fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Incoming(incoming) => incoming.is_end_stream(),
        }
    }

    pub(super) fn size_hint(&self) -> SizeHint {
        match self {
            Self::Empty => SizeHint::with_exact(0),
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Incoming(incoming) => incoming.size_hint(),
        }
    }
}

impl Body {
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        match &mut self.reading {
            Some(reading) => reading.poll_next(cx),
            None => Poll::Ready(None),
        }
    }
}

impl Reading {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        if let Some(failure) = self.failure {
            return Poll::Ready(Some(Err(failure.error().into())));
        }
        let frame = match ready!(self.poll_source(cx)) {
            Some(Ok(frame)) => frame,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => {
                self.source = Source::Empty;
                if let Some(exchange) = self.exchange.take() {
                    exchange.body_ended();
                }
                return Poll::Ready(None);
            }
        };
        if let Some(chunk) = frame.data_ref() {
            self.taken += chunk.len();
            if let Some(limit) = self.chunks.filter(|limit| self.taken > *limit) {
                return Poll::Ready(Some(Err(self.fail(BodyError::TooLong(limit)))));
            }
            if let Some(exchange) = &self.exchange {
                exchange.body_came(chunk);
            }
        } else if let Some(trailers) = frame.trailers_ref() {
            self.trailers = trailers.clone().into();
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn poll_source(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        match &mut self.source {
            Source::Empty => Poll::Ready(None),
            Source::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                self.source = Source::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            // Behind an answer that is sent, hyper does not tell the end of a body whose length is known.
            Source::Incoming(incoming) if incoming.is_end_stream() => Poll::Ready(None),
            Source::Incoming(incoming) => {
                self.expected = false;
                match pin!(incoming).poll_frame(cx) {
                    Poll::Ready(None) => Poll::Ready(None),
                    Poll::Ready(Some(Ok(frame))) => Poll::Ready(Some(Ok(frame))),
                    Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(self.break_off(error)))),
                    Poll::Pending => {
                        let Some(exchange) = &self.exchange else {
                            return Poll::Pending;
                        };
                        let timeout = ready!(exchange.poll_late(cx));
                        self.source = Source::Empty;
                        Poll::Ready(Some(Err(self.fail(BodyError::Late(timeout)))))
                    }
                }
            }
        }
    }

    fn break_off(&mut self, source: hyper::Error) -> Failure {
        self.source = Source::Empty;
        let failure = BodyError::of(&source);
        self.fail_with(failure, failure.error().with_source(source))
    }

    pub(super) fn fail(&mut self, failure: BodyError) -> Failure {
        self.fail_with(failure, failure.error())
    }

    /// It cannot be read on, now and later.
    fn fail_with(&mut self, failure: BodyError, error: Error) -> Failure {
        self.failure = Some(failure);
        if let Some(exchange) = &self.exchange {
            exchange.body_failed(&error, !matches!(failure, BodyError::TooLong(_)));
        }
        error.into()
    }
}

/// What is not read is left to the connection.
impl Drop for Reading {
    fn drop(&mut self) {
        let Some(exchange) = &self.exchange else {
            return;
        };
        match std::mem::take(&mut self.source) {
            Source::Incoming(rest) if !rest.is_end_stream() => {
                exchange.body_left(rest, !self.expected);
            }
            Source::Incoming(_) => exchange.body_ended(),
            Source::Bytes(_) => exchange.pass(),
            Source::Empty => {}
        }
    }
}

/// For the ecosystem: a `Body` goes where an `http_body::Body` is asked for.
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
        let reading = self.reading.as_ref();
        reading.is_none_or(|reading| reading.source.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        let reading = self.reading.as_ref();
        reading.map_or(SizeHint::with_exact(0), |reading| {
            reading.source.size_hint()
        })
    }
}

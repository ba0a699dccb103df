//! The body of a request.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;

use self::failure::Failure;
use super::exchange::Exchange;
use super::query;
use crate::error::{Error, Result};

mod failure;
mod whole;

/// How much of a body is read whole unless [`Body::limit`] says otherwise: 2 MiB.
pub(crate) const LIMIT: usize = 2 * 1024 * 1024;

/// How much of a body that its handler left is read to keep the connection, in bytes.
pub(crate) const DRAIN_LIMIT: u64 = 256 * 1024;

/// The body of a request, read by consuming it: a body is read once, and the compiler sees to it.
///
/// [`text`](Self::text), [`bytes`](Self::bytes), [`json`](Self::json) and [`form`](Self::form) read it whole, up to
/// 2 MiB or the [`limit`](Self::limit) given; [`next`](Self::next) hands on one chunk after another. Nothing is read
/// from the client before one of them is awaited. In Node, `IncomingMessage` is a `Readable` and a framework reads
/// it whole.
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::post("/").body("hello");
/// let text = req.body.text().await?;
/// assert_eq!(text, "hello");
/// assert!(req.headers.is_empty(), "the rest of the request is still there");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// All readers fail with 413 if the body is longer than allowed, 408 if it does not arrive within the server's
/// [`request_timeout`](super::Server::request_timeout), and 400 if it breaks off or is not valid HTTP. A body that
/// broke off is never taken for a shorter one: whoever reads on gets the error again.
///
/// # Cancellation
/// A reader that is dropped gives up the body; a dropped [`next`](Self::next) loses nothing. What is not read of a body
/// is thrown away once the answer is sent, and the connection is kept, unless there is too much of it.
#[derive(Default)]
pub struct Body {
    source: Source,
    content_type: Option<HeaderValue>,
    /// How many bytes may be read whole.
    whole: usize,
    /// How many bytes `next` hands on.
    chunks: Option<usize>,
    /// How many it has handed on.
    taken: usize,
    trailers: HeaderMap,
    /// Why it cannot be read on.
    failure: Option<Failure>,
    /// The client sends it only when it is asked to, which reading does.
    expected: bool,
    /// Who has to know how it comes.
    exchange: Option<Arc<Exchange>>,
}

#[derive(Default)]
enum Source {
    #[default]
    Empty,
    Bytes(Bytes),
    Incoming(Incoming),
}

impl Body {
    /// A body from the network. `expected`: its client waits for a 100.
    pub(super) fn incoming(
        incoming: Incoming,
        content_type: Option<&HeaderValue>,
        whole: usize,
        expected: bool,
        exchange: &Arc<Exchange>,
    ) -> Self {
        if incoming.is_end_stream() {
            return Self::default();
        }
        exchange.body_comes();
        Self {
            source: Source::Incoming(incoming),
            content_type: content_type.cloned(),
            whole,
            chunks: None,
            taken: 0,
            trailers: HeaderMap::new(),
            failure: None,
            expected,
            exchange: Some(Arc::clone(exchange)),
        }
    }

    /// A body by hand, for a test.
    pub(super) fn by_hand(
        bytes: Bytes,
        content_type: Option<&HeaderValue>,
        exchange: &Arc<Exchange>,
    ) -> Self {
        exchange.body_comes();
        Self {
            source: Source::Bytes(bytes),
            content_type: content_type.cloned(),
            whole: LIMIT,
            chunks: None,
            taken: 0,
            trailers: HeaderMap::new(),
            failure: None,
            expected: false,
            exchange: Some(Arc::clone(exchange)),
        }
    }

    /// Reads at most `bytes` bytes, in place of the server's limit. It counts for [`next`](Self::next) as well, which
    /// has no limit otherwise.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let req = Request::post("/").body("hello");
    /// let error = req.body.limit(4).text().await.unwrap_err();
    /// assert_eq!(error.status(), StatusCode::PAYLOAD_TOO_LARGE);
    /// assert_eq!(error.message(), "the body is longer than the 4 bytes that are read here");
    /// # }
    /// ```
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.whole = bytes;
        self.chunks = Some(bytes);
        self
    }

    /// The next part of the body as it arrives; `None` at its end. Parts have no fixed size. Node: `data` and `end`.
    ///
    /// # Errors
    /// See [`Body`].
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn count(mut req: Request, res: Response) -> Result {
    ///     let mut bytes = 0;
    ///     while let Some(chunk) = req.body.next().await? {
    ///         bytes += chunk.len();
    ///     }
    ///     Ok(res.send(format!("{bytes} bytes")))
    /// }
    /// ```
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            match poll_fn(|cx| self.poll_next(cx)).await {
                None => return Ok(None),
                Some(frame) => {
                    if let Ok(chunk) = frame?.into_data() {
                        return Ok(Some(chunk));
                    }
                }
            }
        }
    }

    /// The fields that came behind a chunked body; none before [`next`](Self::next) has come to its end. Node:
    /// `trailers`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn checked(mut req: Request, res: Response) -> Result {
    ///     while let Some(chunk) = req.body.next().await? {
    ///         println!("{} bytes", chunk.len());
    ///     }
    ///     let sum = req.body.trailers().get("x-checksum");
    ///     Ok(res.send(format!("the client's checksum is {sum:?}")))
    /// }
    /// ```
    pub fn trailers(&self) -> &HeaderMap {
        &self.trailers
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        if let Some(failure) = self.failure {
            return Poll::Ready(Some(Err(failure.error())));
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
                return Poll::Ready(Some(Err(self.fail(Failure::TooLong(limit)))));
            }
            if let Some(exchange) = &self.exchange {
                exchange.body_came(chunk);
            }
        } else if let Some(trailers) = frame.trailers_ref() {
            self.trailers = trailers.clone();
        }
        Poll::Ready(Some(Ok(frame)))
    }

    fn poll_source(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
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
                        Poll::Ready(Some(Err(self.fail(Failure::Late(timeout)))))
                    }
                }
            }
        }
    }

    fn break_off(&mut self, source: hyper::Error) -> Error {
        self.source = Source::Empty;
        let failure = Failure::of(&source);
        self.fail_with(failure, failure.error().with_source(source))
    }

    fn fail(&mut self, failure: Failure) -> Error {
        self.fail_with(failure, failure.error())
    }

    /// It cannot be read on, now and later.
    fn fail_with(&mut self, failure: Failure, error: Error) -> Error {
        self.failure = Some(failure);
        if let Some(exchange) = &self.exchange {
            exchange.body_failed(&error, !matches!(failure, Failure::TooLong(_)));
        }
        error
    }
}

/// What is not read is left to the connection.
impl Drop for Body {
    fn drop(&mut self) {
        let Some(exchange) = &self.exchange else {
            return;
        };
        match std::mem::take(&mut self.source) {
            Source::Incoming(rest) if !rest.is_end_stream() => {
                exchange.body_left(rest, !self.expected);
            }
            Source::Incoming(_) | Source::Bytes(_) => exchange.body_ended(),
            Source::Empty => {}
        }
    }
}

/// For the ecosystem: a `Body` goes where an `http_body::Body` is asked for.
impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>>>> {
        self.get_mut().poll_next(cx)
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Empty => true,
            Source::Bytes(bytes) => bytes.is_empty(),
            Source::Incoming(incoming) => incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Empty => SizeHint::with_exact(0),
            Source::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Incoming(incoming) => incoming.size_hint(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("size", &self.size_hint())
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

//! The body of a request.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;
use serde::de::DeserializeOwned;

use super::exchange::Exchange;
use super::query;
use crate::error::{Error, Result};

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

/// Why a body cannot be read.
#[derive(Clone, Copy, Debug)]
enum Failure {
    /// It is longer than so many bytes.
    TooLong(usize),
    /// It had so long to arrive.
    Late(Duration),
    /// It ended before it should.
    Incomplete,
    /// It is not HTTP.
    Malformed,
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

    /// The whole body.
    ///
    /// # Errors
    /// See [`Body`].
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body([1, 2, 3].as_slice());
    /// assert_eq!(&req.body.bytes().await?[..], [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bytes(mut self) -> Result<Bytes> {
        // What the client announces need not be read to be refused.
        if self.size_hint().lower() > self.whole as u64 {
            return Err(self.fail(Failure::TooLong(self.whole)));
        }
        self.chunks = Some(self.whole);
        let Some(first) = self.next().await? else {
            return Ok(Bytes::new());
        };
        let Some(second) = self.next().await? else {
            return Ok(first);
        };
        let mut all = BytesMut::from(first);
        all.extend_from_slice(&second);
        while let Some(chunk) = self.next().await? {
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// The whole body as text.
    ///
    /// # Errors
    /// 400 if it is not UTF-8; otherwise see [`Body`].
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// assert_eq!(Request::post("/").body("hello").body.text().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn text(self) -> Result<String> {
        String::from_utf8(self.bytes().await?.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Error::bad_request(format!("the body is not UTF-8 text, from byte {at} on"))
        })
    }

    /// The whole body, read as JSON into a `T`.
    ///
    /// # Errors
    /// 415 if the request has a `content-type` that is not JSON (none at all is fine); 400 if the body is not JSON or
    /// not a `T`, with the reason and the place; otherwise see [`Body`].
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").json(&["shoes", "cups"]);
    /// assert_eq!(req.body.json::<Vec<String>>().await?, ["shoes", "cups"]);
    ///
    /// let req = Request::post("/").body("[1, 2,]");
    /// let error = req.body.json::<Vec<u8>>().await.unwrap_err();
    /// assert_eq!(error.message(), "the body is not valid JSON: trailing comma at line 1 column 7");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn json<T: DeserializeOwned>(self) -> Result<T> {
        self.expect_type("JSON, `application/json`", is_json)?;
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_data() {
                wrong_data::<T>(&bytes, &error)
            } else {
                Error::bad_request(format!("the body is not valid JSON: {error}"))
            }
        })
    }

    /// The whole body, read as an HTML form (`application/x-www-form-urlencoded`) into a `T`: a struct, or a map.
    ///
    /// # Errors
    /// 415 if the request has a `content-type` that is not a form; 400 if the form is not a `T`; otherwise see
    /// [`Body`].
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body("name=tea+cup&price=3");
    /// let form = req.body.form::<HashMap<String, String>>().await?;
    /// assert_eq!(form["name"], "tea cup");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn form<T: DeserializeOwned>(self) -> Result<T> {
        self.expect_type("a form, `application/x-www-form-urlencoded`", is_form)?;
        query::form(&self.bytes().await?)
    }

    /// Refuses a body of another type than the one asked for.
    fn expect_type(&self, expected: &str, is: fn(&str) -> bool) -> Result<()> {
        let Some(content_type) = &self.content_type else {
            return Ok(());
        };
        let content_type = String::from_utf8_lossy(content_type.as_bytes());
        let essence = content_type.split(';').next().unwrap_or_default();
        if is(&essence.trim().to_ascii_lowercase()) {
            return Ok(());
        }
        Err(Error::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("the body is `{content_type}`; expected is {expected}"),
        ))
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
        let failure = match is_cut(&source) {
            true => Failure::Incomplete,
            false => Failure::Malformed,
        };
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

impl Failure {
    fn error(self) -> Error {
        match self {
            Self::TooLong(limit) => Error::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body is longer than the {limit} bytes that are read here"),
            ),
            Self::Late(timeout) => Error::new(
                StatusCode::REQUEST_TIMEOUT,
                format!("the request took longer than {timeout:?} to arrive"),
            ),
            Self::Incomplete => Error::bad_request("the body ended before its announced end"),
            Self::Malformed => Error::bad_request("the body is not valid HTTP"),
        }
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

/// Whether hyper says that the client left before the end.
fn is_cut(error: &hyper::Error) -> bool {
    use std::error::Error as _;
    error.is_incomplete_message()
        || error
            .source()
            .and_then(|source| source.downcast_ref::<std::io::Error>())
            .is_some_and(|source| source.kind() == std::io::ErrorKind::UnexpectedEof)
}

fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

fn is_form(essence: &str) -> bool {
    essence == "application/x-www-form-urlencoded"
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
/// JSON that is not what the handler expects. Reads it again, to tell where: `items[1].price`.
fn wrong_data<T: DeserializeOwned>(bytes: &[u8], error: &serde_json::Error) -> Error {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let again = serde_path_to_error::deserialize::<_, T>(&mut json);
    let path = again.err().map(|error| error.path().to_string());
    let place = match path.as_deref() {
        None | Some(".") => String::new(),
        Some(path) => format!("`{path}`: "),
    };
    Error::bad_request(format!(
        "the JSON in the body is not what is expected here: {place}{error}"
    ))
}

//! The body of a request.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;

use super::from_text::FromText;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::Body as _;
use hyper::body::Incoming;

use self::content::{is_form, is_json, wrong_data};
use self::failure::BodyError;
use self::source::Source;
use super::exchange::Exchange;
use super::intake::Arrival;
use super::map::Map;
use super::query;
use crate::error::Failure;

mod content;
mod failure;
mod source;

pub(crate) use self::content::Stated;

/// How much of a body is read whole unless [`Body::limit`] says otherwise: 2 MiB.
pub(crate) const LIMIT: usize = 2 * 1024 * 1024;

/// How much of a body that its handler left is read to keep the connection, in bytes.
pub(crate) const DRAIN_LIMIT: u64 = 256 * 1024;

/// The body of a request, read by consuming it: a body is read once, and the compiler sees to it.
///
/// [`text`](Self::text), [`bytes`](Self::bytes), [`json`](Self::json) and [`form`](Self::form) read it whole, up to
/// 2 MiB or the [`limit`](Self::limit) given; [`next`](Self::next) hands on one chunk after another. But for what came with
/// the head, nothing is read from the client before one of them is awaited. In Node, `IncomingMessage` is a `Readable`
/// and a framework reads it whole.
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
    /// `None`: the request has no body, as most have.
    reading: Option<Box<Reading>>,
}

/// A body that is there, and how far it was read.
struct Reading {
    source: Source,
    content_type: Option<Stated>,
    /// How many bytes may be read whole.
    whole: usize,
    /// How many bytes `next` hands on.
    chunks: Option<usize>,
    /// How many it has handed on.
    taken: usize,
    trailers: Map,
    /// Why it cannot be read on.
    failure: Option<BodyError>,
    /// The client sends it only when it is asked to, which reading does.
    expected: bool,
    /// Who has to know how it comes.
    exchange: Option<Arc<Exchange>>,
}

impl Body {
    /// A body that comes from the network, perhaps only when it is asked for, and of which `whole` bytes may be read whole.
    pub(super) fn incoming(
        (incoming, expected): (Incoming, bool),
        content_type: Option<Stated>,
        whole: usize,
        exchange: &Arc<Exchange>,
    ) -> Self {
        exchange.has_body(Arrival::Held);
        let source = Source::Incoming(incoming);
        Self::new(source, expected, content_type, whole, exchange)
    }

    /// A body that is here: it came with its head, or was made by hand, for a test.
    pub(super) fn here(
        bytes: Bytes,
        content_type: Option<Stated>,
        whole: usize,
        exchange: &Arc<Exchange>,
    ) -> Self {
        exchange.has_body(Arrival::Here);
        Self::new(Source::Bytes(bytes), false, content_type, whole, exchange)
    }

    fn new(
        source: Source,
        expected: bool,
        content_type: Option<Stated>,
        whole: usize,
        exchange: &Arc<Exchange>,
    ) -> Self {
        let reading = Reading {
            source,
            content_type,
            whole,
            chunks: None,
            taken: 0,
            trailers: Map::default(),
            failure: None,
            expected,
            exchange: Some(Arc::clone(exchange)),
        };
        Self {
            reading: Some(Box::new(reading)),
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
        if let Some(reading) = &mut self.reading {
            reading.whole = bytes;
            reading.chunks = Some(bytes);
        }
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
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
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
        match &self.reading {
            Some(reading) => &reading.trailers,
            None => Map::none(),
        }
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
    pub async fn bytes(mut self) -> Result<Bytes, Failure> {
        let Some(reading) = &mut self.reading else {
            return Ok(Bytes::new());
        };
        // What the client announces need not be read to be refused.
        if reading.source.size_hint().lower() > reading.whole as u64 {
            return Err(reading.fail(BodyError::TooLong(reading.whole)));
        }
        reading.chunks = Some(reading.whole);
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
    pub async fn text(self) -> Result<String, Failure> {
        String::from_utf8(self.bytes().await?.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::bad_request(format!("the body is not UTF-8 text, from byte {at} on"))
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
    pub async fn json<T: FromText>(self) -> Result<T, Failure> {
        self.expect_type("JSON, `application/json`", is_json)?;
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_data() {
                wrong_data::<T>(&bytes, &error)
            } else {
                Failure::bad_request(format!("the body is not valid JSON: {error}"))
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
    pub async fn form<T: FromText>(self) -> Result<T, Failure> {
        self.expect_type("a form, `application/x-www-form-urlencoded`", is_form)?;
        query::form(&self.bytes().await?)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("size", &self.size_hint())
            .field(
                "content_type",
                &self.content_type().map(String::from_utf8_lossy),
            )
            .finish_non_exhaustive()
    }
}

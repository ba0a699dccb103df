//! The body of a request.
//!
//! Invariants:
//!
//! 1. A body is read once: every method that reads it as a whole consumes it.
//! 2. After an error, every later read returns the same error.
//! 3. A request without a body has no reader, so nothing is allocated for one.
//! 4. A dropped reader leaves the rest of the body to the protocol, which discards it or closes the connection.
//!
//! This folder knows nothing about framing or the connection.

use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Body as _, Frame};

#[cfg(feature = "compression")]
use self::decoding::BodyDecoder;
#[cfg(feature = "serde")]
use self::deserialize::is_form;
use self::error::BodyError;
use super::channel::RequestChannel;
#[cfg(feature = "serde")]
use super::{deserializable::Deserializable, query};
use crate::error::Failure;
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::rare::Rare;

#[cfg(feature = "compression")]
pub(crate) mod decoding;
#[cfg(feature = "serde")]
mod deserialize;
pub(crate) mod error;
pub(crate) mod media_type;
pub(crate) mod reader;

pub(crate) use self::media_type::DeclaredType;
pub(crate) use self::reader::BodyReader;

/// The body of a request, which can be read only once.
///
/// Reading a body twice does not compile. [`text`](Self::text), [`bytes`](Self::bytes), [`json`](Self::json) and
/// [`form`](Self::form) read it as a whole, up to the server's
/// [`max_body_size`](crate::http::server::Server::max_body_size) (default: 2 MiB) or to [`limit`](Self::limit);
/// [`next`](Self::next) reads it chunk by chunk, by default without a limit. Until one of these methods is awaited, the
/// server receives only a limited part of the body. A `Body` also implements `http_body::Body`. Node.js:
/// `http.IncomingMessage` as a `stream.Readable`.
///
/// # Errors
///
/// Reading fails with:
///
/// - `400 Bad Request` if the body ended prematurely, or if its framing, its trailers or its compressed data are
///   invalid.
/// - `408 Request Timeout` if the request did not arrive within the server's
///   [`request_timeout`](crate::http::server::Server::request_timeout) (default: 300 s).
/// - `413 Content Too Large` if the body exceeds its limit.
/// - `503 Service Unavailable` if the server closed the connection before the end of the body.
///
/// After an error, every later read returns the same error, so a truncated body is never mistaken for a complete one.
///
/// # Cancel safety
///
/// Dropping the future of [`next`](Self::next) loses no data. Dropping any other future drops the body with it. After
/// the response, up to 256 KiB of an unread body are discarded to keep the connection open; see
/// [`max_drain_size`](crate::http::server::Server::max_drain_size).
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let req = Request::post("/").body("hello");
/// assert_eq!(req.body.text().await?, "hello");
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct Body {
    /// `None` if the request has no body, which is the usual case.
    reader: Rare<BodyReader>,
}

impl Body {
    /// Returns the channel of the request, or `None` if the request has no body.
    pub(crate) fn channel(&self) -> Option<&Arc<RequestChannel>> {
        self.reader.as_deref().map(BodyReader::channel)
    }

    pub(crate) fn new(reader: BodyReader) -> Self {
        Self {
            reader: Rare::some(reader),
        }
    }

    pub(crate) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        match &mut *self.reader {
            Some(reader) => reader.poll_next(cx),
            None => Poll::Ready(None),
        }
    }

    /// Decodes the body as it is read. Without a body, there is nothing to decode.
    #[cfg(feature = "compression")]
    pub(crate) fn decode(&mut self, decoder: Box<dyn BodyDecoder>) {
        if let Some(reader) = &mut *self.reader {
            reader.decode(decoder);
        }
    }

    /// Returns whether the body is empty. Waits until the body has data or ends. The data is kept for the next read.
    pub(crate) async fn is_empty(&mut self) -> bool {
        match &mut *self.reader {
            Some(reader) => poll_fn(|cx| reader.poll_is_empty(cx)).await,
            None => true,
        }
    }

    /// Sets the size limit of this body, in bytes.
    ///
    /// This limit replaces the server's, and also applies to [`next`](Self::next), which otherwise has no limit.
    /// Node.js has no such limit; Express: the option `limit` of its body parsers.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let req = Request::post("/").body("hello");
    /// let error = req.body.limit(4).text().await.unwrap_err();
    /// assert_eq!(error.message(), "the request body exceeds the limit of 4 bytes");
    /// # }
    /// ```
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        if let Some(reader) = &mut *self.reader {
            reader.max_whole = bytes;
            reader.max_chunked = Some(bytes);
        }
        self
    }

    /// Returns the next chunk as it arrives, or `None` at the end of the body.
    ///
    /// Chunks have no fixed size. Node.js: the events `data` and `end`.
    ///
    /// # Errors
    ///
    /// The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no data: the next call returns the same chunk.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut req = Request::post("/").body("hello");
    /// let mut bytes = 0;
    /// while let Some(chunk) = req.body.next().await? {
    ///     bytes += chunk.len();
    /// }
    /// assert_eq!(bytes, 5);
    /// # Ok(())
    /// # }
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

    /// Returns the trailer fields of the body.
    ///
    /// They are empty until [`next`](Self::next) has returned `None`. Node.js: `trailers`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn upload(mut req: Request, res: Response) -> Result {
    ///     while let Some(chunk) = req.body.next().await? {
    ///         println!("{} bytes", chunk.len());
    ///     }
    ///     let checksum = req.body.trailers().get("x-checksum");
    ///     Ok(res.send(format!("checksum: {checksum:?}")))
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sent = upload(Request::post("/").body("hello"), Response::new()).await?;
    /// assert_eq!(sent.text(), "checksum: None");
    /// # Ok(())
    /// # }
    /// ```
    pub fn trailers(&self) -> &HeaderMap {
        match &*self.reader {
            Some(reader) => &reader.trailers,
            None => LazyHeaderMap::empty(),
        }
    }

    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body([1, 2, 3].as_slice());
    /// assert_eq!(&req.body.bytes().await?[..], [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bytes(mut self) -> Result<Bytes, Failure> {
        let Some(reader) = &mut *self.reader else {
            return Ok(Bytes::new());
        };
        // A declared length above the limit is rejected without reading.
        if reader.size_hint().lower() > reader.max_whole as u64 {
            return Err(reader.fail(BodyError::TooLong(reader.max_whole)));
        }
        reader.max_chunked = Some(reader.max_whole);
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

    /// Reads the whole body as UTF-8 text.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the body is not UTF-8.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body("hello");
    /// assert_eq!(req.body.text().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn text(self) -> Result<String, Failure> {
        String::from_utf8(self.bytes().await?.into()).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Failure::bad_request(format!("the body is not valid UTF-8 from byte {at} on"))
        })
    }
}

#[cfg(feature = "serde")]
impl Body {
    /// Reads the whole body and deserializes it as JSON.
    ///
    /// Node.js: no counterpart; Express: `express.json()`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the body is not JSON or is not a valid `T`. The message states the reason and the place.
    /// - `415 Unsupported Media Type` if the `content-type` is not JSON. A request without one is accepted.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").json(&["shoes", "cups"]);
    /// assert_eq!(req.body.json::<Vec<String>>().await?, ["shoes", "cups"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Invalid JSON:
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let req = Request::post("/").body("[1, 2,]");
    /// let error = req.body.json::<Vec<u8>>().await.unwrap_err();
    /// assert_eq!(error.message(), "the body is not valid JSON: trailing comma at line 1 column 7");
    /// # }
    /// ```
    pub fn json<T: Deserializable>(self) -> impl Future<Output = Result<T, Failure>> + Send {
        self.json_as(|value| value)
    }

    /// Reads the whole body and deserializes it as an HTML form (`application/x-www-form-urlencoded`).
    ///
    /// `T` is a struct or a map. Node.js: no counterpart; Express: `express.urlencoded()`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the form is not a valid `T`.
    /// - `413 Content Too Large` if there are more than 10,000 distinct fields.
    /// - `415 Unsupported Media Type` if the `content-type` is not a form. A request without one is accepted.
    /// - `500 Internal Server Error` if a field is a struct or a map.
    /// - The errors of [`Body`](Body#errors).
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the body with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::collections::HashMap;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::post("/").body("name=tea+cup&price=3");
    /// let form = req.body.form::<HashMap<String, String>>().await?;
    /// assert_eq!(form["name"], "tea cup");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn form<T: Deserializable>(self) -> Result<T, Failure> {
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

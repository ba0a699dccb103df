//! The body of a request.

use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Body as _, Frame};

use self::error::BodyError;
use self::media_type::{is_form, is_json, json_error};
use super::deserializable::Deserializable;
use super::query;
use crate::error::Failure;
use crate::http::headers::lazy_map::LazyHeaderMap;

pub(crate) mod error;
pub(crate) mod media_type;
pub(crate) mod reader;

pub(crate) use self::media_type::DeclaredType;
pub(crate) use self::reader::BodyReader;

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
/// [`request_timeout`](crate::http::server::Server::request_timeout), and 400 if it breaks off or is not valid HTTP. A body that
/// broke off is never taken for a shorter one: whoever reads on gets the error again.
///
/// # Cancellation
/// A reader that is dropped gives up the body; a dropped [`next`](Self::next) loses nothing. What is not read of a body
/// is thrown away once the answer is sent, and the connection is kept, unless there is too much of it.
#[derive(Default)]
pub struct Body {
    /// `None`: the request has no body, as most have.
    reader: Option<Box<BodyReader>>,
}

impl Body {
    pub(crate) fn new(reader: BodyReader) -> Self {
        Self {
            reader: Some(Box::new(reader)),
        }
    }

    pub(crate) fn poll_next(
        &mut self,
        cx: &Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        match &mut self.reader {
            Some(reader) => reader.poll_next(cx),
            None => Poll::Ready(None),
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
    /// assert_eq!(error.message(), "the request body exceeds the limit of 4 bytes");
    /// # }
    /// ```
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        if let Some(reader) = &mut self.reader {
            reader.max_whole = bytes;
            reader.max_chunked = Some(bytes);
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
        match &self.reader {
            Some(reader) => &reader.trailers,
            None => LazyHeaderMap::empty(),
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
        let Some(reader) = &mut self.reader else {
            return Ok(Bytes::new());
        };
        // What the client announces need not be read to be refused.
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
    /// 415 if the request has a `content-type` that is not JSON (none at all is fine): JSON is `application/json` and any
    /// `type/subtype+json`, such as `application/problem+json`; 400 if the body is not JSON or
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
    pub async fn json<T: Deserializable>(self) -> Result<T, Failure> {
        self.expect_type("JSON, `application/json`", is_json)?;
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_data() {
                json_error::<T>(&bytes, &error)
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

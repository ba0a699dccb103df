//! Completes a response with a body from another crate.

use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use http::header;

use super::{Response, ResponseStage, Sent};
use crate::http::foreign_body::ForeignBody;
use crate::http::outlet::Feed;
use crate::http::response::head::length_mismatch;

impl Response {
    /// Completes the response with any `http_body::Body` of `Bytes`, such as a file, a stream or the response of
    /// another server.
    ///
    /// The connection polls the body, without a separate task, and no faster than the client reads. If the exact size
    /// of the body is known, the response has a `content-length`; otherwise, unless the handler sets one, an HTTP/1.1
    /// body is chunked. Trailers of the body are sent like those of [`add_trailers`](Self::add_trailers). The body is
    /// dropped as soon as the client disconnects. In a response to HEAD or with a status that allows no body, it is
    /// dropped without being polled. If its exact size differs from a `content-length` that the handler set, the
    /// response is replaced by a 500. If the body fails or panics, or turns out to be longer or shorter than declared,
    /// the response is truncated in a way that the client can detect, and [`event::Error`](crate::http::event::Error)
    /// is emitted, unless the body fails with a status below 500, which means that the request caused the failure. The
    /// handler may return before the body is sent. In a test, [`Sent::read_body`] reads the body. Node.js:
    /// `stream.pipe(res)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// /// Sends the body of the request back as it arrives.
    /// async fn echo(req: Request, res: Response) -> Sent {
    ///     res.end_body(req.body)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sent = echo(Request::post("/").body("hello"), Response::new()).await;
    /// assert_eq!(sent.read_body().await?, "hello");
    /// # Ok(())
    /// # }
    /// ```
    pub fn end_body<B>(self, body: B) -> Sent
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Send
            + 'static,
    {
        // In a response to HEAD, an empty body does not mean that the body of GET is empty.
        if body.is_end_stream() && !self.channel.request.is_head() {
            return self.end();
        }
        let length = body.size_hint().exact();
        self.end_source(length, ForeignBody::new(body))
    }

    /// Does the same as [`end_body`](Self::end_body), for an endless body that can write to an outlet.
    pub(crate) fn end_feed<B>(self, body: B) -> Sent
    where
        B: http_body::Body<Data = Bytes, Error: Into<Box<dyn StdError + Send + Sync>>>
            + Feed
            + Send
            + Unpin
            + 'static,
    {
        self.end_source(None, ForeignBody::of_feed(body))
    }

    fn end_source(mut self, length: Option<u64>, source: ForeignBody) -> Sent {
        if let Some(length) = length
            && self.stage == ResponseStage::Open
        {
            self.declare_length(length);
        }
        if self.stage == ResponseStage::Open {
            self.begin();
        }
        if self.stage == ResponseStage::Writing {
            self.report_late_changes();
            self.channel.end_with_source(source);
            self.stage = ResponseStage::Ended;
        }
        Sent::new(Arc::clone(&self.channel))
    }

    fn declare_length(&mut self, length: u64) {
        let is_head = self.channel.request.is_head();
        if self.has_header(header::TRANSFER_ENCODING) || is_head && length == 0 {
            return;
        }
        let Some(declared) = self.get_header(header::CONTENT_LENGTH) else {
            self.set_header(header::CONTENT_LENGTH, length);
            return;
        };
        let declared = declared.to_str().ok().and_then(|it| it.parse().ok());
        if let Some(declared) = declared.filter(|it| *it != length)
            && !is_head
        {
            self.reject(length_mismatch(length, declared));
        }
    }
}

//! The response, as handlers write it.
//!
//! Invariants:
//!
//! 1. The status and the headers belong to the [`Response`] until they are written; then they move to its
//!    [`ResponseChannel`], and later changes have no effect.
//! 2. An error before the headers are written replaces the response with an error response, usually a 500.
//! 3. Every [`Response`] reports to its channel whether it was completed or dropped.
//! 4. Hooks run after the handler has written the headers and before the protocol takes them: see [`hooks`].
//! 5. Invalid headers never reach the channel: names, values and the reason phrase have types of the `http` crate.
//!
//! This folder contains no code for sockets. Its only lines in the wire format are those in [`content_type`], and it
//! accesses the request only through [`RequestInfo`](channel::RequestInfo).

pub(crate) mod channel;
pub(crate) mod commit;
pub(crate) mod content_type;
pub(crate) mod encoding;
pub(crate) mod events;
pub(crate) mod sent;
pub(crate) mod switch;
pub(crate) mod trailers;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::StatusCode;

use crate::error::Error;
use crate::events::Emitter;
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::response::channel::ResponseChannel;
use crate::http::response::events::ResponseEvents;
use crate::http::response::head::ResponseHead;
use crate::reply::Reply;
use crate::routing::Unmatched;

mod end_body;
mod habits;
pub(crate) mod head;
pub(crate) mod headers;
pub(crate) mod hooks;
pub(crate) mod interim;
pub(crate) mod origin;
pub(crate) mod write;

pub use self::encoding::Encoder;
pub use self::events::finished::{FinishedRequest, ResponseOutcome};
#[doc(hidden)]
pub use self::habits::{ResponseReference, SentHabits};
pub use self::hooks::outgoing_head::OutgoingHead;
pub use self::sent::Sent;
pub use self::write::{IntoChunk, WriteFuture};

/// The response to a request; Node's `ServerResponse`.
///
/// A handler receives it together with the [`Request`](crate::http::request::Request). The status and the headers can
/// be changed until the headers are written. [`write`](Self::write) appends to the body; [`end`](Self::end) and
/// [`send`](Self::send) complete the response and consume it, so writing after the end does not compile. Written data
/// is sent when the handler waits or the response is complete, whichever comes first. A response emits
/// [`ResponseEvents`](crate::http::event::ResponseEvents): `Finish`, `Drain` and `Close`. Node.js:
/// `http.ServerResponse`.
///
/// | the handler calls | the body is sent |
/// |---|---|
/// | only `end`, `end_with` or `send` | with its `content-length` |
/// | `write`, `write_head` or `flush_headers` first | chunked or, for an HTTP/1.0 client, until the connection closes |
/// | the same, with `content-length` set | with that length |
/// | `end_body` | with its length if known, otherwise chunked |
/// | any of them, for HEAD or with status 204, 205 or 304 | not at all; a 204 has no `content-length`, and that of a 205 is 0 |
///
/// If the `content-length` that a handler sets does not match the body, the client gets a 500, or the response is
/// aborted if the headers were already sent. In both cases, [`event::Error`](crate::http::event::Error) is emitted.
/// Node checks the length only with `strictContentLength`.
///
/// A response may be moved to another task, which then responds; the client waits for that task. If the response is
/// dropped before anything is written, the client gets a 404, or a 500 if a panic dropped it. If the handler drops a
/// partly written response by returning, the response ends there. In any other case, the rest of the body is missing:
/// another task dropped the response, was aborted or panicked, or a timeout or `select!` in the handler dropped it and
/// the handler continued. The response then becomes a 500 or, if its headers were already sent, is truncated in a way
/// that the client can detect, and [`event::Error`](crate::http::event::Error) is emitted. A handler that returns right
/// after a timeout dropped its response must return an error, because returning normally ends the response.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let mut res = Response::new();
/// res.status_code = StatusCode::CREATED;
/// res.set_header("content-type", "text/plain");
/// res.write("hello, ");
/// res.write("world");
/// assert_eq!(res.end().text(), "hello, world");
/// ```
pub struct Response {
    /// The status code.
    ///
    /// Default: 200. Changes have no effect once the headers are written, and are reported as
    /// [`event::Error`](crate::http::event::Error). A 1xx status is replaced by a 500. Node.js: `statusCode`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert_eq!(Response::new().status_code, StatusCode::OK);
    /// ```
    pub status_code: StatusCode,
    /// The reason phrase.
    ///
    /// Default: `None`, which sends the standard phrase of the status. HTTP/2 sends no phrase. Changes have no effect
    /// once the headers are written, and are reported as [`event::Error`](crate::http::event::Error). If the phrase
    /// contains a control character other than a tab, such as a line break, the response is replaced by a 500. Node.js:
    /// `statusMessage`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.status_message = Some("Fine".into());
    /// assert_eq!(res.end().status_message().as_deref(), Some("Fine"));
    /// ```
    pub status_message: Option<Cow<'static, str>>,
    /// Whether the server adds a `date` header.
    ///
    /// Default: `true`. A `date` that the handler sets is sent in any case. Changes have no effect once the headers are
    /// written. Node.js: `sendDate`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().send_date);
    /// ```
    pub send_date: bool,
    headers: LazyHeaderMap,
    stage: ResponseStage,
    /// The first error that prevents the response from being sent as written. An error response replaces the response.
    deferred_error: Option<Error>,
    /// The decision of the routes above the mount, if the response has been passed to a mounted server.
    unmatched_above: Unmatched,
    channel: Arc<ResponseChannel>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ResponseStage {
    Open,
    /// The headers are written.
    Writing,
    /// The response is complete as written, replaced by a 500, or aborted. Later writes are discarded.
    Ended,
}

impl Response {
    /// Constructs a detached response, which belongs to no connection, to call a handler in a test.
    ///
    /// Completing it returns a [`Sent`] that holds the whole response.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn hello(_req: Request, res: Response) -> Sent {
    ///     res.send("hello")
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let sent = hello(Request::get("/"), Response::new()).await;
    /// assert_eq!(sent.text(), "hello");
    /// # }
    /// ```
    #[expect(
        clippy::new_without_default,
        reason = "tests construct a response explicitly, with `new`"
    )]
    pub fn new() -> Self {
        Self::open(ResponseChannel::detached(), LazyHeaderMap::default())
    }

    /// Creates a response with the default status. `headers` contains its initial headers, usually none.
    pub(crate) fn open(channel: Arc<ResponseChannel>, headers: LazyHeaderMap) -> Self {
        Self {
            status_code: StatusCode::OK,
            status_message: None,
            send_date: true,
            headers,
            stage: ResponseStage::Open,
            deferred_error: None,
            unmatched_above: Unmatched::NotFound,
            channel,
        }
    }

    pub(crate) fn unmatched_above(&self) -> Unmatched {
        self.unmatched_above
    }

    pub(crate) fn set_unmatched_above(&mut self, unmatched: Unmatched) {
        self.unmatched_above = unmatched;
    }

    pub(crate) fn channel(&self) -> &Arc<ResponseChannel> {
        &self.channel
    }

    /// Creates a response on the channel of an earlier response, with the status and the headers of `head`.
    pub(crate) fn resume(channel: Arc<ResponseChannel>, head: ResponseHead) -> Self {
        let mut response = Self::open(channel, head.headers);
        response.status_code = head.status;
        response.send_date = !head.undated;
        response
    }

    /// Appends a chunk to the body, and writes the headers before the first one.
    ///
    /// The chunk is buffered at once, whether or not the returned future is awaited. Awaiting the returned future
    /// applies backpressure: it resolves once at most 64 KiB (or `max_unsent` bytes, if that is less) are buffered for
    /// the client, so a handler that awaits its writes needs little memory for a slow client. A handler that does not
    /// await them can wait for [`event::Drain`](crate::http::event::Drain) instead. A write while more than
    /// `max_unsent` bytes (default: 16 MiB) are buffered aborts the response, or replaces it with a 500 if none of it
    /// was sent; in both cases, [`event::Error`](crate::http::event::Error) is emitted. In a chunked response, a chunk
    /// of more than 64 KiB is sent as several chunks. Node.js: `write`, which buffers without a limit.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the client has disconnected, or if the rest of the body is not sent because the method is
    ///   HEAD, the status allows no body, or a hook replaced the response.
    /// - `500 Internal Server Error` if the response was aborted after its headers were sent.
    /// - `503 Service Unavailable` if the server has closed the connection.
    ///
    /// A handler rarely receives these errors, because its future is dropped in these cases; a task that took the
    /// response does receive them.
    ///
    /// # Cancel safety
    ///
    /// Dropping the returned future loses no data: the chunk is already buffered.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn count(_req: Request, mut res: Response) -> Result {
    ///     for n in 0..3 {
    ///         res.write(format!("{n}\n")).await?;
    ///     }
    ///     Ok(res.end())
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sent = count(Request::get("/"), Response::new()).await?;
    /// assert_eq!(sent.text(), "0\n1\n2\n");
    /// # Ok(())
    /// # }
    /// ```
    pub fn write(&mut self, chunk: impl IntoChunk) -> WriteFuture<'_> {
        self.flush_headers();
        if self.stage == ResponseStage::Writing {
            let pushed = self.channel.push(chunk.into_chunk());
            self.record(pushed, ResponseStage::Writing);
        }
        WriteFuture::new(&self.channel)
    }

    /// Completes the response.
    ///
    /// The handler may continue afterward; the client does not wait until the handler returns. Node.js: `end`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write("hello");
    /// assert_eq!(res.end().text(), "hello");
    /// ```
    pub fn end(self) -> Sent {
        self.end_with(Bytes::new())
    }

    /// Completes the response with a last chunk, usually the whole body.
    ///
    /// No `content-type` is added; [`send`](Self::send) adds one. Node.js: `end(chunk)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().end_with("hello");
    /// assert_eq!(sent.text(), "hello");
    /// ```
    pub fn end_with(self, last: impl IntoChunk) -> Sent {
        self.complete(None, last.into_chunk())
    }

    /// Completes the response with a value that implements [`Reply`].
    ///
    /// The value sets the status and the `content-type` as described in [`Reply`]. Node.js: no counterpart; Express:
    /// `send`, `json`, `sendStatus`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().send((StatusCode::CREATED, Json([1, 2, 3])));
    /// assert_eq!(sent.text(), "[1,2,3]");
    /// ```
    pub fn send(self, reply: impl Reply) -> Sent {
        reply.reply(self)
    }
}

impl Deref for Response {
    type Target = Emitter<ResponseEvents>;

    fn deref(&self) -> &Emitter<ResponseEvents> {
        &self.channel.emitter
    }
}

impl Drop for Response {
    #[inline]
    fn drop(&mut self) {
        if self.stage != ResponseStage::Ended || self.deferred_error.is_some() {
            self.finish_on_drop();
        }
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status_code", &self.status_code)
            .field("headers", &self.headers)
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}

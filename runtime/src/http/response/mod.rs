//! The answer as the handler writes it.

pub(crate) mod channel;
pub(crate) mod commit;
pub(crate) mod content_type;
pub(crate) mod events;
pub(crate) mod sent;
pub(crate) mod trailers;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, StatusCode, header};

use crate::error::Error;
use crate::events::Emitter;
use crate::http::headers::IntoHeaderValues;
use crate::http::headers::lazy_map::LazyHeaderMap;
use crate::http::response::channel::ResponseChannel;
use crate::http::response::content_type::ContentType;
use crate::http::response::events::ResponseEvents;
use crate::http::response::head::ResponseHead;
use crate::reply::Reply;
use crate::routing::Unmatched;

pub(crate) mod head;
pub(crate) mod headers;
pub(crate) mod interim;
pub(crate) mod write;

pub use self::sent::Sent;
pub use self::write::WriteFuture;

/// The answer to a request: Node's `ServerResponse`.
///
/// A handler gets it next to the [`Request`](crate::http::request::Request). Status and headers can be changed until the head is
/// written; [`write`](Self::write) adds to the body; [`end`](Self::end) and [`send`](Self::send) complete the answer
/// and consume the response, so that nothing can be written after the end.
///
/// The head goes out with the end of the answer, or, if that comes later, when the handler first waits after
/// [`write`](Self::write), [`write_head`](Self::write_head) or [`flush_headers`](Self::flush_headers).
///
/// | answer | on the wire |
/// |---|---|
/// | `end`, `end_with`, `send` alone | with the true `content-length` |
/// | `write`, `write_head` or `flush_headers` before | chunked; to an HTTP/1.0 client until the connection closes |
/// | the same, and the handler has set `content-length` | with that length |
/// | to HEAD; 204 and 304 | no body; a 204 never has a length |
///
/// A `content-length` that is not true is never sent: the answer becomes a 500, or is cut where its head is out
/// already, and [`event::Error`](crate::http::event::Error) tells of it. (Node does so only with `strictContentLength`.)
///
/// A response may be moved to another task, which responds later; the client waits. If it is dropped and nothing was
/// written, the client gets a 404. If something was written, a handler that returns ends the response. In any other case the
/// rest of the body is missing: another task dropped it, was aborted or panicked, or a timeout or `select!` in the handler
/// dropped it and the handler went on. The response then becomes a 500, or is truncated in a way that the client can see if its
/// headers are out, and [`event::Error`](crate::http::event::Error) is emitted. A handler that returns right after a timeout
/// dropped its response must return an error, because returning normally ends the response.
///
/// It is an emitter of [`ResponseEvents`](crate::http::event::ResponseEvents): `Finish`, `Drain`, `Close`.
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|req, mut res| async move {
///     res.on(event::Finish, |_| println!("sent"));
///     if req.url == "/" {
///         res.set_header("content-type", "text/plain");
///         res.write("hello");
///         res.end();
///     }
/// });
/// # drop(server);
/// ```
pub struct Response {
    /// The status of the answer, 200 unless changed. It counts until the head is written.
    ///
    /// A status below 200 cannot be an answer and becomes a 500.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.status_code = StatusCode::IM_A_TEAPOT;
    /// assert_eq!(res.end().status_code(), StatusCode::IM_A_TEAPOT);
    /// ```
    pub status_code: StatusCode,
    /// What the status line says behind the code, in place of the standard's words. It counts until the head is
    /// written. A text that cannot stand there (it holds a line break) makes a 500 of the answer. Node:
    /// `statusMessage`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.status_message = Some("Fine".into());
    /// assert_eq!(res.end().status_message().as_deref(), Some("Fine"));
    /// ```
    pub status_message: Option<Cow<'static, str>>,
    /// Whether the head gets a `date`, as it should; one that the handler sets is sent as it is. It counts until the
    /// head is written. Node: `sendDate`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// assert!(res.send_date);
    /// res.send_date = false;
    /// res.end();
    /// ```
    pub send_date: bool,
    headers: LazyHeaderMap,
    stage: ResponseStage,
    /// The first header that could not be set: it makes a 500 of the answer.
    deferred_error: Option<Error>,
    /// The decision of the routes above the mount, if the response has been passed to a mounted server.
    unmatched_above: Unmatched,
    channel: Arc<ResponseChannel>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ResponseStage {
    Open,
    /// The head is written.
    Writing,
    /// The answer is complete: as written, or by a 500 in its place, and then what follows is not sent.
    Ended,
}

impl Response {
    /// A response that no client waits for: to call a handler in a test. The [`Sent`](crate::http::response::Sent) that comes out of it
    /// has the answer.
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
        reason = "a test that makes one says so by `new`"
    )]
    pub fn new() -> Self {
        Self::open(ResponseChannel::detached(), LazyHeaderMap::default())
    }

    /// A response to which nothing was said yet; `headers` is an empty map for what will be.
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

    /// A response that goes on where another one was dropped.
    pub(crate) fn resume(channel: Arc<ResponseChannel>, head: ResponseHead) -> Self {
        let mut response = Self::open(channel, head.headers);
        response.status_code = head.status;
        response.send_date = !head.undated;
        response
    }

    /// Whether the head is written, and status and headers are settled. Node: `headersSent`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// assert!(!res.headers_sent());
    /// res.write("hello");
    /// assert!(res.headers_sent());
    /// ```
    pub fn headers_sent(&self) -> bool {
        self.stage != ResponseStage::Open
    }

    /// Writes the head: a status and headers on top of those set before. Node: `writeHead`. Once the head is written,
    /// another call is reported and changes nothing.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write_head(StatusCode::FOUND, [("location", "/products")]);
    /// let sent = res.end();
    /// assert_eq!(sent.status_code(), StatusCode::FOUND);
    /// assert_eq!(sent.header("location").unwrap(), "/products");
    /// ```
    pub fn write_head<N, V>(
        &mut self,
        status: StatusCode,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        if self.stage == ResponseStage::Open {
            self.status_code = status;
        }
        for (name, value) in headers {
            self.set_header(name, value);
        }
        self.flush_headers();
        self
    }

    /// Writes the head as it stands; it goes out as soon as the handler waits. Node: `flushHeaders`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("content-type", "text/event-stream");
    /// res.flush_headers();
    /// assert!(res.headers_sent());
    /// ```
    pub fn flush_headers(&mut self) -> &mut Self {
        if self.stage == ResponseStage::Open {
            self.begin();
        }
        self
    }

    /// Adds to the body. Node: `write`.
    ///
    /// The chunk is taken at once. Awaiting what is returned waits until the client has taken enough, which is until
    /// no more than 64 KiB wait for it: a handler that awaits its writes never piles up memory for a slow client. Where the
    /// body is chunked, a chunk longer than that goes out as several.
    /// Who does not want to wait listens to [`event::Drain`](crate::http::event::Drain).
    ///
    /// # Errors
    /// Awaited: that the client has disconnected. A handler seldom sees it, since its future is dropped then; a task that
    /// took the response with it does.
    ///
    /// # Cancellation
    /// Dropping the returned future loses nothing of what was written.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn count(_req: Request, mut res: Response) -> Result {
    ///     for n in 0..1000 {
    ///         res.write(format!("{n}\n")).await?;
    ///     }
    ///     Ok(res.end())
    /// }
    /// ```
    pub fn write(&mut self, chunk: impl Into<Bytes>) -> WriteFuture<'_> {
        self.flush_headers();
        if self.stage == ResponseStage::Writing {
            let pushed = self.channel.push(chunk.into());
            self.record(pushed, ResponseStage::Writing);
        }
        WriteFuture::new(&self.channel)
    }

    /// Completes the answer. Node: `end`.
    ///
    /// The handler may go on afterwards; the client need not wait for that.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write("hello, ");
    /// res.write("world");
    /// assert_eq!(res.end().text(), "hello, world");
    /// ```
    pub fn end(self) -> Sent {
        self.end_with(Bytes::new())
    }

    /// Completes the answer with a last part of the body, which is all of it in the usual case. No `content-type` is
    /// added: [`send`](Self::send) does that. Node: `end(chunk)`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().end_with("hello");
    /// assert_eq!(sent.text(), "hello");
    /// assert!(sent.headers().is_empty());
    /// ```
    pub fn end_with(self, last: impl Into<Bytes>) -> Sent {
        self.complete(None, last.into())
    }

    /// Completes the answer with a body of a type, unless another was set.
    pub(crate) fn end_as(self, content_type: ContentType, body: Bytes) -> Sent {
        let is_set = self.headers.has_headers() && self.has_header(header::CONTENT_TYPE);
        self.complete((!is_set).then_some(content_type), body)
    }

    /// It is dropped, and the answer is not complete, or something was refused since it was.
    #[cold]
    fn finish_on_drop(&mut self) {
        if let Some(error) = self.deferred_error.take() {
            self.report(&error);
        }
        match self.stage {
            ResponseStage::Open => {
                let head = self.bare_head();
                self.channel.on_dropped(Some(head));
            }
            ResponseStage::Writing => self.channel.on_dropped(None),
            ResponseStage::Ended => {}
        }
    }

    fn complete(mut self, content_type: Option<ContentType>, last: Bytes) -> Sent {
        let ended = if self.stage == ResponseStage::Open && !self.is_rejected() {
            let head = self.take_head(content_type);
            head.and_then(|head| self.channel.end_whole(head, last))
        } else if self.stage == ResponseStage::Writing {
            self.channel.end(last)
        } else {
            Ok(())
        };
        self.record(ended, ResponseStage::Ended);
        Sent::new(Arc::clone(&self.channel))
    }

    /// Completes the answer with anything that is a [`Reply`]. Express: `send`, `json`, `sendStatus`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let sent = Response::new().send((StatusCode::CREATED, Json([1, 2, 3])));
    /// assert_eq!(sent.status_code(), StatusCode::CREATED);
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

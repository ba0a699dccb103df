//! The answer as the handler writes it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::exchange::{Exchange, Head};
use super::sent::Sent;
use crate::error::Error;
use crate::reply::Reply;

/// The answer to a request: Node's `ServerResponse`.
///
/// A handler gets it next to the [`Request`](super::Request). Status and headers can be changed until the head is
/// written; [`write`](Self::write) adds to the body; [`end`](Self::end) and [`send`](Self::send) complete the answer
/// and consume the response, so that nothing can be written after the end.
///
/// The head goes out with the end of the answer, or, if that comes later, when the handler first waits after
/// [`write`](Self::write), [`write_head`](Self::write_head) or [`flush_headers`](Self::flush_headers). A body that is
/// complete by then is sent with its `content-length`, others are chunked.
///
/// A response may be moved to another task and be answered there; the client waits. Dropping it without an answer
/// answers with 404, or ends what was written.
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|req, mut res| async move {
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
    headers: HeaderMap,
    stage: Stage,
    /// The first header that could not be set: it makes a 500 of the answer.
    refusal: Option<Error>,
    exchange: Arc<Exchange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Open,
    /// The head is written.
    Writing,
    /// The answer is complete: as written, or by a 500 in its place, and then what follows is not sent.
    Ended,
}

impl Response {
    /// A response that no client waits for: to call a handler in a test. The [`Sent`] that comes out of it has the
    /// answer.
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
        Self::on(Exchange::detached(), Head::default())
    }

    pub(crate) fn on(exchange: Arc<Exchange>, head: Head) -> Self {
        Self {
            status_code: head.status,
            headers: head.headers,
            stage: Stage::Open,
            refusal: None,
            exchange,
        }
    }

    /// Sets a header, in place of others of that name. Node: `setHeader`.
    ///
    /// The value is text, a number or a `HeaderValue`. If name or value cannot be a header (a value from outside may
    /// hold a line break), the answer becomes a 500, and [`event::Error`](super::event::Error) says which header it
    /// was. After the head is written the call changes nothing and is reported likewise.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-request-id", 7);
    /// res.set_header(http::header::CACHE_CONTROL, "no-store");
    /// assert_eq!(res.header("x-request-id").unwrap(), "7");
    /// ```
    pub fn set_header<N, V>(&mut self, name: N, value: V) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        if let Some((name, value)) = self.checked(name, value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// Adds a header, beside others of that name. Node: `appendHeader`. A header that is not valid is treated as
    /// [`set_header`](Self::set_header) does.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.append_header("set-cookie", "a=1");
    /// res.append_header("set-cookie", "b=2");
    /// assert_eq!(res.headers().get_all("set-cookie").iter().count(), 2);
    /// ```
    pub fn append_header<N, V>(&mut self, name: N, value: V) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        if let Some((name, value)) = self.checked(name, value) {
            self.headers.append(name, value);
        }
        self
    }

    /// Removes a header and returns its (first) value. Node: `removeHeader`. After the head is written it changes
    /// nothing.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-a", "1");
    /// assert_eq!(res.remove_header("x-a").unwrap(), "1");
    /// assert!(!res.has_header("x-a"));
    /// ```
    pub fn remove_header(&mut self, name: impl http::header::AsHeaderName) -> Option<HeaderValue> {
        match self.stage {
            Stage::Open => self.headers.remove(name),
            _ => None,
        }
    }

    /// The (first) value of a header that was set. Node: `getHeader`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().header("etag").is_none());
    /// ```
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<&HeaderValue> {
        self.headers.get(name)
    }

    /// Whether a header was set. Node: `hasHeader`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(!Response::new().has_header("etag"));
    /// ```
    pub fn has_header(&self, name: impl http::header::AsHeaderName) -> bool {
        self.headers.contains_key(name)
    }

    /// All headers that were set. Node: `getHeaders`. What the connection adds (`date`, `content-length`, …) is not
    /// among them.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().headers().is_empty());
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
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
        self.stage != Stage::Open
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
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        if self.stage == Stage::Open {
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
        if self.stage == Stage::Open {
            self.begin();
        }
        self
    }

    /// Adds to the body. Node: `write`.
    ///
    /// The chunk is taken at once. Awaiting what is returned waits until the client has taken enough, which is until
    /// no more than 64 KiB wait for it: a handler that awaits its writes never piles up memory for a slow client.
    ///
    /// # Errors
    /// Awaited: that the client has gone. A handler seldom sees it, since its future is dropped then; a task that
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
    pub fn write(&mut self, chunk: impl Into<Bytes>) -> Written<'_> {
        self.flush_headers();
        if self.stage == Stage::Writing {
            self.exchange.push(chunk.into());
        }
        Written(&self.exchange)
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

    /// Ends with a last part of the body, which is the whole of it in the usual case.
    pub(crate) fn end_with(mut self, last: Bytes) -> Sent {
        if self.stage == Stage::Open && !self.refused() {
            let head = self.take_head();
            self.stage = Stage::Ended;
            self.exchange.end(Some(head), last);
        } else if self.stage == Stage::Writing {
            self.stage = Stage::Ended;
            self.exchange.end(None, last);
        }
        Sent::new(Arc::clone(&self.exchange))
    }

    /// Sets a header that nobody has set.
    pub(crate) fn default_header(&mut self, name: HeaderName, value: HeaderValue) {
        if self.stage == Stage::Open {
            self.headers.entry(name).or_insert(value);
        }
    }

    /// Tells the listeners of an error.
    pub(crate) fn report(&self, error: &Error) {
        self.exchange.report(error);
    }

    fn checked<N, V>(&mut self, name: N, value: V) -> Option<(HeaderName, HeaderValue)>
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        let name = match name.try_into() {
            Ok(name) => name,
            Err(error) => return self.refuse("a header's name is not valid".into(), error.into()),
        };
        if self.stage != Stage::Open {
            let late = format!("the header `{name}` was set after the head had been written");
            self.report(&Error::new(StatusCode::INTERNAL_SERVER_ERROR, late));
            return None;
        }
        match value.try_into() {
            Ok(value) => Some((name, value)),
            Err(error) => self.refuse(
                format!("the value of the header `{name}` is not valid"),
                error.into(),
            ),
        }
    }

    /// Remembers why the answer cannot be given as it is meant.
    fn refuse<T>(&mut self, what: String, source: http::Error) -> Option<T> {
        let error = Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(source);
        self.refusal.get_or_insert(error);
        None
    }

    /// Writes the head.
    fn begin(&mut self) {
        if self.refused() {
            return;
        }
        self.stage = Stage::Writing;
        // A copy, so that `headers` still answers; most streamed answers have few.
        let headers = self.headers.clone();
        self.exchange.begin(Head {
            status: self.status_code,
            headers,
        });
    }

    /// Whether the answer as it is meant cannot be given. It is a 500 then, and complete.
    fn refused(&mut self) -> bool {
        let Some(refusal) = self.refusal.take().or_else(|| self.not_final()) else {
            return false;
        };
        self.stage = Stage::Ended;
        let head = self.take_head();
        drop(refusal.reply(Self::on(Arc::clone(&self.exchange), head)));
        true
    }

    /// A status below 200 announces an answer and is none.
    fn not_final(&self) -> Option<Error> {
        let status = self.status_code;
        status.is_informational().then(|| {
            let what = format!("{status} cannot be the status of an answer");
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
        })
    }

    fn take_head(&mut self) -> Head {
        Head {
            status: self.status_code,
            headers: std::mem::take(&mut self.headers),
        }
    }
}

impl Drop for Response {
    fn drop(&mut self) {
        if let Some(refusal) = self.refusal.take() {
            self.report(&refusal);
        }
        match self.stage {
            Stage::Open => {
                let head = self.take_head();
                self.exchange.put_back(Some(head));
            }
            Stage::Writing => self.exchange.put_back(None),
            Stage::Ended => {}
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

/// What [`Response::write`] returns: awaited, it waits until the client has taken enough.
///
/// It need not be awaited. What was written is sent either way.
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut res = Response::new();
/// res.write("not awaited, ");
/// res.write("awaited").await.expect("nobody is gone");
/// assert_eq!(res.end().text(), "not awaited, awaited");
/// # }
/// ```
#[derive(Debug)]
pub struct Written<'a>(&'a Exchange);

impl Future for Written<'_> {
    type Output = Result<(), Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_room(cx)
    }
}

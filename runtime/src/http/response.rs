//! The answer as the handler writes it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use hyper::ext::ReasonPhrase;

use super::answer::Head;
use super::event::ResponseEvents;
use super::exchange::{Exchange, Refused};
use super::header_values::HeaderValues;
use crate::error::Error;
use crate::events::Emitter;
use crate::reply::Reply;

mod header;
mod interim;
mod write;

pub use self::write::Written;

/// The answer to a request: Node's `ServerResponse`.
///
/// A handler gets it next to the [`Request`](super::Request). Status and headers can be changed until the head is
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
/// already, and [`event::Error`](super::event::Error) tells of it. (Node does so only with `strictContentLength`.)
///
/// A response may be moved to another task and be answered there; the client waits. Dropping it without an answer
/// answers with 404, or ends what was written.
///
/// It is an emitter of [`ResponseEvents`](super::event::ResponseEvents): `Finish`, `Drain`, `Close`.
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
    /// A response that no client waits for: to call a handler in a test. The [`Sent`](super::Sent) that comes out of it
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
        Self::on(Exchange::detached(), Head::default())
    }

    pub(crate) fn on(exchange: Arc<Exchange>, head: Head) -> Self {
        Self {
            status_code: head.status,
            status_message: None,
            send_date: !head.undated,
            headers: head.headers,
            stage: Stage::Open,
            refusal: None,
            exchange,
        }
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
        V: HeaderValues,
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

    /// Tells the listeners of an error.
    pub(crate) fn report(&self, error: &Error) {
        self.exchange.report(error);
    }

    /// Remembers why the answer cannot be given as it is meant. The first reason is told.
    fn refuse(&mut self, error: Error) {
        if self.stage == Stage::Open {
            self.refusal.get_or_insert(error);
        } else {
            self.report(&error);
        }
    }

    /// Writes the head.
    fn begin(&mut self) {
        if self.refused() {
            return;
        }
        // A copy, so that `headers` still answers; most streamed answers have few.
        let headers = self.headers.clone();
        let begun = match self.take_head() {
            Ok(head) => self.exchange.begin(head),
            Err(refused) => Err(refused),
        };
        self.headers = headers;
        self.settle(begun, Stage::Writing);
    }

    /// Goes on, or gives the reason for not doing so as the answer, and that is complete then.
    fn settle(&mut self, result: Result<(), Refused>, stage: Stage) {
        self.stage = match result {
            Ok(()) => stage,
            Err(Refused::Late) => Stage::Ended,
            Err(Refused::Early(error, head)) => {
                drop(error.reply(Self::on(Arc::clone(&self.exchange), *head)));
                Stage::Ended
            }
        };
    }

    /// Whether the answer as it is meant cannot be given. It is a 500 then, and complete.
    fn refused(&mut self) -> bool {
        let Some(refusal) = self.refusal.take().or_else(|| self.not_final()) else {
            return false;
        };
        let head = Box::new(self.bare_head());
        self.settle(Err(Refused::Early(refusal, head)), Stage::Ended);
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

    fn take_head(&mut self) -> Result<Head, Refused> {
        let reason = match self.status_message.take() {
            None => None,
            Some(message) => match reason(message) {
                Ok(reason) => Some(reason),
                Err(error) => return Err(Refused::Early(error, Box::new(self.bare_head()))),
            },
        };
        Ok(Head {
            reason,
            ..self.bare_head()
        })
    }

    /// The head with the standard's words for its status.
    fn bare_head(&mut self) -> Head {
        Head {
            status: self.status_code,
            reason: None,
            headers: std::mem::take(&mut self.headers),
            undated: !self.send_date,
        }
    }
}

fn reason(message: Cow<'static, str>) -> Result<ReasonPhrase, Error> {
    let message = match message {
        Cow::Borrowed(message) => Bytes::from_static(message.as_bytes()),
        Cow::Owned(message) => Bytes::from(message),
    };
    ReasonPhrase::try_from(message).map_err(|error| {
        let what = "the status message is not valid";
        Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
    })
}

impl Deref for Response {
    type Target = Emitter<ResponseEvents>;

    fn deref(&self) -> &Emitter<ResponseEvents> {
        self.exchange.responses()
    }
}

impl Drop for Response {
    fn drop(&mut self) {
        if let Some(refusal) = self.refusal.take() {
            self.report(&refusal);
        }
        match self.stage {
            Stage::Open => {
                let head = self.bare_head();
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

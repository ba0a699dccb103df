//! The body of an answer.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName};

use super::header::header;
use super::{Response, Stage};
use crate::error::Error;
use crate::http::answer;
use crate::http::exchange::Exchange;
use crate::http::header_values::HeaderValues;
use crate::http::sent::Sent;
use crate::reply::Reply;

impl Response {
    /// Adds to the body. Node: `write`.
    ///
    /// The chunk is taken at once. Awaiting what is returned waits until the client has taken enough, which is until
    /// no more than 64 KiB wait for it: a handler that awaits its writes never piles up memory for a slow client.
    /// Who does not want to wait listens to [`event::Drain`](crate::http::event::Drain).
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
            let pushed = self.exchange.push(chunk.into());
            self.settle(pushed, Stage::Writing);
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
    pub fn end_with(mut self, last: impl Into<Bytes>) -> Sent {
        let ended = if self.stage == Stage::Open && !self.refused() {
            let head = self.take_head();
            head.and_then(|head| self.exchange.end(Some(head), last.into()))
        } else if self.stage == Stage::Writing {
            self.exchange.end(None, last.into())
        } else {
            Ok(())
        };
        self.settle(ended, Stage::Ended);
        Sent::new(Arc::clone(&self.exchange))
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

    /// Adds fields that go out behind a chunked body, such as a checksum of it. Node: `addTrailers`.
    ///
    /// A client gets them if it asked by `te: trailers`, as the RFC wants it, and if the `trailer` header names them.
    /// That is done here while the head is not out; later, the handler must have set it. (Node sends them to
    /// everybody.) An answer with trailers is chunked, also if it is written in one piece; one with a `content-length`
    /// has none. A field that is not valid is treated as [`set_header`](Self::set_header) does.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write("hello");
    /// res.add_trailers([("x-bytes", 5)]);
    /// let sent = res.end();
    /// assert_eq!(sent.header("trailer").unwrap(), "x-bytes");
    /// assert_eq!(sent.trailers()["x-bytes"], "5");
    /// ```
    pub fn add_trailers<N, V>(&mut self, trailers: impl IntoIterator<Item = (N, V)>) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: HeaderValues,
    {
        let mut fields = HeaderMap::new();
        for (name, values) in trailers {
            let added = header(name, values, |name, value| {
                fields.append(name, value);
            });
            self.unless_refused(added);
        }
        if self.stage == Stage::Open {
            answer::announce(self.room(), &fields);
        }
        if self.stage != Stage::Ended {
            self.exchange.add_trailers(fields);
        }
        self
    }

    /// How many bytes of the body wait for the client. Node: `writableLength`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write("hello");
    /// assert_eq!(res.writable_length(), 5);
    /// ```
    pub fn writable_length(&self) -> usize {
        self.exchange.waiting()
    }

    /// Whether more than 64 KiB waited for the client, and [`event::Drain`](crate::http::event::Drain) has not told
    /// yet that it took them. Node: `writableNeedDrain`, and the opposite of what `write` returns.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(!Response::new().writable_need_drain());
    /// ```
    pub fn writable_need_drain(&self) -> bool {
        self.exchange.is_full()
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

//! What belongs to the body of an answer and is not it: trailers, and how much of it waits.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, HeaderName};

use super::{Response, ResponseStage, headers};
use crate::error::Failure;
use crate::http::headers::IntoHeaderValues;
use crate::http::response::channel::ResponseChannel;
use crate::http::response::trailers::declare_trailers;

impl Response {
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
        V: IntoHeaderValues,
    {
        let mut fields = HeaderMap::new();
        for (name, values) in trailers {
            let added = headers::add(&mut fields, name, values);
            self.unless_rejected(added);
        }
        if self.stage == ResponseStage::Open {
            declare_trailers(&mut self.headers, &fields);
        }
        if self.stage != ResponseStage::Ended {
            self.channel.add_trailers(fields);
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
        self.channel.buffered_len()
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
        self.channel.needs_drain()
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
pub struct WriteFuture<'a>(&'a ResponseChannel);

impl<'a> WriteFuture<'a> {
    pub(crate) fn new(channel: &'a ResponseChannel) -> Self {
        Self(channel)
    }
}

impl Future for WriteFuture<'_> {
    type Output = Result<(), Failure>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_writable(cx).map_err(Failure::from)
    }
}

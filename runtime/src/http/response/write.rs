//! The chunks of a body, backpressure, and trailers.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderName};

use super::{Response, ResponseStage, headers};
use crate::error::Failure;
use crate::http::headers::IntoHeaderValues;
use crate::http::response::channel::ResponseChannel;
use crate::http::response::trailers::declare_trailers;

impl Response {
    /// Adds trailer fields, such as a checksum of the body.
    ///
    /// Trailer fields are sent after the body to clients that sent `te: trailers`, and are declared in the `trailer`
    /// header unless the headers are already sent. An HTTP/1.1 response with trailers is chunked even if it is written
    /// at once; a response that has a `content-length` or goes to an HTTP/1.0 client is sent without them. Fields that
    /// are not allowed in trailers, such as those that frame, route or decode a message, are omitted ([RFC 9110,
    /// 6.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1)). An invalid field is handled as by
    /// [`set_header`](Self::set_header). Node.js: `addTrailers`, which sends trailers to every client.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write("hello");
    /// res.add_trailers([("x-bytes", 5)]);
    /// assert_eq!(res.end().trailers()["x-bytes"], "5");
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

    /// Returns how many bytes of the body are buffered for the client.
    ///
    /// Node.js: `writableLength`.
    ///
    /// # Examples
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

    /// Returns whether more than 64 KiB (or `max_unsent` bytes, if that is less) were buffered for the client and
    /// [`event::Drain`](crate::http::event::Drain) has not been emitted since.
    ///
    /// Node.js: `writableNeedDrain`.
    ///
    /// # Examples
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

/// The future that [`Response::write`] returns.
///
/// It resolves once at most 64 KiB (or `max_unsent` bytes, if that is less) are buffered for the client. It does not
/// have to be awaited: the chunk is already buffered. Node.js: `write`, which returns `false` if the caller should wait
/// for `drain`.
///
/// # Errors
///
/// The errors of [`Response::write`].
///
/// # Cancel safety
///
/// Dropping the future loses no data.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let mut res = Response::new();
/// res.write("not awaited, ");
/// res.write("awaited").await?;
/// assert_eq!(res.end().text(), "not awaited, awaited");
/// # Ok(())
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

/// The argument of [`Response::write`](crate::http::response::Response::write) and
/// [`Response::end_with`](crate::http::response::Response::end_with): text or bytes.
///
/// It is implemented for every type that converts into `Bytes`, such as `&'static str`, `String`, `&'static [u8]`,
/// `Vec<u8>` and `Bytes` itself. The purpose of this trait is a clear error message if a type does not qualify.
/// Node.js: the argument `chunk` of `write` and `end`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let mut res = Response::new();
/// res.write("7 is ");
/// res.write(7.to_string());
/// assert_eq!(res.end().text(), "7 is 7");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as a chunk of a body",
    label = "neither text nor bytes",
    note = "use `.to_string()` for a number, and `.to_vec()` or `.to_owned()` for data that is borrowed",
    note = "use `res.send(reply)` in place of `write` and `end` for JSON and other replies"
)]
pub trait IntoChunk {
    /// Returns the data.
    #[doc(hidden)]
    fn into_chunk(self) -> Bytes;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Bytes>> IntoChunk for T {
    fn into_chunk(self) -> Bytes {
        self.into()
    }
}

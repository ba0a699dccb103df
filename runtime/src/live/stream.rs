//! Server-sent events that a handler writes itself.

use std::fmt::{self, Write as _};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, header};
use serde_core::Serialize;

use crate::http::{Response, Sent, WriteFuture};

/// Sets the headers of a response whose body is a stream of events.
#[inline]
pub(super) fn set_headers(res: &mut Response) {
    res.set_header(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/event-stream"),
    );
    res.set_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Without this header, nginx and some other proxies buffer the response.
    res.set_header("x-accel-buffering", HeaderValue::from_static("no"));
}

/// A stream of server-sent events that a handler writes itself.
///
/// Use [`Live`](super::Live) for events that many clients receive. The handler is dropped when the client disconnects,
/// like any handler; use [`server_closing`](crate::http::Socket::server_closing) to end it when the server closes.
/// Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::live::{EventStream, SseEvent};
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/countdown/{from: u32}" => {
///         let mut events = EventStream::new(res);
///         for n in (0..from).rev() {
///             events.send(SseEvent::new("tick").id(n).data(n.to_string())).await?;
///         }
///         events.end()
///     });
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = shop(Request::get("/countdown/1"), Response::new()).await?;
/// assert_eq!(sent.text(), "event: tick\nid: 0\ndata: 0\n\n");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct EventStream(Response);

impl EventStream {
    /// Begins the stream: sets `content-type`, `cache-control` and `x-accel-buffering`, and writes the headers.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::EventStream;
    /// use onward::prelude::*;
    ///
    /// let sent = EventStream::new(Response::new()).end();
    /// assert_eq!(sent.header("content-type").unwrap(), "text/event-stream");
    /// ```
    #[inline]
    pub fn new(mut res: Response) -> Self {
        set_headers(&mut res);
        res.flush_headers();
        Self(res)
    }

    /// Sends an event. Awaiting the returned future waits for the client, as with [`Response::write`].
    ///
    /// # Errors
    ///
    /// The errors of [`Response::write`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the returned future loses no event, because the event is already buffered.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::{EventStream, SseEvent};
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut events = EventStream::new(Response::new());
    /// events.send(SseEvent::message("hello")).await?;
    /// assert_eq!(events.end().text(), "data: hello\n\n");
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn send(&mut self, event: SseEvent) -> WriteFuture<'_> {
        self.0.write(event.into_bytes())
    }

    /// Sends a comment, which browsers ignore, to keep open a connection that is silent for a long time.
    ///
    /// # Errors
    ///
    /// The errors of [`Response::write`].
    ///
    /// # Cancel safety
    ///
    /// Dropping the returned future has no effect, because the comment is already buffered.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::EventStream;
    /// use onward::prelude::*;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let mut events = EventStream::new(Response::new());
    /// events.keep_alive().await?;
    /// assert_eq!(events.end().text(), ":\n\n");
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn keep_alive(&mut self) -> WriteFuture<'_> {
        self.0.write(Bytes::from_static(b":\n\n"))
    }

    /// Ends the stream. A browser reconnects after a while.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::EventStream;
    /// use onward::prelude::*;
    ///
    /// assert_eq!(EventStream::new(Response::new()).end().text(), "");
    /// ```
    #[inline]
    pub fn end(self) -> Sent {
        self.0.end()
    }
}

/// A server-sent event.
///
/// Line breaks and NULs in a name or an id are removed; data of several lines is sent as several `data` fields, which
/// the browser joins again. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::live::SseEvent;
///
/// let event = SseEvent::new("sold").id(7).data("shoes\nand socks");
/// assert_eq!(event.into_bytes(), "event: sold\nid: 7\ndata: shoes\ndata: and socks\n\n");
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "pass it to `EventStream::send`"]
pub struct SseEvent {
    fields: String,
    data: String,
}

impl SseEvent {
    /// Creates an event with a name, for `addEventListener(name, …)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    ///
    /// assert_eq!(SseEvent::new("sold").into_bytes(), "event: sold\ndata: \n\n");
    /// ```
    #[inline]
    pub fn new(name: &str) -> Self {
        Self::default().field("event", name)
    }

    /// Creates an event without a name, for `onmessage`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    ///
    /// assert_eq!(SseEvent::message("hello").into_bytes(), "data: hello\n\n");
    /// ```
    #[inline]
    pub fn message(data: impl Into<String>) -> Self {
        Self::default().data(data)
    }

    /// Sets the id, which the browser sends as `last-event-id` when it reconnects.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    ///
    /// assert_eq!(SseEvent::message("x").id(7).into_bytes(), "id: 7\ndata: x\n\n");
    /// ```
    #[inline]
    pub fn id(self, id: impl fmt::Display) -> Self {
        self.field("id", &id.to_string())
    }

    /// Sets how long the browser waits before it reconnects.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    /// use std::time::Duration;
    ///
    /// let event = SseEvent::message("x").retry(Duration::from_secs(1));
    /// assert_eq!(event.into_bytes(), "retry: 1000\ndata: x\n\n");
    /// ```
    #[inline]
    pub fn retry(self, delay: Duration) -> Self {
        self.field("retry", &delay.as_millis().to_string())
    }

    /// Sets the data.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    ///
    /// assert_eq!(SseEvent::new("sold").data("shoes").into_bytes(), "event: sold\ndata: shoes\n\n");
    /// ```
    #[inline]
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = data.into();
        self
    }

    /// Sets the data to a value as JSON.
    ///
    /// # Errors
    ///
    /// - The error of `serde_json` if the value cannot be serialized.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    ///
    /// # fn main() -> Result<(), serde_json::Error> {
    /// let event = SseEvent::new("sold").json(&[1, 2])?;
    /// assert_eq!(event.into_bytes(), "event: sold\ndata: [1,2]\n\n");
    /// # Ok(())
    /// # }
    /// ```
    #[inline]
    pub fn json<T: Serialize + ?Sized>(self, data: &T) -> Result<Self, serde_json::Error> {
        Ok(self.data(serde_json::to_string(data)?))
    }

    /// Converts the event to the bytes that are sent.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::live::SseEvent;
    ///
    /// assert_eq!(SseEvent::message("a\r\nb").into_bytes(), "data: a\ndata: b\n\n");
    /// ```
    #[inline]
    pub fn into_bytes(self) -> Bytes {
        let mut block = self.fields;
        block.reserve(self.data.len() + 16);
        // A carriage return also ends a line.
        let data = match self.data.contains('\r') {
            true => self.data.replace("\r\n", "\n").replace('\r', "\n"),
            false => self.data,
        };
        for line in data.split('\n') {
            block.push_str("data: ");
            block.push_str(line);
            block.push('\n');
        }
        block.push('\n');
        block.into()
    }

    #[inline]
    fn field(mut self, name: &str, value: &str) -> Self {
        let value: String = value
            .chars()
            .filter(|it| !matches!(it, '\r' | '\n' | '\0'))
            .collect();
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.fields, "{name}: {value}");
        self
    }
}

//! A connection that leaves HTTP.

use std::fmt;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::http::request::Request;
use crate::http::sync::lock;

/// A request that asks for the connection itself: what [`event::Upgrade`](crate::http::event::Upgrade) and
/// [`event::Connect`](crate::http::event::Connect) lend. Node: the arguments of their listeners.
///
/// Nothing is answered yet: whoever takes it writes the answer, such as `HTTP/1.1 101 Switching Protocols`, to the
/// stream.
///
/// ```
/// use onward::prelude::*;
/// use tokio::io::AsyncWriteExt;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::Upgrade, |handover| {
///     if let Some((_req, mut stream)) = handover.take() {
///         tokio::spawn(async move {
///             let head = "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n";
///             stream.write_all(head.as_bytes()).await?;
///             let (mut from, mut to) = tokio::io::split(stream);
///             tokio::io::copy(&mut from, &mut to).await
///         });
///     }
/// });
/// ```
pub struct PendingUpgrade(Mutex<Option<(Request, UpgradedStream)>>);

impl PendingUpgrade {
    pub(crate) fn new(req: Request, stream: UpgradedStream) -> Self {
        Self(Mutex::new(Some((req, stream))))
    }

    /// Takes request and connection; `None`: a listener before did.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connect, |handover| {
    ///     if let Some((req, stream)) = handover.take() {
    ///         println!("a tunnel to {} is refused", req.url);
    ///         drop(stream); // closes the connection
    ///     }
    /// });
    /// ```
    pub fn take(&self) -> Option<(Request, UpgradedStream)> {
        lock(&self.0).take()
    }

    /// Looks at the request without taking it; `None`: it is taken.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Upgrade, |handover| {
    ///     let protocol = handover.peek(|req| req.headers.get("upgrade").cloned());
    ///     println!("somebody wants to speak {protocol:?}");
    /// });
    /// ```
    pub fn peek<T>(&self, look: impl FnOnce(&Request) -> T) -> Option<T> {
        lock(&self.0).as_ref().map(|(req, _)| look(req))
    }
}

impl fmt::Debug for PendingUpgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingUpgrade").finish_non_exhaustive()
    }
}

/// A connection as bytes in both directions: tokio's `AsyncRead` and `AsyncWrite`.
///
/// What the client sent behind the head of its request is read first. (Node hands that over as `head`.) Dropping it
/// closes the connection.
///
/// ```
/// # use onward::http::UpgradedStream;
/// fn speaks<T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send>() {}
/// speaks::<UpgradedStream>();
/// ```
pub struct UpgradedStream(Box<dyn AsyncStream>);

pub(crate) trait AsyncStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> AsyncStream for T {}

impl UpgradedStream {
    pub(crate) fn new(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self(Box::new(stream))
    }
}

impl AsyncRead for UpgradedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, into)
    }
}

impl AsyncWrite for UpgradedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(cx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

impl fmt::Debug for UpgradedStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpgradedStream").finish_non_exhaustive()
    }
}

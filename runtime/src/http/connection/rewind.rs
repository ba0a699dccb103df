//! The stream of a connection that switched protocols. Bytes that were received with the request are read first.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::open_connections::ConnectionGuard;
use super::stream::SocketStream;
use crate::http::control::ControlReceiver;
use crate::http::exchange::context::ConnectionContext;
use crate::http::socket::events;

/// It is still a connection of the server: it counts as open, `close_all_connections` aborts it, and its socket emits
/// `Close` when it is dropped.
pub(crate) struct Rewind {
    stream: SocketStream,
    early: Vec<u8>,
    /// How many of the early bytes were read.
    read: usize,
    control: ControlReceiver,
    /// The `close_all` counter when this connection switched protocols.
    close_all: u32,
    is_aborted: bool,
    had_error: bool,
    context: Arc<ConnectionContext>,
    _guard: Option<ConnectionGuard>,
}

impl Rewind {
    pub(crate) fn new(
        stream: SocketStream,
        early: Vec<u8>,
        context: Arc<ConnectionContext>,
        guard: Option<ConnectionGuard>,
    ) -> Self {
        let control = context.control.clone();
        let close_all = control.borrow().close_all;
        Self {
            stream,
            early,
            read: 0,
            control: ControlReceiver::new(control),
            close_all,
            is_aborted: false,
            had_error: false,
            context,
            _guard: guard,
        }
    }

    /// Fails once the server has aborted its connections.
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while self.control.poll(cx).is_ready() {
            self.is_aborted |= self.control.read().close_all != self.close_all;
        }
        match self.is_aborted || self.context.socket.handle().is_destroyed() {
            true => Err(io::ErrorKind::ConnectionAborted.into()),
            false => Ok(()),
        }
    }

    fn record<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        self.had_error |= result.is_err();
        result
    }
}

impl AsyncRead for Rewind {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(cx)?;
        let early = &self.early[self.read..];
        if early.is_empty() {
            let read = ready!(self.stream.poll_read(cx, into));
            return Poll::Ready(self.record(read));
        }
        let len = early.len().min(into.remaining());
        into.put_slice(&early[..len]);
        self.read += len;
        if self.read == self.early.len() {
            self.early = Vec::new();
            self.read = 0;
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Rewind {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        let written = ready!(self.stream.poll_write(cx, bytes));
        Poll::Ready(self.record(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_shutdown(cx)
    }
}

impl Drop for Rewind {
    fn drop(&mut self) {
        self.context.socket.emit(events::Close, &self.had_error);
    }
}

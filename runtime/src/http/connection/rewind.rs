//! The stream of a connection that switched protocols. Bytes that were received with the request are read first.
//!
//! The connection still belongs to the server: the connection's task keeps an [`UpgradeMonitor`], the other end of the
//! stream, until the stream is dropped or aborted.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::stream::SocketStream;
use crate::http::sync::lock;

pub(crate) struct Rewind {
    shared: Arc<Mutex<UpgradeState>>,
    early: Vec<u8>,
    /// The number of early bytes that were read.
    read: usize,
}

/// The other end of a [`Rewind`].
pub(crate) struct UpgradeMonitor(Arc<Mutex<UpgradeState>>);

struct UpgradeState {
    /// `None` if the connection is closed, because the [`Rewind`] was dropped or the server aborted it.
    stream: Option<SocketStream>,
    had_error: bool,
    /// The tasks that wait for the stream. Its two halves may belong to different tasks.
    reader: Option<Waker>,
    writer: Option<Waker>,
    /// The connection's task.
    monitor: Option<Waker>,
}

impl UpgradeState {
    fn wait(&mut self, direction: Direction, waker: &Waker) {
        let waiting = match direction {
            Direction::Read => &mut self.reader,
            Direction::Write => &mut self.writer,
        };
        match waiting {
            Some(waiting) => waiting.clone_from(waker),
            None => *waiting = Some(waker.clone()),
        }
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Read,
    Write,
}

impl Rewind {
    pub(crate) fn new(stream: SocketStream, early: Vec<u8>) -> (Self, UpgradeMonitor) {
        let shared = Arc::new(Mutex::new(UpgradeState {
            stream: Some(stream),
            had_error: false,
            reader: None,
            writer: None,
            monitor: None,
        }));
        let monitor = UpgradeMonitor(Arc::clone(&shared));
        let rewind = Self {
            shared,
            early,
            read: 0,
        };
        (rewind, monitor)
    }

    /// Calls a method of the stream. Fails once the server has aborted the connection.
    fn poll_stream<T>(
        &self,
        direction: Direction,
        cx: &mut Context<'_>,
        poll: impl FnOnce(&mut SocketStream, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        let mut shared = lock(&self.shared);
        let Some(stream) = &mut shared.stream else {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        };
        let polled = poll(stream, cx);
        match &polled {
            Poll::Ready(result) => shared.had_error |= result.is_err(),
            Poll::Pending => shared.wait(direction, cx.waker()),
        }
        polled
    }

    fn is_open(&self) -> bool {
        lock(&self.shared).stream.is_some()
    }
}

impl AsyncRead for Rewind {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let early = &self.early[self.read..];
        if early.is_empty() || !self.is_open() {
            return self.poll_stream(Direction::Read, cx, |stream, cx| stream.poll_read(cx, into));
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
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_stream(Direction::Write, cx, |stream, cx| {
            stream.poll_write(cx, bytes)
        })
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_stream(Direction::Write, cx, |stream, cx| {
            stream.poll_write_vectored(cx, pieces)
        })
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_stream(Direction::Write, cx, SocketStream::poll_flush)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_stream(Direction::Write, cx, SocketStream::poll_shutdown)
    }
}

impl Drop for Rewind {
    fn drop(&mut self) {
        let mut shared = lock(&self.shared);
        let stream = shared.stream.take();
        let monitor = shared.monitor.take();
        drop(shared);
        drop(stream);
        if let Some(monitor) = monitor {
            monitor.wake();
        }
    }
}

impl UpgradeMonitor {
    /// Is ready when the stream has been dropped or aborted. The result indicates whether the stream had an error.
    pub(crate) fn poll_closed(&self, cx: &mut Context<'_>) -> Poll<bool> {
        let mut shared = lock(&self.0);
        if shared.stream.is_some() {
            shared.monitor = Some(cx.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(shared.had_error)
    }

    /// Closes the connection, regardless of what the holder of the stream does.
    pub(crate) fn abort(&self) {
        let mut shared = lock(&self.0);
        let stream = shared.stream.take();
        let waiting = [shared.reader.take(), shared.writer.take()];
        drop(shared);
        drop(stream);
        for waker in waiting.into_iter().flatten() {
            waker.wake();
        }
    }
}

//! The stream of a connection as hyper reads and writes it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::frames::FrameScanner;
use crate::http::scratch;
use crate::http::socket::events::{Data, End};
use crate::http::socket::handle::ConnectionHandle;
use crate::http::sync::lock;

pub(super) struct Io<S> {
    stream: Option<S>,
    /// The bytes that were received before hyper got the stream.
    received: Vec<u8>,
    frames: FrameScanner,
    handle: Arc<ConnectionHandle>,
    state: Arc<IoState<S>>,
    read: u64,
    written: u64,
}

/// The part of the stream's state that the owner of the connection can see. One task both writes and reads it.
pub(super) struct IoState<S> {
    /// The number of bytes received and sent.
    bytes: AtomicU64,
    is_blocked: AtomicBool,
    /// The ordinal of the incomplete head, or 0 if no head is incomplete. Trailers count as heads.
    open_head: AtomicU64,
    /// The stream, once hyper has released it.
    released: Mutex<Option<S>>,
}

impl<S> IoState<S> {
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Returns whether output waits for the client.
    pub(super) fn is_blocked(&self) -> bool {
        self.is_blocked.load(Relaxed)
    }

    /// Returns the ordinal of the incomplete head, or `None` if no head is incomplete.
    pub(super) fn open_head(&self) -> Option<u64> {
        Some(self.open_head.load(Relaxed)).filter(|number| *number > 0)
    }

    /// Takes the stream, once hyper has released it.
    pub(super) fn take_stream(&self) -> Option<S> {
        lock(&self.released).take()
    }
}

impl<S> Io<S> {
    /// Creates the stream. `received` contains the bytes that were received but not consumed, starting with the
    /// preface; `preface` is the length of the preface.
    pub(super) fn new(
        stream: S,
        received: Vec<u8>,
        preface: usize,
        handle: Arc<ConnectionHandle>,
    ) -> (Self, Arc<IoState<S>>) {
        let (read, written) = (handle.bytes_read(), handle.bytes_written());
        let state = Arc::new(IoState {
            bytes: AtomicU64::new(read + written),
            is_blocked: AtomicBool::new(false),
            open_head: AtomicU64::new(0),
            released: Mutex::default(),
        });
        let io = Self {
            stream: Some(stream),
            received,
            frames: FrameScanner::new(preface),
            handle,
            state: Arc::clone(&state),
            read,
            written,
        };
        (io, state)
    }

    fn scan(&mut self, bytes: &[u8]) {
        self.frames.scan(bytes);
        let open_head = self.frames.open_head().unwrap_or(0);
        self.state.open_head.store(open_head, Relaxed);
    }

    fn on_read(&mut self, len: usize) {
        if len == 0 {
            self.handle.emitter().emit(End, &());
            return;
        }
        self.read += len as u64;
        self.handle.set_bytes_read(self.read);
        self.state.bytes.store(self.read + self.written, Relaxed);
        self.handle.emitter().emit(Data, &len);
    }

    fn on_written(&mut self, written: &Poll<io::Result<usize>>) {
        self.state.is_blocked.store(written.is_pending(), Relaxed);
        if let Poll::Ready(Ok(len)) = written {
            self.written += *len as u64;
            self.handle.set_bytes_written(self.written);
            self.state.bytes.store(self.read + self.written, Relaxed);
        }
    }
}

/// hyper does not return the stream, so it is stored for the owner of the connection.
impl<S> Drop for Io<S> {
    fn drop(&mut self) {
        *lock(&self.state.released) = self.stream.take();
    }
}

fn released<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::ErrorKind::NotConnected.into()))
}

impl<S: AsyncRead + Unpin> Read for Io<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.received.is_empty() {
            let len = this.received.len().min(into.remaining());
            let rest = this.received.split_off(len);
            let first = std::mem::replace(&mut this.received, rest);
            this.scan(&first);
            into.put_slice(&first);
            return Poll::Ready(Ok(()));
        }
        let Some(stream) = &mut this.stream else {
            return released();
        };
        // Passing hyper's buffer to tokio would require `unsafe` code, so the bytes are copied once more.
        let mut buffer = scratch::take();
        let len = into.remaining().min(buffer.len());
        let mut filled = ReadBuf::new(&mut buffer[..len]);
        let polled = Pin::new(stream).poll_read(cx, &mut filled);
        let len = filled.filled().len();
        into.put_slice(filled.filled());
        this.scan(&buffer[..len]);
        scratch::put(buffer);
        ready!(polled)?;
        this.on_read(len);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> Write for Io<S> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let Some(stream) = &mut this.stream else {
            return released();
        };
        let written = Pin::new(stream).poll_write(cx, bytes);
        this.on_written(&written);
        written
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let Some(stream) = &mut this.stream else {
            return released();
        };
        let flushed = Pin::new(stream).poll_flush(cx);
        this.state.is_blocked.store(flushed.is_pending(), Relaxed);
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().stream {
            Some(stream) => Pin::new(stream).poll_shutdown(cx),
            None => released(),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let Some(stream) = &mut this.stream else {
            return released();
        };
        let written = Pin::new(stream).poll_write_vectored(cx, parts);
        this.on_written(&written);
        written
    }
}

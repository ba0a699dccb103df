//! The stream below a connection, as hyper reads and writes it.

use std::fmt;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;

/// How much is read at a time.
const CHUNK: usize = 16 * 1024;

/// An accepted stream.
#[derive(Debug)]
pub(crate) enum Stream {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
    /// Connected elsewhere.
    Other(Box<dyn Duplex>),
}

/// What can be read and written.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Duplex for S {}

impl fmt::Debug for dyn Duplex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Duplex")
    }
}

/// What a connection's clock needs to know of its stream.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    read: AtomicU64,
    blocked: AtomicBool,
}

impl Meter {
    /// How many bytes have come from the client.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Whether an answer waits for the client to take it.
    pub(crate) fn blocked(&self) -> bool {
        self.blocked.load(Ordering::Relaxed)
    }
}

pub(crate) struct Io {
    stream: Stream,
    meter: Arc<Meter>,
}

impl Io {
    pub(crate) fn new(stream: Stream, meter: Arc<Meter>) -> Self {
        Self { stream, meter }
    }

    fn note<T>(&self, written: Poll<T>) -> Poll<T> {
        self.meter
            .blocked
            .store(written.is_pending(), Ordering::Relaxed);
        written
    }
}

/// The same call on whichever stream it is.
macro_rules! on {
    ($this:ident, $method:ident($($arg:expr),+)) => {
        match &mut $this.stream {
            Stream::Tcp(stream) => Pin::new(stream).$method($($arg),+),
            #[cfg(unix)]
            Stream::Unix(stream) => Pin::new(stream).$method($($arg),+),
            Stream::Other(stream) => Pin::new(stream).$method($($arg),+),
        }
    };
}

impl Io {
    /// Reads and throws away, until the client has nothing left to send or is gone.
    pub(crate) fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        loop {
            let mut chunk = ReadBuf::uninit(&mut chunk);
            match ready!(on!(self, poll_read(cx, &mut chunk))) {
                Ok(()) if !chunk.filled().is_empty() => {}
                _ => return Poll::Ready(()),
            }
        }
    }
}

impl Read for Io {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        // hyper's buffer cannot be filled in place without `unsafe`: a copy, out of the cache, is the price.
        let mut chunk = [MaybeUninit::uninit(); CHUNK];
        let room = into.remaining().min(CHUNK);
        let mut chunk = ReadBuf::uninit(&mut chunk[..room]);
        let this = self.get_mut();
        ready!(on!(this, poll_read(cx, &mut chunk)))?;
        let read = chunk.filled();
        this.meter
            .read
            .fetch_add(read.len() as u64, Ordering::Relaxed);
        into.put_slice(read);
        Poll::Ready(Ok(()))
    }
}

impl Write for Io {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = on!(this, poll_write(cx, bytes));
        this.note(written)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = on!(this, poll_write_vectored(cx, parts));
        this.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        on!(this, poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        on!(this, poll_shutdown(cx))
    }
}

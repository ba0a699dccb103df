//! The stream of a connection with both halves of the codec: received bytes go to the reader, and the writer's output
//! is sent.

use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use bytes::Bytes;
use tokio::io::ReadBuf;

use super::stream::SocketStream;
use crate::http::h1::read::head_parser::ParserConfig;
use crate::http::h1::read::request_reader::RequestReader;
use crate::http::h1::write::response_writer::ResponseWriter;
use crate::http::scratch;
use crate::http::socket::events::{Data, End};
use crate::http::socket::handle::ConnectionHandle;

pub(crate) struct Transport {
    handle: Arc<ConnectionHandle>,
    /// `None` while the stream is lent, and once it is detached.
    stream: Option<SocketStream>,
    pub(crate) reader: RequestReader,
    pub(crate) writer: ResponseWriter,
    received: u64,
    sent: u64,
    /// The task that the handle wakes.
    task: Option<Waker>,
    /// The stream may hold output that was written to it but not flushed, as TLS streams do.
    needs_flush: bool,
    /// The client has closed its write side; there may still be unread input.
    is_client_closed: bool,
}

impl Transport {
    pub(crate) fn new(
        stream: SocketStream,
        config: ParserConfig,
        handle: Arc<ConnectionHandle>,
    ) -> Self {
        Self {
            handle,
            stream: Some(stream),
            reader: RequestReader::new(config),
            writer: ResponseWriter::default(),
            received: 0,
            sent: 0,
            task: None,
            needs_flush: false,
            is_client_closed: false,
        }
    }

    /// Returns the number of bytes received and sent.
    pub(crate) fn bytes(&self) -> u64 {
        self.received + self.sent
    }

    /// Returns the number of bytes sent.
    pub(crate) fn sent(&self) -> u64 {
        self.sent
    }

    /// Returns whether the client has closed its write side.
    pub(crate) fn is_half_closed(&self) -> bool {
        self.reader.is_ended || self.is_client_closed
    }

    /// Returns whether there is output that has not been sent.
    #[inline]
    pub(crate) fn has_output(&self) -> bool {
        !self.writer.is_empty() || self.needs_flush
    }

    pub(crate) fn is_destroyed(&self) -> bool {
        self.handle.is_destroyed()
    }

    /// Returns whether there is unread input or more of a request body may arrive. In either case, closing the socket
    /// could reset the connection, and the client could lose its response.
    pub(crate) fn has_unread_input(&self) -> bool {
        !self.reader.is_ended && (self.reader.is_in_body() || self.reader.buffered_len() > 0)
    }

    /// Receives the available bytes, at most as many as the scratch buffer holds.
    pub(crate) fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(stream) = &mut self.stream else {
            self.reader.is_ended = true;
            return Poll::Ready(Ok(()));
        };
        ready!(stream.poll_read_ready(cx));
        let mut buffer = scratch::take();
        let mut filled = ReadBuf::new(&mut *buffer);
        let polled = stream.poll_read(cx, &mut filled);
        let len = filled.filled().len();
        if len > 0 {
            self.reader.receive(filled.filled());
        }
        scratch::put(buffer);
        ready!(polled)?;
        self.received += len as u64;
        self.handle.set_bytes_read(self.received);
        if len == 0 {
            self.reader.is_ended = true;
            self.handle.emitter().emit(End, &());
        } else {
            self.handle.emitter().emit(Data, &len);
        }
        Poll::Ready(Ok(()))
    }

    /// Receives ahead while a request is being handled and fewer than `limit` bytes are buffered, to detect a client
    /// that disconnects.
    pub(crate) fn poll_ahead(&mut self, limit: usize, cx: &mut Context<'_>) -> io::Result<()> {
        while !self.is_half_closed() && self.reader.buffered_len() < limit {
            match self.poll_fill(cx) {
                Poll::Pending => return Ok(()),
                Poll::Ready(filled) => filled?,
            }
            if self.reader.is_in_body() {
                // The reader of the body may be waiting for these bytes.
                cx.waker().wake_by_ref();
            }
        }
        if !self.is_half_closed()
            && let Some(stream) = &mut self.stream
        {
            self.is_client_closed = stream.poll_client_closed(cx).is_ready();
        }
        Ok(())
    }

    /// Sends the output.
    #[inline]
    pub(crate) fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let task = self.task.as_ref();
        if !task.is_some_and(|task| task.will_wake(cx.waker())) {
            self.handle.set_waker(cx.waker());
            self.task = Some(cx.waker().clone());
        }
        self.writer.expire_date();
        while !self.writer.is_empty() {
            let Some(stream) = &mut self.stream else {
                return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
            };
            let sent = ready!(match self.writer.single() {
                Some(bytes) => stream.poll_write(cx, bytes),
                None => stream.poll_write_vectored(cx, &self.writer.pieces()),
            })?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.writer.advance(sent);
            self.count(sent);
        }
        if self.needs_flush {
            ready!(self.poll_flush(cx))?;
        }
        Poll::Ready(Ok(()))
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Some(stream) = &mut self.stream {
            ready!(stream.poll_flush(cx))?;
        }
        self.needs_flush = false;
        Poll::Ready(Ok(()))
    }

    fn count(&mut self, sent: usize) {
        self.needs_flush = self.stream.as_ref().is_some_and(SocketStream::is_buffered);
        self.sent += sent as u64;
        self.handle.set_bytes_written(self.sent);
    }

    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.stream {
            Some(stream) => stream.poll_shutdown(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// Reads and discards input until the client has closed its write side or disconnected.
    pub(crate) fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(());
        };
        let mut buffer = scratch::take();
        let discarded = loop {
            let mut chunk = ReadBuf::new(&mut *buffer);
            match stream.poll_read(cx, &mut chunk) {
                Poll::Ready(Ok(())) if !chunk.filled().is_empty() => {}
                read => break read.map(drop),
            }
        };
        scratch::put(buffer);
        discarded
    }

    /// Takes the stream out until [`restore`](Self::restore) is called. Returns `None` if the stream may buffer the
    /// bytes that are written to it.
    pub(super) fn lend(&mut self) -> Option<SocketStream> {
        self.stream.take_if(|stream| !stream.is_buffered())
    }

    /// Puts the stream back, together with bytes that have to be sent first.
    pub(super) fn restore(&mut self, stream: SocketStream, unsent: Bytes) {
        self.stream = Some(stream);
        self.sent = self.handle.bytes_written();
        self.writer.write_data(unsent);
    }

    /// Takes the stream for another protocol, with the bytes already received from it.
    pub(crate) fn detach(&mut self) -> Option<(SocketStream, Vec<u8>)> {
        let stream = self.stream.take()?;
        Some((stream, self.reader.rest().to_vec()))
    }

    /// Makes dropping the stream reset the connection instead of closing it in an orderly way.
    pub(crate) fn reset_on_drop(&self) {
        if let Some(stream) = &self.stream {
            stream.reset_on_drop();
        }
    }

    /// Releases memory of an idle connection.
    pub(crate) fn shrink(&mut self) {
        self.reader.shrink();
        self.writer.shrink();
    }
}

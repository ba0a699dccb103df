//! An HTTP/2 connection, served by hyper.

use std::error::Error as _;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::server::conn::http2;
use tokio::io::{AsyncRead, AsyncWrite};

use super::io::{Io, IoState};
use super::service::StreamService;
use super::streams::Streams;
use crate::http::exchange::context::ConnectionContext;
use crate::http::sync::spawn;

/// The first bytes that an HTTP/2 client sends (RFC 9113, 3.4).
pub(crate) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The maximum number of streams that a client may have at a time.
pub(super) const MAX_STREAMS: u32 = 128;

/// The maximum number of bytes of a request body that are received before the body is read.
const STREAM_WINDOW: u32 = 256 * 1024;

/// The corresponding maximum for all request bodies of a connection together. It is larger, so that a few unread bodies
/// do not block the other streams.
const CONNECTION_WINDOW: u32 = 8 * STREAM_WINDOW;

/// The maximum number of bytes of a response body that h2 buffers for a client that does not read it.
const SEND_BUFFER: usize = 64 * 1024;

pub(crate) struct Connection<S: AsyncRead + AsyncWrite + Unpin> {
    hyper: Pin<Box<http2::Connection<Io<S>, StreamService, Tasks>>>,
    io: Arc<IoState<S>>,
    pub(crate) streams: Arc<Streams>,
}

/// An executor that spawns the task that hyper runs for each stream.
#[derive(Clone, Copy)]
struct Tasks;

impl<F: Future<Output = ()> + Send + 'static> hyper::rt::Executor<F> for Tasks {
    fn execute(&self, task: F) {
        spawn(Box::pin(task));
    }
}

/// The reason why a connection ended abnormally.
#[derive(Debug)]
pub(crate) enum ConnectionError {
    /// The client violated the protocol.
    Protocol(hyper::Error),
    /// Reading or writing failed, for example because the client disconnected.
    Io(hyper::Error),
}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> Connection<S> {
    /// Creates a connection. `received` contains the bytes of the stream that were already received, starting with the
    /// preface.
    pub(crate) fn new(stream: S, received: Vec<u8>, context: Arc<ConnectionContext>) -> Self {
        let limits = Arc::clone(&context.limits);
        let handle = Arc::clone(context.socket.handle());
        let (stream, io) = Io::new(stream, received, PREFACE.len(), handle);
        let streams = Streams::new(context);
        let header_size = u32::try_from(limits.header_size).unwrap_or(u32::MAX);
        let hyper = http2::Builder::new(Tasks)
            .auto_date_header(false)
            .enable_connect_protocol()
            .max_concurrent_streams(MAX_STREAMS)
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_send_buf_size(SEND_BUFFER)
            .max_header_list_size(header_size)
            .serve_connection(stream, StreamService::new(Arc::clone(&streams)));
        Self {
            hyper: Box::pin(hyper),
            io,
            streams,
        }
    }

    /// Is ready when the connection has ended.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), ConnectionError>> {
        self.hyper.as_mut().poll(cx).map_err(classify)
    }

    /// Sends a GOAWAY. The connection ends when the client has acknowledged it and no stream is left.
    pub(crate) fn go_away(&mut self) {
        self.hyper.as_mut().graceful_shutdown();
    }

    /// Returns the number of bytes received and sent.
    pub(crate) fn bytes(&self) -> u64 {
        self.io.bytes()
    }

    /// Returns whether output waits for the client.
    pub(crate) fn is_blocked(&self) -> bool {
        self.io.is_blocked()
    }

    /// Returns the ordinal of the incomplete head, or `None` if no head is incomplete.
    pub(crate) fn open_head(&self) -> Option<u64> {
        self.io.open_head()
    }

    /// Ends all streams. Returns the byte stream of the connection and the state of the ended streams.
    pub(crate) fn into_stream(self) -> (Option<S>, Arc<Streams>) {
        drop(self.hyper);
        (self.io.take_stream(), self.streams)
    }
}

fn classify(error: hyper::Error) -> ConnectionError {
    let h2 = error
        .source()
        .and_then(|it| it.downcast_ref::<::h2::Error>());
    let is_io = error
        .source()
        .is_some_and(|source| source.is::<io::Error>());
    match is_io || h2.is_some_and(|error| error.is_io()) {
        true => ConnectionError::Io(error),
        false => ConnectionError::Protocol(error),
    }
}

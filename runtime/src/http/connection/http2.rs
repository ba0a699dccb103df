//! Runs a connection that speaks HTTP/2 from its preface to its end, and applies its timeouts and the server's control
//! state.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::close::LINGER;
use super::stream::SocketStream;
use super::timeouts::{ConnectionState, Snapshot, TimeoutAction, Timeouts};
use super::timer::Timer;
use crate::error::Error;
use crate::http::control::{CLOSE_GRACE, ControlReceiver, ControlState};
use crate::http::events::client_error::{ClientError, ClientErrorKind};
use crate::http::events::server_events;
use crate::http::exchange::context::ConnectionContext;
use crate::http::h2::{Connection, ConnectionError, Streams};
use crate::http::interruption::Interruption;
use crate::http::scratch;
use crate::http::socket::events;
use crate::http::socket::handle::ConnectionHandle;

/// How long the client may be silent, after everything has been sent, before the stream is closed.
const SILENCE: Duration = CLOSE_GRACE;

#[derive(Debug)]
enum End {
    /// The client ended the connection, or all output has been sent after a GOAWAY.
    Done,
    /// A request head did not arrive in time.
    Late,
    /// The client accepted too little output.
    Stalled,
    /// The connection failed, or the client violated the protocol.
    Failed(ConnectionError),
    /// The connection is aborted.
    Destroyed(Interruption),
}

impl End {
    /// Returns the reason that is reported for streams that end with the connection.
    fn interruption(&self) -> Interruption {
        match self {
            Self::Destroyed(reason) => *reason,
            Self::Late | Self::Stalled | Self::Failed(ConnectionError::Protocol(_)) => {
                Interruption::ConnectionClosed
            }
            Self::Done | Self::Failed(ConnectionError::Io(_)) => Interruption::ClientDisconnected,
        }
    }

    /// Returns whether the stream is dropped without an orderly shutdown.
    fn is_abort(&self) -> bool {
        matches!(self, Self::Stalled | Self::Destroyed(_))
    }
}

/// Serves the connection. `detached` is its stream with the bytes that were already received.
pub(super) async fn run(
    detached: Option<(SocketStream, Vec<u8>)>,
    context: Arc<ConnectionContext>,
) {
    let mut had_error = false;
    if let Some((stream, received)) = detached {
        let mut driver = Http2Driver::new(stream, received, Arc::clone(&context));
        let end = poll_fn(|cx| driver.poll(cx)).await;
        driver.connection.streams.interrupt(end.interruption());
        let (stream, streams) = driver.connection.into_stream();
        had_error = matches!(end, End::Late | End::Failed(_));
        report(&end, &context);
        if end.is_abort() {
            streams.abort_tunnels();
        }
        end_streams(&streams, context.socket.handle()).await;
        match (stream, &end) {
            // Without a reset, the operating system would keep the output that it has buffered for the client.
            (Some(stream), End::Stalled) => stream.reset_on_drop(),
            (Some(stream), end) if !end.is_abort() => shut_down(stream).await,
            _ => {}
        }
    }
    context.socket.emit(events::Close, &had_error);
}

struct Http2Driver {
    context: Arc<ConnectionContext>,
    connection: Connection<SocketStream>,
    control: ControlState,
    control_receiver: ControlReceiver,
    /// Set while the connection closes: how long the client may take to acknowledge the GOAWAY. The client may still
    /// open streams during this time.
    grace: Option<Pin<Box<Sleep>>>,
    is_grace_over: bool,
    timeouts: Timeouts,
    timer: Timer,
    /// The task that the handle wakes.
    task: Option<Waker>,
}

impl Http2Driver {
    fn new(stream: SocketStream, received: Vec<u8>, context: Arc<ConnectionContext>) -> Self {
        let timeouts = Timeouts::new(&context.limits, Instant::now());
        Self {
            connection: Connection::new(stream, received, Arc::clone(&context)),
            control: context.initial_control,
            control_receiver: ControlReceiver::new(context.control.clone()),
            grace: None,
            is_grace_over: false,
            timer: Timer::after(timeouts.first_check()),
            timeouts,
            task: None,
            context,
        }
    }

    /// Is ready when the connection has ended or must be closed.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        self.register(cx);
        if let Poll::Ready(end) = self.poll_control(cx) {
            return Poll::Ready(end);
        }
        // The output of a stream that is no longer active has been queued, so this poll sends it.
        let was_idle = self.connection.streams.active() == 0;
        if let Poll::Ready(end) = self.poll_connection(cx) {
            return Poll::Ready(end);
        }
        if self.poll_grace(cx).is_ready() && was_idle && self.is_flushed() {
            return Poll::Ready(End::Done);
        }
        self.poll_timer(cx)
    }

    fn register(&mut self, cx: &Context<'_>) {
        let task = self.task.as_ref();
        if !task.is_some_and(|task| task.will_wake(cx.waker())) {
            self.context.socket.handle().set_waker(cx.waker());
            self.task = Some(cx.waker().clone());
        }
    }

    fn poll_control(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        while self.control_receiver.poll(cx).is_ready() {
            let control = self.control_receiver.read();
            let before = std::mem::replace(&mut self.control, control);
            if control.close_all != before.close_all {
                return Poll::Ready(End::Destroyed(match control.closing {
                    true => Interruption::Shutdown,
                    false => Interruption::ConnectionClosed,
                }));
            }
            let is_idle = self.connection.streams.active() == 0 && !self.connection.is_blocked();
            if control.closing || control.close_idle != before.close_idle && is_idle {
                self.go_away();
            }
        }
        Poll::Pending
    }

    fn poll_connection(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        loop {
            if self.context.socket.handle().is_destroyed() {
                return Poll::Ready(End::Destroyed(Interruption::ConnectionClosed));
            }
            match self.connection.poll(cx) {
                Poll::Ready(Ok(())) => return Poll::Ready(End::Done),
                Poll::Ready(Err(error)) => return Poll::Ready(End::Failed(error)),
                Poll::Pending => {}
            }
            if self.context.socket.handle().is_destroyed() {
                return Poll::Ready(End::Destroyed(Interruption::ConnectionClosed));
            }
            if !self.connection.streams.is_exhausted() || self.grace.is_some() {
                return Poll::Pending;
            }
            self.go_away();
        }
    }

    /// Begins to close the connection: streams that the client opens before it receives the GOAWAY are still accepted.
    fn go_away(&mut self) {
        if self.grace.is_none() {
            self.connection.go_away();
            self.connection.streams.wake_when_idle();
            self.grace = Some(Box::pin(tokio::time::sleep(CLOSE_GRACE)));
        }
    }

    /// Is ready when the time to acknowledge the GOAWAY has passed, whether or not the client has done so.
    fn poll_grace(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(grace) = &mut self.grace else {
            return Poll::Pending;
        };
        if !self.is_grace_over {
            ready!(grace.as_mut().poll(cx));
            self.is_grace_over = true;
            self.connection.streams.close();
        }
        Poll::Ready(())
    }

    fn is_flushed(&self) -> bool {
        self.connection.streams.active() == 0 && !self.connection.is_blocked()
    }

    /// Is ready when a timeout that closes the connection has elapsed.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        loop {
            ready!(self.timer.poll(cx));
            let now = Instant::now();
            let late_body = self.connection.streams.fail_late_bodies(now);
            let next_check = match self.timeouts.check(self.snapshot(), now) {
                TimeoutAction::Wait(until) | TimeoutAction::BodyTimeout(until) => until,
                TimeoutAction::Hibernate(until) => {
                    self.connection.streams.shrink();
                    until
                }
                TimeoutAction::HeadersTimeout => return self.poll_late(cx),
                TimeoutAction::KeepAliveTimeout => {
                    self.go_away();
                    cx.waker().wake_by_ref();
                    now + CLOSE_GRACE
                }
                TimeoutAction::Disconnected => {
                    return Poll::Ready(End::Destroyed(Interruption::ClientDisconnected));
                }
                TimeoutAction::IdleTimeout => {
                    if !self.emit_timeout() {
                        return Poll::Ready(End::Destroyed(Interruption::ConnectionClosed));
                    }
                    self.timeouts.restart_idle(now);
                    now
                }
                TimeoutAction::SendTimeout => return Poll::Ready(End::Stalled),
            };
            let next_check = late_body.map_or(next_check, |late| late.min(next_check));
            self.timer.reset(next_check);
        }
    }

    /// Ends the connection because a head did not arrive in time. hyper reads nothing after an incomplete head, so the
    /// other streams cannot continue either.
    fn poll_late(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        self.go_away();
        // Sends the GOAWAY, if the socket accepts it.
        let _ = self.connection.poll(cx);
        Poll::Ready(End::Late)
    }

    /// Emits `Timeout`. Returns whether there is a listener, which then decides what happens to the connection.
    fn emit_timeout(&self) -> bool {
        let socket = &self.context.socket;
        let by_socket = socket.emit(events::Timeout, &());
        let emitter = &self.context.service.emitter;
        emitter.emit(events::Timeout, socket) || by_socket
    }

    fn snapshot(&self) -> Snapshot {
        let streams = &self.connection.streams;
        let total = streams.total();
        let is_blocked = self.connection.is_blocked();
        let is_busy = streams.active() > 0 || is_blocked;
        let (state, request) = match self.connection.open_head() {
            Some(head) => (ConnectionState::Head, head),
            None if is_busy => (ConnectionState::Busy, total),
            // The time for the first head is measured from the beginning of the connection.
            None if total == 0 => (ConnectionState::Head, 1),
            None => (ConnectionState::Idle, total),
        };
        Snapshot {
            state,
            request,
            bytes: self.connection.bytes(),
            waiting: (is_blocked || streams.has_unsent_data())
                .then(|| self.context.socket.handle().bytes_written()),
        }
    }
}

/// Reports a connection that failed. Its client gets at most a GOAWAY.
fn report(end: &End, context: &ConnectionContext) {
    let (kind, error) = match end {
        End::Done | End::Stalled | End::Destroyed(_) => return,
        End::Late => (ClientErrorKind::Timeout, None),
        End::Failed(ConnectionError::Protocol(error)) => (ClientErrorKind::Malformed, Some(error)),
        End::Failed(ConnectionError::Io(error)) => (ClientErrorKind::Reset, Some(error)),
    };
    let status = match kind {
        ClientErrorKind::Timeout => StatusCode::REQUEST_TIMEOUT,
        _ => StatusCode::BAD_REQUEST,
    };
    let client_error = ClientError::new(kind, status, Bytes::new(), context.socket.clone());
    let emitter = &context.service.emitter;
    emitter.emit(server_events::ClientError, &client_error);
    if let Some(error) = error {
        let source = io::Error::other(error.to_string());
        let error = Error::new(status, "the connection failed").with_source(source);
        context.socket.emit(events::Error, &error);
    }
}

/// Waits until the streams have detected that their connection has ended.
async fn end_streams(streams: &Streams, handle: &ConnectionHandle) {
    streams.wake_when_idle();
    let ended = poll_fn(|cx| {
        handle.set_waker(cx.waker());
        match streams.active() {
            0 => Poll::Ready(()),
            _ => Poll::Pending,
        }
    });
    // A handler that blocks its thread does not keep the connection open.
    let _ = tokio::time::timeout(LINGER, ended).await;
}

/// Closes the stream after the client has stopped sending. If it were closed earlier, the operating system would
/// respond to further input, such as a window update, with a reset, which could discard the end of a response.
async fn shut_down(mut stream: SocketStream) {
    let closing = async {
        poll_fn(|cx| Pin::new(&mut stream).poll_shutdown(cx)).await?;
        loop {
            let received = tokio::time::timeout(SILENCE, poll_fn(|cx| discard(&mut stream, cx)));
            match received.await {
                Ok(Ok(1..)) => {}
                _ => return io::Result::Ok(()),
            }
        }
    };
    let _ = tokio::time::timeout(LINGER, closing).await;
}

/// Reads and discards input. Returns how many bytes there were.
fn discard(stream: &mut SocketStream, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
    let mut buffer = scratch::take();
    let mut chunk = ReadBuf::new(&mut *buffer);
    let read = Pin::new(stream).poll_read(cx, &mut chunk);
    let len = chunk.filled().len();
    scratch::put(buffer);
    read.map_ok(|()| len)
}

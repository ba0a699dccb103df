//! Runs a session in the connection's task, and does the other work of a WebSocket: sending, receiving, pinging and
//! closing.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::state::{Phase, Shared, State};
use super::{CloseFrame, WebSocketError, event};
use crate::error::Error;

/// How many bytes of the input after the last frame are discarded at a time.
const DISCARDED: usize = 1024;

pub(super) type Session = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// The timeouts of a driver.
#[derive(Clone, Copy)]
pub(super) struct Timing {
    pub(super) ping_interval: Option<Duration>,
    pub(super) close_timeout: Duration,
}

/// The future of a WebSocket, which resolves when the session has returned and the stream is closed.
pub(super) struct Driver {
    session: Option<Session>,
    /// The return value of the session, or its panic. Either is passed to the connection at the end.
    result: Result<Result<(), Error>, Box<dyn Any + Send>>,
    shared: Arc<Shared>,
    /// A future that resolves when the server begins to close.
    server_closing: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    timing: Timing,
    timer: Option<Pin<Box<Sleep>>>,
    /// The time by which the client must have closed its side of the connection.
    deadline: Option<Pin<Box<Sleep>>>,
    is_ping_unanswered: bool,
    is_shut_down: bool,
    is_announced: bool,
}

impl Driver {
    pub(super) fn new(
        session: Session,
        shared: Arc<Shared>,
        server_closing: impl Future<Output = ()> + Send + 'static,
        timing: Timing,
    ) -> Self {
        Self {
            session: Some(session),
            result: Ok(Ok(())),
            shared,
            server_closing: Some(Box::pin(server_closing)),
            timing,
            timer: timing
                .ping_interval
                .map(|interval| Box::pin(sleep(interval))),
            deadline: None,
            is_ping_unanswered: false,
            is_shut_down: false,
            is_announced: false,
        }
    }

    /// Polls the session. An error of the session, other than a `WebSocketError`, closes the WebSocket with 1011, and
    /// so does a panic.
    fn poll_session(&mut self, cx: &mut Context<'_>) {
        let Some(session) = &mut self.session else {
            return;
        };
        let polled = catch_unwind(AssertUnwindSafe(|| session.as_mut().poll(cx)));
        let failed = match polled {
            Ok(Poll::Pending) => return,
            Ok(Poll::Ready(Ok(()))) => false,
            Ok(Poll::Ready(Err(error))) => {
                // The error of a failed connection was emitted as the socket's `Error`. A message that could not be
                // sent is not an error of the server.
                let is_reported = error.source().is_some_and(|it| it.is::<WebSocketError>());
                if !is_reported {
                    self.result = Ok(Err(error));
                }
                !is_reported
            }
            Err(panic) => {
                self.result = Err(panic);
                true
            }
        };
        if failed {
            self.shared.lock().begin_close(&CloseFrame::new(1011, ""));
        }
        // Dropping the session drops the socket, unless the socket was moved elsewhere.
        self.session = None;
    }

    /// Begins to close if the server is closing or the socket was dropped.
    fn check_end(&mut self, state: &mut State, cx: &mut Context<'_>) {
        if let Some(closing) = &mut self.server_closing
            && closing.as_mut().poll(cx).is_ready()
        {
            self.server_closing = None;
            state.begin_close(&CloseFrame::new(1001, "the server is closing"));
        }
        if state.is_released {
            state.begin_close(&CloseFrame::new(1000, ""));
        }
    }

    /// Sends a ping if the client has been silent, and disconnects a client that has been silent since the last ping.
    fn check_silence(&mut self, state: &mut State, cx: &mut Context<'_>) {
        let (Some(timer), Some(interval)) = (&mut self.timer, self.timing.ping_interval) else {
            return;
        };
        while state.phase == Phase::Open && timer.as_mut().poll(cx).is_ready() {
            if state.take_activity() {
                self.is_ping_unanswered = false;
            } else if self.is_ping_unanswered {
                state.fail(WebSocketError::Timeout);
            } else {
                state.ping();
                self.is_ping_unanswered = true;
            }
            timer.as_mut().reset(Instant::now() + interval);
        }
    }

    /// Sends the queued frames and reads one message ahead, without waiting.
    fn exchange(state: &mut State, cx: &mut Context<'_>) {
        let mut flushed = state.poll_flush(cx);
        state.poll_read_ahead(cx);
        if state.is_dirty && flushed.is_ready() {
            // Reading may have queued responses.
            flushed = state.poll_flush(cx);
        }
        if let Poll::Ready(Err(error)) = flushed {
            state.fail(error);
        }
        state.wake_writer();
    }

    /// Closes the stream once the closing handshake is complete or has taken too long.
    fn end(&mut self, state: &mut State, cx: &mut Context<'_>) {
        if matches!(state.phase, Phase::Open | Phase::Ended) {
            return;
        }
        let is_closed = state.phase == Phase::Ending && self.poll_close(state, cx).is_ready();
        let timeout = self.timing.close_timeout;
        let deadline = self
            .deadline
            .get_or_insert_with(|| Box::pin(sleep(timeout)));
        if is_closed || deadline.as_mut().poll(cx).is_ready() {
            drop(state.drop_stream());
        }
    }

    /// Sends the remaining frames, closes the write side, and discards input until the client closes its side: closing
    /// a socket with unread input resets the connection, which can discard the close frame before the client has read
    /// it.
    fn poll_close(&mut self, state: &mut State, cx: &mut Context<'_>) -> Poll<()> {
        if ready!(state.poll_flush(cx)).is_err() {
            return Poll::Ready(());
        }
        let Some(stream) = &mut state.stream else {
            return Poll::Ready(());
        };
        let mut stream = Pin::new(stream.get_mut());
        if !self.is_shut_down {
            if ready!(stream.as_mut().poll_shutdown(cx)).is_err() {
                return Poll::Ready(());
            }
            self.is_shut_down = true;
        }
        loop {
            let mut buffer = [0; DISCARDED];
            let mut discarded = ReadBuf::new(&mut buffer);
            match ready!(stream.as_mut().poll_read(cx, &mut discarded)) {
                Ok(()) if !discarded.filled().is_empty() => {}
                _ => return Poll::Ready(()),
            }
        }
    }

    /// Emits `Error` and `Close`, once each.
    fn announce(&mut self, error: Option<WebSocketError>, frame: Option<CloseFrame>) {
        let Some(frame) = frame.filter(|_| !self.is_announced) else {
            return;
        };
        self.is_announced = true;
        if let Some(error) = error {
            self.shared.emitter.emit(event::Error, &error);
        }
        self.shared.emitter.emit(event::Close, &frame);
    }
}

impl Future for Driver {
    type Output = Result<(), Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.shared.begin_driving(cx.waker());
        this.poll_session(cx);
        let shared = Arc::clone(&this.shared);
        let mut state = shared.drive();
        this.check_end(&mut state, cx);
        this.check_silence(&mut state, cx);
        Self::exchange(&mut state, cx);
        this.end(&mut state, cx);
        let is_ended = state.phase == Phase::Ended;
        let close = state.close_frame().filter(|_| !this.is_announced).cloned();
        let error = close.as_ref().and_then(|_| state.error().cloned());
        drop(state);
        this.announce(error, close);
        if !is_ended || this.session.is_some() {
            return Poll::Pending;
        }
        match std::mem::replace(&mut this.result, Ok(Ok(()))) {
            Ok(result) => Poll::Ready(result),
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// Drops the stream and emits the events of a connection that was aborted before the driver resolved.
impl Drop for Driver {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        let stream = state.drop_stream();
        let (error, close) = (state.error().cloned(), state.close_frame().cloned());
        drop(state);
        drop(stream);
        self.announce(error, close);
    }
}

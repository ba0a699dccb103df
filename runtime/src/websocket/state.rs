//! The state that a [`WebSocket`](super::WebSocket), its senders and its driver share.

use std::mem::take;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

use futures_core::Stream;
use futures_sink::Sink;
use tokio_websockets::WebSocketStream;

use super::batch::BatchingStream;
use super::event::WebSocketEvents;
use super::{CloseFrame, Message, WebSocketError};
use crate::events::Emitter;

/// How many bytes may be waiting to be sent before an awaited `send` waits.
const HIGH_WATER_MARK: usize = 64 * 1024;

/// How many bytes of pongs may be waiting to be sent before reading stops. Without this limit, a client could fill the
/// memory by sending pings.
const MAX_PONGS: usize = 16 * 1024;

/// The memory that a frame takes in addition to its content, in bytes.
const FRAME_OVERHEAD: usize = 64;

pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) emitter: Emitter<WebSocketEvents>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Open,
    /// A close frame is queued or sent, and the client's has not arrived.
    Closing,
    /// No more frames will be received: the queue is sent, then the stream is closed.
    Ending,
    Ended,
}

pub(super) struct State {
    /// `None` once the stream is closed.
    pub(super) stream: Option<WebSocketStream<BatchingStream>>,
    pub(super) phase: Phase,
    /// The close code and the reason, once they are known.
    close: Option<CloseFrame>,
    error: Option<WebSocketError>,
    /// Whether the error was returned to the reader.
    is_error_read: bool,
    max_unsent: usize,
    /// How many bytes have been queued since everything was last sent.
    queued: usize,
    /// The size of the pongs that are not known to be sent, in bytes.
    pongs: usize,
    /// Whether anything may be unsent.
    pub(super) is_dirty: bool,
    /// A message that was read ahead.
    received: Option<Message>,
    /// Whether anything has been received since the last call to `take_activity`.
    is_active: bool,
    /// Whether a reader is waiting for the stream to wake it.
    is_reading: bool,
    /// Whether the `WebSocket` was dropped.
    pub(super) is_released: bool,
    /// Whether the driver is polling the session; it then sends everything that is queued.
    is_driving: bool,
    driver: Option<Waker>,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Shared {
    pub(super) fn new(stream: WebSocketStream<BatchingStream>, max_unsent: usize) -> Self {
        Self {
            state: Mutex::new(State {
                stream: Some(stream),
                phase: Phase::Open,
                close: None,
                error: None,
                is_error_read: false,
                max_unsent,
                queued: 0,
                pongs: 0,
                is_dirty: false,
                received: None,
                is_active: false,
                is_reading: false,
                is_released: false,
                is_driving: false,
                driver: None,
                reader: None,
                writer: None,
            }),
            emitter: Emitter::new(),
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records that the driver is about to poll the session. The driver checks the state afterward, so the session does
    /// not have to wake the driver.
    pub(super) fn begin_driving(&self, waker: &Waker) {
        let mut state = self.lock();
        state.is_driving = true;
        wait(&mut state.driver, waker);
    }

    /// Locks the state for the driver, which then checks it.
    pub(super) fn drive(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.is_driving = false;
        state
    }

    /// Makes the driver check the state, which has changed.
    pub(super) fn wake_driver(&self, mut state: MutexGuard<'_, State>) {
        if state.is_driving {
            return;
        }
        let driver = state.driver.take();
        drop(state);
        if let Some(driver) = driver {
            driver.wake();
        }
    }

    /// Queues a message.
    pub(super) fn push(&self, message: Message) -> Result<(), WebSocketError> {
        let mut state = self.lock();
        if state.phase != Phase::Open {
            return Err(WebSocketError::Closed);
        }
        if state.unsent() > state.max_unsent {
            return Err(WebSocketError::Unsent);
        }
        state.queue(message.0)?;
        self.wake_driver(state);
        Ok(())
    }

    /// Begins the closing handshake, unless it has begun.
    pub(super) fn close(&self, frame: &CloseFrame) {
        let mut state = self.lock();
        state.begin_close(frame);
        self.wake_driver(state);
    }
}

impl State {
    /// Queues a frame or a message.
    fn queue(&mut self, message: tokio_websockets::Message) -> Result<(), WebSocketError> {
        let Some(stream) = &mut self.stream else {
            return Err(WebSocketError::Closed);
        };
        self.queued += message.as_payload().len() + FRAME_OVERHEAD;
        self.is_dirty = true;
        Ok(Pin::new(stream).start_send(message)?)
    }

    /// Returns an upper bound on the number of bytes that are waiting to be sent.
    fn unsent(&self) -> usize {
        let sent = self
            .stream
            .as_ref()
            .map_or(0, |stream| stream.get_ref().sent());
        self.queued.saturating_sub(sent)
    }

    pub(super) fn begin_close(&mut self, frame: &CloseFrame) {
        if self.phase == Phase::Open {
            // An error means that the stream has received a close frame or failed, which the next read detects.
            let _ = self.queue(frame.to_message());
            self.phase = Phase::Closing;
        }
    }

    /// Queues a ping, unless the WebSocket is being closed.
    pub(super) fn ping(&mut self) {
        if self.phase == Phase::Open {
            let _ = self.queue(tokio_websockets::Message::ping(&b""[..]));
        }
    }

    /// Returns whether anything has been received since the last call.
    pub(super) fn take_activity(&mut self) -> bool {
        take(&mut self.is_active)
    }

    /// Returns the close code and the reason, once the WebSocket is closed.
    pub(super) fn close_frame(&self) -> Option<&CloseFrame> {
        self.close.as_ref()
    }

    pub(super) fn error(&self) -> Option<&WebSocketError> {
        self.error.as_ref()
    }

    /// Returns the next message, or `None` at the end. In a task other than the driver's, the caller wakes the driver
    /// if the result is pending, because the stream wakes only one task.
    pub(super) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, WebSocketError>>> {
        if let Some(message) = self.received.take() {
            return Poll::Ready(Some(Ok(message)));
        }
        let is_driver = |driver: &Waker| driver.will_wake(cx.waker());
        let is_direct = self.driver.as_ref().is_some_and(is_driver);
        let polled = match self.phase {
            Phase::Open | Phase::Closing if !is_direct => Poll::Pending,
            _ => self.poll_frames(cx),
        };
        if polled.is_pending() {
            self.is_reading = is_direct;
            wait(&mut self.reader, cx.waker());
        } else if polled == Poll::Ready(None)
            && let Some(error) = &self.error
            && !self.is_error_read
        {
            self.is_error_read = true;
            return Poll::Ready(Some(Err(error.clone())));
        }
        polled.map(|message| message.map(Ok))
    }

    /// Reads a message ahead, so that pings and close frames are handled even while the session does not read.
    pub(super) fn poll_read_ahead(&mut self, cx: &mut Context<'_>) {
        let is_full = self.phase == Phase::Open && self.received.is_some();
        if take(&mut self.is_reading) || is_full {
            return;
        }
        if let Poll::Ready(Some(message)) = self.poll_frames(cx) {
            self.received = Some(message);
            self.reader.take().into_iter().for_each(Waker::wake);
        }
    }

    /// Reads frames until there is a message.
    fn poll_frames(&mut self, cx: &mut Context<'_>) -> Poll<Option<Message>> {
        loop {
            if !matches!(self.phase, Phase::Open | Phase::Closing) {
                return Poll::Ready(None);
            }
            if self.pongs > MAX_PONGS {
                match ready!(self.poll_flush(cx)) {
                    Ok(()) => {}
                    Err(error) => self.fail(error),
                }
                continue;
            }
            let Some(stream) = &mut self.stream else {
                return Poll::Ready(None);
            };
            match ready!(Pin::new(stream).poll_next(cx)) {
                Some(Ok(message)) => {
                    self.is_active = true;
                    if let Some(message) = self.on_frame(message) {
                        return Poll::Ready(Some(message));
                    }
                }
                Some(Err(error)) => self.fail(error.into()),
                None => self.end(CloseFrame::lost()),
            }
        }
    }

    /// Handles a control frame, or returns a message.
    fn on_frame(&mut self, message: tokio_websockets::Message) -> Option<Message> {
        if let Some(frame) = CloseFrame::of(&message) {
            // The stream has queued the response.
            self.is_dirty = true;
            self.end(frame);
            return None;
        }
        if message.is_ping() {
            self.is_dirty = true;
            self.pongs += message.as_payload().len() + FRAME_OVERHEAD;
        }
        let is_data = !message.is_ping() && !message.is_pong();
        (is_data && self.phase == Phase::Open).then_some(Message(message))
    }

    /// Records that no more frames will be received.
    fn end(&mut self, frame: CloseFrame) {
        self.close.get_or_insert(frame);
        self.phase = Phase::Ending;
        for waker in [self.reader.take(), self.writer.take()] {
            waker.into_iter().for_each(Waker::wake);
        }
    }

    pub(super) fn fail(&mut self, error: WebSocketError) {
        let code = error.close_code();
        if error == WebSocketError::TooLarge {
            // The stream queues a close frame for a frame that is too large, but not for a fragmented message that is
            // too large.
            let _ = self.queue(CloseFrame::new(code, "").to_message());
        }
        self.is_dirty = true;
        self.error.get_or_insert(error);
        self.end(CloseFrame::new(code, ""));
    }

    /// Sends the queued frames.
    pub(super) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), WebSocketError>> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(Ok(()));
        };
        if self.is_dirty {
            ready!(Pin::new(&mut *stream).poll_flush(cx))?;
            ready!(stream.get_mut().poll_send(cx))
                .map_err(|error| WebSocketError::Io(error.kind()))?;
            self.is_dirty = false;
            self.queued = 0;
            self.pongs = 0;
        }
        Poll::Ready(Ok(()))
    }

    /// Returns how many bytes may be waiting before an awaited `send` waits. It is at most `max_unsent`, above which a
    /// `send` fails.
    fn high_water_mark(&self) -> usize {
        HIGH_WATER_MARK.min(self.max_unsent)
    }

    /// Becomes ready when more may be sent.
    pub(super) fn poll_writable(&mut self, cx: &Context<'_>) -> Poll<Result<(), WebSocketError>> {
        if self.phase != Phase::Open {
            return Poll::Ready(Err(WebSocketError::Closed));
        }
        if self.unsent() <= self.high_water_mark() {
            return Poll::Ready(Ok(()));
        }
        wait(&mut self.writer, cx.waker());
        Poll::Pending
    }

    /// Becomes ready when everything is sent.
    pub(super) fn poll_sent(&mut self, cx: &Context<'_>) -> Poll<Result<(), WebSocketError>> {
        if self.phase != Phase::Open {
            return Poll::Ready(Err(WebSocketError::Closed));
        }
        if !self.is_dirty {
            return Poll::Ready(Ok(()));
        }
        wait(&mut self.writer, cx.waker());
        Poll::Pending
    }

    /// Wakes the writer if there is room.
    pub(super) fn wake_writer(&mut self) {
        if self.unsent() <= self.high_water_mark()
            && let Some(writer) = self.writer.take()
        {
            writer.wake();
        }
    }

    /// Ends the WebSocket, and returns the stream, which the caller drops.
    pub(super) fn drop_stream(&mut self) -> Option<WebSocketStream<BatchingStream>> {
        self.end(CloseFrame::lost());
        self.phase = Phase::Ended;
        self.stream.take()
    }
}

fn wait(place: &mut Option<Waker>, waker: &Waker) {
    match place {
        Some(place) => place.clone_from(waker),
        None => *place = Some(waker.clone()),
    }
}

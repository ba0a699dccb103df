//! The WebSocket that a session uses.

use std::fmt;
use std::future::{Future, poll_fn};
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_sink::Sink;

use super::event::{self, WebSocketEvents};
use super::state::Shared;
use super::{CloseFrame, Message, WebSocketError, WebSocketSender};
use crate::events::Emitter;

/// A WebSocket: a stream and a sink of messages, and an emitter of [`event::Message`], [`event::Close`] and
/// [`event::Error`].
///
/// While the session waits, the connection sends the queued messages, responds to pings, sends pings to a silent
/// client, and performs the closing handshake; the session does none of this. The connection reads only one message
/// ahead of the session, so a slow session slows down the client. Dropping the WebSocket closes it with the code 1000.
/// When the server closes, it closes the WebSocket with the code 1001: [`next`](Self::next) returns `None`, and sending
/// fails. Node.js (`ws`): `WebSocket`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::websocket::{WebSocket, WebSocketError, websocket};
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/echo" => websocket(&req, res, echo));
/// }
///
/// async fn echo(mut socket: WebSocket) -> Result<(), WebSocketError> {
///     while let Some(message) = socket.next().await {
///         socket.send(message?).await?;
///     }
///     Ok(())
/// }
/// ```
pub struct WebSocket {
    shared: Arc<Shared>,
    protocol: Option<String>,
}

impl WebSocket {
    pub(super) fn new(shared: Arc<Shared>, protocol: Option<String>) -> Self {
        Self { shared, protocol }
    }

    /// Returns the next message, or `None` once the WebSocket is closed.
    ///
    /// Node.js (`ws`): a `message` listener.
    ///
    /// # Errors
    ///
    /// - [`WebSocketError::Protocol`] or [`WebSocketError::TooLarge`] if the client violated the protocol or sent a
    ///   message that is too large.
    /// - [`WebSocketError::Timeout`] or [`WebSocketError::Io`] if the connection failed.
    ///
    /// Each error is returned once and is followed by `None`.
    ///
    /// # Cancel safety
    ///
    /// No message is lost if the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::{WebSocket, WebSocketError};
    ///
    /// async fn count(mut socket: WebSocket) -> Result<usize, WebSocketError> {
    ///     let mut count = 0;
    ///     while let Some(message) = socket.next().await {
    ///         count += message?.len();
    ///     }
    ///     Ok(count)
    /// }
    /// # let _ = count;
    /// ```
    #[allow(
        clippy::should_implement_trait,
        reason = "it is the method of a stream, and returns a future"
    )]
    pub fn next(
        &mut self,
    ) -> impl Future<Output = Option<Result<Message, WebSocketError>>> + Send + '_ {
        poll_fn(|cx| self.poll_message(cx))
    }

    fn poll_message(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Message, WebSocketError>>> {
        let mut state = self.shared.lock();
        let polled = state.poll_read(cx);
        // The driver sends the responses to control frames, and continues to read on behalf of another task.
        self.shared.wake_driver(state);
        let polled = ready!(polled);
        if let Some(Ok(message)) = &polled {
            self.shared.emitter.emit(event::Message, message);
        }
        Poll::Ready(polled)
    }

    /// Sends a message.
    ///
    /// The message is queued immediately. Awaiting applies backpressure: the future resolves once at most 64 KiB (or
    /// `max_unsent` bytes, if that is less) are waiting to be sent. Messages that are queued during one poll are sent
    /// together. Node.js (`ws`): `send`, which queues without a limit.
    ///
    /// # Errors
    ///
    /// - [`WebSocketError::Closed`] if the WebSocket is closed or is being closed.
    /// - [`WebSocketError::Unsent`] if more than [`max_unsent`](super::WebSocketOptions::max_unsent) bytes are waiting
    ///   to be sent, for example because the session did not await earlier futures.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no message, because `send` queues it when it is called.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::{WebSocket, WebSocketError};
    ///
    /// async fn greet(mut socket: WebSocket) -> Result<(), WebSocketError> {
    ///     socket.send("hello").await?;
    ///     socket.send(vec![1, 2, 3]).await
    /// }
    /// # let _ = greet;
    /// ```
    pub fn send(&mut self, message: impl Into<Message>) -> SendFuture<'_> {
        SendFuture {
            refused: self.shared.push(message.into()).err(),
            shared: &self.shared,
        }
    }

    /// Closes the WebSocket and waits until it is closed.
    ///
    /// Queued messages are sent first. Messages that the client sends in the meantime are discarded. A client that does
    /// not close its side within [`close_timeout`](super::WebSocketOptions::close_timeout) is disconnected. Node.js
    /// (`ws`): `close(code, reason)`.
    ///
    /// # Cancel safety
    ///
    /// The closing handshake begins when `close` is called, and continues if the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::{CloseFrame, WebSocket};
    ///
    /// async fn reject(mut socket: WebSocket) {
    ///     socket.close(CloseFrame::new(4000, "the room is full")).await;
    /// }
    /// # let _ = reject;
    /// ```
    pub fn close(&mut self, frame: CloseFrame) -> impl Future<Output = CloseFrame> + Send + '_ {
        self.shared.close(&frame);
        self.closed()
    }

    /// Reads until the WebSocket is closed, and returns its close frame.
    ///
    /// The listeners of [`event::Message`] receive the messages; without a listener they are discarded. Node.js (`ws`):
    /// a `close` listener.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has no effect on the WebSocket.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::{WebSocket, event};
    ///
    /// async fn log(mut socket: WebSocket) {
    ///     socket.on(event::Message, |message| println!("{message:?}"));
    ///     let frame = socket.closed().await;
    ///     println!("closed with {}", frame.code);
    /// }
    /// # let _ = log;
    /// ```
    pub fn closed(&mut self) -> impl Future<Output = CloseFrame> + Send + '_ {
        poll_fn(|cx| {
            while ready!(self.poll_message(cx)).is_some() {}
            let frame = self.close_frame();
            Poll::Ready(frame.unwrap_or_else(CloseFrame::lost))
        })
    }

    /// Returns the code and the reason with which the WebSocket was closed, or `None` until it is closed.
    ///
    /// Node.js (`ws`): the arguments of a `close` listener.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::WebSocket;
    ///
    /// fn is_open(socket: &WebSocket) -> bool {
    ///     socket.close_frame().is_none()
    /// }
    /// # let _ = is_open;
    /// ```
    pub fn close_frame(&self) -> Option<CloseFrame> {
        self.shared.lock().close_frame().cloned()
    }

    /// Returns the subprotocol, if the client and the server agreed on one: see
    /// [`WebSocketOptions::protocols`](super::WebSocketOptions::protocols).
    ///
    /// Node.js (`ws`): `protocol`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::WebSocket;
    ///
    /// fn speaks_json(socket: &WebSocket) -> bool {
    ///     socket.protocol() == Some("json")
    /// }
    /// # let _ = speaks_json;
    /// ```
    pub fn protocol(&self) -> Option<&str> {
        self.protocol.as_deref()
    }

    /// Returns a handle that other tasks and listeners, such as those of other members of a room, can use to send
    /// messages.
    ///
    /// Node.js (`ws`): the socket itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::{WebSocket, event};
    ///
    /// async fn echo(mut socket: WebSocket) {
    ///     let sender = socket.sender();
    ///     socket.on(event::Message, move |message| {
    ///         let _ = sender.send(message.clone());
    ///     });
    ///     socket.closed().await;
    /// }
    /// # let _ = echo;
    /// ```
    pub fn sender(&self) -> WebSocketSender {
        WebSocketSender::new(&self.shared)
    }
}

/// The future that [`WebSocket::send`] returns. The message is already queued; the future resolves when more may be
/// sent.
///
/// # Examples
///
/// ```
/// use onward::websocket::{SendFuture, WebSocket};
///
/// fn greet(socket: &mut WebSocket) -> SendFuture<'_> {
///     socket.send("hello")
/// }
/// # let _ = greet;
/// ```
#[must_use = "`.await` it to wait until more may be sent, and to check whether the WebSocket is closed"]
pub struct SendFuture<'a> {
    shared: &'a Shared,
    refused: Option<WebSocketError>,
}

impl Future for SendFuture<'_> {
    type Output = Result<(), WebSocketError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.refused.take() {
            Some(error) => Poll::Ready(Err(error)),
            None => self.shared.lock().poll_writable(cx),
        }
    }
}

impl fmt::Debug for SendFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

impl Stream for WebSocket {
    type Item = Result<Message, WebSocketError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_message(cx)
    }
}

impl Sink<Message> for WebSocket {
    type Error = WebSocketError;

    fn poll_ready(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), WebSocketError>> {
        self.shared.lock().poll_writable(cx)
    }

    fn start_send(self: Pin<&mut Self>, message: Message) -> Result<(), WebSocketError> {
        self.shared.push(message)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), WebSocketError>> {
        self.shared.lock().poll_sent(cx)
    }

    fn poll_close(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), WebSocketError>> {
        self.shared.close(&CloseFrame::new(1000, ""));
        while ready!(self.poll_message(cx)).is_some() {}
        Poll::Ready(Ok(()))
    }
}

impl Deref for WebSocket {
    type Target = Emitter<WebSocketEvents>;

    fn deref(&self) -> &Emitter<WebSocketEvents> {
        &self.shared.emitter
    }
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.is_released = true;
        self.shared.wake_driver(state);
    }
}

impl fmt::Debug for WebSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocket")
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

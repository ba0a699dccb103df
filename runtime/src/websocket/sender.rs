//! Handles that send to a WebSocket from elsewhere.

use std::fmt;
use std::sync::{Arc, Weak};

use super::state::Shared;
use super::{CloseFrame, Message, WebSocketError};

/// A handle that sends messages to a WebSocket from other tasks, listeners and rooms.
///
/// It does not keep the WebSocket open. Clones send to the same WebSocket, and compare equal. Node.js (`ws`): the
/// socket itself.
///
/// # Examples
///
/// ```
/// use onward::websocket::{Message, WebSocketSender};
///
/// fn broadcast(members: &mut Vec<WebSocketSender>, text: &str) {
///     let message = Message::text(text); // clones share the text
///     members.retain(|member| member.send(message.clone()).is_ok());
/// }
/// # let _ = broadcast;
/// ```
#[derive(Clone)]
pub struct WebSocketSender(Weak<Shared>);

impl WebSocketSender {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self(Arc::downgrade(shared))
    }

    /// Queues a message.
    ///
    /// Node.js (`ws`): `send`, which queues without a limit.
    ///
    /// # Errors
    ///
    /// - [`WebSocketError::Closed`] if the WebSocket is closed or is being closed.
    /// - [`WebSocketError::Unsent`] if more than [`max_unsent`](super::WebSocketOptions::max_unsent) bytes are waiting
    ///   to be sent, usually because the client is too slow. [`close`](Self::close) the WebSocket, or skip the message.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::WebSocketSender;
    ///
    /// fn greet(member: &WebSocketSender) -> bool {
    ///     member.send("hello").is_ok()
    /// }
    /// # let _ = greet;
    /// ```
    pub fn send(&self, message: impl Into<Message>) -> Result<(), WebSocketError> {
        let shared = self.0.upgrade().ok_or(WebSocketError::Closed)?;
        shared.push(message.into())
    }

    /// Closes the WebSocket after everything that is queued has been sent.
    ///
    /// Node.js (`ws`): `close(code, reason)`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::{CloseFrame, WebSocketSender};
    ///
    /// fn remove(member: &WebSocketSender) {
    ///     member.close(CloseFrame::new(4001, "you were removed"));
    /// }
    /// # let _ = remove;
    /// ```
    pub fn close(&self, frame: CloseFrame) {
        if let Some(shared) = self.0.upgrade() {
            shared.close(&frame);
        }
    }
}

impl PartialEq for WebSocketSender {
    fn eq(&self, other: &Self) -> bool {
        Weak::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for WebSocketSender {}

impl fmt::Debug for WebSocketSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSocketSender").finish_non_exhaustive()
    }
}

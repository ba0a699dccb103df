//! The errors of WebSockets.

use std::fmt;
use std::io;

/// The reason why a WebSocket failed or a message was not sent.
///
/// Node.js (`ws`): the argument of an `error` listener.
///
/// # Examples
///
/// ```
/// use onward::websocket::{WebSocket, WebSocketError};
///
/// async fn greet(mut socket: WebSocket) -> Result<(), WebSocketError> {
///     socket.send("hello").await
/// }
/// # let _ = greet;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebSocketError {
    /// The WebSocket is closed or is being closed, so nothing can be sent.
    Closed,
    /// The client violated the protocol. It received the code 1002, or 1007 for text that is not UTF-8.
    Protocol(&'static str),
    /// The client sent a message larger than [`max_message_size`](super::WebSocketOptions::max_message_size). It
    /// received the code 1009.
    TooLarge,
    /// More than [`max_unsent`](super::WebSocketOptions::max_unsent) bytes are waiting to be sent, usually because the
    /// client reads too slowly.
    Unsent,
    /// The client was silent and did not respond to a ping.
    Timeout,
    /// The connection failed.
    Io(io::ErrorKind),
}

impl fmt::Display for WebSocketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the WebSocket is closed"),
            Self::Protocol(what) => write!(f, "the client violated the WebSocket protocol: {what}"),
            Self::TooLarge => {
                f.write_str("the client sent a message that is larger than the limit")
            }
            Self::Unsent => f.write_str("too much data is waiting to be sent to the client"),
            Self::Timeout => f.write_str("the client did not respond to a ping"),
            Self::Io(kind) => write!(f, "the connection failed: {kind}"),
        }
    }
}

impl std::error::Error for WebSocketError {}

impl WebSocketError {
    /// Returns the code that the client received, or 1006 if it received none.
    pub(super) fn close_code(&self) -> u16 {
        match self {
            Self::TooLarge => 1009,
            Self::Protocol(INVALID_UTF8) => 1007,
            Self::Protocol(_) => 1002,
            _ => 1006,
        }
    }
}

const INVALID_UTF8: &str = "text is not valid UTF-8";

impl From<tokio_websockets::Error> for WebSocketError {
    fn from(error: tokio_websockets::Error) -> Self {
        use tokio_websockets::Error;
        match error {
            Error::AlreadyClosed => Self::Closed,
            Error::Protocol(error) => Self::Protocol(violation(&error)),
            Error::PayloadTooLong { .. } => Self::TooLarge,
            Error::Io(error) => Self::Io(error.kind()),
            _ => Self::Io(io::ErrorKind::Other),
        }
    }
}

fn violation(error: &tokio_websockets::proto::ProtocolError) -> &'static str {
    use tokio_websockets::proto::ProtocolError;
    match error {
        ProtocolError::FragmentedControlFrame => "a control frame is fragmented",
        ProtocolError::InvalidCloseCode => "invalid close code",
        ProtocolError::InvalidOpcode => "invalid opcode",
        ProtocolError::InvalidPayloadLength => "invalid payload length",
        ProtocolError::InvalidRsv => "a reserved bit is set",
        ProtocolError::InvalidUtf8 => INVALID_UTF8,
        ProtocolError::UnexpectedUnmaskedFrame => "a frame is not masked",
        _ => "invalid frame",
    }
}

//! Messages and close frames.

use std::fmt;

use bytes::Bytes;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use tokio_websockets::proto;

/// A WebSocket message: text or bytes.
///
/// Text is valid UTF-8. A clone shares the content, so one message can be sent to many clients. Node.js (`ws`): the
/// arguments `data` and `isBinary` of a `message` listener.
///
/// # Examples
///
/// ```
/// use onward::websocket::Message;
///
/// let message = Message::from("hello");
/// assert_eq!(message.as_text(), Some("hello"));
/// assert_eq!(message.len(), 5);
/// ```
#[derive(Clone)]
pub struct Message(pub(super) tokio_websockets::Message);

impl Message {
    /// Creates a text message.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert!(Message::text("hello").as_text().is_some());
    /// ```
    pub fn text(text: impl Into<String>) -> Self {
        Self(tokio_websockets::Message::text(text.into()))
    }

    /// Creates a binary message.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert!(Message::binary(vec![1, 2, 3]).as_text().is_none());
    /// ```
    pub fn binary(bytes: impl Into<Bytes>) -> Self {
        Self(tokio_websockets::Message::binary(bytes.into()))
    }

    /// Creates a text message that contains a value as JSON.
    ///
    /// # Errors
    ///
    /// - The error of `serde_json` if the value cannot be serialized.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// # fn main() -> Result<(), serde_json::Error> {
    /// assert_eq!(Message::json(&[1, 2])?.as_text(), Some("[1,2]"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value).map(Self::text)
    }

    /// Returns the text, or `None` if the message is binary.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert_eq!(Message::from("hello").as_text(), Some("hello"));
    /// ```
    pub fn as_text(&self) -> Option<&str> {
        self.0.as_text()
    }

    /// Returns the content, whether it is text or not.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert_eq!(Message::from("hello").as_bytes(), b"hello");
    /// ```
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_payload()
    }

    /// Converts the message to its content, as bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert_eq!(Message::from("hello").into_bytes(), "hello");
    /// ```
    pub fn into_bytes(self) -> Bytes {
        self.0.into_payload().into()
    }

    /// Deserializes the content as JSON.
    ///
    /// # Errors
    ///
    /// - The error of `serde_json` if the content is not JSON of this type.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// # fn main() -> Result<(), serde_json::Error> {
    /// assert_eq!(Message::from("[1,2]").to::<Vec<u8>>()?, [1, 2]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn to<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.as_bytes())
    }

    /// Returns the number of bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert_eq!(Message::from("é").len(), 2);
    /// ```
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Returns whether the message has no content.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::Message;
    ///
    /// assert!(Message::from("").is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self(tokio_websockets::Message::text(text))
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<Vec<u8>> for Message {
    fn from(bytes: Vec<u8>) -> Self {
        Self::binary(bytes)
    }
}

impl From<Bytes> for Message {
    fn from(bytes: Bytes) -> Self {
        Self::binary(bytes)
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_text() == other.0.is_text() && self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Message {}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_text() {
            Some(text) => f.debug_tuple("Text").field(&text).finish(),
            None => f.debug_tuple("Binary").field(&self.as_bytes()).finish(),
        }
    }
}

/// The code and the reason with which a WebSocket is closed.
///
/// The codes are defined in [RFC 6455, 7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4): 1000 for a normal end,
/// 1001 for a server that closes or a page that the user leaves; 3000 to 4999 are available to applications. Two codes
/// are reported but never sent: 1005 means that the client sent no code, and 1006 that the connection was lost. Node.js
/// (`ws`): the arguments of a `close` listener.
///
/// # Examples
///
/// ```
/// use onward::websocket::CloseFrame;
///
/// let frame = CloseFrame::new(4000, "the room is full");
/// assert_eq!((frame.code, &*frame.reason), (4000, "the room is full"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CloseFrame {
    /// The code.
    pub code: u16,
    /// The reason, for logs. It may be empty.
    pub reason: String,
}

/// The maximum length of a reason in bytes: a control frame contains at most 125 bytes, two of which are the code.
const MAX_REASON: usize = 123;

impl CloseFrame {
    /// Creates a close frame.
    ///
    /// A reason longer than 123 bytes is truncated when the frame is sent, and a code that must not be sent becomes
    /// 1000.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::CloseFrame;
    ///
    /// assert_eq!(CloseFrame::new(1000, "").code, 1000);
    /// ```
    pub fn new(code: u16, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
        }
    }

    /// Returns the frame of a connection that ended without a close frame.
    pub(super) fn lost() -> Self {
        Self::new(1006, "")
    }

    /// Returns the close frame if the message is one.
    pub(super) fn of(message: &tokio_websockets::Message) -> Option<Self> {
        let (code, reason) = message.as_close()?;
        Some(Self::new(code.into(), reason))
    }

    pub(super) fn to_message(&self) -> tokio_websockets::Message {
        let code = proto::CloseCode::try_from(self.code);
        let code = code.ok().filter(|code| !code.is_reserved());
        let mut end = self.reason.len().min(MAX_REASON);
        while !self.reason.is_char_boundary(end) {
            end -= 1;
        }
        let code = code.unwrap_or(proto::CloseCode::NORMAL_CLOSURE);
        tokio_websockets::Message::close(Some(code), &self.reason[..end])
    }
}

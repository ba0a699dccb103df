//! The events of a WebSocket.

use super::{CloseFrame, Message as MessagePayload, WebSocketError};

crate::events! {
    /// The events of a [`WebSocket`](super::WebSocket).
    ///
    /// - `Message(Message)`: a message was received. Node.js (`ws`): `message`.
    /// - `Close(CloseFrame)`: the WebSocket is closed. Node.js: `close`.
    /// - `Error(WebSocketError)`: the client violated the protocol or a limit, or the connection failed. Node.js:
    ///   `error`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::websocket::{self, websocket};
    ///
    /// #[server]
    /// async fn echo(req: Request, res: Response) -> Result {
    ///     route!("/echo" => websocket(&req, res, |mut socket| async move {
    ///         let sender = socket.sender();
    ///         socket.on(websocket::event::Message, move |message| {
    ///             let _ = sender.send(message.clone());
    ///         });
    ///         socket.on(websocket::event::Close, |frame| println!("closed with {}", frame.code));
    ///         socket.closed().await;
    ///     }));
    /// }
    /// ```
    pub WebSocketEvents {
        /// A message was received.
        ///
        /// It is emitted when [`next`](super::WebSocket::next), [`closed`](super::WebSocket::closed),
        /// [`close`](super::WebSocket::close) or the stream reads the message. Node.js (`ws`): `message`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::websocket::{WebSocket, event};
        ///
        /// async fn log(mut socket: WebSocket) {
        ///     socket.on(event::Message, |message| println!("{message:?}"));
        ///     socket.closed().await;
        /// }
        /// # let _ = log;
        /// ```
        Message(MessagePayload),
        /// The WebSocket was closed by the client or by the server, or the connection was lost.
        ///
        /// Node.js (`ws`): `close`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::websocket::{WebSocket, event};
        ///
        /// async fn log(mut socket: WebSocket) {
        ///     socket.on(event::Close, |frame| println!("closed: {} {}", frame.code, frame.reason));
        ///     socket.closed().await;
        /// }
        /// # let _ = log;
        /// ```
        Close(CloseFrame),
        /// The client violated the protocol or a limit, or the connection failed. `Close` follows.
        ///
        /// Node.js (`ws`): `error`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::websocket::{WebSocket, event};
        ///
        /// async fn log(mut socket: WebSocket) {
        ///     socket.on(event::Error, |error| eprintln!("{error}"));
        ///     socket.closed().await;
        /// }
        /// # let _ = log;
        /// ```
        Error(WebSocketError),
    }
}

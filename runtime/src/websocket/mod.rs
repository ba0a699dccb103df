//! WebSockets ([RFC 6455](https://www.rfc-editor.org/rfc/rfc6455)); Node's `ws`. Needs the feature `websocket`.
//!
//! A route opens a WebSocket with the expression [`websocket()`], and [`WebSocketOptions`] contains its options. A
//! [`WebSocket`] is a stream and a sink of [`Message`]s, and an emitter of the events in [`event`].
//!
//! # Examples
//!
//! ```
//! use onward::prelude::*;
//! use onward::websocket::websocket;
//!
//! #[server]
//! async fn shop(req: Request, res: Response) -> Result {
//!     route!("/echo" => websocket(&req, res, |mut socket| async move {
//!         while let Some(Ok(message)) = socket.next().await {
//!             let _ = socket.send(message).await;
//!         }
//!     }));
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let plain = shop(Request::get("/echo"), Response::new()).await.unwrap_err();
//! assert_eq!(plain.status(), StatusCode::UPGRADE_REQUIRED);
//! # }
//! ```

// tokio-websockets reads and writes the frames. This module adds:
//
//     websocket() ── handshake ──▶ switch_to ──▶ Driver, in the connection's task
//                                                  │ polls the session, then sends, reads ahead, pings, closes
//     WebSocket, WebSocketSender ◀── Shared ───────┘
//
// Invariants:
// 1. The session usually runs in the driver's task: everything that one poll of the session queues is sent together,
//    after the poll.
// 2. Memory for a client that does not read is bounded by `max_unsent`, one message, and the limit of the pongs.
// 3. Frames are sent in the order in which they were queued, pongs and close frames included.
// 4. `Close` is emitted once, even if the connection is aborted.
// 5. No listener runs while the state is locked. Wakers of waiting tasks may be woken under the lock.

use std::future::Future;

use crate::error::Failure;
use crate::http::{Request, Response, Sent};

mod batch;
mod driver;
mod error;
pub mod event;
mod handshake;
mod message;
mod options;
mod sender;
mod session;
mod socket;
mod state;

pub use self::error::WebSocketError;
pub use self::message::{CloseFrame, Message};
pub use self::options::WebSocketOptions;
pub use self::sender::WebSocketSender;
pub use self::session::SessionOutput;
pub use self::socket::{SendFuture, WebSocket};

/// Opens a WebSocket and runs a session on it. Use the call as the expression of a route.
///
/// The server calls `session` once the response is sent. The future runs in the connection's task and is not dropped
/// when the client disconnects: reading then ends, and sending fails. The WebSocket is closed when it is dropped: at
/// the end of the session, unless it was moved elsewhere. When the server closes, the WebSocket is closed with the code
/// 1001. Both HTTP/1.1 and HTTP/2 (RFC 8441, with the feature `http2`) are accepted; compression is not supported. By
/// default, messages are limited to 1 MiB, and pages of other origins cannot open a WebSocket: see
/// [`WebSocketOptions`]. Node.js (`ws`): `new WebSocketServer({ … })`.
///
/// # Errors
///
/// - `426 Upgrade Required` if the request is not one for a WebSocket of version 13, or if its method is HEAD.
/// - `400 Bad Request` if `sec-websocket-key` is missing or invalid.
/// - `403 Forbidden` if the origin is not allowed to open a WebSocket here.
/// - `405 Method Not Allowed` if the method is neither GET nor HEAD.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::websocket::websocket;
///
/// #[server]
/// async fn chat(req: Request, res: Response) -> Result {
///     route!("/chat/{room}" => {
///         let room = room.to_owned();
///         websocket(&req, res, |mut socket| async move {
///             let _ = socket.send(format!("welcome to {room}")).await;
///             while let Some(Ok(message)) = socket.next().await {
///                 println!("{room}: {message:?}");
///             }
///         })
///     });
/// }
/// ```
pub fn websocket<F>(
    req: &Request,
    res: Response,
    session: impl FnOnce(WebSocket) -> F + Send + 'static,
) -> Result<Sent, Failure>
where
    F: Future<Output: SessionOutput> + Send + 'static,
{
    WebSocketOptions::new().accept(req, res, session)
}

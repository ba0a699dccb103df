//! The options of WebSockets.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio_websockets::{Limits, ServerBuilder};

use super::WebSocket;
use super::batch::BatchingStream;
use super::driver::{Driver, Timing};
use super::handshake;
use super::session::SessionOutput;
use super::state::Shared;
use crate::error::Failure;
use crate::http::{Request, Response, Sent};

/// The origins whose pages may open a WebSocket.
#[derive(Clone, Debug)]
pub(super) enum Origins {
    SameOrigin,
    Listed(Vec<String>),
    Any,
}

/// The options of a WebSocket; [`accept`](Self::accept) opens it.
///
/// Node.js (`ws`): the options of `WebSocketServer`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use onward::websocket::WebSocketOptions;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/live" => {
///         let options = WebSocketOptions::new().max_message_size(4096).protocols(["json"]);
///         options.accept(&req, res, |mut socket| async move {
///             let _ = socket.send("hello").await;
///         })
///     });
/// }
/// ```
#[derive(Clone, Debug)]
pub struct WebSocketOptions {
    pub(super) origins: Origins,
    pub(super) protocols: Vec<String>,
    max_message_size: usize,
    max_unsent: usize,
    ping_interval: Option<Duration>,
    close_timeout: Duration,
}

impl WebSocketOptions {
    /// Creates the default options.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::websocket::WebSocketOptions;
    ///
    /// let options = WebSocketOptions::new().max_message_size(4096);
    /// # let _ = options;
    /// ```
    pub fn new() -> Self {
        Self {
            origins: Origins::SameOrigin,
            protocols: Vec::new(),
            max_message_size: 1024 * 1024,
            max_unsent: 1024 * 1024,
            ping_interval: Some(Duration::from_secs(30)),
            close_timeout: Duration::from_secs(5),
        }
    }

    /// Sets the maximum size of a message, and thus of each of its frames, in bytes.
    ///
    /// Default: 1 MiB. A larger message closes the WebSocket with the code 1009. Node.js (`ws`): `maxPayload`; default
    /// 100 MiB.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// let options = WebSocketOptions::new().max_message_size(4096);
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn max_message_size(mut self, bytes: usize) -> Self {
        self.max_message_size = bytes;
        self
    }

    /// Sets how many bytes may be waiting to be sent before [`WebSocket::send`](super::WebSocket::send) and
    /// [`WebSocketSender::send`](super::WebSocketSender::send) fail.
    ///
    /// Default: 1 MiB. Node.js (`ws`): no counterpart; `bufferedAmount` can be compared before each `send`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// let options = WebSocketOptions::new().max_unsent(64 * 1024);
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn max_unsent(mut self, bytes: usize) -> Self {
        self.max_unsent = bytes;
        self
    }

    /// Sets the interval at which the server checks whether a client has been silent. A silent client is sent a
    /// ping, and is disconnected if it is silent for one more interval.
    ///
    /// Default: 30 s. With `None`, the server sends no pings. Node.js (`ws`): no counterpart; its documentation
    /// contains a recipe.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// # use std::time::Duration;
    /// let options = WebSocketOptions::new().ping_interval(Duration::from_secs(10));
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn ping_interval(mut self, interval: impl Into<Option<Duration>>) -> Self {
        // A timer with a duration of zero would keep the task busy.
        self.ping_interval = interval.into().map(|it| it.max(Duration::from_millis(1)));
        self
    }

    /// Sets how long the closing handshake may take before the client is disconnected.
    ///
    /// Default: 5 s. Node.js (`ws`): `closeTimeout`; default 30 s.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// # use std::time::Duration;
    /// let options = WebSocketOptions::new().close_timeout(Duration::from_secs(1));
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn close_timeout(mut self, timeout: Duration) -> Self {
        self.close_timeout = timeout;
        self
    }

    /// Sets the subprotocols that the server supports, in its order of preference.
    ///
    /// The server uses the first one that the client offers: see [`WebSocket::protocol`]. If the client offers only
    /// other subprotocols, the WebSocket is opened without a subprotocol, and browsers close it. Default: none. Node.js
    /// (`ws`): `handleProtocols`.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// let options = WebSocketOptions::new().protocols(["chat.v2", "chat.v1"]);
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn protocols<P: Into<String>>(mut self, protocols: impl IntoIterator<Item = P>) -> Self {
        self.protocols = protocols.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the origins whose pages may open a WebSocket, such as `https://shop.example`.
    ///
    /// Default: the origin whose host and port equal those of the `host` header, so that a page of another site cannot
    /// use the cookies of a user. Requests without `origin` do not come from a browser, and are accepted. Node.js
    /// (`ws`): `verifyClient`; every origin is accepted by default.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// let options = WebSocketOptions::new().allow_origins(["https://shop.example"]);
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn allow_origins<O: Into<String>>(mut self, origins: impl IntoIterator<Item = O>) -> Self {
        self.origins = Origins::Listed(origins.into_iter().map(Into::into).collect());
        self
    }

    /// Accepts every origin. Use this method for WebSockets that do not depend on cookies.
    ///
    /// # Examples
    ///
    /// ```
    /// # use onward::websocket::WebSocketOptions;
    /// let options = WebSocketOptions::new().allow_any_origin();
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn allow_any_origin(mut self) -> Self {
        self.origins = Origins::Any;
        self
    }

    /// Opens a WebSocket as [`websocket`](super::websocket()) does, with these options.
    ///
    /// # Errors
    ///
    /// The errors of [`websocket`](super::websocket()).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::websocket::WebSocketOptions;
    ///
    /// async fn greet(req: Request, res: Response) -> Result<Sent, Failure> {
    ///     WebSocketOptions::new().allow_any_origin().accept(&req, res, |mut socket| async move {
    ///         let _ = socket.send("hello").await;
    ///     })
    /// }
    /// # let _ = greet;
    /// ```
    pub fn accept<F>(
        self,
        req: &Request,
        mut res: Response,
        session: impl FnOnce(WebSocket) -> F + Send + 'static,
    ) -> Result<Sent, Failure>
    where
        F: Future<Output: SessionOutput> + Send + 'static,
    {
        let protocol = handshake::accept(req, &mut res, &self)?;
        let server_closing = req.socket.server_closing();
        res.switch_to(
            handshake::PROTOCOL,
            Box::new(move |stream| {
                let limits = Limits::default().max_payload_len(Some(self.max_message_size));
                let builder = ServerBuilder::new().limits(limits);
                let stream = builder.serve(BatchingStream::new(stream));
                let shared = Arc::new(Shared::new(stream, self.max_unsent));
                let timing = Timing {
                    ping_interval: self.ping_interval,
                    close_timeout: self.close_timeout,
                };
                let socket = WebSocket::new(Arc::clone(&shared), protocol);
                let session = session(socket);
                let session = Box::pin(async { session.await.into_result() });
                Box::pin(Driver::new(session, shared, server_closing, timing))
            }),
        )
    }
}

impl Default for WebSocketOptions {
    fn default() -> Self {
        Self::new()
    }
}

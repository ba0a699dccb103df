//! The events of a server.

use super::{
    ClientError as ClientErrorPayload, DroppedConnection, DroppedRequest, PendingRequest,
    PendingUpgrade,
};
use crate::http::request::Request as RequestPayload;
use crate::http::response::events::Finish;
use crate::http::response::events::finished::FinishedRequest;
use crate::http::socket::events::{Close, Error, Timeout};
use crate::http::socket::{Address, Socket};

crate::events! {
    /// The events of a [`Server`](crate::http::server::Server).
    ///
    /// Add listeners before calling [`listen`](crate::http::Server::listen), which resolves when the server is closed.
    ///
    /// - `Listening(Address)`: the server accepts connections. Node.js: `listening`.
    /// - `Connection(Socket)`: a client connected. Node.js: `connection`.
    /// - `Request(Request)`: a request was received; the handler is called next. Node.js: `request`.
    /// - `CheckContinue(PendingRequest)`, `CheckExpectation(PendingRequest)`: a request has an `expect` header.
    ///   Node.js: `checkContinue`, `checkExpectation`.
    /// - `Upgrade(PendingUpgrade)`, `Connect(PendingUpgrade)`: a request asks for the connection itself. Node.js:
    ///   `upgrade`, `connect`.
    /// - `Finish(FinishedRequest)`: a response has ended, whether it was sent or not; an access log listens for it.
    ///   Node.js: `finish` and `close` of each `ServerResponse`.
    /// - `ClientError(ClientError)`: a request could not be read. Node.js: `clientError`.
    /// - `Drop(DroppedConnection)`: a connection exceeded `max_connections` or `max_connections_per_address`. Node.js:
    ///   `drop`.
    /// - `DropRequest(DroppedRequest)`: a request was rejected because the server was overloaded. Node.js:
    ///   `dropRequest`.
    /// - `Timeout(Socket)`: a connection was inactive for `idle_timeout`. Node.js: `timeout`.
    /// - `Error(onward::Error)`: a handler failed, or a connection could not be accepted. Node.js: `error`.
    /// - `Close`: the server is closed and its last connection and handler have ended. Node.js: `close`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| println!("new connection from {}", socket.remote_addr));
    /// server.on(event::Listening, |at| println!("Listening on {at}"));
    /// server.on(event::Request, |req| println!("{} {}", req.method, req.url));
    /// server.on(event::Error, |error| eprintln!("{error}"));
    /// server.once(event::Close, |_| println!("closed"));
    /// # assert_eq!(server.event_names().len(), 5);
    /// ```
    pub ServerEvents {
        use Timeout(Socket), Close, Error(crate::Error), Finish(FinishedRequest);
        /// A client connected; no request has been read from it.
        ///
        /// Node.js: `connection`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Connection, |socket| println!("new connection from {}", socket.remote_addr));
        /// # assert_eq!(server.listener_count(event::Connection), 1);
        /// ```
        Connection(Socket),
        /// The server is bound and accepts connections.
        ///
        /// Node.js: `listening`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Listening, |at| println!("Listening on {at}"));
        /// # assert_eq!(server.listener_count(event::Listening), 1);
        /// ```
        Listening(Address),
        /// The headers of a request were received; the handler is called next.
        ///
        /// Node.js: `request`, whose listeners are the handlers. Listeners cannot respond here.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Request, |req| println!("{} {}", req.method, req.url));
        /// # assert_eq!(server.listener_count(event::Request), 1);
        /// ```
        Request(RequestPayload),
        /// A client sent `expect: 100-continue` and waits before it sends the request body.
        ///
        /// A listener may take the request and respond in place of the handler. Otherwise the handler is called, and an
        /// HTTP/1 client gets a `100 Continue` when the handler first reads the body. Node.js: `checkContinue`, whose
        /// listeners must respond.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// let server = http::create_server(|req, res| async move { res.send(req.body.text().await) });
        /// server.on(event::CheckContinue, |pending| {
        ///     let too_large = |req: &Request| req.headers.get("content-length").is_some_and(|length| length.len() > 6);
        ///     if pending.peek(too_large) == Some(true)
        ///         && let Some((_, res)) = pending.take()
        ///     {
        ///         res.send(StatusCode::PAYLOAD_TOO_LARGE);
        ///     }
        /// });
        /// # assert_eq!(server.listener_count(event::CheckContinue), 1);
        /// ```
        CheckContinue(PendingRequest),
        /// A request has an `expect` header other than `100-continue`.
        ///
        /// A listener may take the request and respond. Otherwise the client gets a 417, and the handler is not called.
        /// Node.js: `checkExpectation`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::CheckExpectation, |pending| {
        ///     if let Some((_, res)) = pending.take() {
        ///         res.send(StatusCode::EXPECTATION_FAILED);
        ///     }
        /// });
        /// # assert_eq!(server.listener_count(event::CheckExpectation), 1);
        /// ```
        CheckExpectation(PendingRequest),
        /// A request asks for another protocol, as in `upgrade: websocket`.
        ///
        /// A listener may take the request and the connection. If there are listeners and none takes the request, the
        /// connection is closed. Without a listener, and for every HTTP/2 request, the handler is called as for any
        /// other request. Node.js: `upgrade`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Upgrade, |pending| {
        ///     if pending.peek(|req| req.url == "/chat") == Some(true)
        ///         && let Some((_req, stream)) = pending.take()
        ///     {
        ///         tokio::spawn(async move { chat(stream).await });
        ///     }
        /// });
        /// # async fn chat(_: http::UpgradedStream) {}
        /// # assert_eq!(server.listener_count(event::Upgrade), 1);
        /// ```
        Upgrade(PendingUpgrade),
        /// A client asks for a tunnel with `CONNECT`.
        ///
        /// A listener may take the request and the connection. If none does, the connection is closed. With HTTP/2, the
        /// event is not emitted, and the client gets a 501. Node.js: `connect`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Connect, |pending| {
        ///     let target = pending.peek(|req| req.url.to_string());
        ///     println!("a client wants a tunnel to {target:?}");
        /// });
        /// # assert_eq!(server.listener_count(event::Connect), 1);
        /// ```
        Connect(PendingUpgrade),
        /// A client sent a malformed request, exceeded a timeout or disconnected mid-request.
        ///
        /// A listener may send its own response. Otherwise the client gets an error response that the handler's error
        /// type writes, a 400 in most cases. An HTTP/1 connection is closed in any case. Node.js: `clientError`, whose
        /// listeners must end the socket.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::ClientError, |error| println!("{}: {error}", error.socket().remote_addr));
        /// # assert_eq!(server.listener_count(event::ClientError), 1);
        /// ```
        ClientError(ClientErrorPayload),
        /// A connection was closed on arrival because it exceeded
        /// [`max_connections`](crate::http::Server::max_connections) or
        /// [`max_connections_per_address`](crate::http::Server::max_connections_per_address).
        ///
        /// Node.js: `drop`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Drop, |dropped| println!("rejected {}", dropped.remote_addr));
        /// # assert_eq!(server.listener_count(event::Drop), 1);
        /// ```
        Drop(DroppedConnection),
        /// A request gets a 503, and the handler is not called, because the server is overloaded.
        ///
        /// The request found the queue of [`max_concurrent_requests`](crate::http::Server::max_concurrent_requests)
        /// full, waited in it for too long, or exceeded [`shed_latency`](crate::http::Server::shed_latency).
        /// [`Request`](crate::http::event::Request) is not emitted for such a request, but
        /// [`Finish`](crate::http::event::Finish) is. Node.js: `dropRequest`, for requests beyond
        /// `maxRequestsPerSocket`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::DropRequest, |dropped| println!("rejected {}", dropped.request.url));
        /// # assert_eq!(server.listener_count(event::DropRequest), 1);
        /// ```
        DropRequest(DroppedRequest),
    }
}

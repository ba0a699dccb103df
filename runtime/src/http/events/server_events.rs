//! The events of a server.

use super::{ClientError as ClientErrorPayload, DroppedConnection, PendingRequest, PendingUpgrade};
use crate::http::request::Request as RequestPayload;
use crate::http::socket::events::{Close, Error, Timeout};
use crate::http::socket::{Address, Socket};

crate::events! {
    /// What a [`Server`](crate::http::server::Server) tells.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| println!("new connection from {}", socket.remote_addr));
    /// server.on(event::Listening, |at| println!("Listening on {at}"));
    /// server.on(event::Request, |req| println!("{} {}", req.method, req.url));
    /// server.on(event::Error, |error| eprintln!("{error}"));
    /// server.once(event::Close, |_| println!("closed"));
    /// ```
    pub ServerEvents {
        use Timeout(Socket), Close, Error(crate::Error);
        /// A client has connected; nothing was read from it yet. Node: `connection`.
        Connection(Socket),
        /// The server is bound and accepts connections from now on. Node: `listening`.
        Listening(Address),
        /// A request has arrived, up to its body; the handler is called next. Node: `request`, whose listeners *are*
        /// the handlers. Here a listener only looks.
        Request(RequestPayload),
        /// A request waits with its body until it is asked for (`expect: 100-continue`). A listener may take the
        /// request and answer it in place of the handler. If none does, the handler is called, and the client is asked
        /// when it reads the body. Node: `checkContinue`, whose listeners must answer.
        ///
        /// ```
        /// use onward::prelude::*;
        ///
        /// let server = http::create_server(|req, res| async move { res.send(req.body.text().await) });
        /// server.on(event::CheckContinue, |offer| {
        ///     let huge = |req: &Request| req.headers.get("content-length").is_some_and(|length| length.len() > 6);
        ///     if offer.peek(huge) == Some(true)
        ///         && let Some((_, res)) = offer.take()
        ///     {
        ///         res.send(StatusCode::PAYLOAD_TOO_LARGE);
        ///     }
        /// });
        /// ```
        CheckContinue(PendingRequest),
        /// A request expects something else (`expect: …`). A listener may take the request and answer it. If none does,
        /// it is answered with 417, and the handler is not called. Node: `checkExpectation`.
        CheckExpectation(PendingRequest),
        /// A request asks for another protocol (`upgrade: websocket`). A listener takes the request and the connection
        /// itself; if there are listeners and none does, the connection is closed. Without a listener it is a request
        /// like any other. Node: `upgrade`.
        Upgrade(PendingUpgrade),
        /// A client asks for a tunnel (CONNECT). A listener takes the request and the connection itself; if none does,
        /// the connection is closed. Node: `connect`.
        Connect(PendingUpgrade),
        /// What a client sent is no request, came too late, or was cut off by the client. A listener may answer it in
        /// its own words. If none does, the client gets a bare status, 400 in most cases, and the connection is closed.
        /// Node: `clientError`, whose listeners must end the socket.
        ClientError(ClientErrorPayload),
        /// A client was turned away, since there are `max_connections`. Node: `drop`.
        Drop(DroppedConnection),
    }
}

//! The events of a connection, and those that several event sets share.

crate::events! {
    /// The events of a [`Socket`](crate::http::socket::Socket).
    ///
    /// - `Data(usize)`: bytes were received; the payload is their number. Node.js: `data`, whose payload is the bytes.
    /// - `End`: the client closed its write side. Node.js: `end`.
    /// - `Timeout`: nothing was received or sent for the server's
    ///   [`idle_timeout`](crate::http::Server::idle_timeout). Node.js: `timeout`.
    /// - `Error`: the connection failed. Node.js: `error`.
    /// - `Close(bool)`: the connection is closed; `true` after an error. Node.js: `close`.
    ///
    /// Node emits `connect`, `ready` and `lookup` only for outgoing connections. Node's `drain` is an event of
    /// [`ResponseEvents`](crate::http::event::ResponseEvents).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| {
    ///     let remote = socket.remote_addr.clone();
    ///     socket.on(event::Close, move |_| println!("{remote} disconnected"));
    /// });
    /// # assert_eq!(server.listener_count(event::Connection), 1);
    /// ```
    pub SocketEvents {
        /// Nothing was received or sent on a connection for the server's
        /// [`idle_timeout`](crate::http::Server::idle_timeout).
        ///
        /// The connection is closed unless the server or the socket has a listener, which then decides: it calls
        /// [`destroy`](crate::http::Socket::destroy) or [`end`](crate::http::Socket::end), or leaves the connection
        /// open, in which case the timeout starts again. `end` sends its response only if the response of the handler
        /// has not begun. To respond to a request that takes too long, use `tokio::time::timeout` in the handler.
        /// Node.js: `timeout`, whose listeners may write to the socket.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Timeout, |socket| socket.destroy());
        /// # assert_eq!(server.listener_count(event::Timeout), 1);
        /// ```
        Timeout,
        /// A server is closed and its last connection and handler have ended; a request or response is finished; or a
        /// socket is closed (`true`: after an error).
        ///
        /// Node.js: `close`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Connection, |socket| {
        ///     socket.on(event::Close, |after_error| println!("closed after an error: {after_error}"));
        /// });
        /// # assert_eq!(server.listener_count(event::Connection), 1);
        /// ```
        Close(bool),
        /// A server, request or connection failed.
        ///
        /// - On a server: for example, a handler panicked or returned an error with a 5xx status, a response could not
        ///   be sent as written, or a connection could not be accepted. The server keeps running. Without a listener,
        ///   the error is printed to the standard error stream.
        /// - On a request: the rest of its body cannot be read.
        /// - On a socket: the connection failed; the I/O error is the source of the payload.
        ///
        /// Node.js: `error`, which ends the process if there is no listener.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Error, |error| eprintln!("{error}"));
        /// # assert_eq!(server.listener_count(event::Error), 1);
        /// ```
        Error(crate::Error),
        /// Data was received.
        ///
        /// The payload is the number of bytes on a socket, and the bytes themselves on a request.
        /// Node.js: `data`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Connection, |socket| {
        ///     socket.on(event::Data, |bytes| println!("{bytes} bytes received"));
        /// });
        /// # assert_eq!(server.listener_count(event::Connection), 1);
        /// ```
        Data(usize),
        /// There is no more data: the client closed its write side, or the request body is complete.
        ///
        /// Node.js: `end`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::Connection, |socket| {
        ///     socket.on(event::End, |_| println!("the client sends nothing more"));
        /// });
        /// # assert_eq!(server.listener_count(event::Connection), 1);
        /// ```
        End,
    }
}

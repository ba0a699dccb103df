//! The events of a server: `event::` completes to all of them.

crate::events! {
    /// What a [`Server`](super::Server) tells.
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
        /// A client has connected; nothing was read from it yet. Node: `connection`.
        Connection(super::Socket),
        /// The server is bound and accepts connections from now on. Node: `listening`.
        Listening(super::Address),
        /// A request has arrived, up to its body; the handler is called next. Node: `request`, whose listeners *are*
        /// the handlers. Here a listener only looks.
        Request(super::Request),
        /// A connection was one too many, and was closed. Node: `drop`.
        Drop(super::Dropped),
        /// The server is closed and its last connection has ended. Node: `close`.
        Close,
        /// A handler failed: it panicked, or its error is a 5xx; or connections cannot be accepted for now. The server
        /// goes on. Without a listener the error is printed on the standard error stream. Node: `error`, which ends
        /// the process if nobody listens.
        Error(crate::Error),
    }
}

crate::events! {
    /// What the [`Socket`](super::Socket) of a connection tells.
    pub SocketEvents {
        use Close(bool), Error(crate::Error);
        /// Bytes came from the client: how many. Node: `data`, which has the bytes.
        Data(usize),
        /// The client sends no more. Node: `end`.
        End,
        /// Nothing was sent or received for the server's `timeout`. Node: `timeout`.
        Timeout,
    }
}

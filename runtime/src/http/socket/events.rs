//! The events of a connection, and those that several sets share.

crate::events! {
    /// What the [`Socket`](crate::http::socket::Socket) of a connection tells.
    ///
    /// - `Data(usize)`: bytes came from the client, so many. Node: `data`, which has the bytes.
    /// - `End`: the client sends no more. Node: `end`.
    /// - `Timeout`: nothing was sent or received for the server's `timeout`. Node: `timeout`.
    /// - `Error`: the connection failed. Node: `error`.
    /// - `Close(bool)`: the connection is closed; `true`: after an error. Node: `close`.
    ///
    /// Node's `connect`, `ready` and `lookup` happen before a server has the socket. Its `drain` is
    /// [`ResponseEvents`]' here.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::Connection, |socket| {
    ///     let remote = socket.remote_addr.clone();
    ///     socket.on(event::Close, move |_| println!("{remote} has gone"));
    /// });
    /// ```
    pub SocketEvents {
        /// Nothing was sent or received on a connection for the server's `timeout`. It is closed, unless somebody
        /// listens, here or on the socket. Node: `timeout`.
        Timeout,
        /// The server is closed and its last connection has ended; a request or an answer is over; a socket is closed
        /// (`true`: after an error). Node: `close`.
        Close(bool),
        /// Of a server: a handler failed, which is that it panicked or its error is a 5xx; or connections cannot be
        /// accepted for now. The server goes on. Without a listener the error is printed on the standard error stream.
        /// Of a request: its body cannot be read on. Of a socket: the system's error. Node: `error`, which ends the
        /// process if nobody listens.
        Error(crate::Error),
        /// Bytes came: how many, of a socket; the bytes themselves, of the body of a request. Node: `data`.
        Data(usize),
        /// Nothing more comes: from a client, or of the body of a request. Node: `end`.
        End,
    }
}

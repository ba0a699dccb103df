//! The events of a server, its connections, its requests and its answers: `event::` completes to all of them.
//!
//! Node's `prefinish`, `pipe`, `unpipe`, `readable`, `pause` and `resume` belong to its streams, which futures stand
//! for here; `information` and `upgrade` of a request belong to its client. `secureConnection` and `lookup` belong to
//! TLS and to name resolution, which this server leaves to others.

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
        CheckContinue(super::Offer),
        /// A request expects something else (`expect: …`). A listener may take the request and answer it. If none does,
        /// it is answered with 417, and the handler is not called. Node: `checkExpectation`.
        CheckExpectation(super::Offer),
        /// A request asks for another protocol (`upgrade: websocket`). A listener takes the request and the connection
        /// itself; if there are listeners and none does, the connection is closed. Without a listener it is a request
        /// like any other. Node: `upgrade`.
        Upgrade(super::Handover),
        /// A client asks for a tunnel (CONNECT). A listener takes the request and the connection itself; if none does,
        /// the connection is closed. Node: `connect`.
        Connect(super::Handover),
        /// What a client sent is no request, came too late, or was cut off by the client. A listener may answer it in
        /// its own words. If none does, the client gets a bare status, 400 in most cases, and the connection is closed.
        /// Node: `clientError`, whose listeners must end the socket.
        ClientError(super::ClientError),
        /// A connection has brought more requests than `max_requests_per_socket`; this one is answered with 503. Node:
        /// `dropRequest`.
        DropRequest(super::Request),
        /// A client was turned away, since there are `max_connections`. Node: `drop`.
        Drop(super::Dropped),
        /// Nothing was sent or received on a connection for the server's `timeout`. It is closed, unless somebody
        /// listens, here or on the socket. Node: `timeout`.
        Timeout(super::Socket),
        /// The server is closed and its last connection has ended; a request or an answer is over; a socket is closed
        /// (`true`: after an error). Node: `close`.
        Close,
        /// Of a server: a handler failed, which is that it panicked or its error is a 5xx; or connections cannot be
        /// accepted for now. The server goes on. Without a listener the error is printed on the standard error stream.
        /// Of a request: its body cannot be read on. Of a socket: the system's error. Node: `error`, which ends the
        /// process if nobody listens.
        Error(crate::Error),
    }
}

crate::events! {
    /// What the [`Socket`](super::Socket) of a connection tells.
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
        use Close(bool), Error(crate::Error), Timeout;
        /// Bytes came: how many, of a socket; the bytes themselves, of the body of a request. Node: `data`.
        Data(usize),
        /// Nothing more comes: from a client, or of the body of a request. Node: `end`.
        End,
    }
}

crate::events! {
    /// What a [`Request`](super::Request) tells.
    ///
    /// - `Data(Bytes)`: a part of the body was read by whoever reads it; listening reads nothing. Node: `data`, where
    ///   to listen is to read.
    /// - `End`: the body was read to its end, or the rest of it was thrown away behind the answer. Node: `end`.
    /// - `Aborted`: the client left before its answer was sent, or the body broke off. Node: `aborted`.
    /// - `Error`: the body cannot be read on: it broke off, came too late, or is longer than is read; or the client
    ///   left. Whoever reads the body gets an error too. Node: `error`.
    /// - `Close`: the request is over: answered, and its body read or thrown away; or the connection ended. It is the
    ///   last event. Node: `close`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn upload(req: Request, res: Response) -> Result {
    ///     req.on(event::Data, |chunk| println!("{} bytes", chunk.len()));
    ///     req.on(event::Aborted, |_| println!("the client has gone"));
    ///     let body = req.body.bytes().await?;
    ///     Ok(res.send(format!("{} bytes in all", body.len())))
    /// }
    /// ```
    pub RequestEvents {
        use Data(bytes::Bytes), End, Error(crate::Error), Close;
        /// The client left before its request was answered, or the body broke off. Node: `aborted`.
        Aborted,
    }
}

crate::events! {
    /// What a [`Response`](super::Response) tells.
    ///
    /// - `Drain`: more than 64 KiB waited for the client, and no more than that is left. Node: `drain`.
    /// - `Finish`: the answer was handed to the operating system, to its last byte. Node: `finish`.
    /// - `Close`: after `Finish`, or when the connection ended before; once. Node: `close`.
    ///
    /// There is no `Error`: to write after the end cannot be written down here, and what else goes wrong with an answer
    /// is told by the server. The handler's future is dropped when its client leaves, but its listeners hear `Close`
    /// nevertheless. Of a [`Response::new`](super::Response::new), which no client waits for, the end is `Finish` and
    /// `Close`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let res = Response::new();
    /// res.once(event::Finish, |_| println!("sent"));
    /// res.end(); // prints "sent"
    /// ```
    pub ResponseEvents {
        use Close;
        /// There is room again for what is written. Node: `drain`.
        Drain,
        /// The answer was handed to the operating system. Node: `finish`.
        Finish,
    }
}

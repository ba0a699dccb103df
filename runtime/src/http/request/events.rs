//! The events of a request.

use crate::http::socket::events::{Close, Data, End, Error};

crate::events! {
    /// What a [`Request`](crate::http::request::Request) tells.
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

//! The events of a request.

use crate::http::socket::events::{Close, Data, End, Error};

crate::events! {
    /// The events of a [`Request`](crate::http::request::Request).
    ///
    /// - `Data(Bytes)`: a part of the body was read. Adding a listener does not start reading. Node.js: `data`, whose
    ///   first listener starts reading.
    /// - `End`: the whole body was read, or the rest of it was discarded after the response. Node.js: `end`.
    /// - `Aborted`: the connection ended before the response was sent, or the rest of the body could not be received.
    ///   Node.js: `aborted`.
    /// - `Error`: the rest of the body cannot be read: it ended prematurely, arrived too late or exceeds the limit, or
    ///   the connection ended. The reader of the body also gets an error. Node.js: `error`.
    /// - `Close`: the request is finished: the response is sent and the body is read or discarded, or the connection
    ///   ended. It is the last event. Node.js: `close`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn upload(req: Request, res: Response) -> Result {
    ///     req.on(event::Data, |chunk| println!("{} bytes", chunk.len()));
    ///     req.on(event::Aborted, |_| println!("the client disconnected"));
    ///     let body = req.body.bytes().await?;
    ///     Ok(res.send(format!("{} bytes in total", body.len())))
    /// }
    /// # let _ = upload;
    /// ```
    pub RequestEvents {
        use Data(bytes::Bytes), End, Error(crate::Error), Close;
        /// The connection ended before the response was sent, or the rest of the request body could not be received.
        ///
        /// Node.js: `aborted`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::prelude::*;
        ///
        /// let req = Request::get("/");
        /// req.on(event::Aborted, |_| println!("the client disconnected"));
        /// assert_eq!(req.listener_count(event::Aborted), 1);
        /// ```
        Aborted,
    }
}

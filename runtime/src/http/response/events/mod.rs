//! The events of a response.

pub(crate) mod finished;

use crate::http::socket::events::Close;

crate::events! {
    /// The events of a [`Response`](crate::http::response::Response).
    ///
    /// - `Drain`: more than 64 KiB (or `max_unsent` bytes, if that is less) were buffered for the client, and the
    ///   amount has dropped to this limit or below. Node.js: `drain`.
    /// - `Finish`: the whole response was handed to the operating system. Node.js: `finish`.
    /// - `Close`: emitted once, after `Finish`, or when the connection or its HTTP/2 stream ends before `Finish`.
    ///   Node.js: `close`.
    ///
    /// There is no `Error`: writing after the end does not compile, and other errors are emitted by the server. If the
    /// client disconnects, the handler is dropped, but listeners still receive `Close`. Calling `end` on a
    /// detached response, which [`Response::new`](crate::http::response::Response::new) creates, emits
    /// `Finish` and `Close`.
    ///
    /// # Examples
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
        /// After more than 64 KiB (or `max_unsent` bytes, if that is less) of a response were buffered, the amount has
        /// dropped to this limit or below.
        ///
        /// Node.js: `drain`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::prelude::*;
        ///
        /// let res = Response::new();
        /// res.on(event::Drain, |_| println!("there is room again"));
        /// assert_eq!(res.listener_count(event::Drain), 1);
        /// ```
        Drain,
        /// The whole response was handed to the operating system.
        ///
        /// A server emits it with a [`FinishedRequest`](crate::http::FinishedRequest) for every request with valid
        /// headers, once its response has ended, complete or not. An invalid request is reported as a
        /// [`ClientError`](crate::http::event::ClientError) instead. A connection that a listener takes for another
        /// protocol is not reported. Node.js: `finish`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::prelude::*;
        ///
        /// let res = Response::new();
        /// res.once(event::Finish, |_| println!("sent"));
        /// assert_eq!(res.listener_count(event::Finish), 1);
        /// ```
        Finish,
    }
}

//! The events of a response.

use crate::http::socket::events::Close;

crate::events! {
    /// What a [`Response`](crate::http::response::Response) tells.
    ///
    /// - `Drain`: more than 64 KiB waited for the client, and no more than that is left. Node: `drain`.
    /// - `Finish`: the answer was handed to the operating system, to its last byte. Node: `finish`.
    /// - `Close`: after `Finish`, or when the connection ended before; once. Node: `close`.
    ///
    /// There is no `Error`: to write after the end cannot be written down here, and what else goes wrong with an answer
    /// is told by the server. The handler's future is dropped when its client leaves, but its listeners hear `Close`
    /// nevertheless. Of a [`Response::new`](crate::http::response::Response::new), which no client waits for, the end is `Finish` and
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

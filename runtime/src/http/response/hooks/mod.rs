//! Hooks that run right before the head of a response is sent.
//!
//! Invariants:
//!
//! 1. Every hook that was added before the head is sent is called once, the last added first, for every response,
//!    including error responses, unless the client disconnects first.
//! 2. A hook that fails, panics or does not complete in time is dropped, and an error response replaces the head that
//!    was passed to it. The remaining hooks are called with the error response.
//! 3. Hooks run without a lock being held, so they may use anything, even another response.
//!
//! Hooks belong to the exchange, not to the [`Response`], so they remain if the response is dropped or replaced by
//! an error.

use std::future::Future;
use std::pin::Pin;

pub(crate) mod outgoing_head;
pub(crate) mod run;

use self::outgoing_head::OutgoingHead;
use super::Response;
use crate::error::Result;

pub(crate) type AsyncHook = Pin<Box<dyn Future<Output = Result<OutgoingHead>> + Send>>;

pub(crate) enum Hook {
    Sync(Box<dyn FnOnce(&mut OutgoingHead) + Send>),
    Async(Box<dyn FnOnce(OutgoingHead) -> AsyncHook + Send>),
}

impl Response {
    /// Adds a function that is called with the status and the headers right before they are sent.
    ///
    /// It is called once, for the final response: that of the handler, the error that the handler returned, a 404, a
    /// 405, or the 500 of a panic. The function that was added last is called first. A function may change the status
    /// and the headers and replace the body; the `date`, the `content-length` and the `connection` header are added
    /// after it has run. If it panics or sets an invalid header, the server replaces the response with a 500, as the
    /// error type of the handler sends it, calls the remaining functions with the 500, and emits
    /// [`event::Error`](crate::http::event::Error). Adding a function after the headers have been sent has no effect
    /// and is reported as [`event::Error`](crate::http::event::Error). Node.js: no counterpart; the package
    /// `on-headers`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::time::Instant;
    ///
    /// #[server]
    /// async fn shop(req: Request, mut res: Response) -> Result {
    ///     let start = Instant::now();
    ///     res.before_head(move |head| {
    ///         head.set_header("x-response-time", format!("{} ms", start.elapsed().as_millis()));
    ///     });
    ///     route!("/" => "hello");
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = onward::http::create_server(shop);
    /// for url in ["/", "/missing"] {
    ///     let sent = server.dispatch(Request::get(url), Response::new()).await;
    ///     assert!(sent.header("x-response-time").is_some());
    /// }
    /// # }
    /// ```
    #[doc(alias = "middleware")]
    pub fn before_head(
        &mut self,
        hook: impl FnOnce(&mut OutgoingHead) + Send + 'static,
    ) -> &mut Self {
        self.add_hook(Hook::Sync(Box::new(hook)))
    }

    /// Adds an async function that is called with the status and the headers right before they are sent.
    ///
    /// The future must resolve to the head that it received. Then the functions that were added before this one are
    /// called, and the response is sent. An `Err` is sent instead, as if the handler had returned it. A future that
    /// does not resolve within [`before_head_timeout`](crate::http::Server::before_head_timeout) (default: 10 s) is
    /// dropped, and the response is replaced by a 500. In all other respects, this method behaves like
    /// [`before_head`](Self::before_head). `end` and `send` poll the future of a detached [`Response::new`](Self::new)
    /// once; await [`Sent::settled`](super::Sent::settled) if the future has to wait. Node.js: no counterpart;
    /// `express-session` saves a session this way.
    ///
    /// # Cancel safety
    ///
    /// The future is dropped when the client disconnects.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn save() -> Result<u64> {
    ///     tokio::task::yield_now().await; // a database, for instance
    ///     Ok(7)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut res = Response::new();
    /// res.before_head_async(|mut head| async move {
    ///     head.append_header("set-cookie", format!("session={}", save().await?));
    ///     Ok(head)
    /// });
    /// let sent = res.send("hello").settled().await;
    /// assert_eq!(sent.header("set-cookie").unwrap(), "session=7");
    /// # }
    /// ```
    pub fn before_head_async<F>(
        &mut self,
        hook: impl FnOnce(OutgoingHead) -> F + Send + 'static,
    ) -> &mut Self
    where
        F: Future<Output = Result<OutgoingHead>> + Send + 'static,
    {
        self.add_hook(Hook::Async(Box::new(move |head| Box::pin(hook(head)))))
    }

    fn add_hook(&mut self, hook: Hook) -> &mut Self {
        if !self.channel.add_hook(hook) {
            self.report_late("`before_head` was called");
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::time::Instant;

    use crate::error::Error;
    use crate::http::response::Response;

    #[tokio::test(start_paused = true)]
    async fn each_hook_that_never_completes_has_ten_seconds() {
        let start = Instant::now();
        let mut res = Response::new();
        for _ in 0..3 {
            res.before_head_async(|_| async {
                pending::<()>().await;
                Err(Error::not_found())
            });
        }
        let sent = res.send("hello").settled().await;
        assert_eq!(sent.status_code(), 500);
        assert_eq!(start.elapsed().as_secs(), 30);
    }
}

//! A request that a listener may respond to.

use std::fmt;
use std::sync::Mutex;

use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::sync::try_lock;

/// A request that a listener may take over from the handler; the payload of
/// [`event::CheckContinue`](crate::http::event::CheckContinue) and
/// [`event::CheckExpectation`](crate::http::event::CheckExpectation).
///
/// Node.js: the arguments of their listeners, `req` and `res`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::CheckExpectation, |pending| {
///     if let Some((req, res)) = pending.take() {
///         res.send(format!("unsupported: {}", req.headers["expect"].to_str().unwrap_or("?")));
///     }
/// });
/// # assert_eq!(server.listener_count(event::CheckExpectation), 1);
/// ```
pub struct PendingRequest(Mutex<Option<(Request, Response)>>);

impl PendingRequest {
    pub(crate) fn new(req: Request, res: Response) -> Self {
        Self(Mutex::new(Some((req, res))))
    }

    /// Takes the request and its response, or returns `None` if another listener took them.
    ///
    /// The caller then has to respond, immediately or in another task; the handler is not called. If the response is
    /// dropped instead, the client gets a 404.
    /// Node.js: a listener always takes the request.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::CheckContinue, |pending| {
    ///     if let Some((req, mut res)) = pending.take() {
    ///         tokio::spawn(async move {
    ///             res.write_continue();
    ///             res.send(req.body.text().await);
    ///         });
    ///     }
    /// });
    /// # assert_eq!(server.listener_count(event::CheckContinue), 1);
    /// ```
    pub fn take(&self) -> Option<(Request, Response)> {
        try_lock(&self.0)?.take()
    }

    /// Calls `inspect` with the request, or returns `None` if a listener took it.
    ///
    /// While `inspect` runs, `take` and `peek` of the same request return `None`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::CheckContinue, |pending| {
    ///     let url = pending.peek(|req| req.url.to_string());
    ///     println!("a client wants to send a body to {url:?}");
    /// });
    /// # assert_eq!(server.listener_count(event::CheckContinue), 1);
    /// ```
    pub fn peek<T>(&self, inspect: impl FnOnce(&Request) -> T) -> Option<T> {
        let untaken = try_lock(&self.0)?;
        untaken.as_ref().map(|(req, _)| inspect(req))
    }
}

impl fmt::Debug for PendingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingRequest").finish_non_exhaustive()
    }
}

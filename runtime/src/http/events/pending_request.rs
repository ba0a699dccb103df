//! A request that a listener may answer.

use std::fmt;
use std::sync::Mutex;

use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::sync::lock;

/// A request that a listener may answer in place of the handler: what
/// [`event::CheckContinue`](crate::http::event::CheckContinue) and
/// [`event::CheckExpectation`](crate::http::event::CheckExpectation) lend. Node: the arguments of their listeners.
///
/// ```
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::CheckExpectation, |offer| {
///     if let Some((req, res)) = offer.take() {
///         res.send(format!("{} is expected of me", req.headers["expect"].to_str().unwrap_or("?")));
///     }
/// });
/// ```
pub struct PendingRequest(Mutex<Option<(Request, Response)>>);

impl PendingRequest {
    pub(crate) fn new(req: Request, res: Response) -> Self {
        Self(Mutex::new(Some((req, res))))
    }

    /// Takes the request. It is answered by whoever takes it, now or in a task; `None`: a listener before did.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::CheckContinue, |offer| {
    ///     if let Some((req, mut res)) = offer.take() {
    ///         tokio::spawn(async move {
    ///             res.write_continue();
    ///             res.send(req.body.text().await);
    ///         });
    ///     }
    /// });
    /// ```
    pub fn take(&self) -> Option<(Request, Response)> {
        lock(&self.0).take()
    }

    /// Looks at the request without taking it; `None`: it is taken.
    ///
    /// ```
    /// # use onward::prelude::*;
    /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// server.on(event::CheckContinue, |offer| {
    ///     let url = offer.peek(|req| req.url.to_string());
    ///     println!("somebody wants to send a body to {url:?}");
    /// });
    /// ```
    pub fn peek<T>(&self, look: impl FnOnce(&Request) -> T) -> Option<T> {
        lock(&self.0).as_ref().map(|(req, _)| look(req))
    }
}

impl fmt::Debug for PendingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingRequest").finish_non_exhaustive()
    }
}

//! Converts the value of a route to the return value of the handler.

use std::future::Future;

use crate::error::{Failure, Result};
use crate::http::{Response, Sent};
use crate::reply::Reply;

/// Replies with a value.
///
/// # Errors
///
/// - The error that the value is or contains.
#[inline]
pub fn reply<R: Reply, E: From<Failure>>(reply: R, res: Response) -> Result<Sent, E> {
    reply.try_reply(res).map_err(E::from)
}

/// Records the route that a request matched, if a listener receives the route.
#[inline]
pub fn matched(res: &Response, pattern: &'static str) {
    if res.is_watched() {
        res.channel().set_route(pattern);
    }
}

/// Takes an expression that is still being typed, so that editors can complete it. The program does not compile.
pub fn incomplete<T, R>(_: T) -> R {
    unreachable!("rustc has rejected the expression")
}

/// Does the same as [`incomplete`], for an expression that uses the response.
pub fn incomplete_with_response<T, R>(part: T) -> R {
    incomplete(part)
}

/// Returns the value of a route that sent the response itself.
///
/// # Errors
///
/// - The error that the route returned.
#[inline]
pub fn sent<S: IntoSent<E>, E>(value: S) -> Result<Sent, E> {
    value.into_sent()
}

/// The value of a route that sends the response itself: [`Sent`], or a `Result` of it.
#[diagnostic::on_unimplemented(
    message = "this route uses the response, but evaluates to `{Self}`",
    label = "must be the value of `end` or `send` of the response; missing `.await`?",
    note = "a route that uses the response must send it, as in `res.send(…)` or `other(req, res).await`, and evaluate to a \
            `Sent` or a `Result<Sent, _>` whose error converts to that of the handler",
    note = "add `.await` after the call to an async function"
)]
pub trait IntoSent<E> {
    /// Converts the value to the return value of the handler.
    ///
    /// # Errors
    ///
    /// - The error that the route returned.
    fn into_sent(self) -> Result<Sent, E>;
}

impl<E> IntoSent<E> for Sent {
    /// Converts the value to the return value of the handler.
    ///
    /// # Errors
    ///
    /// - The error that the route returned.
    fn into_sent(self) -> Result<Sent, E> {
        Ok(self)
    }
}

impl<E: From<F>, F> IntoSent<E> for Result<Sent, F> {
    /// Converts the value to the return value of the handler.
    ///
    /// # Errors
    ///
    /// - The error that the route returned.
    fn into_sent(self) -> Result<Sent, E> {
        self.map_err(E::from)
    }
}

/// Returns the async block of several routes. The type parameter fixes the output of the block, and so the error type
/// that `?` converts to.
#[inline]
pub fn group<T, F: Future<Output = T>>(routes: F) -> F {
    routes
}

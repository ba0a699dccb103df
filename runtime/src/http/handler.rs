//! What answers requests.

use std::future::Future;

use super::{Request, Response, Sent};
use crate::error::{Error, ErrorReply};

/// A function from a request and its response to a future: what [`create_server`](super::create_server) takes.
pub(crate) trait Handler: Send + Sync + 'static {
    type Future: Future<Output = Self::Outcome> + Send + 'static;
    type Outcome: Outcome;

    fn handle(&self, req: Request, res: Response) -> Self::Future;
}

impl<H, F> Handler for H
where
    H: Fn(Request, Response) -> F + Send + Sync + 'static,
    F: Future<Output: Outcome> + Send + 'static,
{
    type Future = F;
    type Outcome = F::Output;

    fn handle(&self, req: Request, res: Response) -> F {
        self(req, res)
    }
}

/// The return value of a handler: `()`, [`Sent`], or a `Result` of either, with any error that implements
/// [`ErrorReply`](crate::ErrorReply).
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "this handler returns `{Self}`",
    note = "a handler answers with its response, as in `res.send(…)`, and returns `()`, the `Sent` it got, \
            or a `Result` of these whose error implements `ErrorReply`"
)]
pub trait Outcome: sealed::Sealed {
    #[doc(hidden)]
    type Failure: ErrorReply;

    #[doc(hidden)]
    fn failure(self) -> Option<Self::Failure>;
}

impl Outcome for () {
    type Failure = Error;

    fn failure(self) -> Option<Error> {
        None
    }
}

impl Outcome for Sent {
    type Failure = Error;

    fn failure(self) -> Option<Error> {
        None
    }
}

impl<E: ErrorReply> Outcome for Result<(), E> {
    type Failure = E;

    fn failure(self) -> Option<E> {
        self.err()
    }
}

impl<E: ErrorReply> Outcome for Result<Sent, E> {
    type Failure = E;

    fn failure(self) -> Option<E> {
        self.err()
    }
}

/// A handler that never returns, such as one that is `todo!()` still.
#[diagnostic::do_not_recommend]
impl Outcome for sealed::Never {
    type Failure = Error;

    fn failure(self) -> Option<Error> {
        self
    }
}

mod sealed {
    pub trait Sealed {}

    /// The type `!`, which has no name on stable Rust but as what a function returns.
    pub(super) type Never = <fn() -> ! as Returns>::Output;

    pub trait Returns {
        type Output;
    }

    impl<T> Returns for fn() -> T {
        type Output = T;
    }

    impl Sealed for () {}
    impl Sealed for Never {}
    impl Sealed for super::Sent {}
    impl<E> Sealed for Result<(), E> {}
    impl<E> Sealed for Result<super::Sent, E> {}
}

//! What answers requests.

use std::future::Future;

use crate::error::ErrorReply;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::response::Sent;

/// A function from a request and its response to a future: what [`create_server`](crate::http::server::create_server) takes.
pub(crate) trait Handler: Send + Sync + 'static {
    type Future: Future<Output = Self::Output> + Send + 'static;
    type Output: HandlerOutput;

    fn handle(&self, req: Request, res: Response) -> Self::Future;
}

impl<H, F> Handler for H
where
    H: Fn(Request, Response) -> F + Send + Sync + 'static,
    F: Future<Output: HandlerOutput> + Send + 'static,
{
    type Future = F;
    type Output = F::Output;

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
pub trait HandlerOutput: sealed::Sealed {
    #[doc(hidden)]
    type Error: ErrorReply;

    #[doc(hidden)]
    fn error(self) -> Option<Self::Error>;
}

impl HandlerOutput for () {
    type Error = crate::error::Error;

    fn error(self) -> Option<crate::error::Error> {
        None
    }
}

impl HandlerOutput for Sent {
    type Error = crate::error::Error;

    fn error(self) -> Option<crate::error::Error> {
        None
    }
}

impl<E: ErrorReply> HandlerOutput for Result<(), E> {
    type Error = E;

    fn error(self) -> Option<E> {
        self.err()
    }
}

impl<E: ErrorReply> HandlerOutput for Result<Sent, E> {
    type Error = E;

    fn error(self) -> Option<E> {
        self.err()
    }
}

/// A handler that never returns, such as one that is `todo!()` still.
#[diagnostic::do_not_recommend]
impl HandlerOutput for sealed::Never {
    type Error = crate::error::Error;

    fn error(self) -> Option<crate::error::Error> {
        self
    }
}

mod sealed {
    pub trait Sealed {}

    /// The type `!`, which has no name on stable Rust but as what a function returns.
    pub(crate) type Never = <fn() -> ! as Returns>::Output;

    pub trait Returns {
        type Output;
    }

    impl<T> Returns for fn() -> T {
        type Output = T;
    }

    impl Sealed for () {}
    impl Sealed for Never {}
    impl Sealed for crate::http::response::Sent {}
    impl<E> Sealed for Result<(), E> {}
    impl<E> Sealed for Result<crate::http::response::Sent, E> {}
}

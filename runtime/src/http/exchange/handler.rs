//! The functions that handle requests.

use std::future::Future;

use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::response::Sent;
use crate::reply::Reply;

/// A function that [`create_server`](crate::http::server::create_server) accepts.
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

/// A value that a handler may return: `()`, [`Sent`], or a `Result` of either whose error implements [`Reply`].
///
/// If the handler returns without having sent its response, the client gets a 404. An `Err` is sent using its [`Reply`]
/// implementation. Node.js has no counterpart.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// async fn hello(req: Request, res: Response) -> Result {
///     let name: String = req.url.query("name")?;
///     Ok(res.send(format!("hello {name}")))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = http::create_server(hello);
/// let sent = server.dispatch(Request::get("/"), Response::new()).await;
/// assert_eq!(sent.status_code(), StatusCode::BAD_REQUEST);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "this handler returns `{Self}`",
    note = "send the reply with the response, as in `res.send(…)`, and return `()`, the `Sent` that it returns, \
            or a `Result` of these whose error implements `Reply`"
)]
pub trait HandlerOutput: sealed::Sealed {
    #[doc(hidden)]
    type Error: Reply;

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

impl<E: Reply> HandlerOutput for Result<(), E> {
    type Error = E;

    fn error(self) -> Option<E> {
        self.err()
    }
}

impl<E: Reply> HandlerOutput for Result<Sent, E> {
    type Error = E;

    fn error(self) -> Option<E> {
        self.err()
    }
}

/// The output of a handler that never returns, such as one that is still `todo!()`.
#[diagnostic::do_not_recommend]
impl HandlerOutput for sealed::Never {
    type Error = crate::error::Error;

    fn error(self) -> Option<crate::error::Error> {
        self
    }
}

mod sealed {
    pub trait Sealed {}

    /// The type `!`, which stable Rust can only name as the return type of a function.
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

//! The functions that handle requests.

use std::future::Future;

use crate::error::ErrorReply;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::response::Sent;

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

/// A function that [`create_server`](crate::http::server::create_server) accepts: it takes a request and a response.
///
/// It is implemented for every such function and cannot be implemented for other types. The purpose of this trait is a
/// clear error message. Node.js: the type of `requestListener`.
///
/// # Examples
///
/// ```
/// use onward::http::{self, RequestHandler, Server};
/// use onward::prelude::*;
///
/// fn limited<F>(handler: impl RequestHandler<F> + Send + Sync + 'static) -> Server
/// where
///     F: Future<Output = Result> + Send + 'static,
/// {
///     http::create_server(handler).max_connections(1000)
/// }
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/" => "hello");
/// }
///
/// let _server = limited(shop);
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler must be a function of a request and a response",
    label = "not a function of a `Request` and a `Response`",
    note = "use a `#[server]` function without calling it: `http::create_server(app)`",
    note = "use a closure to pass state: `http::create_server(move |req, res| app(req, res, db.clone()))`"
)]
pub trait RequestHandler<F>: Fn(Request, Response) -> F {}

#[diagnostic::do_not_recommend]
impl<H, F> RequestHandler<F> for H where H: Fn(Request, Response) -> F {}

/// The future that a call to a handler returns.
#[diagnostic::on_unimplemented(
    message = "a handler must be async, but this one returns `{Self}`",
    label = "this handler returns `{Self}`, which is not a future",
    note = "use an async block: `|req, res| async move {{ res.send(\"hello\") }}`",
    note = "return the future of a `#[server]` function without a `;` after it: `|req, res| app(req, res)`"
)]
pub trait HandlerFuture: Future<Output = Self::Returned> {
    /// The output of the future. With a bound on `Output` instead, rustc would report a missing `Future` before it
    /// reports this trait.
    #[doc(hidden)]
    type Returned;
}

#[diagnostic::do_not_recommend]
impl<F: Future> HandlerFuture for F {
    type Returned = F::Output;
}

/// The return value of a handler: `()`, [`Sent`], or a `Result` of either, with any error that implements
/// [`ErrorReply`](crate::ErrorReply).
///
/// # Examples
///
/// ```
/// use onward::http::{self, HandlerOutput};
/// use onward::prelude::*;
///
/// /// Creates a server with one reply.
/// fn fixed<T: HandlerOutput + Send + 'static>(reply: fn(Response) -> T) -> http::Server {
///     http::create_server(move |_req, res| std::future::ready(reply(res)))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let server = fixed(|res| res.send("hello"));
/// assert_eq!(server.dispatch(Request::get("/"), Response::new()).await.text(), "hello");
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "this handler returns `{Self}`",
    note = "send the reply with the response, as in `res.send(…)`, and return `()`, the `Sent` that it returns, \
            or a `Result` of these whose error implements `ErrorReply`",
    note = "add `.await` to a future: `async move {{ app(req, res).await }}`, or return it without `async move`"
)]
pub trait HandlerOutput: sealed::Sealed {
    #[doc(hidden)]
    type Error: ErrorReply;

    #[doc(hidden)]
    fn sent(&self) -> Option<&Sent> {
        None
    }

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

    fn sent(&self) -> Option<&Sent> {
        Some(self)
    }

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

    fn sent(&self) -> Option<&Sent> {
        self.as_ref().ok()
    }

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

    /// The type `!`, which stable Rust can name only as the return type of a function.
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

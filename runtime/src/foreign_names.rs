//! Traits and types that other frameworks have, and methods of promises. Using one is a compile error that states what
//! to write instead.
//!
//! The prelude exports all of them except `App` and `Router`, which are exported by the crate itself. An item that the
//! program declares or imports by name takes precedence over one of the prelude. A name that a program may also import
//! from one of its own modules with `*`, such as `State`, is not in the prelude, because two glob imports of one name
//! would clash.

use crate::http::{Response, StatusCode};
use tokio::sync::{MutexGuard, RwLockReadGuard, RwLockWriteGuard};

macro_rules! traits {
    ($($bound:ident $name:ident { $($items:tt)* } $message:literal, $label:literal, $note:literal;)*) => {$(
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $bound {}

        // The message is repeated here, because rustc reports this trait if it is used as `impl Trait` in a return
        // type.
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        #[doc(hidden)]
        pub trait $name
        where
            for<'never> (): $bound,
        {
            $($items)*
        }
    )*};
}

traits! {
    NoIntoResponse IntoResponse {
        fn into_response(self) -> Response
        where
            Self: Sized;
    } "Onward has no trait `IntoResponse`", "the trait is `Reply`",
        "use `impl Reply for Type {{ fn reply(self, res: Response) -> Sent {{ res.send(…) }} }}`, and `impl Reply` as a return type";
    NoResponder Responder {} "Onward has no trait `Responder`", "the trait is `Reply`",
        "use `impl Reply for Type {{ fn reply(self, res: Response) -> Sent {{ res.send(…) }} }}`, and `impl Reply` as a return type";
    NoResponseError ResponseError {
        fn error_response(&self) -> Response {
            crate::habits::never()
        }

        fn status_code(&self) -> StatusCode {
            crate::habits::never()
        }
    } "Onward has no trait `ResponseError`", "the trait is `Reply`",
        "use `Reply`, `Debug` and `From<onward::Failure>`: `impl Reply for AppError {{ fn reply(self, res: Response) -> Sent {{ res.send((StatusCode::CONFLICT, \"text\")) }} }}`";
    NoFromRequest FromRequest {} "Onward has no trait `FromRequest`", "Onward has no extractors",
        "use a function, and call it above the routes: `let user = user(&req).await?;`";
    NoFromRequestParts FromRequestParts {} "Onward has no trait `FromRequestParts`", "Onward has no extractors",
        "use a function, and call it above the routes: `let user = user(&req).await?;`";
}

macro_rules! applications {
    ($($bound:ident $name:ident, $message:literal;)*) => {$(
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "move the routes into a `#[server]` function, and pass the function to `http::create_server`",
            note = "use `#[server] async fn app(req: Request, res: Response) -> Result {{ route!(\"/\" => \"hello\"); }}`",
            note = "use `http::create_server(app).listen(3000).await` in `main`"
        )]
        pub trait $bound {}

        #[doc(hidden)]
        pub struct $name;

        // The result has the type that the code expects.
        #[allow(clippy::new_ret_no_self)]
        #[doc(hidden)]
        impl $name {
            pub fn new<R>() -> R
            where
                for<'never> (): $bound,
            {
                crate::habits::never()
            }

            #[allow(clippy::should_implement_trait)]
            pub fn default<R>() -> R
            where
                for<'never> (): $bound,
            {
                crate::habits::never()
            }

            pub fn builder<R>() -> R
            where
                for<'never> (): $bound,
            {
                crate::habits::never()
            }
        }
    )*};
}

applications! {
    NoRouter Router, "Onward has no `Router`";
    NoApp App, "Onward has no `App`";
}

#[diagnostic::on_unimplemented(
    message = "Onward has no `HttpServer`",
    label = "use `http::create_server(app).listen(3000).await`",
    note = "`app` is a function with `#[server]`: `#[server] async fn app(req: Request, res: Response) -> Result {{ route!(\"/\" => \"hello\"); }}`"
)]
pub trait NoHttpServer {}

#[doc(hidden)]
pub struct HttpServer;

// The result has the type that the code expects.
#[allow(clippy::new_ret_no_self)]
#[doc(hidden)]
impl HttpServer {
    pub fn new<R>(_: impl Sized) -> R
    where
        for<'never> (): NoHttpServer,
    {
        crate::habits::never()
    }
}

/// The output of a future, with the type that its `unwrap()` returns. A call to `unwrap()` on the future itself returns
/// this type, so the missing `.await` causes no further errors.
#[diagnostic::on_unimplemented(
    message = "the value of a future is not available yet",
    label = "use `.await` first"
)]
pub trait Unwrapped {
    type Value;
}

macro_rules! unwrapped {
    ($([$($param:tt),*] $type:ty => $value:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($param),*> Unwrapped for $type {
            type Value = $value;
        }
    )*};
}

unwrapped! {
    [T, E] Result<T, E> => T;
    [T] Option<T> => T;
    ['a, T] MutexGuard<'a, T> => Self;
    ['a, T] RwLockReadGuard<'a, T> => Self;
    ['a, T] RwLockWriteGuard<'a, T> => Self;
}

macro_rules! futures {
    ($($bound:ident $method:ident $(<$type:ident>)? ($($argument:tt),*) -> $returns:ty $(where $needed:ident)?, $label:literal;)*) => {
        $(
            #[diagnostic::on_unimplemented(message = "a future has no such method", label = $label)]
            pub trait $bound {}
        )*

        /// Methods of promises and of the values of futures. They take `&mut self`, so that methods of these names that
        /// take `self` or `&self` in other traits are found first.
        #[doc(hidden)]
        pub trait Promise: Future + Sized {
            $(
                #[doc(hidden)]
                fn $method $(<$type>)? (&mut self, $($argument: impl Sized),*) -> $returns
                where
                    for<'never> (): $bound,
                    $(Self::Output: $needed,)?
                {
                    crate::habits::never()
                }
            )*
        }

        impl<F: Future> Promise for F {}
    };
}

futures! {
    NoThen then<R>(_) -> R, "use `.await`: `let value = future.await;`, followed by the statements that use `value`";
    NoCatch catch<R>(_) -> R, "use `.await`, and `?` or a `match` on the `Result`: `match future.await {{ Ok(value) => …, Err(error) => … }}`";
    NoUnwrap unwrap() -> <Self::Output as Unwrapped>::Value where Unwrapped, "add `.await` before it: `future.await.unwrap()`, or use `mutex.lock().await` alone for a `tokio::sync::Mutex`";
    NoExpect expect(_) -> <Self::Output as Unwrapped>::Value where Unwrapped, "add `.await` before it: `future.await.expect(…)`, or use `mutex.lock().await` alone for a `tokio::sync::Mutex`";
    NoFinally finally<R>(_) -> R, "use `.await`, followed by the statements that must always run";
    NoWithGracefulShutdown with_graceful_shutdown<R>(_) -> R, "use `server.close_on(signal, Duration::from_secs(10))` before `listen`, or `server.close_on_signal(…)`";
}

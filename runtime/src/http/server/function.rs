//! Methods that applications and routers have in other frameworks. Calling one on a `#[server]` function is a compile
//! error that states what to write instead.

use crate::http::request::Request;
use crate::http::response::Response;

/// Declares the methods with bounds that are never satisfied; see `crate::habits`.
macro_rules! methods {
    ($($bound:ident $method:ident ($($argument:tt),*), $help:literal;)*) => {
        $(
            #[diagnostic::on_unimplemented(
                message = "a `#[server]` function is not an application with methods",
                label = "a function",
                note = $help
            )]
            pub trait $bound {}
        )*

        /// A function with the arguments of a handler. The methods take `&mut self`, so that other methods of the same
        /// names are found first.
        #[allow(clippy::wrong_self_convention)]
        pub trait ServerFunction<Arguments>: Sized {
            $(
                #[doc(hidden)]
                fn $method<R>(&mut self, $($argument: impl Sized),*) -> R
                where
                    for<'never> (): $bound,
                {
                    unreachable!("no type satisfies the bound")
                }
            )*
        }
    };
}

methods! {
    NoOneshot oneshot(_), "use `shop(Request::get(\"/\"), Response::new()).await`";
    NoInject inject(_), "use `shop(Request::get(\"/\"), Response::new()).await`";
    NoListen listen(_), "use `http::create_server(shop).listen(3000).await`";
    NoServe serve(_), "use `http::create_server(shop).listen(3000).await`";
    NoRun run(), "use `http::create_server(shop).listen(3000).await`";
    NoStart start(), "use `http::create_server(shop).listen(3000).await`";
    NoLaunch launch(), "use `http::create_server(shop).listen(3000).await`";
    NoBind bind(_), "use `http::create_server(shop).listen(\"127.0.0.1:3000\").await`";
    NoIntoMakeService into_make_service(), "use `http::create_server(shop).listen(3000).await`";
    NoIntoService into_service(), "use `onward::http::service(shop)` (feature `tower`)";
    NoOn on(_, _), "use `let server = http::create_server(shop);`, and `server.on(event::Finish, |it| …)`";
    NoTest test(_), "use `shop(Request::get(\"/\"), Response::new()).await`";
    NoTestClient test_client(), "use `shop(Request::get(\"/\"), Response::new()).await`";
    NoRequest request(_), "use `shop(Request::get(\"/\"), Response::new()).await`";
    NoRoute route(_, _), "add `route!(\"/path\" => reply);` to the function";
    NoGet get(_, _), "add `route!(GET \"/path\" => reply);` to the function";
    NoPost post(_, _), "add `route!(POST \"/path\" => reply);` to the function";
    NoPut put(_, _), "add `route!(PUT \"/path\" => reply);` to the function";
    NoPatch patch(_, _), "add `route!(PATCH \"/path\" => reply);` to the function";
    NoDelete delete(_, _), "add `route!(DELETE \"/path\" => reply);` to the function";
    NoAll all(_, _), "add `route!(ANY \"/path\" => reply);` to the function";
    NoAny any(_, _), "add `route!(ANY \"/path\" => reply);` to the function";
    NoMount mount(_, _), "add `route!(mount \"/path\" => other(req, res).await);` to the function";
    NoFallback fallback(_), "add `route!(_ => reply);` as the last route of the function";
    NoWith with(_), "move the middleware to a statement above the routes in the function";
    NoWrap wrap(_), "move the middleware to a statement above the routes in the function";
    NoAttach attach(_), "move the middleware to a statement above the routes in the function";
    NoManage manage(_), "add the state as an argument, and pass it: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoData data(_), "add the state as an argument, and pass it: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoLayer layer(_), "move the middleware to a statement above the routes in the function";
    NoWithState with_state(_), "add the state as an argument, and pass it: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoNest nest(_, _), "add `route!(mount \"/path\" => other(req, res).await);` to the function";
    NoMerge merge(_), "add `route!(mount \"/\" => other(req, res).await);` as the last route of the function";
}

macro_rules! functions {
    ($(($($state:ident),*))*) => {$(
        impl<F, R, $($state),*> ServerFunction<(Request, Response, $($state),*)> for F where
            F: Fn(Request, Response, $($state),*) -> R
        {
        }
    )*};
}

functions! { () (A) (A, B) (A, B, C) (A, B, C, D) }

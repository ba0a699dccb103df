//! Methods that applications and routers have in other frameworks. Calling one on a `#[server]` function is a compile
//! error that states what to write instead.

use crate::http::request::Request;
use crate::http::response::Response;

/// Declares the methods with bounds that are never satisfied; see `habits.rs`.
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

        /// A function with the arguments of a handler. The methods take `&mut self`, so that other methods of these
        /// names are found first.
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
    NoOneshot oneshot(_), "call the function: `shop(Request::get(\"/\"), Response::new()).await`";
    NoInject inject(_), "call the function: `shop(Request::get(\"/\"), Response::new()).await`";
    NoListen listen(_), "use `http::create_server(shop).listen(3000).await`";
    NoServe serve(_), "use `http::create_server(shop).listen(3000).await`";
    NoRoute route(_, _), "write `route!(\"/path\" => reply);` in the function";
    NoGet get(_, _), "write `route!(GET \"/path\" => reply);` in the function";
    NoPost post(_, _), "write `route!(POST \"/path\" => reply);` in the function";
    NoLayer layer(_), "middleware is a statement above the routes in the function";
    NoWithState with_state(_), "add the state as an argument, and pass it: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoNest nest(_, _), "write `route!(mount \"/path\" => other(req, res).await);` in the function";
    NoMerge merge(_), "write `route!(mount \"/\" => other(req, res).await);` as the last route of the function";
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

//! Functions and methods that other frameworks have on servers. Calling one is a compile error that states what
//! to write instead.

use std::future::Ready;
use std::io;

use crate::habits::{habit, missing};
use crate::http::events::server_events::ServerEvents;

habit!(ServerEvents: NoBind bind(_) -> Ready<io::Result<()>>, "`Server` has no method `bind`", "use `server.listen(\"127.0.0.1:3000\").await`");
habit!(ServerEvents: NoStart start() -> Ready<io::Result<()>>, "`Server` has no method `start`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoLaunch launch() -> Ready<io::Result<()>>, "`Server` has no method `launch`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoGet get(_, _) -> &Self, "`Server` has no method `get`", "write `route!(GET \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoPost post(_, _) -> &Self, "`Server` has no method `post`", "write `route!(POST \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoPut put(_, _) -> &Self, "`Server` has no method `put`", "write `route!(PUT \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoDelete delete(_, _) -> &Self, "`Server` has no method `delete`", "write `route!(DELETE \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoRoute route(_, _) -> &Self, "`Server` has no method `route`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoMount mount(_, _) -> &Self, "`Server` has no method `mount`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function");
habit!(ServerEvents: NoNest nest(_, _) -> &Self, "`Server` has no method `nest`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function");
habit!(ServerEvents: NoLayer layer(_) -> &Self, "`Server` has no method `layer`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoWrap wrap(_) -> &Self, "`Server` has no method `wrap`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoMiddleware middleware(_) -> &Self, "`Server` has no method `middleware`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoWithState with_state(_) -> &Self, "`Server` has no method `with_state`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoManage manage(_) -> &Self, "`Server` has no method `manage`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoSetTimeout set_timeout(_) -> &Self, "`Server` has no method `set_timeout`", "use `request_timeout`, `headers_timeout` or `keep_alive_timeout`");
habit!(ServerEvents: NoSetErrorHandler set_error_handler(_) -> &Self, "`Server` has no method `set_error_handler`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoPatch patch(_, _) -> &Self, "`Server` has no method `patch`", "write `route!(PATCH \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoAll all(_, _) -> &Self, "`Server` has no method `all`", "write `route!(ANY \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoAny any(_, _) -> &Self, "`Server` has no method `any`", "write `route!(ANY \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoHandle handle(_, _) -> &Self, "`Server` has no method `handle`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoAt at(_, _) -> &Self, "`Server` has no method `at`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoService service(_) -> &Self, "`Server` has no method `service`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoScope scope(_, _) -> &Self, "`Server` has no method `scope`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function");
habit!(ServerEvents: NoMerge merge(_) -> &Self, "`Server` has no method `merge`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function");
habit!(ServerEvents: NoRegister register(_) -> &Self, "`Server` has no method `register`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function; middleware is a statement above its routes");
habit!(ServerEvents: NoAttach attach(_) -> &Self, "`Server` has no method `attach`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoUseMiddleware use_middleware(_) -> &Self, "`Server` has no method `use_middleware`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoAddMiddleware add_middleware(_) -> &Self, "`Server` has no method `add_middleware`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoAddHook add_hook(_, _) -> &Self, "`Server` has no method `add_hook`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoBefore before(_) -> &Self, "`Server` has no method `before`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoAfter after(_) -> &Self, "`Server` has no method `after`", "use `res.before_head(|head| …)` in a statement above the routes, or `server.on(event::Finish, |it| …)`");
habit!(ServerEvents: NoWith with(_) -> &Self, "`Server` has no method `with`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoCors cors(_) -> &Self, "`Server` has no method `cors`", "use `onward::cors(&req, &mut res, origins);` as a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoState state(_) -> &Self, "`Server` has no method `state`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoData data(_) -> &Self, "`Server` has no method `data`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoAppData app_data(_) -> &Self, "`Server` has no method `app_data`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoProvide provide(_, _) -> &Self, "`Server` has no method `provide`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoDecorate decorate(_, _) -> &Self, "`Server` has no method `decorate`", "pass the value in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoSet set(_, _) -> &Self, "`Server` has no method `set`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoFallback fallback(_) -> &Self, "`Server` has no method `fallback`", "write `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoNotFound not_found(_) -> &Self, "`Server` has no method `not_found`", "write `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoDefaultService default_service(_) -> &Self, "`Server` has no method `default_service`", "write `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoErrorHandler error_handler(_) -> &Self, "`Server` has no method `error_handler`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoOnError on_error(_) -> &Self, "`Server` has no method `on_error`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoCatch catch(_) -> &Self, "`Server` has no method `catch`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoStaticFiles static_files(_, _) -> &Self, "`Server` has no method `static_files`", "write `route!(\"/public/{{rest..}}\" => files.send(&req, res, rest).await);` with `onward::files::Files` (feature `files`)");
habit!(ServerEvents: NoServeStatic serve_static(_, _) -> &Self, "`Server` has no method `serve_static`", "write `route!(\"/public/{{rest..}}\" => files.send(&req, res, rest).await);` with `onward::files::Files` (feature `files`)");
habit!(ServerEvents: NoListenAndServe listen_and_serve(_) -> Ready<io::Result<()>>, "`Server` has no method `listen_and_serve`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoRunServer serve_http() -> Ready<io::Result<()>>, "`Server` has no method `serve_http`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoWorkers workers(_) -> &Self, "`Server` has no method `workers`", "use `server.threads(count)`, which applies to `server.run(addr)`");
habit!(ServerEvents: NoShutdown shutdown() -> Ready<()>, "`Server` has no method `shutdown`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`");
habit!(ServerEvents: NoStop stop() -> Ready<()>, "`Server` has no method `stop`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`");
habit!(ServerEvents: NoWithGracefulShutdown with_graceful_shutdown(_) -> Ready<io::Result<()>>, "`Server` has no method `with_graceful_shutdown`", "use `server.close_on(signal, Duration::from_secs(10))`, or `server.close_on_signal(…)`, and then `listen`");
habit!(ServerEvents: NoGracefulShutdown graceful_shutdown(_) -> &Self, "`Server` has no method `graceful_shutdown`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`");
habit!(ServerEvents: NoTimeout timeout(_) -> &Self, "`Server` has no method `timeout`", "use `request_timeout`, `headers_timeout`, `send_timeout` or `keep_alive_timeout`");
habit!(ServerEvents: NoKeepAlive keep_alive(_) -> &Self, "`Server` has no method `keep_alive`", "use `keep_alive_timeout(duration)`");
habit!(ServerEvents: NoBodyLimit body_limit(_) -> &Self, "`Server` has no method `body_limit`", "use `max_body_size(bytes)`");
habit!(ServerEvents: NoMaxHeadersCount max_headers_count(_) -> &Self, "`Server` has no method `max_headers_count`", "use `max_headers(count)`");
habit!(ServerEvents: NoPort port(_) -> &Self, "`Server` has no method `port`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoHost host(_) -> &Self, "`Server` has no method `host`", "pass the address to `listen`: `server.listen(\"127.0.0.1:3000\").await`");
habit!(ServerEvents: NoRouter router(_) -> &Self, "`Server` has no method `router`", "pass the `#[server]` function to `create_server`");

#[diagnostic::on_unimplemented(
    message = "there is no function `serve`",
    label = "use `http::create_server(app).listen(\"127.0.0.1:3000\").await`",
    note = "`listen` also takes a bound listener: `http::create_server(app).listen(listener).await`"
)]
pub trait NoServe {}

/// Has the name of axum's `serve`. Calling it is a compile error.
#[doc(hidden)]
pub fn serve<L, H>(_: L, _: H) -> Ready<io::Result<()>>
where
    for<'never> ServerEvents: NoServe,
{
    crate::habits::never()
}

#[cfg(not(feature = "tls"))]
habit!(ServerEvents: NoTls tls(_) -> &Self, "`Server` has the method `tls` only with the feature `tls`", "add the feature: `cargo add onward --features tls`");
#[cfg(not(feature = "tls"))]
habit!(ServerEvents: NoReloadTls reload_tls() -> io::Result<()>, "`Server` has the method `reload_tls` only with the feature `tls`", "add the feature: `cargo add onward --features tls`");

missing!(super::Server: NoNewServer new(_), "`Server` has no function `new`", "use `http::create_server(app)`");
missing!(super::Server: NoServerOfAddress bind(_), "`Server` has no function `bind`", "use `http::create_server(app).listen(\"127.0.0.1:3000\").await`");
missing!(super::Server: NoServerBuilder builder(), "`Server` has no function `builder`", "use `http::create_server(app)`, whose methods set options: `.max_connections(1000)`");
missing!(super::Server: NoServerOfRoutes http(_), "`Server` has no function `http`", "use `http::create_server(app)`");

/// Functions that start a server in other frameworks and languages.
macro_rules! functions {
    ($($bound:ident $function:ident<$($type:ident),*>, $message:literal;)*) => {$(
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "use `http::create_server(app).listen(3000).await`"
        )]
        pub trait $bound {}

        #[doc(hidden)]
        pub fn $function<$($type),*>($(_: $type),*) -> Ready<io::Result<()>>
        where
            for<'never> (): $bound,
        {
            crate::habits::never()
        }
    )*};
}

functions! {
    NoListenFunction listen<A, B>, "there is no function `listen`";
    NoListenAndServeFunction listen_and_serve<A, B>, "there is no function `listen_and_serve`";
    NoRunFunction run<A>, "there is no function `run`";
    NoHandleFuncFunction handle_func<A, B>, "there is no function `handle_func`";
    NoHandleFunction handle<A, B>, "there is no function `handle`";
}

//! Functions and methods that other frameworks have on servers. Calling one is a compile error that states what
//! to write instead.

use std::future::Ready;
use std::io;

use crate::habits::habits;
use crate::http::events::server_events::ServerEvents;

habits! { ServerEvents:
    NoBind bind(_) -> Ready<io::Result<()>>, "`Server` has no method `bind`", "use `server.listen(\"127.0.0.1:3000\").await`";
    NoStart start() -> Ready<io::Result<()>>, "`Server` has no method `start`", "use `server.listen(3000).await`";
    NoLaunch launch() -> Ready<io::Result<()>>, "`Server` has no method `launch`", "use `server.listen(3000).await`";
    NoGet get(_, _) -> &Self, "`Server` has no method `get`", "write `route!(GET \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoPost post(_, _) -> &Self, "`Server` has no method `post`", "write `route!(POST \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoPut put(_, _) -> &Self, "`Server` has no method `put`", "write `route!(PUT \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoDelete delete(_, _) -> &Self, "`Server` has no method `delete`", "write `route!(DELETE \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoRoute route(_, _) -> &Self, "`Server` has no method `route`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoMount mount(_, _) -> &Self, "`Server` has no method `mount`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function";
    NoNest nest(_, _) -> &Self, "`Server` has no method `nest`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function";
    NoLayer layer(_) -> &Self, "`Server` has no method `layer`", "middleware is a statement above the routes of a `#[server]` function";
    NoWrap wrap(_) -> &Self, "`Server` has no method `wrap`", "middleware is a statement above the routes of a `#[server]` function";
    NoMiddleware middleware(_) -> &Self, "`Server` has no method `middleware`", "middleware is a statement above the routes of a `#[server]` function";
    NoWithState with_state(_) -> &Self, "`Server` has no method `with_state`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoManage manage(_) -> &Self, "`Server` has no method `manage`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoSetTimeout set_timeout(_) -> &Self, "`Server` has no method `set_timeout`", "use `request_timeout`, `headers_timeout` or `keep_alive_timeout`";
    NoSetErrorHandler set_error_handler(_) -> &Self, "`Server` has no method `set_error_handler`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause";
    NoPatch patch(_, _) -> &Self, "`Server` has no method `patch`", "write `route!(PATCH \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoAll all(_, _) -> &Self, "`Server` has no method `all`", "write `route!(ANY \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoAny any(_, _) -> &Self, "`Server` has no method `any`", "write `route!(ANY \"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoHandle handle(_, _) -> &Self, "`Server` has no method `handle`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoAt at(_, _) -> &Self, "`Server` has no method `at`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoService service(_) -> &Self, "`Server` has no method `service`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass the function to `create_server`";
    NoScope scope(_, _) -> &Self, "`Server` has no method `scope`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function";
    NoMerge merge(_) -> &Self, "`Server` has no method `merge`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function";
    NoRegister register(_) -> &Self, "`Server` has no method `register`", "middleware is a statement above the routes of a `#[server]` function";
    NoAttach attach(_) -> &Self, "`Server` has no method `attach`", "middleware is a statement above the routes of a `#[server]` function";
    NoUseMiddleware use_middleware(_) -> &Self, "`Server` has no method `use_middleware`", "middleware is a statement above the routes of a `#[server]` function";
    NoAddMiddleware add_middleware(_) -> &Self, "`Server` has no method `add_middleware`", "middleware is a statement above the routes of a `#[server]` function";
    NoAddHook add_hook(_, _) -> &Self, "`Server` has no method `add_hook`", "middleware is a statement above the routes of a `#[server]` function";
    NoBefore before(_) -> &Self, "`Server` has no method `before`", "middleware is a statement above the routes of a `#[server]` function";
    NoAfter after(_) -> &Self, "`Server` has no method `after`", "use `res.before_head(|head| …)` in a statement above the routes, or `server.on(event::Finish, |it| …)`";
    NoWith with(_) -> &Self, "`Server` has no method `with`", "middleware is a statement above the routes of a `#[server]` function";
    NoCors cors(_) -> &Self, "`Server` has no method `cors`", "use `onward::cors(&req, &mut res, origins);` as a statement above the routes of a `#[server]` function";
    NoState state(_) -> &Self, "`Server` has no method `state`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoData data(_) -> &Self, "`Server` has no method `data`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoAppData app_data(_) -> &Self, "`Server` has no method `app_data`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoProvide provide(_, _) -> &Self, "`Server` has no method `provide`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoSet set(_, _) -> &Self, "`Server` has no method `set`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`";
    NoFallback fallback(_) -> &Self, "`Server` has no method `fallback`", "write `route!(_ => reply);` as the last route of the `#[server]` function";
    NoNotFound not_found(_) -> &Self, "`Server` has no method `not_found`", "write `route!(_ => reply);` as the last route of the `#[server]` function";
    NoDefaultService default_service(_) -> &Self, "`Server` has no method `default_service`", "write `route!(_ => reply);` as the last route of the `#[server]` function";
    NoErrorHandler error_handler(_) -> &Self, "`Server` has no method `error_handler`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause";
    NoOnError on_error(_) -> &Self, "`Server` has no method `on_error`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause";
    NoCatch catch(_) -> &Self, "`Server` has no method `catch`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause";
    NoStaticFiles static_files(_, _) -> &Self, "`Server` has no method `static_files`", "write `route!(\"/public/{{rest..}}\" => files.send(&req, res, rest).await);` with `onward::files::Files` (feature `files`)";
    NoServeStatic serve_static(_, _) -> &Self, "`Server` has no method `serve_static`", "write `route!(\"/public/{{rest..}}\" => files.send(&req, res, rest).await);` with `onward::files::Files` (feature `files`)";
    NoListenAndServe listen_and_serve(_) -> Ready<io::Result<()>>, "`Server` has no method `listen_and_serve`", "use `server.listen(3000).await`";
    NoRunServer serve_http() -> Ready<io::Result<()>>, "`Server` has no method `serve_http`", "use `server.listen(3000).await`";
    NoWorkers workers(_) -> &Self, "`Server` has no method `workers`", "use `server.threads(count)`, which applies to `server.run(addr)`";
    NoShutdown shutdown() -> Ready<()>, "`Server` has no method `shutdown`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`";
    NoStop stop() -> Ready<()>, "`Server` has no method `stop`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`";
    NoWithGracefulShutdown with_graceful_shutdown(_) -> Ready<io::Result<()>>, "`Server` has no method `with_graceful_shutdown`", "use `server.close_on(signal, Duration::from_secs(10))`, or `server.close_on_signal(…)`, and then `listen`";
    NoGracefulShutdown graceful_shutdown(_) -> &Self, "`Server` has no method `graceful_shutdown`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`";
    NoTimeout timeout(_) -> &Self, "`Server` has no method `timeout`", "use `request_timeout`, `headers_timeout`, `send_timeout` or `keep_alive_timeout`";
    NoKeepAlive keep_alive(_) -> &Self, "`Server` has no method `keep_alive`", "use `keep_alive_timeout(duration)`";
    NoBodyLimit body_limit(_) -> &Self, "`Server` has no method `body_limit`", "use `max_body_size(bytes)`";
    NoMaxHeadersCount max_headers_count(_) -> &Self, "`Server` has no method `max_headers_count`", "use `max_headers(count)`";
    NoPort port(_) -> &Self, "`Server` has no method `port`", "use `server.listen(3000).await`";
    NoHost host(_) -> &Self, "`Server` has no method `host`", "pass the address to `listen`: `server.listen(\"127.0.0.1:3000\").await`";
    NoRouter router(_) -> &Self, "`Server` has no method `router`", "pass the `#[server]` function to `create_server`";
}

#[diagnostic::on_unimplemented(
    message = "there is no function `serve`",
    label = "use `http::create_server(app).listen(\"127.0.0.1:3000\").await`",
    note = "`listen` also takes a bound listener: `http::create_server(app).listen(listener).await`"
)]
pub trait NoServe {}

/// The name of this function in axum and hyper.
#[doc(hidden)]
pub fn serve<L, H>(_: L, _: H) -> Ready<io::Result<()>>
where
    for<'never> ServerEvents: NoServe,
{
    unreachable!("nothing satisfies the bound")
}

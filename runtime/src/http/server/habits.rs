//! Functions and methods that other frameworks have on servers. Calling one is a compile error that states what
//! to write instead.

use std::future::Ready;
use std::io;

use crate::habits::{habit, missing};
use crate::http::events::server_events::ServerEvents;
use crate::http::server::Server;

habit!(ServerEvents: NoBind bind(_) -> Ready<io::Result<()>>, "`Server` has no method `bind`", "use `server.listen(\"127.0.0.1:3000\").await`");
habit!(ServerEvents: NoStart start() -> Ready<io::Result<()>>, "`Server` has no method `start`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoLaunch launch() -> Ready<io::Result<()>>, "`Server` has no method `launch`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoGet get(_, _) -> Server, "`Server` has no method `get`", "add `route!(GET \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoPost post(_, _) -> Server, "`Server` has no method `post`", "add `route!(POST \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoPut put(_, _) -> Server, "`Server` has no method `put`", "add `route!(PUT \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoDelete delete(_, _) -> Server, "`Server` has no method `delete`", "add `route!(DELETE \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoRoute route(_, _) -> Server, "`Server` has no method `route`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoMount mount(_, _) -> Server, "`Server` has no method `mount`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoNest nest(_, _) -> Server, "`Server` has no method `nest`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoLayer layer(_) -> Server, "`Server` has no method `layer`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoWrap wrap(_) -> Server, "`Server` has no method `wrap`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoMiddleware middleware(_) -> Server, "`Server` has no method `middleware`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoWithState with_state(_) -> Server, "`Server` has no method `with_state`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoManage manage(_) -> Server, "`Server` has no method `manage`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoSetTimeout set_timeout(_) -> Server, "`Server` has no method `set_timeout`", "use `request_timeout`, `headers_timeout` or `keep_alive_timeout`");
habit!(ServerEvents: NoSetErrorHandler set_error_handler(_) -> Server, "`Server` has no method `set_error_handler`", "use your own error type in the return type of the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoPatch patch(_, _) -> Server, "`Server` has no method `patch`", "add `route!(PATCH \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoAll all(_, _) -> Server, "`Server` has no method `all`", "add `route!(ANY \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoAny any(_, _) -> Server, "`Server` has no method `any`", "add `route!(ANY \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoHandle handle(_, _) -> Server, "`Server` has no method `handle`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoAt at(_, _) -> Server, "`Server` has no method `at`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoService service(_) -> Server, "`Server` has no method `service`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoScope scope(_, _) -> Server, "`Server` has no method `scope`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoMerge merge(_) -> Server, "`Server` has no method `merge`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoRegister register(_) -> Server, "`Server` has no method `register`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function, or move middleware to a statement above its routes, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoAttach attach(_) -> Server, "`Server` has no method `attach`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoUseMiddleware use_middleware(_) -> Server, "`Server` has no method `use_middleware`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoAddMiddleware add_middleware(_) -> Server, "`Server` has no method `add_middleware`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoAddHook add_hook(_, _) -> Server, "`Server` has no method `add_hook`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoBefore before(_) -> Server, "`Server` has no method `before`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoAfter after(_) -> Server, "`Server` has no method `after`", "use `res.before_head(|head| …)` in a statement above the routes, or `server.on(event::Finish, |it| …)`");
habit!(ServerEvents: NoWith with(_) -> Server, "`Server` has no method `with`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoCors cors(_) -> Server, "`Server` has no method `cors`", "use `onward::cors(&req, &mut res, origins);` as a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoState state(_) -> Server, "`Server` has no method `state`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoData data(_) -> Server, "`Server` has no method `data`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoAppData app_data(_) -> Server, "`Server` has no method `app_data`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoProvide provide(_, _) -> Server, "`Server` has no method `provide`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoDecorate decorate(_, _) -> Server, "`Server` has no method `decorate`", "use a closure that passes the value: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoSet set(_, _) -> Server, "`Server` has no method `set`", "use a closure that passes the state: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoFallback fallback(_) -> Server, "`Server` has no method `fallback`", "add `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoNotFound not_found(_) -> Server, "`Server` has no method `not_found`", "add `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoDefaultService default_service(_) -> Server, "`Server` has no method `default_service`", "add `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoErrorHandler error_handler(_) -> Server, "`Server` has no method `error_handler`", "use your own error type in the return type of the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoOnError on_error(_) -> Server, "`Server` has no method `on_error`", "use your own error type in the return type of the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoCatch catch(_) -> Server, "`Server` has no method `catch`", "use your own error type in the return type of the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoStaticFiles static_files(_, _) -> Server, "`Server` has no method `static_files`", "add `route!(\"/public/{{rest..}}\" => files.send(&req, res, rest).await);` with `onward::files::Files` (feature `files`)");
habit!(ServerEvents: NoServeStatic serve_static(_, _) -> Server, "`Server` has no method `serve_static`", "add `route!(\"/public/{{rest..}}\" => files.send(&req, res, rest).await);` with `onward::files::Files` (feature `files`)");
habit!(ServerEvents: NoListenAndServe listen_and_serve(_) -> Ready<io::Result<()>>, "`Server` has no method `listen_and_serve`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoRunServer serve_http() -> Ready<io::Result<()>>, "`Server` has no method `serve_http`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoWorkers workers(_) -> Server, "`Server` has no method `workers`", "use `server.threads(count)`, which applies to `server.run(addr)`");
habit!(ServerEvents: NoShutdown shutdown() -> Ready<()>, "`Server` has no method `shutdown`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`");
habit!(ServerEvents: NoStop stop() -> Ready<()>, "`Server` has no method `stop`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`");
habit!(ServerEvents: NoWithGracefulShutdown with_graceful_shutdown(_) -> Ready<io::Result<()>>, "`Server` has no method `with_graceful_shutdown`", "use `server.close_on(signal, Duration::from_secs(10))`, or `server.close_on_signal(…)`, and then `listen`");
habit!(ServerEvents: NoGracefulShutdown graceful_shutdown(_) -> Server, "`Server` has no method `graceful_shutdown`", "use `server.close_on_signal(Duration::from_secs(10))`, or `server.close()`");
habit!(ServerEvents: NoTimeout timeout(_) -> Server, "`Server` has no method `timeout`", "use `request_timeout`, `headers_timeout`, `send_timeout` or `keep_alive_timeout`");
habit!(ServerEvents: NoKeepAlive keep_alive(_) -> Server, "`Server` has no method `keep_alive`", "use `keep_alive_timeout(duration)`");
habit!(ServerEvents: NoBodyLimit body_limit(_) -> Server, "`Server` has no method `body_limit`", "use `max_body_size(bytes)`");
habit!(ServerEvents: NoMaxHeadersCount max_headers_count(_) -> Server, "`Server` has no method `max_headers_count`", "use `max_headers(count)`");
habit!(ServerEvents: NoPort port(_) -> Server, "`Server` has no method `port`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoHost host(_) -> Server, "`Server` has no method `host`", "use `listen` with the address: `server.listen(\"127.0.0.1:3000\").await`");
habit!(ServerEvents: NoRouter router(_) -> Server, "`Server` has no method `router`", "use `http::create_server(app)` with the `#[server]` function `app`");
habit!(ServerEvents: NoBeforeRequest before_request(_) -> Server, "`Server` has no method `before_request`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoOnRequest on_request(_) -> Server, "`Server` has no method `on_request`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoPreHandler pre_handler(_) -> Server, "`Server` has no method `pre_handler`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoUse r#use(_) -> Server, "`Server` has no method `use`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");
habit!(ServerEvents: NoAfterRequest after_request(_) -> Server, "`Server` has no method `after_request`", "use `res.before_head(|head| …)` in a statement above the routes, or `server.on(event::Finish, |it| …)`");
habit!(ServerEvents: NoTeardownRequest teardown_request(_) -> Server, "`Server` has no method `teardown_request`", "use `res.before_head(|head| …)` in a statement above the routes, or `server.on(event::Finish, |it| …)`");
habit!(ServerEvents: NoOnResponse on_response(_) -> Server, "`Server` has no method `on_response`", "use `res.before_head(|head| …)` in a statement above the routes, or `server.on(event::Finish, |it| …)`");
habit!(ServerEvents: NoAddRoute add_route(_, _) -> Server, "`Server` has no method `add_route`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoHandleFunc handle_func(_, _) -> Server, "`Server` has no method `handle_func`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoResource resource(_, _) -> Server, "`Server` has no method `resource`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoRouteService route_service(_, _) -> Server, "`Server` has no method `route_service`", "add `route!(\"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoHead head(_, _) -> Server, "`Server` has no method `head`", "add `route!(HEAD \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoOptions options(_, _) -> Server, "`Server` has no method `options`", "add `route!(OPTIONS \"/path\" => reply);` to a `#[server]` function, and pass the function to `create_server`");
habit!(ServerEvents: NoGroup group(_, _) -> Server, "`Server` has no method `group`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoNestService nest_service(_, _) -> Server, "`Server` has no method `nest_service`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoIncludeRouter include_router(_) -> Server, "`Server` has no method `include_router`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoRegisterBlueprint register_blueprint(_) -> Server, "`Server` has no method `register_blueprint`", "add `route!(mount \"/path\" => other(req, res).await);` to a `#[server]` function");
habit!(ServerEvents: NoConfigure configure(_) -> Server, "`Server` has no method `configure`", "move the routes into a `#[server]` function, and pass the function to `create_server`; use `route!(mount \"/path\" => other(req, res).await);` for the routes of another function");
habit!(ServerEvents: NoFallbackService fallback_service(_) -> Server, "`Server` has no method `fallback_service`", "add `route!(_ => reply);` as the last route of the `#[server]` function");
habit!(ServerEvents: NoWs ws(_, _) -> Server, "`Server` has no method `ws`", "add `route!(\"/path\" => onward::websocket::websocket(&req, res, |socket| async move {{ … }}));` to a `#[server]` function (feature `websocket`)");
habit!(ServerEvents: NoWebsocket websocket(_, _) -> Server, "`Server` has no method `websocket`", "add `route!(\"/path\" => onward::websocket::websocket(&req, res, |socket| async move {{ … }}));` to a `#[server]` function (feature `websocket`)");
habit!(ServerEvents: NoExceptionHandler exception_handler(_) -> Server, "`Server` has no method `exception_handler`", "use your own error type in the return type of the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoErrorhandler errorhandler(_) -> Server, "`Server` has no method `errorhandler`", "use your own error type in the return type of the `#[server]` function; `server.on(event::Error, |error| …)` reports each 5xx of a handler with its cause");
habit!(ServerEvents: NoCompress compress() -> Server, "`Server` has no method `compress`", "use `onward::compress(&req, &mut res);` as a statement above the routes of a `#[server]` function (feature `compression`)");
habit!(ServerEvents: NoEnable enable(_) -> Server, "`Server` has no method `enable`", "use the method of the option, such as `server.trust_proxy(…)` or `server.max_connections(1000)`");
habit!(ServerEvents: NoDisable disable(_) -> Server, "`Server` has no method `disable`", "use the method of the option, such as `server.trust_proxy(…)` or `server.max_connections(1000)`");
habit!(ServerEvents: NoAddress addr(_) -> Server, "`Server` has no method `addr`", "use `listen` with the address: `server.listen(\"127.0.0.1:3000\").await`");
habit!(ServerEvents: NoOnShutdown on_shutdown(_) -> Server, "`Server` has no method `on_shutdown`", "use `server.on(event::Close, |_| …)`");
habit!(ServerEvents: NoOnStart on_start(_) -> Server, "`Server` has no method `on_start`", "use `server.on(event::Listening, |at| …)`");
habit!(ServerEvents: NoLogger logger(_) -> Server, "`Server` has no method `logger`", "use `server.on(event::Finish, |it| println!(\"{{}} {{}}\", it.method, it.url))`");
habit!(ServerEvents: NoPlugin plugin(_) -> Server, "`Server` has no method `plugin`", "move the middleware to a statement above the routes of a `#[server]` function, such as `onward::cors(&req, &mut res, origins);`");

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
habit!(ServerEvents: NoTls tls(_) -> Server, "`Server` has the method `tls` only with the feature `tls`", "add the feature: `cargo add onward --features tls`");
#[cfg(not(feature = "tls"))]
habit!(ServerEvents: NoReloadTls reload_tls() -> io::Result<()>, "`Server` has the method `reload_tls` only with the feature `tls`", "add the feature: `cargo add onward --features tls`");

#[cfg(not(feature = "signal"))]
habit!(ServerEvents: NoCloseOnSignal close_on_signal(_) -> Server, "`Server` has the method `close_on_signal` only with the feature `signal`", "add the feature: `cargo add onward --features signal`");
#[cfg(not(all(unix, feature = "systemd")))]
habit!(ServerEvents: NoNotifySystemd notify_systemd() -> Server, "`Server` has the method `notify_systemd` only with the feature `systemd`", "add the feature: `cargo add onward --features systemd`");

missing!(Server: NoNewServer new(_), "`Server` has no function `new`", "use `http::create_server(app)`");
missing!(Server: NoServerOfAddress bind(_), "`Server` has no function `bind`", "use `http::create_server(app).listen(\"127.0.0.1:3000\").await`");
missing!(Server: NoServerBuilder builder(), "`Server` has no function `builder`", "use `http::create_server(app)`, whose methods set options: `.max_connections(1000)`");
missing!(Server: NoServerOfRoutes http(_), "`Server` has no function `http`", "use `http::create_server(app)`");

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

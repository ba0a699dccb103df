//! Functions and methods that other frameworks have on servers. Calling one is a compile error that states what
//! to write instead.

use std::future::Ready;
use std::io;

use crate::habits::habit;
use crate::http::events::server_events::ServerEvents;

habit!(ServerEvents: NoBind bind(_) -> Ready<io::Result<()>>, "`Server` has no method `bind`", "use `server.listen(\"127.0.0.1:3000\").await`");
habit!(ServerEvents: NoStart start() -> Ready<io::Result<()>>, "`Server` has no method `start`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoLaunch launch() -> Ready<io::Result<()>>, "`Server` has no method `launch`", "use `server.listen(3000).await`");
habit!(ServerEvents: NoGet get(_, _) -> &Self, "`Server` has no method `get`", "write `route!(GET \"/path\" => reply);` in a `#[server]` function, and pass it to `create_server`");
habit!(ServerEvents: NoPost post(_, _) -> &Self, "`Server` has no method `post`", "write `route!(POST \"/path\" => reply);` in a `#[server]` function, and pass it to `create_server`");
habit!(ServerEvents: NoPut put(_, _) -> &Self, "`Server` has no method `put`", "write `route!(PUT \"/path\" => reply);` in a `#[server]` function, and pass it to `create_server`");
habit!(ServerEvents: NoDelete delete(_, _) -> &Self, "`Server` has no method `delete`", "write `route!(DELETE \"/path\" => reply);` in a `#[server]` function, and pass it to `create_server`");
habit!(ServerEvents: NoRoute route(_, _) -> &Self, "`Server` has no method `route`", "write `route!(\"/path\" => reply);` in a `#[server]` function, and pass it to `create_server`");
habit!(ServerEvents: NoMount mount(_, _) -> &Self, "`Server` has no method `mount`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function");
habit!(ServerEvents: NoNest nest(_, _) -> &Self, "`Server` has no method `nest`", "write `route!(mount \"/path\" => other(req, res).await);` in a `#[server]` function");
habit!(ServerEvents: NoLayer layer(_) -> &Self, "`Server` has no method `layer`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoWrap wrap(_) -> &Self, "`Server` has no method `wrap`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoMiddleware middleware(_) -> &Self, "`Server` has no method `middleware`", "middleware is a statement above the routes of a `#[server]` function");
habit!(ServerEvents: NoWithState with_state(_) -> &Self, "`Server` has no method `with_state`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoManage manage(_) -> &Self, "`Server` has no method `manage`", "pass the state in a closure: `create_server(move |req, res| shop(req, res, db.clone()))`");
habit!(ServerEvents: NoSetTimeout set_timeout(_) -> &Self, "`Server` has no method `set_timeout`", "use `request_timeout`, `headers_timeout` or `keep_alive_timeout`");
habit!(ServerEvents: NoSetErrorHandler set_error_handler(_) -> &Self, "`Server` has no method `set_error_handler`", "return your own error type from the `#[server]` function; `server.on(event::Error, |error| …)` receives every failure");

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

//! Methods that requests have in other frameworks. Calling one is a compile error that states what to write instead.
//!
//! They are methods of the emitter that a `Request` dereferences to, so that a method of the same name in a user's own
//! extension trait is found first. Their types are those of their replacements, to avoid further errors.

use std::future::Ready;

use bytes::Bytes;
use http::{HeaderValue, Uri};

use super::events::RequestEvents;
use crate::error::Failure;
use crate::habits::habit;

habit!(RequestEvents: NoText text() -> Ready<Result<String, Failure>>, "`Request` has no method `text`", "use `req.body.text().await?`");
habit!(RequestEvents: NoBytes bytes() -> Ready<Result<Bytes, Failure>>, "`Request` has no method `bytes`", "use `req.body.bytes().await?`");
habit!(RequestEvents: NoForm form<T>() -> Ready<Result<T, Failure>>, "`Request` has no method `form`", "use `req.body.form::<Type>().await?`");
habit!(RequestEvents: NoIntoBody into_body<R>() -> R, "`Request` has no method `into_body`", "use the field `req.body`");
habit!(RequestEvents: NoParam param(_) -> String, "`Request` has no method `param`", "add `{{name}}` to the path of the `route!` and use the variable `name`");
habit!(RequestEvents: NoMatchInfo match_info<R>() -> R, "`Request` has no method `match_info`", "add `{{name}}` to the path of the `route!` and use the variable `name`");
habit!(RequestEvents: NoQuery query<T>(_) -> Result<T, Failure>, "`Request` has no method `query`", "use `req.url.query::<Type>(name)?`");
habit!(RequestEvents: NoQueryParam query_param<T>(_) -> Result<T, Failure>, "`Request` has no method `query_param`", "use `req.url.query::<Type>(name)?`");
habit!(RequestEvents: NoQueryString query_string() -> Option<&str>, "`Request` has no method `query_string`", "use `req.url.query_string()`");
habit!(RequestEvents: NoGet get(_) -> Option<&HeaderValue>, "`Request` has no method `get`", "use `req.headers.get(name)`");
habit!(RequestEvents: NoGetHeader get_header(_) -> Option<&HeaderValue>, "`Request` has no method `get_header`", "use `req.headers.get(name)`");
habit!(RequestEvents: NoCookie cookie(_) -> Option<String>, "`Request` has no method `cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`)");
habit!(RequestEvents: NoCookies cookies<R>() -> R, "`Request` has no method `cookies`", "use `onward::cookies(&req, &mut res)` (feature `cookies`)");
habit!(RequestEvents: NoPath path() -> &str, "`Request` has no method `path`", "use `req.url.path()`");
habit!(RequestEvents: NoUri uri() -> &Uri, "`Request` has no method `uri`", "use `req.url`, or `req.url.original()` for a `Uri`");
habit!(RequestEvents: NoIp ip<R>() -> R, "`Request` has no method `ip`", "use `req.socket.remote_addr`");
habit!(RequestEvents: NoPeerAddr peer_addr<R>() -> R, "`Request` has no method `peer_addr`", "use `req.socket.remote_addr`");
habit!(RequestEvents: NoRemoteAddr remote_addr<R>() -> R, "`Request` has no method `remote_addr`", "use `req.socket.remote_addr`");
habit!(RequestEvents: NoHost host() -> Option<&HeaderValue>, "`Request` has no method `host`", "use `req.headers.get(\"host\")`");
habit!(RequestEvents: NoState state<R>() -> R, "`Request` has no method `state`", "add the state as an argument: `async fn shop(req: Request, res: Response, db: Db)`");
habit!(RequestEvents: NoAppData app_data<T>() -> Option<&T>, "`Request` has no method `app_data`", "add the state as an argument: `async fn shop(req: Request, res: Response, db: Db)`");
habit!(RequestEvents: NoExtensions extensions<R>() -> R, "`Request` has no method `extensions`", "use a variable: `let user = authenticate(&req).await?;` above the routes that need it");

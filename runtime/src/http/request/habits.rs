//! Methods that requests have in other frameworks. Calling one is a compile error that states what to write instead.
//!
//! They are methods of the emitter that a `Request` dereferences to, so that a method of the same name in a user's own
//! extension trait is found first. They return the types of their replacements, or any type that the code expects, to
//! avoid further errors.

use std::future::Ready;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::events::RequestEvents;
use crate::error::Failure;
use crate::habits::{habit, missing};

habit!(RequestEvents: NoText text() -> Ready<Result<String, Failure>>, "`Request` has no method `text`", "use `req.body.text().await?`");
habit!(RequestEvents: NoBytes bytes() -> Ready<Result<Bytes, Failure>>, "`Request` has no method `bytes`", "use `req.body.bytes().await?`");
habit!(RequestEvents: NoForm form<T>() -> Ready<Result<T, Failure>>, "`Request` has no method `form`", "use `req.body.form::<Type>().await?`");
habit!(RequestEvents: NoIntoBody into_body<R>() -> R, "`Request` has no method `into_body`", "use the field `req.body`");
habit!(RequestEvents: NoParam param(_) -> String, "`Request` has no method `param`", "add the parameter to the path of the route, as in `\"/{{id}}\"`, and use the variable `id`");
habit!(RequestEvents: NoMatchInfo match_info<R>() -> R, "`Request` has no method `match_info`", "add the parameter to the path of the route, as in `\"/{{id}}\"`, and use the variable `id`");
habit!(RequestEvents: NoQuery query<T>(_) -> Result<T, Failure>, "`Request` has no method `query`", "use `req.url.query::<Type>(name)?`");
habit!(RequestEvents: NoQueryParam query_param<T>(_) -> Result<T, Failure>, "`Request` has no method `query_param`", "use `req.url.query::<Type>(name)?`");
habit!(RequestEvents: NoQueryString query_string() -> Option<&str>, "`Request` has no method `query_string`", "use `req.url.query_string()`");
habit!(RequestEvents: NoGet get(_) -> Option<&HeaderValue>, "`Request` has no method `get`", "use `req.headers.get(name)`");
habit!(RequestEvents: NoGetHeader get_header(_) -> Option<&HeaderValue>, "`Request` has no method `get_header`", "use `req.headers.get(name)`");
habit!(RequestEvents: NoCookie cookie(_) -> Option<String>, "`Request` has no method `cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`)");
habit!(RequestEvents: NoCookies cookies<R>() -> R, "`Request` has no method `cookies`", "use `onward::cookies(&req, &mut res)` (feature `cookies`)");
habit!(RequestEvents: NoPath path() -> &str, "`Request` has no method `path`", "use `req.url.path()`");
habit!(RequestEvents: NoUri uri() -> &Uri, "`Request` has no method `uri`", "use `req.url`, or `req.url.original()` for a `Uri`");
habit!(RequestEvents: NoIp ip<R>() -> R, "`Request` has no method `ip`", "use `req.client_addr()`, or `req.socket.remote_addr` for the address of the connection");
habit!(RequestEvents: NoPeerAddr peer_addr<R>() -> R, "`Request` has no method `peer_addr`", "use `req.client_addr()`, or `req.socket.remote_addr` for the address of the connection");
habit!(RequestEvents: NoRemoteAddr remote_addr<R>() -> R, "`Request` has no method `remote_addr`", "use `req.client_addr()`, or `req.socket.remote_addr` for the address of the connection");
habit!(RequestEvents: NoHost host<R>() -> R, "`Request` has no method `host`", "use `req.hostname()`");
habit!(RequestEvents: NoState state<R>() -> R, "`Request` has no method `state`", "add the state as an argument: `async fn shop(req: Request, res: Response, db: Db)`");
habit!(RequestEvents: NoAppData app_data<T>() -> Option<&T>, "`Request` has no method `app_data`", "add the state as an argument: `async fn shop(req: Request, res: Response, db: Db)`");
habit!(RequestEvents: NoExtensions extensions<R>() -> R, "`Request` has no method `extensions`", "use a variable: `let user = authenticate(&req).await?;` above the routes that need it");
habit!(RequestEvents: NoHeaders headers() -> &HeaderMap, "`headers` of a `Request` is a field, not a method", "remove the parentheses: `req.headers`");
habit!(RequestEvents: NoMethod method() -> &Method, "`method` of a `Request` is a field, not a method", "remove the parentheses: `req.method`");
habit!(RequestEvents: NoUrl url() -> &str, "`url` of a `Request` is a field, not a method", "remove the parentheses: `req.url`");
habit!(RequestEvents: NoOriginalUrl original_url() -> &Uri, "`Request` has no method `original_url`", "use `req.url.original()`");
habit!(RequestEvents: NoGetJson get_json<T>() -> Result<T, Failure>, "`Request` has no method `get_json`", "use `req.body.json::<Type>().await?`");
habit!(RequestEvents: NoReadJson read_json<T>() -> Ready<Result<T, Failure>>, "`Request` has no method `read_json`", "use `req.body.json::<Type>().await?`");
habit!(RequestEvents: NoBodyString body_string() -> Ready<Result<String, Failure>>, "`Request` has no method `body_string`", "use `req.body.text().await?`");
habit!(RequestEvents: NoBodyMut body_mut<R>() -> R, "`Request` has no method `body_mut`", "use the field `req.body`");
habit!(RequestEvents: NoTakeBody take_payload<R>() -> R, "`Request` has no method `take_payload`", "use the field `req.body`");
habit!(RequestEvents: NoIs is(_) -> bool, "`Request` has no method `is`", "use `req.headers.get(\"content-type\")`, and compare the value");
habit!(RequestEvents: NoContentTypeOf content_type() -> Option<&str>, "`Request` has no method `content_type`", "use `req.headers.get(\"content-type\")`");
habit!(RequestEvents: NoContentLength content_length() -> Option<u64>, "`Request` has no method `content_length`", "use `req.headers.get(\"content-length\")`");
habit!(RequestEvents: NoUserAgent user_agent() -> Option<&str>, "`Request` has no method `user_agent`", "use `req.headers.get(\"user-agent\")`");
habit!(RequestEvents: NoHasHeader has_header(_) -> bool, "`Request` has no method `has_header`", "use `req.headers.contains_key(name)`");
habit!(RequestEvents: NoHeaderValue header_value(_) -> Option<&HeaderValue>, "`Request` has no method `header_value`", "use `req.headers.get(name)`");
habit!(RequestEvents: NoProtocol protocol() -> &str, "`Request` has no method `protocol`", "use `req.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header");
habit!(RequestEvents: NoScheme scheme() -> &str, "`Request` has no method `scheme`", "use `req.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header");
habit!(RequestEvents: NoConnectionInfo connection_info<R>() -> R, "`Request` has no method `connection_info`", "use `req.client_addr()`, `req.hostname()`, or `req.socket`");
habit!(RequestEvents: NoClientIp client_ip<R>() -> R, "`Request` has no method `client_ip`", "use `req.client_addr()`");
habit!(RequestEvents: NoSession session<R>() -> R, "`Request` has no method `session`", "use `sessions.open::<Type>(&req, &mut res).await?` (feature `sessions`), or `onward::cookies` (feature `cookies`)");
habit!(RequestEvents: NoUser user<R>() -> R, "`Request` has no method `user`", "use a variable: `let user = authenticate(&req).await?;` above the routes that need it");
habit!(RequestEvents: NoParams params<R>() -> R, "`Request` has no method `params`", "add the parameter to the path of the route, as in `\"/{{id}}\"`, and use the variable `id`");
habit!(RequestEvents: NoPathParam path_param<R>(_) -> R, "`Request` has no method `path_param`", "add the parameter to the path of the route, as in `\"/{{id}}\"`, and use the variable `id`");
habit!(RequestEvents: NoQueries queries<R>(_) -> R, "`Request` has no method `queries`", "use `req.url.query::<Vec<String>>(name)?`");
habit!(RequestEvents: NoQueryParams query_params<R>() -> R, "`Request` has no method `query_params`", "use `req.url.query_as::<Type>()?` for all parameters, or `req.url.query::<Type>(name)?` for one");
habit!(RequestEvents: NoArgs args<R>() -> R, "`Request` has no method `args`", "use `req.url.query_as::<Type>()?` for all parameters, or `req.url.query::<Type>(name)?` for one");
habit!(RequestEvents: NoParseBody parse_body<R>() -> Ready<Result<R, Failure>>, "`Request` has no method `parse_body`", "use `req.body.form::<Type>().await?`");
habit!(RequestEvents: NoFormData form_data<R>() -> Ready<Result<R, Failure>>, "`Request` has no method `form_data`", "use `onward::multipart::Multipart::new(req.body)?` (feature `multipart`), or `req.body.form::<Type>().await?`");
habit!(RequestEvents: NoFile file<R>(_) -> R, "`Request` has no method `file`", "use `onward::multipart::Multipart::new(req.body)?` (feature `multipart`)");
habit!(RequestEvents: NoFiles files<R>() -> R, "`Request` has no method `files`", "use `onward::multipart::Multipart::new(req.body)?` (feature `multipart`)");
habit!(RequestEvents: NoBodyBytes body_bytes() -> Ready<Result<Bytes, Failure>>, "`Request` has no method `body_bytes`", "use `req.body.bytes().await?`");
habit!(RequestEvents: NoArrayBuffer array_buffer() -> Ready<Result<Bytes, Failure>>, "`Request` has no method `array_buffer`", "use `req.body.bytes().await?`");
habit!(RequestEvents: NoStream stream<R>() -> R, "`Request` has no method `stream`", "use `let mut body = req.body;` and `while let Some(chunk) = body.next().await? {{ … }}`");
habit!(RequestEvents: NoChunks chunks<R>() -> R, "`Request` has no method `chunks`", "use `let mut body = req.body;` and `while let Some(chunk) = body.next().await? {{ … }}`");
habit!(RequestEvents: NoAuthorization authorization<R>() -> R, "`Request` has no method `authorization`", "use `req.headers.get(\"authorization\")`");
habit!(RequestEvents: NoBearer bearer_token<R>() -> R, "`Request` has no method `bearer_token`", "use `req.headers.get(\"authorization\")`");
habit!(RequestEvents: NoHeadersMut headers_mut<R>() -> R, "`Request` has no method `headers_mut`", "use the field `req.headers`; headers of the response are set with `res.set_header(name, value)`");
habit!(RequestEvents: NoSecure secure() -> bool, "`Request` has no method `secure`", "use `req.headers.get(\"x-forwarded-proto\")`, if your proxy sets this header");
habit!(RequestEvents: NoXhr xhr() -> bool, "`Request` has no method `xhr`", "use `req.headers.get(\"x-requested-with\")`, and compare the value");
habit!(RequestEvents: NoReferer referer<R>() -> R, "`Request` has no method `referer`", "use `req.headers.get(\"referer\")`");
habit!(RequestEvents: NoDataOf data<R>() -> R, "`Request` has no method `data`", "add the state as an argument: `async fn shop(req: Request, res: Response, db: Db)`");
habit!(RequestEvents: NoExtract extract<R>() -> R, "`Request` has no method `extract`", "use the part where it is needed, as in `req.headers.get(name)`, or declare it in the route");
habit!(RequestEvents: NoValidate validate<R>() -> R, "`Request` has no method `validate`", "add an `if` that checks the value and returns `Err(Error::bad_request(text))`");
habit!(RequestEvents: NoLanguages languages<R>() -> R, "`Request` has no method `languages`", "use `req.headers.get(\"accept-language\")`");
habit!(RequestEvents: NoNext next<R>() -> R, "`Request` has no method `next`", "remove it; the code after a statement runs anyway, unless the statement returns");

#[diagnostic::on_unimplemented(
    message = "`Url` has no method `search_params`",
    label = "use `req.url.query::<Type>(\"name\")?`, with the name of one parameter"
)]
pub trait NoSearchParams {}

impl super::url::Url {
    #[doc(hidden)]
    pub fn search_params<R>(&self) -> R
    where
        for<'never> RequestEvents: NoSearchParams,
    {
        unreachable!("nothing satisfies the bound")
    }
}

#[cfg(not(feature = "tower"))]
habit!(RequestEvents: NoForward forward(_) -> Ready<Result<http::Response<Bytes>, Failure>>, "`Request` has the method `forward` only with the feature `tower`", "add the feature: `cargo add onward --features tower`");

missing!(super::Request: NoRequestBuilder builder(), "`Request` has no function `builder`", "use `Request::get(\"/\")`, or `Request::post(\"/\").json(&value)`, which need no builder");
missing!(super::Request: NoNewRequest new(_), "`Request` has no function `new`", "use `Request::get(\"/\")`, or `Request::post(\"/\").json(&value)`");
missing!(super::Request: NoTestRequest test(), "`Request` has no function `test`", "use `Request::get(\"/\")`, or `Request::post(\"/\").json(&value)`");

//! Methods that responses have in other frameworks. Calling one is a compile error that states what to write instead.
//!
//! They are methods of the emitter that a `Response` dereferences to, so that a method of the same name in a user's own
//! extension trait is found first.

mod by_reference;
mod sent;

pub use self::by_reference::ResponseReference;
pub use self::sent::SentHabits;
use super::events::ResponseEvents;
use crate::habits::habit;

habit!(ResponseEvents: NoJson json<R>(_) -> R, "`Response` has no method `json`", "use `res.send(Json(value))`, or the value `Json(value)` in a `route!`");
habit!(ResponseEvents: NoStatus status(_) -> &Self, "`Response` has no method `status`", "use `res.send((StatusCode::NOT_FOUND, reply))`, or `res.status_code = StatusCode::NO_CONTENT` to set the status alone");
habit!(ResponseEvents: NoCode code(_) -> &Self, "`Response` has no method `code`", "use `res.send((StatusCode::NOT_FOUND, reply))`, or `res.status_code = StatusCode::NO_CONTENT` to set the status alone");
habit!(ResponseEvents: NoSetStatus set_status(_) -> &Self, "`Response` has no method `set_status`", "use `res.status_code = StatusCode::NOT_FOUND`");
habit!(ResponseEvents: NoSendStatus send_status<R>(_) -> R, "`Response` has no method `send_status`", "use `res.send(StatusCode::NOT_FOUND)`");
habit!(ResponseEvents: NoRedirect redirect<R>(_) -> R, "`Response` has no method `redirect`", "use the value `onward::redirect(url)`, or `res.send(onward::redirect(url))`");
habit!(ResponseEvents: NoCookie cookie(_, _) -> &Self, "`Response` has no method `cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`), or `res.append_header(\"set-cookie\", value)`");
habit!(ResponseEvents: NoSetCookie set_cookie(_) -> &Self, "`Response` has no method `set_cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`), or `res.append_header(\"set-cookie\", value)`");
habit!(ResponseEvents: NoClearCookie clear_cookie(_) -> &Self, "`Response` has no method `clear_cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`) and its `remove`");
habit!(ResponseEvents: NoSet set(_, _) -> &Self, "`Response` has no method `set`", "use `res.set_header(name, value)`");
habit!(ResponseEvents: NoHeader header(_, _) -> &Self, "`Response` has no method `header`", "use `res.set_header(name, value)` to set a header, or `res.get_header(name)` to read one");
habit!(ResponseEvents: NoAddHeader add_header(_, _) -> &Self, "`Response` has no method `add_header`", "use `res.append_header(name, value)`");
habit!(ResponseEvents: NoInsertHeader insert_header(_) -> &Self, "`Response` has no method `insert_header`", "use `res.set_header(name, value)`");
habit!(ResponseEvents: NoAppend append(_, _) -> &Self, "`Response` has no method `append`", "use `res.append_header(name, value)`");
habit!(ResponseEvents: NoGet get(_) -> Option<&'static str>, "`Response` has no method `get`", "use `res.get_header(name)`");
habit!(ResponseEvents: NoContentType content_type(_) -> &Self, "`Response` has no method `content_type`", "use `res.set_header(\"content-type\", value)`");
habit!(ResponseEvents: NoText text<R>(_) -> R, "`Response` has no method `text`", "use `res.send(text)`");
habit!(ResponseEvents: NoHtml html<R>(_) -> R, "`Response` has no method `html`", "use `res.send(Html(text))`");
habit!(ResponseEvents: NoBody body<R>(_) -> R, "`Response` has no method `body`", "use `res.send(reply)`, or `res.end_with(bytes)`");
habit!(ResponseEvents: NoSetBody set_body(_) -> &Self, "`Response` has no method `set_body`", "use `res.send(reply)`, or `res.end_with(bytes)`");
habit!(ResponseEvents: NoRender render<R>(_, _) -> R, "`Response` has no method `render`", "use a template crate to render the text, and `res.send(Html(text))` to send it");
habit!(ResponseEvents: NoSendFile send_file<R>(_) -> R, "`Response` has no method `send_file`", "use `onward::files::send_file(&req, res, path).await` (feature `files`)");
habit!(ResponseEvents: NoDownload download<R>(_) -> R, "`Response` has no method `download`", "use `onward::files::send_download(&req, res, path, name).await` (feature `files`)");
habit!(ResponseEvents: NoFinish finish<R>() -> R, "`Response` has no method `finish`", "use `res.end()`");
habit!(ResponseEvents: NoClose close<R>() -> R, "`Response` has no method `close`", "use `res.end()`");
habit!(ResponseEvents: NoStatusCode status_code(_) -> &Self, "`status_code` of a `Response` is a field, not a method", "use `res.status_code = StatusCode::CREATED;`");
habit!(ResponseEvents: NoVary vary(_) -> &Self, "`Response` has no method `vary`", "use `res.append_header(\"vary\", name)`");
habit!(ResponseEvents: NoAttachment attachment(_) -> &Self, "`Response` has no method `attachment`", "use `res.set_header(\"content-disposition\", \"attachment; filename=…\")`");
habit!(ResponseEvents: NoLocation location(_) -> &Self, "`Response` has no method `location`", "use `res.set_header(\"location\", url)`");
habit!(ResponseEvents: NoLinks links(_) -> &Self, "`Response` has no method `links`", "use `res.append_header(\"link\", value)`");
habit!(ResponseEvents: NoFormat format<R>(_) -> R, "`Response` has no method `format`", "use `match req.accepts(&[\"text/html\", \"application/json\"])`");
habit!(ResponseEvents: NoAddCookie add_cookie(_) -> &Self, "`Response` has no method `add_cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`), or `res.append_header(\"set-cookie\", value)`");
habit!(ResponseEvents: NoSetContentType set_content_type(_) -> &Self, "`Response` has no method `set_content_type`", "use `res.set_header(\"content-type\", value)`");
habit!(ResponseEvents: NoSetHeaders set_headers(_) -> &Self, "`Response` has no method `set_headers`", "use `res.set_header(name, value)` for each header");
habit!(ResponseEvents: NoSendJson send_json<R>(_) -> R, "`Response` has no method `send_json`", "use `res.send(Json(value))`");
habit!(ResponseEvents: NoSendText send_text<R>(_) -> R, "`Response` has no method `send_text`", "use `res.send(text)`");
habit!(ResponseEvents: NoSendHtml send_html<R>(_) -> R, "`Response` has no method `send_html`", "use `res.send(Html(text))`");
habit!(ResponseEvents: NoSendError send_error<R>(_) -> R, "`Response` has no method `send_error`", "use `return Err(Error::new(StatusCode::NOT_FOUND, text))`");
habit!(ResponseEvents: NoNotFound not_found<R>() -> R, "`Response` has no method `not_found`", "use `res.send(StatusCode::NOT_FOUND)`, or `return Err(Error::not_found())`");
habit!(ResponseEvents: NoBadRequest bad_request<R>(_) -> R, "`Response` has no method `bad_request`", "use `return Err(Error::bad_request(text))`");
habit!(ResponseEvents: NoPipe pipe<R>(_) -> R, "`Response` has no method `pipe`", "use `res.write(chunk).await?` for each chunk, and then `res.end()`");
habit!(ResponseEvents: NoWriteAll write_all<R>(_) -> R, "`Response` has no method `write_all`", "use `res.write(chunk).await?`");
habit!(ResponseEvents: NoFlush flush<R>() -> R, "`Response` has no method `flush`", "use `res.flush_headers()`; written data is sent when the handler next waits");
habit!(ResponseEvents: NoHijack hijack<R>() -> R, "`Response` has no method `hijack`", "use `res.switch_protocols`, or a listener for the server's `event::Upgrade`");
habit!(ResponseEvents: NoFile file<R>(_) -> R, "`Response` has no method `file`", "use `onward::files::send_file(&req, res, path).await` (feature `files`)");
habit!(ResponseEvents: NoView view<R>(_, _) -> R, "`Response` has no method `view`", "use a template crate to render the text, and `res.send(Html(text))` to send it");
habit!(ResponseEvents: NoStream stream<R>(_) -> R, "`Response` has no method `stream`", "use `res.write(chunk).await?` for each chunk, and then `res.end()`");
habit!(ResponseEvents: NoString string<R>(_, _) -> R, "`Response` has no method `string`", "use `res.send(text)`, or `res.send((status, text))`");
habit!(ResponseEvents: NoPlain plain<R>(_) -> R, "`Response` has no method `plain`", "use `res.send(text)`");
habit!(ResponseEvents: NoData data<R>(_) -> R, "`Response` has no method `data`", "use `res.send(bytes)`");
habit!(ResponseEvents: NoXml xml<R>(_) -> R, "`Response` has no method `xml`", "use `res.set_header(\"content-type\", \"application/xml\")` and `res.send(text)`");
habit!(ResponseEvents: NoWithStatus with_status(_) -> &Self, "`Response` has no method `with_status`", "use `res.status_code = StatusCode::NOT_FOUND`");
habit!(ResponseEvents: NoSetStatusCode set_status_code(_) -> &Self, "`Response` has no method `set_status_code`", "use `res.status_code = StatusCode::NOT_FOUND`");
habit!(ResponseEvents: NoStatusMut status_mut<R>() -> R, "`Response` has no method `status_mut`", "use `res.status_code = StatusCode::NOT_FOUND`");
habit!(ResponseEvents: NoHeadersMut headers_mut<R>() -> R, "`Response` has no method `headers_mut`", "use `res.set_header(name, value)`");
habit!(ResponseEvents: NoWithHeader with_header(_, _) -> &Self, "`Response` has no method `with_header`", "use `res.set_header(name, value)`");
habit!(ResponseEvents: NoDeleteHeader delete_header(_) -> &Self, "`Response` has no method `delete_header`", "use `res.remove_header(name)`");
habit!(ResponseEvents: NoDeleteCookie delete_cookie(_) -> &Self, "`Response` has no method `delete_cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`) and its `remove`");
habit!(ResponseEvents: NoRemoveCookie remove_cookie(_) -> &Self, "`Response` has no method `remove_cookie`", "use `onward::cookies(&req, &mut res)` (feature `cookies`) and its `remove`");
habit!(ResponseEvents: NoUnauthorized unauthorized<R>() -> R, "`Response` has no method `unauthorized`", "use `res.send(StatusCode::UNAUTHORIZED)`, or `return Err(Error::new(StatusCode::UNAUTHORIZED, text))`");
habit!(ResponseEvents: NoForbidden forbidden<R>() -> R, "`Response` has no method `forbidden`", "use `res.send(StatusCode::FORBIDDEN)`, or `return Err(Error::new(StatusCode::FORBIDDEN, text))`");
habit!(ResponseEvents: NoInternalServerError internal_server_error<R>() -> R, "`Response` has no method `internal_server_error`", "use `res.send(StatusCode::INTERNAL_SERVER_ERROR)`, or `?` after a `Result`");
habit!(ResponseEvents: NoNoContent no_content<R>() -> R, "`Response` has no method `no_content`", "use `res.send(StatusCode::NO_CONTENT)`");
habit!(ResponseEvents: NoCreated created<R>(_) -> R, "`Response` has no method `created`", "use `res.send(Created(reply))`");
habit!(ResponseEvents: NoOk ok<R>(_) -> R, "`Response` has no method `ok`", "use `res.send(reply)`");
habit!(ResponseEvents: NoError error<R>(_, _) -> R, "`Response` has no method `error`", "use `return Err(Error::new(StatusCode::NOT_FOUND, text))`");
habit!(ResponseEvents: NoThrow throw<R>(_) -> R, "`Response` has no method `throw`", "use `return Err(Error::new(StatusCode::NOT_FOUND, text))`");
habit!(ResponseEvents: NoAbort abort<R>(_) -> R, "`Response` has no method `abort`", "use `return Err(Error::new(StatusCode::NOT_FOUND, text))`");
habit!(ResponseEvents: NoSeeOther see_other<R>(_) -> R, "`Response` has no method `see_other`", "use the value `onward::redirect(url)`, or `res.send(onward::redirect(url))`");
habit!(ResponseEvents: NoSendRedirect send_redirect<R>(_) -> R, "`Response` has no method `send_redirect`", "use the value `onward::redirect(url)`, or `res.send(onward::redirect(url))`");
habit!(ResponseEvents: NoNext next<R>() -> R, "`Response` has no method `next`", "remove it; the code after a statement runs anyway, unless the statement returns");
habit!(ResponseEvents: NoBuild build<R>() -> R, "`Response` has no method `build`", "use `res.end()`");
habit!(ResponseEvents: NoIntoResponse into_response<R>() -> R, "`Response` has no method `into_response`", "use `res.end()`");
habit!(ResponseEvents: NoEtag etag(_) -> &Self, "`Response` has no method `etag`", "use `onward::etag(&req, &mut res)`, or `res.set_header(\"etag\", value)`");
habit!(ResponseEvents: NoCacheControl cache_control(_) -> &Self, "`Response` has no method `cache_control`", "use `res.set_header(\"cache-control\", value)`");

#[diagnostic::on_unimplemented(
    message = "`Response` has no function `builder`",
    label = "use the value `(StatusCode::NOT_FOUND, reply)`, or `res.send(reply)`",
    note = "set headers on the response of the handler: `res.set_header(name, value)`"
)]
pub trait NoBuilder {}

impl super::Response {
    #[doc(hidden)]
    pub fn builder<R>() -> R
    where
        for<'never> ResponseEvents: NoBuilder,
    {
        unreachable!("nothing satisfies the bound")
    }
}

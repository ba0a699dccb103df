//! Methods of responses. Several calls that follow one another are one reply: `res.status(201).json(value)`.

use crate::http::status;

use super::{Call, Table, has, redirect_kind, snake, status_method};

pub(in super::super) const METHODS: &str = "add_trailers append_header before_head before_head_async end end_body end_with \
    flush_headers get_header has_header header_names headers headers_sent remove_header req request_id send \
    set_header set_request_id switch_protocols writable_length writable_need_drain write write_continue \
    write_early_hints write_head write_processing status_message";

const SET_HEADER: &str = "use `$it.set_header($1, $2)`";
const COOKIE: &str = "use `onward::cookies(&$req, &mut $it).set(($1, $2))?` (feature `cookies`), or `$it.append_header(\"set-cookie\", value)`";
const FILE: &str = "use `onward::files::send_file(&$req, $it, $1).await` (feature `files`)";
const STREAM: &str =
    "use `$it.write(chunk).await?` for each chunk, and `$it.end()` after the last one";
const END: &str = "use `$it.end()`";
const ERROR: &str = "use `return Err(Error::new($error_status, $error_text))`";

pub(super) const TABLE: Table = &[
    (
        "header set add_header insert_header set_headers header_set headers_mut field insert response_header \
      put_header write_header try_header replace_header with_headers set_raw_header",
        SET_HEADER,
    ),
    (
        "append add append_headers",
        "use `$it.append_header($1, $2)`",
    ),
    (
        "get get_response_header read_header",
        "use `$it.get_header($1)`",
    ),
    (
        "unset delete_header del del_header clear_header remove removeheader",
        "use `$it.remove_header($1)`",
    ),
    (
        "cookie set_cookie add_cookie cookies private_cookie signed_cookie write_cookie with_cookie state_cookie",
        COOKIE,
    ),
    (
        "clear_cookie delete_cookie remove_cookie del_cookie expire_cookie unset_cookie unstate forget_cookie without_cookie",
        "use `onward::cookies(&$req, &mut $it).remove($1)?` (feature `cookies`)",
    ),
    (
        "session flash with_errors with_input",
        "use `sessions.open::<Type>(&$req, &mut $it).await?` (feature `sessions`)",
    ),
    (
        "file send_file sendfile serve_file serve_static static_file write_file named_file stream_file send_from_directory \
      file_response",
        FILE,
    ),
    (
        "download attachment_file send_download",
        "use `onward::files::send_download(&$req, $it, $1, \"name\").await` (feature `files`)",
    ),
    (
        "attachment disposition content_disposition",
        "use `$it.set_header(\"content-disposition\", \"attachment; filename=…\")`",
    ),
    (
        "render view template render_template render_view render_file render_html",
        "use a template crate to render the text, and `$it.send(Html(text))`",
    ),
    (
        "pipe stream stream_body body_stream writer body_writer write_stream send_stream write_chunk stream_text chunked \
      write_all push chunk write_bytes streaming body_mut copy pipe_to pipe_from data_from_reader writelines write_lines \
      drain send_stream_writer",
        STREAM,
    ),
    (
        "type content_type set_content_type mime mime_type media_type content mimetype charset encoding character_encoding",
        "use `$it.set_header(\"content-type\", $1)`",
    ),
    ("vary", "use `$it.append_header(\"vary\", $1)`"),
    ("location", "use `$it.set_header(\"location\", $1)`"),
    ("links link", "use `$it.append_header(\"link\", $1)`"),
    (
        "etag last_modified expires allow charset language content_language content_length retry_after \
      www_authenticate",
        "use `$it.set_header(\"$header\", $1)`",
    ),
    (
        "make_conditional add_etag generate_etag conditional",
        "use `onward::etag(&$req, &mut $it)`",
    ),
    (
        "setdefault set_default default_header",
        "use `if !$it.has_header($1) { $it.set_header($1, $2); }`",
    ),
    (
        "reason reason_phrase message status_text set_reason",
        "use the field `$it.status_message`",
    ),
    (
        "cork uncork assign_socket detach_socket no_chunking enable_chunked_encoding disable_chunking",
        "remove it: what is written is buffered until the handler next waits",
    ),
    (
        "on_starting on_send before_send",
        "use `$it.before_head(|head| …)`",
    ),
    (
        "call_not_found pass not_found_handler",
        "use `return Err(Error::not_found())`",
    ),
    (
        "cache_control ttl max_age no_cache cache no_store cacheable expires_in",
        "use `$it.set_header(\"cache-control\", value)`",
    ),
    (
        "cors allow_origin access_control",
        "use `onward::cors(&$req, &mut $it, \"https://example.com\")`",
    ),
    (
        "compress gzip brotli enable_compression compression",
        "use `onward::compress(&$req, &mut $it)` (feature `compression`)",
    ),
    (
        "format negotiate",
        "use `match $req.accepts(&[\"text/html\", \"application/json\"]) { … }`",
    ),
    (
        "flush flush_header",
        "use `$it.flush_headers()`; written data is sent when the handler next waits",
    ),
    (
        "hijack upgrade websocket ws on_upgrade",
        "use `$it.switch_protocols`, `onward::websocket` (feature `websocket`), or a listener for the server's `event::Upgrade`",
    ),
    (
        "sse event_stream send_event events stream_sse write_event ssevent s_sevent sse_event server_sent_events",
        "use a `Live`, whose events are the reply: `live.follow(&$req)`",
    ),
    (
        "finish close done complete build into_response respond_empty ok_empty finalize end_response destroy into_inner write_eof reset reset_buffer close_connection takeover freeze",
        END,
    ),
    (
        "throw fail abort reject raise halt panic deny error_response",
        ERROR,
    ),
    (
        "next",
        "remove it; the code after a statement runs anyway, unless the statement returns",
    ),
    (
        "locals local state context ctx app set_state",
        "use a variable: `let user = …;`",
    ),
    (
        "is_sent sent committed written finished is_committed writable_ended",
        "use `$it.headers_sent()`",
    ),
    ("timeout set_timeout", "use `server.send_timeout(duration)`"),
    (
        "extensions extensions_mut",
        "use a variable: `let user = …;`",
    ),
    (
        "replace_body",
        "use `$it.before_head(|head| { head.replace_body($1); })`",
    ),
    (
        "map map_body into_body body_ref encode_body",
        "use `head.encode_body(encoder)` in `$it.before_head(|head| …)`, or build the reply first",
    ),
    (
        "writable on_finished after_response on_completed register_for_dispose run_after background add_task",
        "use `$it.on(event::Finish, |_| …)`",
    ),
    (
        "early_hints push_promise",
        "use `$it.write_early_hints(headers)`",
    ),
    (
        "trailer trailers set_trailer",
        "use `$it.add_trailers([(name, value)])`",
    ),
];

/// Methods whose argument is sent as JSON.
const JSON: &str = "json send_json write_json json_response respond_json reply_json jsonp body_json json_body set_json with_json pretty_json indented_json to_json as_json \
    secure_json write_object send_object json_pretty set_body_json json_blob ascii_json pure_json write_as_json \
    write_as_json_async stream_json json_response_body serialize serializer";
const HTML: &str = "html send_html write_html html_response body_html respond_html html_blob html_string erb haml slim";
const TEXT: &str = "text send_text plain plain_text write_text string send_string write_string print println out respond reply \
    answer body set_body with_body body_text data send end finish write payload set_content with write_body body_string \
    response bytes send_bytes blob buffer raw xml yaml respond_with reply_with set_payload send_body body_bytes \
    writef write_async new_response xml_pretty xml_blob yml toml proto_buf protobuf msgpack send_data render_text body_text \
    message_body make";
const STATUS: &str = "status code status_code set_status set_code with_status set_status_code http_status http_code send_status \
    sendstatus send_code send_status_code response_code build custom response_status status_mut write_status abort_with_status error write_header";
const REDIRECT: &str = "redirect redirect_to send_redirect see_other found redirect_permanent temporary_redirect \
    permanent_redirect moved_permanently permanent temporary redirect_back redirect_to_route redirect_to_action redirect_to_page";

/// Returns the help for calls that set a status or send a reply.
pub(super) fn chained(chain: &[Call]) -> Option<String> {
    let first = snake(&chain.first()?.name);
    let is_reply = |name: &str| {
        [JSON, HTML, TEXT, STATUS, REDIRECT]
            .iter()
            .any(|it| has(it, name))
            || status_method(name).is_some()
    };
    // In Go, the argument of `WriteHeader` is a status.
    let is_header = first == "write_header" && status_argument(&chain[0]).is_none();
    if !is_reply(&first) || is_header {
        return None;
    }
    let mut status = None;
    let mut reply = None;
    for call in chain {
        let name = snake(&call.name);
        let (leading, last) =
            trailing_status(call).unwrap_or_else(|| (status_argument(call), last_argument(call)));
        let constant = status_method(&name).map(|it| format!("StatusCode::{it}"));
        if has(REDIRECT, &name) {
            return Some(redirect(
                &name,
                leading.as_deref().or(status.as_deref()),
                last.as_deref(),
            ));
        }
        let is_single = call.arguments.len() < 2;
        let value = last.filter(|_| !is_single || leading.is_none());
        if has(STATUS, &name) || constant.is_some() {
            let other = call.arguments.first().cloned();
            status = leading.or(constant).or(other).or(status);
            if constant_method(&name) || !is_single {
                reply = value.or(reply);
            }
        } else if has(JSON, &name) {
            status = leading.or(status);
            reply = value.map(json);
        } else if has(HTML, &name) {
            status = leading.or(status);
            reply = value.map(|value| format!("Html({value})"));
        } else if has(TEXT, &name) {
            status = leading.or(status);
            reply = value.or(reply);
        }
    }
    Some(send(status, reply, &first, chain.len()))
}

fn last_argument(call: &Call) -> Option<String> {
    let last = call.arguments.last()?;
    Some(last.trim_start_matches('&').to_owned())
}

/// Returns the status and the value in `text("hello", 201)`.
fn trailing_status(call: &Call) -> Option<(Option<String>, Option<String>)> {
    let [value, last] = call.arguments.as_slice() else {
        return None;
    };
    let status = status::of(last).filter(|_| status::of(value).is_none())?;
    let value = value.trim_start_matches('&').to_owned();
    Some((Some(status), Some(value)))
}

fn status_argument(call: &Call) -> Option<String> {
    status::of(call.arguments.first()?)
}

/// Returns the calls without `header()`, whose value is the header map in Go and axum:
/// `res.header().set("x-shop", "cups")`.
pub(super) fn on_headers(chain: &[Call]) -> &[Call] {
    match chain {
        [map, rest @ ..] if map.arguments.is_empty() && !rest.is_empty() => {
            match ["header", "headers_mut"].contains(&map.name.as_str()) {
                true => rest,
                false => chain,
            }
        }
        _ => chain,
    }
}

/// Returns whether a method such as `not_found` has the reply as its argument.
fn constant_method(name: &str) -> bool {
    status_method(name).is_some() && name != "error"
}

fn json(value: String) -> String {
    match value.starts_with("json!") {
        true => value,
        false => format!("Json({value})"),
    }
}

fn send(status: Option<String>, reply: Option<String>, first: &str, calls: usize) -> String {
    match (status, reply) {
        (Some(status), Some(reply)) => {
            format!("use the value `({status}, {reply})`, or `$it.send(({status}, {reply}))`")
        }
        (Some(status), None) if has(STATUS, first) && calls == 1 && !first.starts_with("send") => {
            format!("use `$it.status_code = {status};`, or `$it.send({status})`")
        }
        (Some(status), None) => {
            format!(
                "use the value `{status}`, or `$it.send({status})`; for an error with text, `return Err(Error::new({status}, \"text\"))`"
            )
        }
        (None, Some(reply)) => format!("use the value `{reply}`, or `$it.send({reply})`"),
        (None, None) if has(STATUS, first) => "use the field `$it.status_code`".to_owned(),
        (None, None) => "use `$it.send(reply)`, or `$it.end()` for an empty body".to_owned(),
    }
}

/// Returns the help for a redirect. The status may be in the method's name or in an argument, or an earlier call may
/// have set it.
fn redirect(name: &str, status: Option<&str>, url: Option<&str>) -> String {
    let kind = match (status, name) {
        (Some(status), _) => redirect_kind(status),
        (None, "moved_permanently") => ".moved_permanently()",
        (None, "found") => ".found()",
        (None, "temporary_redirect" | "temporary") => ".temporary()",
        (None, "permanent_redirect" | "redirect_permanent" | "permanent") => ".permanent()",
        _ => "",
    };
    let url = url.unwrap_or("url");
    format!(
        "use the value `onward::redirect({url}){kind}`, or `$it.send(onward::redirect({url}){kind})`; the `location` must be a path on this site"
    )
}

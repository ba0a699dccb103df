//! What to write in place of the functions and types of other frameworks.

mod function;
mod member;

use super::uses::Use;
use crate::http::status;
use crate::messages::source_text;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The names of the function and its arguments.
pub(super) struct Context {
    pub(super) function: String,
    pub(super) request: String,
    pub(super) response: String,
}

/// Functions whose help is in `help/function.rs`; for most of them, it depends on the arguments.
const FUNCTIONS: &str = "Redirect redirect redirect_to abort url_for url reverse url_path_for render render_template \
    render_template_string render_to_string render_to_response view jsonify json next with_status with_header \
    send_file serve_file send_from_directory serve_static make_response not_found bad_request unauthorized forbidden \
    internal_error internal_server_error conflict unprocessable_entity RawHtml RawJson RawText HTMLResponse \
    JSONResponse ORJSONResponse PlainTextResponse RedirectResponse HttpResponseRedirect FileResponse \
    StreamingResponse JsonResponse HTTPException HttpException HTTPError HttpError createError create_error HttpResponse get post put \
    delete patch head options sendStatus send_status ok created accepted no_content noContent notFound badRequest static_files serve_dir static_file StaticFiles require html text";

const TYPES: &str = "Redirect HttpResponse HttpResponseBuilder Status HttpStatus HTTPStatus reply reject response \
    status content web warp NamedFile Template ServeDir ServeFile StaticFiles Results ResponseEntity JsonResponse \
    HttpError HttpException ContentType Sse Optional Cookies Body HeaderMap HeaderValue asyncio Flash axum actix_web rocket poem salvo";

/// Groups of functions with one help text for each group, in which `$1` is the first argument.
const OTHER_FUNCTIONS: [(&str, &str); 21] = [
    (
        "fprintf fprint fprintln fputs Fprintf Fprint Fprintln",
        "use `$res.write(format!(\"text {name}\"))`, or the text as the reply: `format!(\"text {name}\")`",
    ),
    (
        "get_object_or_404 get_or_404 first_or_404",
        "use `find(id).ok_or_else(Error::not_found)?`, which turns the `Option` into a `Result`",
    ),
    (
        "Http404 NotFound NotFoundException NotFoundError",
        "use `return Err(Error::not_found())`",
    ),
    (
        "BadRequest BadRequestException ValidationError BadRequestError",
        "use `return Err(Error::bad_request(\"text\"))`",
    ),
    (
        "Unauthorized UnauthorizedException UnauthorizedError",
        "use `return Err(Error::new(StatusCode::UNAUTHORIZED, \"text\"))`",
    ),
    (
        "Forbidden ForbiddenException ForbiddenError",
        "use `return Err(Error::new(StatusCode::FORBIDDEN, \"text\"))`",
    ),
    (
        "setTimeout set_timeout setInterval set_interval setImmediate",
        "use `tokio::spawn(async move { tokio::time::sleep(duration).await; … })`",
    ),
    (
        "create_task ensure_future spawn go defer_task run_in_background",
        "use `tokio::spawn(async move { … })`",
    ),
    (
        "run_in_threadpool to_thread spawn_blocking",
        "use `tokio::task::spawn_blocking(move || …).await`",
    ),
    ("sleep delay", "use `tokio::time::sleep(duration).await`"),
    (
        "cors",
        "use `onward::cors(&$req, &mut $res, \"https://example.com\")` as a statement above the routes",
    ),
    (
        "compress compression gzip",
        "use `onward::compress(&$req, &mut $res)` (feature `compression`) as a statement above the routes",
    ),
    (
        "helmet security_headers secure_headers secureHeaders",
        "use `onward::security_headers(&mut $res)` as a statement above the routes",
    ),
    (
        "csrf csrf_protect csurf",
        "use `onward::csrf(&$req)?` as a statement above the routes",
    ),
    (
        "cookie_parser cookieParser cookies set_cookie get_cookie getCookie setCookie deleteCookie delete_cookie",
        "use `onward::cookies(&$req, &mut $res)` (feature `cookies`), and its `get`, `set` and `remove`",
    ),
    (
        "session flash get_flashed_messages",
        "use `sessions.open::<Type>(&$req, &mut $res).await?` (feature `sessions`)",
    ),
    (
        "body_parser bodyParser express_json urlencoded",
        "remove it: the body is read where it is needed, as in `$req.body.json::<Type>().await?`",
    ),
    (
        "morgan logger access_log",
        "use a listener of the server: `server.on(event::Finish, |it| println!(\"{} {}\", it.method, it.url))`",
    ),
    (
        "Depends Inject inject use_state use_context provide",
        "use an argument of the function: `async fn $function($req: Request, $res: Response, db: Db)`",
    ),
    ("parseInt int Number", "use `$1.parse::<i64>()`"),
    (
        "stream streamText stream_text streamSSE stream_sse EventSourceResponse event_stream",
        "use `$res.write(chunk).await?` for each chunk; for events, use a `Live`: `live.follow(&$req)`",
    ),
];

/// Returns whether other frameworks have a function or a type of this name. This function is called for every name, so
/// the known names are in a hash set.
pub(super) fn is_known(name: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let others = OTHER_FUNCTIONS.iter().map(|(names, _)| *names);
        let all = [FUNCTIONS, TYPES].into_iter().chain(others);
        all.flat_map(str::split_whitespace).collect()
    });
    KNOWN.contains(name) || error_status(name).is_some()
}

/// Returns the constant of `StatusCode` for actix-web's `ErrorBadRequest`.
fn error_status(name: &str) -> Option<&'static str> {
    status::constant_like(name.strip_prefix("Error")?)
}

/// Returns what to write in place of `name(…)` or `name::function(…)`.
pub(super) fn help(name: &str, used: &Use, context: &Context) -> String {
    let arguments: Vec<String> = used.arguments.iter().map(source_text).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &used.function {
        None => function::help(name, &arguments, context),
        Some(function) => member::help(name, &function.to_string(), &arguments, context),
    }
}

/// Returns the help for the middleware in `app.use(cors())`.
pub(super) fn of_middleware(call: &str, context: &Context) -> Option<String> {
    let (name, _) = call.split_once('(')?;
    let name = name.trim();
    let (_, template) = OTHER_FUNCTIONS.iter().find(|(names, _)| has(names, name))?;
    Some(context.fill(template, "value"))
}

/// Returns the help for a redirect. `kind` is the method for a status other than `303 See Other`.
fn redirect(kind: &str, url: &str) -> String {
    format!("use `onward::redirect({url}){kind}`")
}

/// Returns the help for `url_for("user", id=7)`: a call to the function that has the route's name.
fn url(name: &str, arguments: &[&str], context: &Context) -> String {
    let name = name.trim_matches('"').replace(".", "_").replace("-", "_");
    let values = arguments
        .iter()
        .map(|argument| argument.rsplit('=').next().unwrap_or(argument).trim());
    let values: Vec<&str> = values.collect();
    let function = &context.function;
    format!(
        "use `{function}::{name}({})`, and add `as {name}` to the route",
        values.join(", ")
    )
}

fn template() -> String {
    "use a template crate to render the text, and `Html(text)` as the reply".to_owned()
}

fn json(arguments: &[&str]) -> String {
    let status = arguments.last().and_then(|it| status::of(named_value(it)));
    match (arguments, status) {
        ([value, _], Some(status)) if value.starts_with("json!") => {
            format!("use `({status}, {value})`")
        }
        ([value, _], Some(status)) => {
            format!("use `({status}, Json({}))`", value.trim_start_matches('&'))
        }
        ([value], _) if value.starts_with("json!") => format!("use `{value}`"),
        ([value], _) => format!("use `Json({})`", value.trim_start_matches('&')),
        _ => "use `json!({ \"key\": value })`".to_owned(),
    }
}

/// Returns the reply for a value: text is a reply, and other values are sent as JSON.
fn as_body(value: &str) -> String {
    let is_reply = ["\"", "format!", "json!", "Json(", "Html("]
        .iter()
        .any(|it| value.starts_with(it));
    match is_reply {
        true => value.to_owned(),
        false => format!("Json({})", value.trim_start_matches('&')),
    }
}

/// Returns a status and a reply, which may be written in either order.
fn pair(first: &str, second: &str) -> String {
    match (status::of(first), status::of(second)) {
        (Some(status), _) => format!("use `({status}, {second})`"),
        (None, Some(status)) => format!("use `({status}, {first})`"),
        (None, None) => format!("use `(StatusCode::OK, {first})`"),
    }
}

fn set_header(context: &Context) -> String {
    let response = &context.response;
    format!("use `{{ {response}.set_header(name, value); reply }}`")
}

fn file(path: &str, context: &Context) -> String {
    let (request, response) = (&context.request, &context.response);
    format!(
        "use `onward::files::send_file(&{request}, {response}, {path}).await` (feature `files`)"
    )
}

/// Returns the help for a directory, which is served by a route with a rest parameter.
fn directory(path: &str, context: &Context) -> String {
    let (request, response) = (&context.request, &context.response);
    let path = if path.starts_with('"') {
        path
    } else {
        "\"public\""
    };
    format!(
        "use `route!(\"/public/{{rest..}}\" => Files::new({path}).send(&{request}, {response}, rest).await)` with `onward::files::Files` (feature `files`)"
    )
}

fn new_error(constant: &str, arguments: &[&str]) -> String {
    match (constant, arguments) {
        ("NOT_FOUND", []) => "use `Error::not_found()`".to_owned(),
        ("BAD_REQUEST", [text]) => format!("use `Error::bad_request({text})`"),
        (_, [text, ..]) => format!("use `Error::new(StatusCode::{constant}, {text})`"),
        (_, []) => format!("use `Error::new(StatusCode::{constant}, \"text\")`"),
    }
}

/// Returns the method of `Redirect` for a status.
pub(crate) fn redirect_kind(status: &str) -> &'static str {
    match status.trim_start_matches("StatusCode::") {
        "MOVED_PERMANENTLY" => ".moved_permanently()",
        "FOUND" => ".found()",
        "TEMPORARY_REDIRECT" => ".temporary()",
        "PERMANENT_REDIRECT" => ".permanent()",
        _ => "",
    }
}

/// Returns the value in `detail = "text"`.
fn named_value(argument: &str) -> &str {
    let value = argument.split_once('=').map(|(_, value)| value.trim());
    value
        .filter(|_| !argument.starts_with('"'))
        .unwrap_or(argument)
}

/// Returns whether a list of words has this word.
pub(super) fn has(words: &str, name: &str) -> bool {
    words.split_whitespace().any(|word| word == name)
}

impl Context {
    /// Creates the context for code whose function is not known.
    pub(super) fn of_arguments(request: &str, response: &str) -> Self {
        Self {
            function: "shop".to_owned(),
            request: request.to_owned(),
            response: response.to_owned(),
        }
    }

    fn fill(&self, template: &str, first: &str) -> String {
        let text = template
            .replace("$req", &self.request)
            .replace("$res", &self.response);
        text.replace("$function", &self.function)
            .replace("$1", first)
    }
}

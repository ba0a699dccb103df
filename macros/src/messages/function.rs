//! The function under `#[server]`.

const SIGNATURE: &str = "async fn name(req: Request, res: Response, …) -> Result";

pub(crate) fn not_a_function() -> String {
    format!("`#[server]` can only be applied to an async function\nhelp: use `{SIGNATURE}`")
}

pub(crate) fn function_without_body(name: &str) -> String {
    format!("`{name}` has no body\nhelp: add `{{ … }}` with its routes after the signature")
}

pub(crate) fn not_async(name: &str) -> String {
    format!("a `#[server]` function must be async\nhelp: use `async fn {name}`")
}

pub(crate) fn main_as_server() -> String {
    "`main` cannot be a `#[server]` function\nhelp: move the routes into `async fn app(req: Request, res: Response) -> Result`, and use `onward::http::create_server(app).listen(3000).await` in `main`".to_owned()
}

pub(crate) fn takes_self() -> String {
    format!(
        "a `#[server]` function cannot take `self`\nhelp: move the function out of the `impl`, and pass the state as an argument: `{SIGNATURE}`"
    )
}

pub(crate) fn arguments(name: &str) -> String {
    format!(
        "`{name}` must take the request first and the response second, both by value\nhelp: use `async fn {name}(req: Request, res: Response, …)`; Onward's `#[server]` turns the function into an HTTP server"
    )
}

pub(crate) fn argument_patterns(name: &str) -> String {
    format!(
        "the request and the response must have plain names\nhelp: use `async fn {name}(req: Request, res: Response, …)`"
    )
}

/// Returns the message for `res: Request, res: Response`.
pub(crate) fn same_argument(name: &str) -> String {
    format!(
        "two arguments have the name `{name}`\nhelp: rename one of them: `async fn app(req: Request, res: Response, …)`"
    )
}

/// Returns the message for `name: str`.
pub(crate) fn unsized_argument(ty: &str) -> String {
    format!("an argument cannot have the type `{ty}`, whose size is not known\nhelp: use `&{ty}`")
}

pub(crate) fn return_type(ty: &str) -> String {
    format!(
        "a `#[server]` function must return `Result`, found `{ty}`\nhelp: use `-> Result`; each route may still reply with any type that implements `Reply`"
    )
}

pub(crate) fn result_of(ty: &str) -> String {
    format!(
        "a `#[server]` function must return a `Result` of `Sent`, found `{ty}`\nhelp: use `-> Result`; each route may still reply with any type that implements `Reply`"
    )
}

pub(crate) fn foreign_error(ty: &str, error: &str) -> String {
    format!(
        "`{error}` cannot be the error type of a `#[server]` function: it has no status and is not a reply\nhelp: use `-> Result` in place of `{ty}`: `?` converts this error, and the client gets a 500"
    )
}

/// Returns the message for an argument such as `Path(id): Path<u32>`.
pub(crate) fn extractor(ty: &str, help: &str) -> String {
    format!(
        "`{ty}` cannot be an argument of a `#[server]` function: the arguments after the response are state\nhelp: {help}"
    )
}

/// Returns what to write in place of the extractor `kind`, whose value is `name` and whose inner type is `inner`.
pub(crate) fn extractor_help(kind: &str, name: &str, inner: &str) -> Option<String> {
    let help = match kind {
        "Path" => path_extractor_help(name, inner),
        "Query" => format!(
            "remove it, and add the parameters to the path of a route, as in `\"/path?{{page: u32}}\"`, or read each one in the expression: `req.url.query(\"page\")?` for the field `page` of `{inner}`"
        ),
        "Json" | "Form" => {
            let method = kind.to_lowercase();
            format!(
                "move it to a route: `route!(POST \"/path\" ({kind}({name}): {kind}<{inner}>) => …)`, or read it after `=>`: `let {name}: {inner} = req.body.{method}().await?;`"
            )
        }
        "State" | "Data" | "Extension" | "Depends" | "Inject" | "Dep" | "Arg" => format!(
            "use the argument `{name}: {inner}`, and pass it: `create_server(move |req, res| shop(req, res, {name}.clone()))`"
        ),
        "TypedHeader" | "Header" => "remove it, and use `req.headers.get(name)`".to_owned(),
        "HeaderMap" | "Headers" => {
            "remove it, and use `req.headers`, as in `req.headers.get(\"accept\")`".to_owned()
        }
        "ConnectInfo" | "RemoteAddr" | "ClientIp" | "RealIp" => {
            "remove it, and use `req.client_addr()`, or `req.socket.remote_addr`".to_owned()
        }
        "Bytes" | "Payload" | "RawBody" => "remove it, and use `req.body.bytes().await?`".to_owned(),
        "Multipart" | "TempFile" | "UploadFile" => {
            "remove it, and use `onward::multipart::Multipart::new(req.body)?` (feature `multipart`)".to_owned()
        }
        "CookieJar" | "Cookies" | "PrivateCookieJar" | "SignedCookieJar" => {
            "remove it, and use `onward::cookies(&req, &mut res)` (feature `cookies`)".to_owned()
        }
        "Host" => "remove it, and use `req.hostname()`".to_owned(),
        "Uri" | "OriginalUri" => "remove it, and use `req.url`".to_owned(),
        "Method" => "remove it, and use `req.method`".to_owned(),
        "MatchedPath" => "remove it; the expression after `=>` belongs to one route, whose path is known".to_owned(),
        "WebSocketUpgrade" | "WebSocket" => {
            "remove it, and use `onward::websocket` in a route (feature `websocket`)".to_owned()
        }
        "BackgroundTasks" => "remove it, and use `tokio::spawn(async move { … })`".to_owned(),
        "HttpRequest" | "ServiceRequest" => {
            "remove it; the request is the first argument: `req: Request`".to_owned()
        }
        _ => return None,
    };
    Some(help)
}

/// Returns what to write in place of `Path((a, b)): Path<(u32, String)>`.
fn path_extractor_help(name: &str, inner: &str) -> String {
    let params = extracted_params(name, inner);
    let path: String = params
        .map(|(name, ty)| format!("/{{{name}: {ty}}}"))
        .collect();
    format!("remove it, and use a route with a path such as `\"{path}\"`")
}

/// Returns the names with their types in `(a, b)` and `(u32, String)`.
pub(crate) fn extracted_params<'a>(
    names: &'a str,
    types: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let items = |list: &'a str| list.trim_matches(['(', ')']).split(',').map(str::trim);
    items(names).zip(items(types))
}

pub(crate) fn next_argument() -> String {
    "a `#[server]` function has no `next`: middleware is a statement above the routes it applies to\nhelp: remove this argument; the routes below a statement run after it anyway".to_owned()
}

pub(crate) fn unsupported_qualifier(word: &str) -> String {
    format!("a `#[server]` function cannot be `{word}`\nhelp: remove `{word}`")
}

pub(crate) fn no_routes(name: &str) -> String {
    format!("`{name}` has no routes\nhelp: add one to its body: `route!(\"/\" => \"hello\");`")
}

/// Returns the message for `match req.url.path() { "/users" => … }`.
pub(crate) fn routes_by_hand(name: &str, path: &str) -> String {
    format!(
        "`{name}` has no routes: a `#[server]` function matches paths with `route!`\nhelp: use `route!({path} => reply);` for each path, or remove `#[server]` to match the paths yourself"
    )
}

pub(crate) fn routes_of_macro(name: &str, call: &str) -> String {
    format!(
        "`{name}` has no routes: `#[server]` sees only the call to `{call}!`, not its expansion\nhelp: move the `route!`s into the function, or let the macro generate the whole function with its `#[server]`"
    )
}

/// Returns the message for `app.get("/users", …)`.
pub(crate) fn router_call(method: &str, path: &str) -> String {
    let method = match method {
        "route" | "all" | "any" => "ANY".to_owned(),
        method => method.to_uppercase(),
    };
    format!(
        "a route is a statement, not a call\nhelp: use `route!({method} \"{path}\" => expression);`"
    )
}

pub(crate) fn duplicate_server() -> String {
    "duplicate `#[server]` attribute\nhelp: remove one of them".to_owned()
}

pub(crate) fn moved_request(name: &str) -> String {
    format!("`{name}` is moved here, but the handler needs it later\nhelp: use `&{name}`")
}

/// Returns the message for `req: Request<Body>`.
pub(crate) fn generic_argument(name: &str) -> String {
    format!("`{name}` has no type parameters\nhelp: use `{name}` alone")
}

/// Returns the message for `let url = req.url;`.
pub(crate) fn moved_part(place: &str) -> String {
    format!(
        "`{place}` is moved here, but the routes below need it\nhelp: use `&{place}`, or `{place}.clone()`"
    )
}

/// Returns the message for `tokio::spawn(async move { println!("{}", req.url) })`.
pub(crate) fn captured_part(request: &str, part: &str) -> String {
    if part.is_empty() {
        return format!(
            "this `move` takes `{request}`, but the routes below need it\nhelp: add a clone of each value that it needs before this statement, such as `let url = {request}.url.clone();`, and use `url` here"
        );
    }
    format!(
        "this `move` takes `{request}.{part}`, but the routes below need it\nhelp: add `let {part} = {request}.{part}.clone();` before this statement, and use `{part}` here"
    )
}

/// Returns the message for `onward::cors(req, res, "*");`.
pub(crate) fn called_by_value(call: &str, request: &str, response: &str) -> String {
    format!(
        "this call takes `{request}` and `{response}`, but the routes below need them\nhelp: use references: `{call}`"
    )
}

/// Returns the message for `api(req, res).await?;`.
pub(crate) fn called_server(function: &str, request: &str, response: &str) -> String {
    format!(
        "this call takes `{request}` and `{response}`, but the routes below need them\nhelp: use `route!(mount \"/path\" => {function}({request}, {response}).await);` for another server, or references for middleware: `{function}(&{request}, &mut {response}).await?;`"
    )
}

pub(crate) fn moved_response(name: &str) -> String {
    format!(
        "`{name}` is moved here, but the handler needs it later\nhelp: use `return Ok({name}.send(…));` to end the handler here, or `&mut {name}` to keep the response"
    )
}

pub(crate) fn shadowed_by_variable(name: &str) -> String {
    format!(
        "this variable shadows the argument `{name}`, which the handler needs later\nhelp: rename the variable"
    )
}

pub(crate) fn assigned_below_route(place: &str) -> String {
    format!(
        "this assignment to `{place}` has no effect on the routes below: the route is chosen before the first `route!`\nhelp: move it above the first `route!`"
    )
}

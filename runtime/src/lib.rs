//! Routes that compile to `if`s, on a server that emits events.
//!
//! [`http::create_server`] creates a server from a handler. [`http::Server`] listens for connections and emits events;
//! [`http::Request`] and [`http::Response`] are the arguments of the handler; [`Reply`] is implemented by every value
//! that can become a response; [`Error`] is the error type of handlers, and [`Failure`] is the type of the errors that
//! this crate reports. [`server`] and [`route!`] generate the handler; [`mod@events`] contains the emitter.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `http2` (default) | HTTP/2 |
//! | `bridge`, `bridge-redis`, `bridge-nats` | `bridge`: events on several machines |
//! | `compression` | `compress`, `decompress` |
//! | `config` | `http::ServerOptions`: options from a file or from the environment |
//! | `cookies`, `cookies-secure` | the function `cookies`, signed and encrypted cookies |
//! | `files` | `Files`, `send_file`, `send_download` |
//! | `metrics` | `observe::Metrics`: metrics for Prometheus |
//! | `multipart` | `Multipart`, `TempFile`, `FormData` |
//! | `openapi` | `openapi`: OpenAPI documents and the API page |
//! | `sessions`, `sessions-redis`, `sessions-sqlite` | `Sessions`, `MemoryStore`, `RedisStore`, `SqliteStore` |
//! | `serde` (default) | `Json`, `json!`, `Form`, typed queries, `live` |
//! | `signal` | `Server::close_on_signal` |
//! | `systemd` | `http::Systemd`, `Server::notify_systemd` |
//! | `tls` | `Server::tls`, `http::Tls`: TLS |
//! | `tower` | `Request::forward`, `Request::proxy`, `http::service`, `Server` as a tower service |
//! | `tracing` | `observe::Tracing`: a span for each request |
//! | `websocket` | `websocket`: WebSockets |
//!
//! # Examples
//!
//! ```no_run
//! use onward::http;
//! use onward::prelude::*;
//!
//! #[tokio::main]
//! async fn main() -> std::io::Result<()> {
//!     let server = http::create_server(|req, res| async move {
//!         if req.url == "/products" {
//!             res.send(Json(["shoes", "lipstick", "cups"]));
//!         }
//!     });
//!     server.on(event::Connection, |socket| println!("new connection from {}", socket.remote_addr));
//!     server.on(event::Listening, |at| println!("Listening on {at}"));
//!     server.listen(3000).await
//! }
//! ```

#![cfg_attr(
    not(feature = "serde"),
    allow(
        dead_code,
        unused_imports,
        reason = "only JSON, forms and `live` use these items"
    )
)]

#[cfg(feature = "bridge")]
pub mod bridge;
pub mod events;
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod http;
#[cfg(feature = "serde")]
pub mod live;
#[cfg(feature = "openapi")]
pub mod openapi;
#[cfg(feature = "websocket")]
pub mod websocket;

#[doc(hidden)]
pub mod __private;
mod contract;
mod error;
mod foreign_names;
mod habits;
#[cfg(feature = "serde")]
mod json;
pub mod observe;
mod reply;
mod routes;
mod routing;
mod site;
mod unlocked;
#[cfg(not(feature = "serde"))]
mod without_serde;

#[doc(hidden)]
pub use crate::http::{listen, run, serve};
#[cfg(feature = "serde")]
pub use contract::Form;
pub use contract::{Accepted, Created, FromBody, NoContent};
pub use error::{Error, ErrorReply, Failure, Result};
#[doc(hidden)]
pub use foreign_names::{App, Router};
#[cfg(feature = "serde")]
pub use json::{JsonText, json};
#[doc(hidden)]
pub use onward_macros::main;
/// Declares a route of a `#[server]` function: `route!(METHOD "/path/{parameter}" as name if guard => reply);`
///
/// `route!` is a statement at the top level of a function with [`#[server]`](server). If the method, path and guard
/// match, the function sends the response and returns; otherwise execution continues with the next statement. The
/// default method is GET, which also handles HEAD. Parameters are percent-decoded; a path that would put a NUL, or a
/// segment that is `.`, `..` or empty, into one of them gets a 404. A number must be written without `+`, leading zeros
/// or an exponent, so that an integer has only one URL. Outside of a `#[server]` function, `route!` does not compile.
/// `docs/routing.md` contains the grammar.
///
/// A route can also declare its query, its body and the type of its reply:
/// `route!(METHOD "/path?{query: Type = default}" (pattern: Body) as name -> Reply if guard => reply)`. Query and body
/// are read after the guard has matched. A query parameter that is invalid, or that is missing although it has no
/// default and its type requires a value (unlike `Option` and `Vec`), results in a 400 that names the parameter.
/// `key={name: Type}` reads a different key, and `{all..: Type}` reads all remaining keys into a struct or a map. The
/// type of a body implements [`FromBody`]: [`Json`], [`Form`], `String`, `Bytes`, [`Body`](http::Body), an `Option` of
/// one of these, or your own type. `ROUTES` lists the query, the body and the reply, and the URL functions take the
/// query parameters.
///
/// `route!(mount "/path" => server(req, res, …).await)` passes the requests for a path and everything below it to
/// another `#[server]` function. If no route of the function matches, `route!(unmatched)` sends the 404, the 405, the
/// 501 or the response to OPTIONS at the place where it is written instead of at the end of the function.
/// Node.js: no counterpart; Express: `app.get(path, handler)`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/" => "hello");                                          // GET and HEAD
///     route!(POST | PUT "/products" => StatusCode::CREATED);           // one of these methods
///     route!("/products/{id: u32}" as product => Json(id));            // shop::product(7) is "/products/7"
///     route!("/{from}-{to}.txt" if from < to => format!("{from} to {to}"));
///     route!("/files/{path..}" => format!("the file {path}"));         // the rest of the path
///     route!(ANY "/stream" => res.send("a response"));                 // an expression that consumes `res`
///     route!(_ => (StatusCode::NOT_FOUND, "no such page"));            // all other requests
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = shop(Request::get("/a-b.txt"), Response::new()).await?;
/// assert_eq!(sent.text(), "a to b");
/// let sent = shop(Request::get("/b-a.txt"), Response::new()).await?;
/// assert_eq!(sent.text(), "no such page");
/// # Ok(())
/// # }
/// ```
///
/// Query, body and reply:
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/products?{page: u32 = 1}&{search: Option<String>}" as products -> Json<(u32, Option<String>)> =>
///         Json((page, search)));
///     route!(POST "/products" (Json(names): Json<Vec<String>>) -> Created<String> => Created(names.join(" and ")));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = shop(Request::get(&shop::products(2, None)), Response::new()).await?;
/// assert_eq!(sent.text(), "[2,null]");
/// let sent = shop(Request::post("/products").json(&["cups", "shoes"]), Response::new()).await?;
/// assert_eq!((sent.status_code(), sent.text()), (StatusCode::CREATED, "cups and shoes".into()));
/// # Ok(())
/// # }
/// ```
pub use onward_macros::route;

/// Compiles the [`route!`]s of an async function to an `if` chain.
///
/// The function takes a [`Request`](http::Request), a [`Response`](http::Response) and any state, with names and types
/// of your choice, and returns a [`Result`] of [`Sent`](http::Sent), which is also the default if no return type is
/// written. Apart from this default, callers see the signature as written, so servers, closures, other routes and tests
/// can call the function. Routes are tried from top to bottom; the statements between them run in order. A type with
/// the name of the function is generated: `shop::ROUTES` lists the routes as [`RouteInfo`], and `shop::name(…)` returns
/// the URL of the route with `as name`.
/// Node.js: no counterpart; Express: `express.Router()`.
///
/// # Options
///
/// - `trailing_slash = strict | ignore | redirect`: whether a request for `/users/` gets a 404, matches the route
///   `/users`, or is redirected (308) to `/users`. Default: `strict`.
/// - `urls = Name`: the name of the generated type. Default: the name of the function.
/// - `security = SCHEME`, `openapi = strict`: see `openapi`. They need the feature `openapi`.
/// - `crate = path`: the path of this crate. Default: `::onward`.
///
/// # Errors
///
/// Each is a [`Failure`] that is converted to the function's own error type, which must implement `From<Failure>`.
///
/// - `400 Bad Request` if the percent-encoding of the path is malformed.
/// - `404 Not Found` if no route matches.
/// - `405 Method Not Allowed` with `allow` if the path has routes for other methods. OPTIONS gets a 204 with `allow`
///   instead, which is not an error.
/// - `501 Not Implemented` if the method is not one that a route can name.
///
/// # Cancel safety
///
/// Dropping the future of the caller also drops that of the function: see [`create_server`](http::create_server).
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, mut res: Response, name: &str) -> Result {
///     res.set_header("x-shop", name);
///     route!("/" => format!("welcome to {name}"));
///     route!(mount "/admin" as admin => admin(req, res).await);
/// }
///
/// #[server(trailing_slash = ignore)]
/// async fn admin(req: Request, res: Response) {
///     /// Lists all users.
///     route!("/users" as users => Json(["ada", "grace"]));
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let sent = shop(Request::get("/admin/users/"), Response::new(), "cups").await?;
/// assert_eq!(sent.text(), r#"["ada","grace"]"#);
/// assert_eq!(sent.header("x-shop").unwrap(), "cups");
///
/// assert_eq!(admin::users(), "/users");
/// assert_eq!(shop::admin(admin::users()), "/admin/users");
/// assert_eq!(admin::ROUTES[0].docs, "Lists all users.");
/// # Ok(())
/// # }
/// ```
pub use onward_macros::server;
#[cfg(feature = "serde")]
pub use reply::Json;
pub use reply::{Html, Reply};
pub use routes::{RouteDefault, RouteInfo, RouteParam, RouteQuery, RouteTable, RouteType};
pub use routing::Under;
#[cfg(feature = "cookies")]
pub use site::cookies::cookies;
pub use site::{
    Cors, Redirect, cors, csrf, csrf_trusting, etag, readiness, redirect, security_headers,
};
#[cfg(feature = "compression")]
pub use site::{compress, decompress};

/// Cookies: plain, signed and encrypted. The function [`cookies()`](crate::cookies()) returns the cookies of a request.
///
/// Needs the feature `cookies`, and `cookies-secure` for [`Keys`](cookies::Keys).
#[cfg(feature = "cookies")]
pub mod cookies {
    pub use crate::site::cookies::{Cookie, Cookies, SameSite};
    #[cfg(feature = "cookies-secure")]
    pub use crate::site::cookies::{Keys, PrivateCookies, SignedCookies};
}

/// Files: directories, single files, downloads. Needs the feature `files`.
#[cfg(feature = "files")]
pub mod files {
    pub use crate::site::files::{Files, send_download, send_file};
}

/// Forms with files. Needs the feature `multipart`.
#[cfg(feature = "multipart")]
pub mod multipart {
    pub use crate::site::multipart::{FormData, Multipart, Part, TempFile};
}

/// Sessions and their stores. Needs the feature `sessions`, `sessions-redis` for `RedisStore`, and `sessions-sqlite`
/// for `SqliteStore`.
#[cfg(feature = "sessions")]
pub mod sessions {
    #[cfg(feature = "sessions-redis")]
    pub use crate::site::sessions::RedisStore;
    #[cfg(feature = "sessions-sqlite")]
    pub use crate::site::sessions::SqliteStore;
    pub use crate::site::sessions::{
        MemoryStore, Session, SessionId, SessionStore, Sessions, StoreError, StoreFuture,
        StoredSession, Write,
    };
}

/// The names that a server program needs: `use onward::prelude::*;`.
///
/// The module [`http`] is not among them, because a program may depend on the crate `http`; import the module with `use
/// onward::http;`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::prelude::*;
///
/// let server = http::create_server(|_req, res| async move { res.send("hello") });
/// server.on(event::Listening, |at| println!("Listening on {at}"));
/// ```
pub mod prelude {
    #[doc(no_inline)]
    pub use crate::http::{Method, Request, Response, Sent, StatusCode, event};
    #[doc(no_inline)]
    pub use crate::json;
    #[cfg(feature = "serde")]
    #[doc(no_inline)]
    pub use crate::live::Live;
    #[cfg(not(feature = "serde"))]
    pub use crate::without_serde::{Form, Json};
    #[doc(no_inline)]
    pub use crate::{
        Accepted, Created, Error, Failure, Html, NoContent, Reply, Result, Under as _, route,
        server,
    };
    #[cfg(feature = "serde")]
    #[doc(no_inline)]
    pub use crate::{Form, Json};

    // Methods that handlers, `Sent` and references to a `Response` lack: calling one is a compile error that states
    // what to write instead.
    #[doc(hidden)]
    pub use crate::http::{ResponseReference as _, SentHabits as _, ServerFunction as _};

    // Traits and types of other frameworks, and methods of promises: using one is a compile error that states what to
    // write instead.
    #[doc(hidden)]
    pub use crate::foreign_names::{
        FromRequest, FromRequestParts, HttpServer, IntoResponse, Promise as _, Responder,
        ResponseError,
    };

    // Methods of collections on a lock: calling one is a compile error that states how to lock first.
    #[doc(hidden)]
    pub use crate::unlocked::{InAsyncMutex as _, InAsyncRwLock as _, InMutex as _, InRwLock as _};

    // Derive macros of other frameworks, and one of `Reply`: using one is a compile error that states what to write
    // instead.
    #[doc(hidden)]
    pub use onward_macros::{IntoResponse, Reply, Responder};

    // Attributes of other frameworks: using one is a compile error that states what to write instead.
    #[doc(hidden)]
    pub use onward_macros::{
        catch, debug_handler, delete, endpoint, get, handler, head, launch, options, patch, post,
        put,
    };
}

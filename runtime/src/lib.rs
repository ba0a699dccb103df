//! Routes that compile to ifs, on a server that emits events.
//!
//! [`http::create_server`] makes a server of a function; [`http::Server`] is the emitter that it is, and listens;
//! [`http::Request`] and [`http::Response`] are what the function gets; [`Reply`] is what can be an answer, [`Error`]
//! why there is none.
//!
//! ```no_run
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

pub mod events;
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod http;

#[doc(hidden)]
pub mod __private;
mod error;
mod json;
mod reply;
mod routes;
mod routing;

pub use error::{Error, Result};
pub use json::{JsonText, json};
/// A route: `route!(METHOD "/path/{parameter}" as name if guard => answer);`
///
/// It is a statement of a function with [`#[server]`](server), at its top level. Where method, path and guard fit, the
/// function answers and returns; otherwise it goes on below.
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response) -> Result {
///     route!("/" => "hello");                                          // GET, and so HEAD
///     route!(POST | PUT "/products" => StatusCode::CREATED);           // any of these methods
///     route!("/products/{id: u32}" as product => Json(id));            // shop::product(7) is "/products/7"
///     route!("/{from}-{to}.txt" if from < to => format!("{from} to {to}")); // else the next one's turn
///     route!("/files/{path..}" => format!("the file {path}"));         // all that is left of the path
///     route!(ANY "/stream" => res.send("sent by hand"));               // the answer that uses up `res`
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
/// Outside of a `#[server]` it does not compile. In Express: `app.get(path, handler)`.
pub use onward_macros::route;

/// Turns the [`route!`]s of an async function into a chain of ifs.
///
/// The function takes a [`Request`](http::Request), a [`Response`](http::Response) and what state there is, under names
/// and with types of your choice, and returns a [`Result`] of [`Sent`](http::Sent) (the default where no type is
/// written). It keeps this signature, so that servers, closures, other routes and tests can call it. Routes are tried from top to
/// bottom; the statements between them run in order.
///
/// ```
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, mut res: Response, name: &str) -> Result {
///     res.set_header("x-shop", name);
///     route!("/" => format!("welcome to {name}"));
///     route!(ANY "/admin/{rest..}" => admin(req.at(rest), res).await);
/// }
///
/// #[server(trailing_slash = ignore)]
/// async fn admin(req: Request, res: Response) {
///     /// Everybody there is.
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
/// assert_eq!(admin::ROUTES[0].docs, "Everybody there is.");
/// # Ok(())
/// # }
/// ```
///
/// A type of the function's name is made beside it: `shop::ROUTES` lists the routes as [`RouteInfo`], and a route with
/// `as name` has its URLs from `shop::name(…)`.
///
/// # Options
/// - `trailing_slash = strict | ignore | redirect`: whether `/users/` is a 404 where the route is `/users` (the default),
///   the same, or a redirect (308).
/// - `crate = path`: where this crate is, if it is not `::onward`.
///
/// # Errors
/// A request that no route takes is a 404, or a 405 with `allow` where the path has routes for other methods; OPTIONS is
/// answered with 204 and `allow`. A path that is not encoded properly is a 400. All of them are an
/// [`Error`] that converts to the function's own error type.
///
/// # Cancellation
/// What is around it decides: see [`create_server`](http::create_server).
///
/// In Express: `express.Router()`.
pub use onward_macros::server;
pub use reply::{Html, Json, Reply};
pub use routes::{RouteInfo, RouteParam};

/// What a program that serves needs by name: `use onward::prelude::*;`.
pub mod prelude {
    #[doc(no_inline)]
    pub use crate::http::{self, Method, Request, Response, Sent, StatusCode, event};
    #[doc(no_inline)]
    pub use crate::{Error, Html, Json, Reply, Result, json, route, server};
}

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
pub use onward_macros::{route, server};
pub use reply::{Html, Json, Reply};
pub use routes::{RouteInfo, RouteParam};

/// What a program that serves needs by name: `use onward::prelude::*;`.
pub mod prelude {
    #[doc(no_inline)]
    pub use crate::http::{self, Method, Request, Response, Sent, StatusCode, event};
    #[doc(no_inline)]
    pub use crate::{Error, Html, Json, Reply, Result, json, route, server};
}
